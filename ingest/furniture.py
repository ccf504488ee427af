"""Running headers, footers and page numbers: lines that repeat at the edges of several pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import chain, islice

from .nouns import Page, Span

DEPTH = 3  # lines from the edge that may be furniture
LEAST = 3  # pages that a line repeats on; where there are but two, both, and only the outermost line
LONGEST = 120  # characters
NUMBER = re.compile(r"\d{1,5}")
ROMAN = re.compile(r"[ivxlc]{1,8}$", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def furniture(pages: Sequence[Page]) -> tuple[Span, ...]:
    """The spans of the lines at the top and bottom of pages that repeat, numbers that count the pages aside.

    A line counts only where all lines between it and the edge do, and no page is furniture as a whole.
    """
    if len(pages) < 2:
        return ()
    least, depth = min(LEAST, len(pages)), DEPTH if len(pages) >= LEAST else 1
    edges: dict[tuple[int, bool], list[tuple[Span, list[Hashable]]]] = {}
    seen: dict[Hashable, set[int]] = defaultdict(set)
    for page in pages:
        label = page.label.casefold()
        for top in (True, False):
            lines = [(span, keys(text, page.number, label)) for span, text in edge(page, depth, top=top)]
            edges[page.number, top] = lines
            for key in chain.from_iterable(told for _, told in lines):
                seen[top, key].add(page.number)
    spans: set[Span] = set()
    for (number, top), lines in edges.items():
        for span, told in lines:
            if not any(_repeats(seen[top, key], number, least) for key in told):
                break
            spans.add(span)
    some = {s.page for s in spans}
    whole = {p.number for p in pages if p.number in some and _is_whole(p, spans)}
    return tuple(sorted((s for s in spans if s.page not in whole), key=lambda s: (s.page, s.start)))


def edge(page: Page, depth: int, *, top: bool) -> Iterator[tuple[Span, str]]:
    """The outermost lines of a page, from the edge inwards: where each stands, and its words in small letters.

    What was read in a picture on the page is none of them, wherever it stands in the text.
    """
    pictured = {line.start for line in page.lines if line.recognised} if page.mixed else ()
    own = (line for line in _lines(page.text, top=top) if line[0] not in pictured)
    for start, end in islice(own, depth):
        yield Span(page.number, start, end), " ".join(page.text[start:end].split()).casefold()


def _lines(text: str, *, top: bool) -> Iterator[tuple[int, int]]:
    """Where the lines of a text that are not blank begin and end, from the top down or from the bottom up."""
    start, end = 0, len(text)
    while start < end:
        if top:
            found = text.find("\n", start)
            line = start, (found if found >= 0 else end)
            start = line[1] + 1
        else:
            line = text.rfind("\n", 0, end) + 1, end
            end = line[0] - 1
        if text[line[0] : line[1]].strip():
            yield line


def keys(text: str, number: int, label: str = "") -> list[Hashable]:
    """What a line of page `number` is told by: its words, or its words with the number that counts the pages taken out.

    The latter as (before, how far the number is from the page's own, after), or ("roman", how far) for i, ii, iii.
    """
    if len(text) > LONGEST:
        return []
    if text == label:
        return ["label"]
    if ROMAN.match(text):
        return [("roman", _roman(text) - number)]
    numbers = list(NUMBER.finditer(text))
    found: list[Hashable] = [] if not any(c.isalpha() for c in text) else [text]
    for m in {m.start(): m for m in (*numbers[:1], *numbers[-1:])}.values():
        found.append((text[: m.start()], int(m[0]) - number, text[m.end() :]))
    return found


def _roman(text: str) -> int:
    values = [VALUES[c] for c in text]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def _repeats(where: set[int], number: int, least: int) -> bool:
    """On enough pages, one of them near: a chapter's header stands on that chapter's pages only."""
    return len(where) >= least and any(number + d in where for d in (-2, -1, 1, 2))


def _is_whole(page: Page, spans: set[Span]) -> bool:
    return all(Span(page.number, *line) in spans for line in _lines(page.text, top=True))
