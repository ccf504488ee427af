"""Headings: found by the size of their type where a PDF has no outline, and the path of them above a place."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .nouns import Heading, Line, Page, Span

LARGER = 1.15  # times the body's size
WORDS = 15  # a heading has no more
LEVELS = 3
LONGEST = 300  # characters of a heading; what is longer is a paragraph, or is cut in a path
JOIN = " › "


def headings_by_size(pages: Sequence[Page], furniture: Iterable[Span] = ()) -> tuple[Heading, ...]:
    """The short lines set clearly larger than the body, but for furniture; lines of one size in a row are one."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += line.end - line.start
    del sizes[0.0]
    if not sizes:
        return ()
    body = sizes.most_common(1)[0][0]
    gone = {(s.page, s.start) for s in furniture}
    found: list[tuple[float, Heading]] = []
    for page in pages:
        for size, start, end in _runs(page.lines, body * LARGER):
            text = " ".join(page.text[start:end].split())
            if (page.number, start) not in gone and _is_title(text):
                found.append((size, Heading(1, text, page.number, start)))
    ranks = sorted({size for size, _ in found}, reverse=True)
    level = {size: min(i, LEVELS) for i, size in enumerate(ranks, 1)}
    return tuple(Heading(level[size], h.text, h.page, h.start) for size, h in found)


def _runs(lines: Sequence[Line], least: float) -> list[tuple[float, int, int]]:
    """(size, start, end) of the lines of at least that size, neighbours of one size together."""
    runs: list[tuple[float, int, int]] = []
    near = False
    for line in lines:
        size = round(line.size, 1)
        if size < least:
            near = False
        elif near and runs[-1][0] == size:
            runs[-1] = (size, runs[-1][1], line.end)
        else:
            runs.append((size, line.start, line.end))
            near = True
    return runs


def _is_title(text: str) -> bool:
    return 0 < len(text.split()) <= WORDS and sum(c.isalpha() for c in text) >= 3 and text[-1] not in ".,;"


def heading_paths(headings: Sequence[Heading]) -> Callable[[int, int], str]:
    """A function of (page, start): the headings above that place, outermost first, joined with " › ".

    Each is cut to its first `LONGEST` characters, at a space.
    """
    ordered = sorted(headings, key=lambda h: (h.page, h.start))
    keys = [(h.page, h.start) for h in ordered]
    above: list[int] = []  # of each: the index of the one that it stands under, or -1
    stack: list[int] = []
    for i, heading in enumerate(ordered):
        while stack and ordered[stack[-1]].level >= heading.level:
            stack.pop()
        above.append(stack[-1] if stack else -1)
        stack.append(i)

    def path(page: int, start: int) -> str:
        i = bisect_right(keys, (page, start)) - 1
        texts: list[str] = []
        while i >= 0:
            texts.append(_cut(ordered[i].text))
            i = above[i]
        return JOIN.join(reversed(texts))

    return path


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    first = text[:LONGEST]
    return (first.rpartition(" ")[0] or first[:-1]) + "…"
