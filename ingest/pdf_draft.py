"""One printed line of a PDF page before it has its place in the page's text, and the mapping that places it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

TOUCHING = 0.08  # of the type size: no space is that narrow, so PDFium guessed one where the type only shifts
APART = 1.0  # of the type size; a wider gap may part two cells of a table, or two columns
FAR = 1e7  # points; what is beyond is no place on a page

Rect = tuple[float, float, float, float]  # left, top, right, bottom
Drawn = tuple[int, int, float, float, float, float]  # start and end in the line's text, and the rectangle


@dataclass(frozen=True, slots=True)
class Place:
    """Turns PDF user space into points from the top left corner of the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """The rectangle through two corners, as (left, top, right, bottom), in hundredths of a point."""
        px, qx = self.a * x0 + self.c * y0 + self.e, self.a * x1 + self.c * y1 + self.e
        py, qy = self.b * x0 + self.d * y0 + self.f, self.b * x1 + self.d * y1 + self.f
        if px > qx:
            px, qx = qx, px
        if py > qy:
            py, qy = qy, py
        return round(px, 2), round(py, 2), round(qx, 2), round(qy, 2)


@dataclass(slots=True)
class Draft:
    """One printed line before it has its place in the page's text; `words` count from the line's start.

    The box is that of its words; a line that is drawn nowhere has none (`x1 < x0`).  `cuts` are the words
    before which there is a gap wider than between words.  `table` tells the tables of a page apart (0: in
    none), `header` is true of the row that names the columns.
    """

    text: str
    words: Sequence[Drawn]
    size: float
    cuts: Sequence[int] = ()
    table: int = 0
    header: bool = False
    x0: float = 0.0
    y0: float = 0.0
    x1: float = -1.0
    y1: float = -1.0

    def __post_init__(self) -> None:
        if self.x1 < self.x0 and self.words:
            _, _, left, top, right, bottom = zip(*self.words, strict=True)
            self.x0, self.y0, self.x1, self.y1 = min(left), min(top), max(right), max(bottom)

    @property
    def placed(self) -> bool:
        """True where something of it is drawn on the page."""
        return self.x1 >= self.x0

    def part(self, start: int, end: int) -> Draft:
        """The line of characters `start:end` alone; no word may lie across either."""
        words = [
            (a - start, b - start, x0, y0, x1, y1) for a, b, x0, y0, x1, y1 in self.words if a >= start and b <= end
        ]
        return Draft(self.text[start:end], words, self.size)

    def followed_by(self, other: Draft, gap: str) -> Draft:
        """The two as one line, with `gap` between them."""
        at = len(self.text) + len(gap)
        words = [*self.words, *((a + at, b + at, x0, y0, x1, y1) for a, b, x0, y0, x1, y1 in other.words)]
        larger = max(self, other, key=lambda draft: len(draft.text))
        return Draft(self.text + gap + other.text, words, larger.size, [*self.cuts, *(at + cut for cut in other.cuts)])


def cuts(text: str, words: Sequence[Drawn], size: float) -> list[int]:
    """The words of a line before which there is a gap wider than between words."""
    return [b[0] for a, b in pairwise(words) if b[2] - a[4] > APART * size and text[b[0] - 1] == " "]
