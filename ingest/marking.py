"""The rectangles that mark a quote on its page: over its words, all of them and no others.

Words that follow each other on one printed line share a rectangle, unless it would cover words between
them that are not of the quote, as where two columns stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

Rect = tuple[float, float, float, float]  # left, top, right, bottom

KNOWN = 0.9  # of a quote's characters; where the places of fewer are known, a mark would mislead
COVERED = 0.25  # of a word's area: from here on a rectangle covers it
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Word(NamedTuple):
    """One word: `page.text[start:end]` and the rectangle that its glyphs fill.

    A word that stands on two lines is two of them, end to end.
    """

    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


class Words(Protocol):
    """A printed line, of which only the words matter here."""

    @property
    def words(self) -> Sequence[Word]:
        """Its words, in the order of the text."""
        ...


def marks(text: str, lines: Sequence[Words], start: int, end: int) -> list[Rect]:
    """The rectangles of the words in characters `start:end` of a page's `text`, one a line where possible.

    None at all where the places of too many of its words are not known.
    """
    chosen: list[tuple[Rect, bool]] = []
    others: list[Rect] = []
    known = 0
    for line in lines:
        upright = _upright(line)
        for word in line.words:
            if word.end <= start or word.start >= end:
                others.append(word[2:])
            else:
                known += min(word.end, end) - max(word.start, start)
                chosen.append((_part(word, start, end, text), upright))
    if not chosen or known < KNOWN * len("".join(text[start:end].split())):
        return []
    return list(_merged(chosen, others))


def _merged(chosen: Sequence[tuple[Rect, bool]], others: Sequence[Rect]) -> Iterator[Rect]:
    """The rectangles of `chosen` in order, neighbours on one line as one where that covers none of `others`."""
    current, _ = chosen[0]
    for rect, upright in chosen[1:]:
        both = _union(current, rect)
        near = _overlap(current, rect, 0 if upright else 1) >= 0.5
        if near and not any(_covers(both, w) and not _covers(current, w) and not _covers(rect, w) for w in others):
            current = both
        else:
            yield current
            current = rect
    yield current


def _part(word: Word, start: int, end: int, text: str) -> Rect:
    """The rectangle of the characters of the word that lie in `start:end`, as if all were equally wide."""
    x0, y0, x1, y1 = word[2:]
    length = word.end - word.start
    a, b = max(start - word.start, 0) / length, min(end - word.start, length) / length
    if a == 0 and b == 1:
        return x0, y0, x1, y1
    if y1 - y0 > 1.5 * (x1 - x0):
        return x0, y0 + a * (y1 - y0), x1, y0 + b * (y1 - y0)
    if RTL.search(text, word.start, word.end):
        a, b = 1 - b, 1 - a
    return x0 + a * (x1 - x0), y0, x0 + b * (x1 - x0), y1


def _upright(line: Words) -> bool:
    """True where the line runs up or down the page."""
    if len(line.words) < 2:
        return False
    wide = max(w.x1 for w in line.words) - min(w.x0 for w in line.words)
    high = max(w.y1 for w in line.words) - min(w.y0 for w in line.words)
    return high > 2 * wide


def _union(a: Rect, b: Rect) -> Rect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _overlap(a: Rect, b: Rect, axis: int) -> float:
    """How much of the smaller one's side along the axis (0: x, 1: y) the two share, from 0 to 1."""
    shared = min(a[axis + 2], b[axis + 2]) - max(a[axis], b[axis])
    smaller = min(a[axis + 2] - a[axis], b[axis + 2] - b[axis])
    return shared / smaller if smaller > 0 else float(shared >= 0)


def _covers(rect: Rect, word: Rect) -> bool:
    width = min(rect[2], word[2]) - max(rect[0], word[0])
    height = min(rect[3], word[3]) - max(rect[1], word[1])
    return width > 0 and height > 0 and width * height > COVERED * (word[2] - word[0]) * (word[3] - word[1])
