"""Search a library, list it, take documents out, check it, make its derived parts again, back it up."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError, UnknownDocument

from .backup import backup, put_back, read_back
from .command import FAILED, common_options, complain, requests, row, run, say, settings_of
from .library import Library
from .nouns import LOOKED_AT, NOWHERE, Health, Hit, Step
from .progress import Bar
from .records import clean
from .settings import Settings

EXAMPLES = """examples:
  python -m index search "who signed the treaty"               the ten best passages
  python -m index search "who signed" -k 3 --in report.pdf     in one document, three
  python -m index search --batch questions.jsonl --json        many at once, one row each
  python -m index list                                         what is in the library
  python -m index remove report.pdf                            take it out; nothing of it is left
  python -m index check                                        is everything as it must be?
  python -m index rebuild                                      word index and vectors again, with the model now set
  python -m index backup library.backup                        all of it in one file, also while it is in use
  python -m index restore library.backup --library elsewhere   and back

exit status: 0 all went well, 1 something asked for failed, 2 the call was wrong, 130 interrupted"""


def count(text: str) -> int:
    """A whole number from 1 to a million; argparse says what is wrong with any other."""
    found = int(text)
    if not 1 <= found <= 1_000_000:
        raise ValueError
    return found


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="python -m index",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common_options()],
    )
    verbs = made.add_subparsers(dest="verb", metavar="VERB", required=True)
    common = common_options(inherit=True)

    def verb(name: str, said: str) -> argparse.ArgumentParser:
        return verbs.add_parser(name, help=said, description=said, parents=[common])

    search = verb("search", "the passages nearest to a question, best first")
    search.add_argument("text", metavar="TEXT", nargs="?", help="the question, or any words")
    search.add_argument(
        "--batch", metavar="FILE", help='JSON Lines {"id", "question", "documents"?}; - is standard input'
    )
    search.add_argument("-k", type=count, default=10, help="how many passages (default: 10)")
    search.add_argument(
        "--in", dest="documents", metavar="DOCUMENT", action="append", help="only in it; may be repeated"
    )
    search.add_argument(
        "--everywhere", action="store_true", help="no preference for a document, page or section that TEXT names"
    )
    verb("list", "every document")
    remove = verb("remove", "take documents out; nothing of them is left in the library")
    remove.add_argument("names", metavar="DOCUMENT", nargs="+", help="its name, as `list` shows it")
    verb("check", "hold everything stored against what it must be")
    verb("rebuild", "make passages, word index and vectors again from what is stored, with the model now set")
    saved = verb("backup", "write the whole library to one file; others may go on using it")
    saved.add_argument("file", metavar="FILE", type=Path, help="a file that is not there yet")
    restored = verb("restore", "make a library of what a backup holds; others may go on using it")
    restored.add_argument("file", metavar="FILE", type=Path, help="what `backup` wrote")
    restored.add_argument("--replace", action="store_true", help="in the place of all that the library holds now")
    return made


def main(given: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """The whole command; its exit status."""
    reading = parser()
    arguments = reading.parse_args(given)
    if arguments.verb == "search" and (arguments.text is None) == (arguments.batch is None):
        reading.error("search needs a TEXT, or --batch FILE")
    settings = settings_of(arguments, environment)
    if arguments.verb == "restore":
        return restored(settings, arguments)
    with Library.open(settings.folder, settings) as library:
        return VERBS[arguments.verb](library, arguments)


def search(library: Library, arguments: argparse.Namespace) -> int:
    asked: Any = [{"question": clean(arguments.text)}] if arguments.text is not None else requests(arguments.batch)
    status = 0
    for request in asked:
        values = {"id": request.get("id"), "question": request["question"]}
        hits: list[Hit] = []
        leaning = NOWHERE
        try:
            documents = request.get("documents") or arguments.documents
            everywhere = bool(request.get("everywhere", arguments.everywhere))
            hits = library.search(request["question"], arguments.k, documents, everywhere=everywhere)
            if not everywhere:
                leaning = library.looking_first(request["question"], documents).of(hits[:LOOKED_AT])
        except UnknownDocument as error:
            complain(f"error: {error}")
            values["error"], status = str(error), FAILED
        if arguments.json:
            row(values | {"hits": [hit.to_json() for hit in hits], "looking_first": leaning.to_json()})
        else:
            if leaning:
                say(f"Looking first in {leaning.described} (--everywhere looks without preference)\n")
            say("\n\n".join(map(described, hits)) or "Nothing was found.")
    return status


def described(hit: Hit) -> str:
    """A hit for a person."""
    return f"{hit.rank}. {hit.name}, page {hit.passage.page} ({hit.score:.2f})\n{hit.passage.text}"


def listed(library: Library, arguments: argparse.Namespace) -> int:
    entries = library.entries()
    for entry in entries:
        if arguments.json:
            row(entry.to_json())
        else:
            waits = "" if entry.vectors == entry.passages else f", {entry.vectors} found by meaning as yet"
            say(f"{entry.name}  {entry.pages} pages, {entry.passages} passages{waits}, added {entry.added}")
    if not entries and not arguments.json:
        print("The library is empty; add documents with: python -m ingest FILE…")
    return 0


def remove(library: Library, arguments: argparse.Namespace) -> int:
    status = 0
    for name in dict.fromkeys(arguments.names):
        values: dict[str, Any] = {"document": name, "removed": True}
        try:
            values["passages"] = library.remove(name)
        except UnknownDocument as error:
            complain(f"error: {error}")
            values |= {"removed": False, "passages": 0, "reason": str(error)}
            status = FAILED
        if arguments.json:
            row(values)
        elif values["removed"]:
            print(f"removed {name} ({values['passages']} passages)", flush=True)
    return status


def check(library: Library, arguments: argparse.Namespace) -> int:
    return told(library.check(), as_json=arguments.json)


def rebuild(library: Library, arguments: argparse.Namespace) -> int:
    bar = Bar(sys.stderr)
    found = library.rebuild(lambda done, total: bar.step(Step("the library", "meaning", done, total)))
    bar.clear()
    return told(found, as_json=arguments.json)


def saved(library: Library, arguments: argparse.Namespace) -> int:
    made = backup(library.store, arguments.file)
    if arguments.json:
        row(made.to_json())
    else:
        print(f"{made.file}: {made.documents} documents, {made.bytes / 1e6:.1f} MB, sha256 {made.sha256}")
    return 0


def restored(settings: Settings, arguments: argparse.Namespace) -> int:
    # The backup is read first: where it is not sound, no library is made.
    with read_back(arguments.file) as copy, Library.open(settings.folder, settings, create=True) as library:
        held = len(library.entries())
        if held and not arguments.replace:
            raise LibraryError(
                f"the library in {library.folder} holds {held} documents; name an empty folder with --library, or say "
                "--replace to have the backup in their place"
            )
        put_back(library.store, copy, arguments.file)
        return told(library.check(), as_json=arguments.json)


def told(health: Health, *, as_json: bool) -> int:
    """Say how a library is; 1 where it has problems."""
    if as_json:
        row(health.to_json())
    else:
        print(f"{health.documents} documents, {health.passages} passages, {health.vectors} vectors")
    for problem in health.problems:
        complain(f"problem: {problem}")
    for note in health.notes:
        complain(f"note: {note}")
    return FAILED if health.problems else 0


VERBS = {
    "search": search,
    "list": listed,
    "remove": remove,
    "check": check,
    "rebuild": rebuild,
    "backup": saved,
}

if __name__ == "__main__":
    run(main)
