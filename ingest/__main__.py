"""Add documents to a library, or show what is read from one file."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from index.command import FAILED, common_options, complain, row, run, settings_of
from index.library import Library
from index.nouns import Outcome
from index.progress import Bar
from ingest.kinds import FILES
from ingest.nouns import Document
from ingest.sandbox import Sandbox
from ingest.settings import Limits

EXAMPLES = """examples:
  python -m ingest report.pdf notes.md           add two files
  python -m ingest ~/Documents                   add a folder and all below it
  python -m ingest --password secret locked.pdf  add an encrypted PDF
  python -m ingest --library ~/lib --json docs   one JSON row a file, for scripts
  python -m ingest --show report.pdf             print what is read from a file; nothing is added

The same bytes again change nothing; a changed file takes the place of what its path held before.
Then ask:  python -m answer "What did the report conclude?"

exit status: 0 all went well, 1 a file could not be added, 2 the call was wrong, 130 interrupted"""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m ingest",
        description=f"Add documents to a library. Read are {FILES}.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common_options()],
    )
    made.add_argument("paths", metavar="PATH", nargs="*", help="a file, or a folder with all below it")
    made.add_argument("--password", metavar="TEXT", help="opens encrypted PDFs; it is not stored")
    made.add_argument("--show", metavar="PATH", help="print what is read from this file, and touch no library")
    return made


def main(given: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """The whole command; its exit status."""
    reading = parser()
    arguments = reading.parse_args(given)
    if bool(arguments.show) == bool(arguments.paths):
        reading.error("name the files or folders to add, or one file with --show")
    settings = settings_of(arguments, environment)
    if arguments.show:
        return show(Path(arguments.show), settings.limits, arguments.password, as_json=arguments.json)
    with Library.open(settings.folder, settings, create=True) as library:
        return add(library, [Path(p) for p in arguments.paths], arguments.password, as_json=arguments.json)


def show(path: Path, limits: Limits, password: str | None, *, as_json: bool) -> int:
    """Print what is read from one file."""
    with Sandbox(limits) as sandbox:
        document = sandbox.read(path, name=path.name, password=password)
    if as_json:
        row(shown(document))
        return 0
    print(f"{document.title} ({len(document.pages)} pages)")
    for page in document.pages:
        print(f"\n--- page {page.number} ({page.label or page.number}, {page.origin}) ---\n{page.text}")
    for warning in document.warnings:
        complain(f"warning: {warning}")
    for note in document.notes:
        complain(f"note: {note}")
    return 0


def shown(document: Document) -> dict[str, Any]:
    """The contract's row for a document that was read."""
    pages = [
        {
            "number": p.number,
            "label": p.label,
            "origin": p.origin,
            "text": p.text,
            "recognised": [[line.start, line.end] for line in p.lines if line.recognised],
        }
        for p in document.pages
    ]
    return {"document": document.name, "title": document.title, "pages": pages}


def add(library: Library, paths: Sequence[Path], password: str | None, *, as_json: bool) -> int:
    """Add the files, saying what becomes of each as it happens."""
    bar, started, outcomes = Bar(sys.stderr), time.monotonic(), []
    try:
        with closing(library.add(paths, password=password, progress=bar.step)) as adding:
            for outcome in adding:
                bar.clear()
                outcomes.append(outcome)
                if as_json:
                    row(outcome.to_json())
                elif outcome.status != "failed":
                    print(described(outcome), flush=True)
                if outcome.status == "failed":
                    complain(f"could not add {outcome.path}: {outcome.reason}")
    finally:
        bar.clear()
    if not as_json:
        print(summary(outcomes, time.monotonic() - started))
    return FAILED if any(o.status == "failed" for o in outcomes) else 0


def described(outcome: Outcome) -> str:
    """One line for a file that was added."""
    said = f"{outcome.status:9} {outcome.name}  {outcome.pages} pages, {outcome.passages} passages"
    if outcome.pages_without_text:
        said += f"; no text, or hardly any, on page {', '.join(map(str, outcome.pages_without_text))}"
    return "\n".join([said, *(f"          {warning}" for warning in outcome.warnings)])


def summary(outcomes: Sequence[Outcome], seconds: float) -> str:
    """What became of all files, in words."""
    if not outcomes:
        return "There was no file to add."
    counts = Counter(o.status for o in outcomes)
    files = ", ".join(f"{counts[s]} {s}" for s in ("added", "replaced", "unchanged", "failed") if counts[s])
    fresh = [o for o in outcomes if o.status in ("added", "replaced")]
    pages, passages = sum(o.pages for o in fresh), sum(o.passages for o in fresh)
    return f"{files}: {pages} pages, {passages} passages in {seconds:.1f} s ({pages / max(seconds, 0.001):.0f} pages/s)"


if __name__ == "__main__":
    run(main)
