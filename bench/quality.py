"""How well a library answers questions of your own: `python -m bench.quality LIBRARY QUESTIONS.csv`

QUESTIONS.csv has the columns question, expected answer, document, page; any but the first may be empty or
missing.  A question that the documents don't answer has the expected answer "none".  `--draft N` writes such a
file from the library's own text instead: correct it, above all the questions, which use the documents' words.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from answer.assistant import Assistant
from answer.draft import draft
from answer.quality import Checked, calibration, check, figures, read, write
from answer.settings import AnswerSettings
from index.command import complain, row, run, settings_of
from index.library import Library
from ingest.errors import SettingError


def text_of(path: Path) -> str:
    """The text of the questions' file.  Raises SettingError where it can't be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"{path} can't be read ({error}); name a CSV file in UTF-8, or make one with --draft 30"
        ) from error


def show(done: Sequence[Checked]) -> None:
    """Print the figures, the calibration and the failures for a person to read."""
    for figure in figures(done):
        print(f"{figure.name:44s} {figure.value:6.3f}  of {figure.n}")
    bins = calibration(done)
    if bins:
        print("\nconfidence said   came true   questions")
        for b in bins:
            print(f"{b.said:15.2f} {b.true:11.2f} {b.n:11d}")
    failed = [c for c in done if c.failure]
    if failed:
        print(f"\n{len(failed)} of {len(done)} questions failed:")
    for c in failed:
        print(f"  line {c.known.line}: {c.known.question}\n    {c.failure}")


def show_json(done: Sequence[Checked]) -> None:
    """The same as JSON Lines: one row a figure, a bin, a failed question."""
    for figure in figures(done):
        row({"figure": figure.name, "value": round(figure.value, 4), "n": figure.n})
    for b in calibration(done):
        row({"said": round(b.said, 4), "true": round(b.true, 4), "n": b.n})
    for c in done:
        if c.failure:
            row({"line": c.known.line, "question": c.known.question, "failure": c.failure, "rank": c.rank})


def write_draft(library: Library, n: int, path: Path) -> None:
    """Write a draft of `n` questions.  Raises SettingError rather than overwrite a file."""
    questions = draft(library, n)
    if not questions:
        raise SettingError("the library holds no sentence to ask about; add documents with: python -m ingest PATH")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(write(questions))
    except FileExistsError as error:
        raise SettingError(f"{path} is there already; name a file that is not") from error
    except OSError as error:
        raise SettingError(f"{path} can't be written ({error}); name another place") from error
    complain(f"{len(questions)} questions are in {path}; correct them, then run this without --draft")


def main(given: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run the command; returns its exit status."""
    p = argparse.ArgumentParser(
        prog="python -m bench.quality", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("library", metavar="LIBRARY", help="the library's folder")
    p.add_argument("questions", metavar="QUESTIONS.csv", type=Path)
    p.add_argument("--draft", metavar="N", type=int, help="write N questions drafted from the library to QUESTIONS.csv")
    p.add_argument("--json", action="store_true", help="print JSON Lines on standard output and nothing else there")
    arguments = p.parse_args(given)
    if arguments.draft is not None and arguments.draft < 1:
        p.error("--draft takes a number from 1")
    settings = settings_of(arguments, environment)
    with Library.open(settings.folder, settings) as library:
        if arguments.draft is not None:
            write_draft(library, arguments.draft, arguments.questions)
            return 0
        questions = read(text_of(arguments.questions))
        done = check(Assistant(library, AnswerSettings.of(environment)), questions)
        (show_json if arguments.json else show)(done)
    return 0


if __name__ == "__main__":
    run(main)
