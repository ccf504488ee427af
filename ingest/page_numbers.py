"""The page numbers that are printed on a document's pages, where its file doesn't tell them.

A report whose cover and contents come before its page 1 calls its fifth sheet "page 2", and so do those who ask
about it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .furniture import DEPTH, edge, keys
from .nouns import Page
from .numerals import in_roman

LEAST = 3  # pages that count on at the same edge, by a bare number or "Page 3 of 12"
WORDED = 5  # the same where other words stand around it ("Edition 2 · 3"), and half of all pages: titles count too
PAGE = re.compile(r"\W*((page|pages|pg|p|seite|s|página|pagina|pág|стр|of|de|von|sur|\d+)\b\W*)*")
GAP = 3  # pages from one that is numbered to the next: those between are counted, as a chapter's first page is
ROMAN = "roman"


def printed(pages: Sequence[Page]) -> dict[int, str]:
    """What is printed as the number of each page: {5: "2"}; a page that stands in no row of numbers is left out."""
    seen: dict[tuple[bool, str, int], set[int]] = defaultdict(set)
    for page in pages:
        for top in (True, False):
            for _, text in edge(page, DEPTH, top=top):
                for words, ahead in _counting(text, page.number):
                    seen[top, words, ahead].add(page.number)
    runs = [
        (run, words == ROMAN, ahead)
        for (_, words, ahead), where in seen.items()
        for run in _runs(sorted(where))
        if words == ROMAN or PAGE.fullmatch(words) or len(run) >= max(WORDED, len(pages) / 2)
    ]
    found: dict[int, str] = {}
    for run, roman, ahead in sorted(runs, key=lambda r: (-len(r[0]), r[0])):
        for number in range(run[0], run[-1] + 1):
            if number + ahead > 0:
                found.setdefault(number, in_roman(number + ahead) if roman else str(number + ahead))
    return found


def _counting(text: str, number: int) -> Iterator[tuple[str, int]]:
    """The words around each number of a line that may count the pages, and how far it is ahead of the page's own."""
    for key in keys(text, number):
        match key:
            case ("roman", int(ahead)):
                yield ROMAN, ahead
            case (str(before), int(ahead), str(after)):
                yield f"{before} {after}", ahead


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers in rows without a larger gap, those of enough pages."""
    run: list[int] = []
    for number in numbers:
        if run and number > run[-1] + GAP:
            if len(run) >= LEAST:
                yield run
            run = []
        run.append(number)
    if len(run) >= LEAST:
        yield run
