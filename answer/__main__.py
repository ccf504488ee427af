"""`python -m answer`: ask the library a question, or a file of questions, on the command line."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from typing import Any

from index.command import FAILED, common_options, complain, requests, row, run, say, settings_of
from index.library import Library
from index.records import clean
from ingest.errors import SettingError, UnknownDocument
from ingest.nouns import is_place, printed

from .assistant import Assistant
from .nouns import Answer, Citation, Turn
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
        parents=[common_options()],
    )
    p.add_argument("question", nargs="?", help="the question, in quotes")
    p.add_argument("--batch", metavar="FILE", help="answer every line of a JSON Lines file; - for standard input")
    p.add_argument(
        "--in", dest="documents", metavar="DOCUMENT", action="append", help="ask in this document only (repeatable)"
    )
    p.add_argument(
        "--everywhere", action="store_true", help="no preference for a document, page or section that is named"
    )
    return p


def history(request: Mapping[str, Any]) -> list[Turn]:
    """The turns before a request's question.  Raises SettingError where they aren't turns."""
    try:
        turns = [Turn(turn["role"], clean(str(turn["text"]))) for turn in request.get("history") or []]
    except (TypeError, KeyError) as error:
        raise SettingError(f'request {request.get("id")}: a turn is {{"role": "user", "text": "…"}}') from error
    if any(turn.role not in ("user", "assistant") for turn in turns):
        raise SettingError(f"request {request.get('id')}: a turn's role is user or assistant")
    return turns


def place(citation: Citation) -> str:
    """Where a quote stands: "page 3", "page 3, printed as iii", "slide 4"."""
    label = citation.page_label
    return label if is_place(label) else f"page {citation.page}{printed(citation.page, label)}"


def show(answer: Answer) -> None:
    """Print an answer for a person to read."""
    if answer.differ:
        say("Two documents differ:")
    say(answer.text)
    if answer.looking_first:
        say(f"\nlooking first in {answer.looking_first.described}")
    if answer.standalone_question != answer.question:
        say(f"\nunderstood as: {answer.standalone_question}")
    for citation in answer.citations:
        say(f"\n[{citation.marker}] {citation.name}, {place(citation)}\n    {' '.join(citation.quote.split())}")
    if not answer.found and answer.hits:
        say("\nThe closest passages:")
        for hit in answer.hits[:3]:
            say(f"  {hit.name}, page {hit.passage.page}: {' '.join(hit.passage.text.split())[:160]}…")


def main(given: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Run the command; returns its exit status."""
    p = parser()
    arguments = p.parse_args(given)
    if (arguments.question is None) == (arguments.batch is None):
        p.error("give one question, or --batch FILE")
    settings = settings_of(arguments, environment)
    asked = requests(arguments.batch) if arguments.batch else [{"id": "1", "question": clean(arguments.question)}]
    status = 0
    with Library.open(settings.folder, settings) as library:
        assistant = Assistant(library, AnswerSettings.of(environment))
        for request in asked:
            documents = request.get("documents") or arguments.documents
            everywhere = bool(request.get("everywhere", arguments.everywhere))
            asks = {"id": request.get("id"), "question": request["question"]}
            try:
                answer = assistant.ask(request["question"], history(request), documents, everywhere=everywhere)
            except UnknownDocument as error:
                complain(f"error: {error}")
                status = FAILED
                if arguments.json:
                    row(asks | {"error": str(error)})
                continue
            if arguments.json:
                row(asks | answer.to_json())
            else:
                show(answer)
    return status


if __name__ == "__main__":
    run(main)
