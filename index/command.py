"""What the three command lines share: options, JSON rows, exit statuses, and a clean end on Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from ingest.errors import FootnoteError, SettingError

from .records import clean
from .settings import Settings

FAILED, WRONG_CALL, INTERRUPTED = 1, 2, 130


def common_options(*, inherit: bool = False) -> argparse.ArgumentParser:
    """The options of every command; with `inherit`, for a subcommand that may also get them before its verb."""
    parser = argparse.ArgumentParser(add_help=False)
    nothing: Any = argparse.SUPPRESS if inherit else None
    parser.add_argument(
        "--library",
        metavar="DIR",
        default=nothing,
        help="the library's folder (default: $FOOTNOTE_LIBRARY, else .footnote here)",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS if inherit else False,
        help="print JSON Lines on standard output and nothing else there",
    )
    return parser


def settings_of(arguments: argparse.Namespace, environment: Mapping[str, str]) -> Settings:
    """The environment's settings, with the folder that --library names."""
    settings = Settings.of(environment)
    return replace(settings, folder=Path(arguments.library)) if arguments.library else settings


def row(values: Mapping[str, Any]) -> None:
    """Print one JSON row at once.  ASCII only, so that no line separator within a text can break the line."""
    print(json.dumps(values), flush=True)


def say(text: str, stream: TextIO | None = None) -> None:
    """Print for a person: no character of a document or a name that would command the terminal."""
    harmless = "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else "\ufffd" for c in text)
    print(harmless, file=stream or sys.stdout, flush=True)


def complain(message: str) -> None:
    """One line on standard error."""
    say(" ".join(message.split()), sys.stderr)


def requests(path: str) -> Iterator[dict[str, Any]]:
    """The requests of a --batch file, one JSON object with a "question" a line; "-" is standard input.

    The "documents" of a request, where there are any, are names.

    Raises SettingError naming the line that is none.
    """
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"the batch file {path} can't be read ({error}); name a file of JSON Lines") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise SettingError(f"line {number} of {path} is not JSON ({error})") from error
        if not isinstance(found, dict) or not isinstance(found.get("question"), str):
            raise SettingError(f'line {number} of {path} must be an object like {{"id": 1, "question": "…"}}')
        names = found.get("documents") or []
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise SettingError(f'line {number} of {path}: "documents" must be a list of names, like ["report.pdf"]')
        yield found | {"question": clean(found["question"])}


def run(main: Callable[[], int]) -> None:
    """Run a command and exit: its status, 1 or 2 with one line for an error, 130 for Ctrl-C."""
    try:
        status = main()
        sys.stdout.flush()
    except KeyboardInterrupt:
        complain("interrupted; everything that was reported stays")
        status = INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: say nothing, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = FAILED
    except SettingError as error:
        complain(f"error: {error}")
        status = WRONG_CALL
    except FootnoteError as error:
        complain(f"error: {error}")
        status = FAILED
    sys.exit(status)
