"""Where the paragraphs of a printed page begin, told by how its lines stand.

A page's text says only where its lines end.  A line was broken because it was full, and then its sentence may go on
in the next; or because something ended: a heading, a label, an item, a paragraph.  It was not full where the first
word of the next line had room on it, going by how far the lines below reach.  Something ended, too, where the next
line is further away than the others, is of another size, or where one of the two is a row of columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .nouns import Line, Page
from .packed import NUMBERS, numbers_of

# At a line's end: it goes on, or its sentence has ended anyway.
GOING_ON = re.compile(
    r"(?:[.!?…。！？।؟,،、;\-\u2010-\u2015(\[{/&+=|]|\b(?:and|or|of|the|an?|to|in|on|at|by|for|from|with|as|than|that|its?|is|are"
    r"|und|oder|der|die|das|den|dem|des|von|im|mit|für|et|ou|du|des?|les?|las?|y|el|los|en|con|por|del|e|o|di|il|che))$"
)
BEGINS = re.compile(r"[^\w]*(\w)")
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
UNSPACED = "\u2e80"  # from here on scripts are written without spaces
BELOW = 3  # lines that tell how far lines reach
SPACE = 0.25  # of the type size: a space
SPARE = 0.5  # of the type size: so much more room than the word needs
FURTHER = 1.35  # times the distance of neighbouring lines: a gap
FAR = 2.0  # times the type size, where there are no others to compare
LARGER = 1.1  # times the size of the next line, or the next line's of this
COLUMNS = 2.5  # of the type size: a space between columns
TOLD = 3  # characters of a first word that tell the size of its line


@dataclass(frozen=True, slots=True)
class _Shape:
    """A line's rectangle, the width of its first word, how many wide spaces it has, and its type size, in points.

    `size` is 0 where it isn't known: where the line begins with a bullet or a number, which may have a size of its own.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    first: float
    wide: int
    size: float

    @property
    def high(self) -> float:
        """About its type size, in any case."""
        return self.size or 0.8 * (self.y1 - self.y0)

    @property
    def level(self) -> bool:
        """True where it runs across the page, not up or down its margin."""
        return 0 < self.y1 - self.y0 < 2 * self.high

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    def above(self, other: _Shape) -> bool:
        """True where the other is below it, in the same column."""
        return self.middle < other.y0 + other.high / 4 and self.x0 < other.x1 and other.x0 < self.x1


def paragraph_starts(page: Page) -> list[int]:
    """Where lines of the page begin that don't go on with the one before, as characters of its text.

    Only those that can be told by their places; rows of tables are none of them.
    """
    lines = [line for line in page.lines if line.words]
    pairs = [
        n
        for n in range(len(lines) - 1)
        if not (lines[n].table or lines[n + 1].table) and _may_begin(page.text, lines[n], lines[n + 1])
    ]
    if not pairs:
        return []
    shapes = _shapes(lines)
    return [lines[n + 1].start for n in pairs if _parted(shapes, n, page.text[lines[n].start : lines[n + 1].end])]


def _may_begin(text: str, line: Line, after: Line) -> bool:
    """True where the words of the two lines would allow a paragraph to begin between them."""
    begins = BEGINS.match(text, after.start, after.end)
    return begins is not None and not begins[1].islower() and not GOING_ON.search(text, line.start, line.end)


def _shapes(lines: Sequence[Line]) -> list[_Shape]:
    counts = [len(line.words) for line in lines]
    heads = np.concatenate(([0], np.cumsum(counts)[:-1]))
    table = np.frombuffer(numbers_of(lines), "<i4").reshape(-1, NUMBERS) / [1, 1, 100, 100, 100, 100]
    firsts = table[heads]
    # What is left of a word that a hyphen parted stands at the start of the next line, and belongs to this one.
    below = table[:, 3] > firsts[:, 5].repeat(counts)
    table[below] = firsts.repeat(counts, axis=0)[below]
    low = np.minimum.reduceat(table[:, 2:4], heads)
    high = np.maximum.reduceat(table[:, 4:], heads)
    sizes = np.array([line.size for line in lines])
    tall = np.where(sizes > 0, sizes, 0.8 * (high - low)[:, 1])
    wide = np.zeros(len(table), int)
    wide[1:] = table[1:, 2] - table[:-1, 4] > COLUMNS * tall.repeat(counts)[1:]
    wide[heads] = 0
    sizes[firsts[:, 1] - firsts[:, 0] < TOLD] = 0.0
    rows = np.column_stack((low, high, firsts[:, 4] - firsts[:, 2], np.add.reduceat(wide, heads), sizes))
    return [_Shape(*row) for row in rows.tolist()]


def _parted(shapes: Sequence[_Shape], n: int, text: str) -> bool:
    """True where line `n` and the next, whose text is given, are not of one paragraph."""
    line, after = shapes[n], shapes[n + 1]
    if not (line.level and after.level):
        return False
    if line.size and after.size and max(line.size, after.size) > LARGER * min(line.size, after.size):
        return True
    if max(line.wide, after.wide) > 1 or min(line.wide, after.wide) > 0:
        return True
    size = line.size or after.high
    if not line.above(after):
        return False
    return _apart(shapes, n, size) or (not RTL.search(text) and _has_room(shapes, n, size, text))


def _apart(shapes: Sequence[_Shape], n: int, size: float) -> bool:
    """True where the next line is further from line `n` than lines are from each other around them."""
    gap = shapes[n + 1].middle - shapes[n].middle
    others = [
        b.middle - a.middle
        for a, b in ((shapes[m], shapes[m + 1]) for m in (n - 1, n + 1) if 0 <= m < len(shapes) - 1)
        if a.above(b)
    ]
    return gap > (FURTHER * min(others) if others else FAR * size) and gap > size


def _has_room(shapes: Sequence[_Shape], n: int, size: float, text: str) -> bool:
    """True where line `n` had room for the next one's first word."""
    line, after = shapes[n], shapes[n + 1]
    reach = sorted(s.x1 for s in shapes[n + 1 : n + 1 + BELOW] if line.above(s))
    if len(reach) < 2 or any(abs(s.x1 - line.x1) < SPARE * size for s in shapes[max(0, n - 2) : n] if s.above(line)):
        return False
    first = text.rsplit("\n", 1)[-1].lstrip()[:1]
    needed = min(after.first, 2 * size) if first >= UNSPACED else after.first
    return line.x1 + SPACE * size + needed < reach[-2] - SPARE * size
