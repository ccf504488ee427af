"""`python -m answer`: ask the library a question, or a file of questions, on the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.library import Library
from index.settings import Settings
from ingest.errors import FootnoteError

from .assistant import Assistant
from .nouns import Answer, Turn
from .settings import AnswerSettings

EXAMPLES = """\
examples:
  python -m answer "How many states signed?"
  python -m answer --in report.pdf --in minutes.pdf "What was decided on fees?"
  python -m answer --json "Who leads it?" | jq .citations
  python -m answer --json --batch questions.jsonl
      # a line of the file: {"id": "1", "question": "…", "history": [{"role": "user", "text": "…"}], "documents": []}
  python -m answer --library ~/contracts "When does the lease end?"
"""


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    p = argparse.ArgumentParser(
        prog="python -m answer",
        description="Answer a question from the documents in the library, in their own words, with citations.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    p.add_argument("question", nargs="?", help="the question, in quotes")
    p.add_argument(
        "--batch", metavar="FILE", type=Path, help="answer every line of a JSON Lines file; - for standard input"
    )
    p.add_argument(
        "--in", dest="documents", metavar="DOCUMENT", action="append", help="ask in this document only (repeatable)"
    )
    p.add_argument(
        "--library", metavar="DIR", type=Path, help="the library's folder (default: FOOTNOTE_LIBRARY, else .footnote)"
    )
    p.add_argument("--json", action="store_true", help="print JSON Lines")
    return p


def requests(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """What is asked: the one question, or the lines of the batch file.  Raises FootnoteError for a bad line."""
    if args.batch is None:
        yield {"id": "1", "question": args.question}
        return
    try:
        text = sys.stdin.read() if str(args.batch) == "-" else args.batch.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FootnoteError(
            f"{args.batch} can't be read: {error}; name a UTF-8 file with a JSON object a line"
        ) from error
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _request(line, f"{args.batch}, line {number}")


def _request(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        turns = [Turn(turn["role"], str(turn["text"])) for turn in row.get("history") or []]
        if any(turn.role not in ("user", "assistant") for turn in turns):
            raise ValueError("a role is user or assistant")
        return {
            "id": row.get("id"),
            "question": str(row["question"]),
            "history": turns,
            "documents": row.get("documents"),
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FootnoteError(f'{where}: not a request ({error}); write {{"id": "1", "question": "…"}}') from error


def show(answer: Answer) -> None:
    """Print an answer for a person to read."""
    print(answer.text)
    if answer.standalone_question != answer.question:
        print(f"\nunderstood as: {answer.standalone_question}")
    for citation in answer.citations:
        print(
            f"\n[{citation.marker}] {citation.name}, page {citation.page_label}\n    {' '.join(citation.quote.split())}"
        )
    if not answer.found and answer.hits:
        print("\nThe closest passages:")
        for hit in answer.hits[:3]:
            print(f"  {hit.name}, page {hit.passage.page}: {' '.join(hit.passage.text.split())[:160]}…")


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    p = parser()
    args = p.parse_args(argv)
    if (args.question is None) == (args.batch is None):
        p.error("give one question, or --batch FILE")
    try:
        settings = Settings.of(os.environ)
        library = Library.open(args.library or settings.folder, settings)
        assistant = Assistant(library, AnswerSettings.of(os.environ))
        for request in requests(args):
            answer = assistant.ask(
                request["question"], request.get("history", ()), request.get("documents") or args.documents
            )
            if args.json:
                print(json.dumps({"id": request["id"], **answer.to_json()}, ensure_ascii=False), flush=True)
            else:
                show(answer)
    except FootnoteError as error:
        print(f"answer: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("answer: stopped", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
