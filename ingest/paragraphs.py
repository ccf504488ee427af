"""Where the paragraphs of a printed page begin, told by how its lines stand.

A page's text says only where its lines end.  A line was broken because it was full, and then its sentence may go on
in the next; or because something ended: a heading, a label, an item, a paragraph.  It was not full where the first
word of the next line had room on it, going by how far the lines below reach.  Something ended, too, where the next
line is further away than the others, is of another size, begins and ends to the left of this one, or where both are
rows of columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from .nouns import Line, Page
from .packed import NUMBERS, numbers_of

BEGINS = re.compile(r"[^\w]*(\w)")
# At a line's end: it goes on, or its sentence has ended anyway.
SIGNS = frozenset(".!?…。！？।؟,،、;-\u2010\u2011\u2012\u2013\u2014\u2015([{/&+=|")
WORDS = frozenset(
    "and or of the a an to in on at by for from with as than that it its is are "
    "und oder der die das den dem des von im mit für et ou du de le la les las y el los en con por del e o di il "
    "che".split()
)
RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
UNSPACED = "\u2e80"  # from here on scripts are written without spaces
BELOW = 3  # lines that tell how far lines reach
ABOVE = 2  # lines that tell whether a line is full, where they end just where it does
SPACE = 0.25  # of the type size: a space
SPARE = 0.5  # of the type size: so much more room than the word needs
FURTHER = 1.35  # times the distance of neighbouring lines: a gap
FAR = 2.0  # times the type size, where there are no others to compare
NEAR = 3.0  # of the type size: a line so little below another, and wholly to its left, is below one in the middle
LARGER = 1.1  # times the size of the next line, or the next line's of this
COLUMNS = 2.5  # of the type size: a space between columns
TOLD = 3  # characters of a first word that tell the size of its line
AT_ONCE = 64  # pages: one by one, each takes longer to begin with than to do

Whole = NDArray[np.intp]
Real = NDArray[np.float64]
Truth = NDArray[np.bool_]


def paragraph_starts(pages: Iterable[Page]) -> Iterator[tuple[int, int]]:
    """Where lines begin that don't go on with the one before: their page's number, and the character of its text.

    Only those that can be told by their places; rows of tables are none of them.
    """
    rest = iter(pages)
    while batch := list(islice(rest, AT_ONCE)):
        yield from _starts(batch)


def _starts(pages: Sequence[Page]) -> Iterator[tuple[int, int]]:
    lines: list[Line] = []
    on: list[Page] = []  # the page of each line
    pairs: list[int] = []  # the first of each two that may not be of one paragraph
    for page in pages:
        own = [line for line in page.lines if line.words]
        first = len(lines)
        lines += own
        on += [page] * len(own)
        pairs += [
            first + n
            for n, (line, after) in enumerate(pairwise(own))
            if not (line.table or after.table) and _may_begin(page.text, line, after)
        ]
    if not pairs:
        return
    firsts = [lines[n + 1].start for n in pairs]
    unspaced = [on[n].text[start] >= UNSPACED for n, start in zip(pairs, firsts, strict=True)]
    shapes = _Shapes(lines, [page.number for page in on])
    sure, room = shapes.parted(np.array(pairs), np.array(unspaced))
    for n, start, certain, had_room in zip(pairs, firsts, sure.tolist(), room.tolist(), strict=True):
        if certain or (had_room and not RTL.search(on[n].text, lines[n].start, lines[n + 1].end)):
            yield on[n].number, start


def _may_begin(text: str, line: Line, after: Line) -> bool:
    """True where the words of the two lines would allow a paragraph to begin between them."""
    first = text[after.start]
    if not first.isalnum():
        begins = BEGINS.match(text, after.start, after.end)
        if not begins:
            return False
        first = begins[1]
    last = text[line.start : line.end].rstrip().rpartition(" ")[2]
    goes_on = (last[-1:] in SIGNS and last != "-") or last in WORDS  # a hyphen alone is an empty cell
    return not (first.islower() or goes_on)


class _Shapes:
    """The lines of some pages, an array for each thing that is told of them, in points.

    `x0`, `y0`, `x1`, `y1`: a line's rectangle.  `first`: how wide its first word is.  `wide`: how many wide spaces it
    has.  `size`: its type size, and 0 where it isn't known, as it begins with a bullet or a number, which may have a
    size of its own; `high`: about the same, in any case.
    """

    def __init__(self, lines: Sequence[Line], pages: Sequence[int]) -> None:
        counts = [len(line.words) for line in lines]
        heads = np.concatenate(([0], np.cumsum(counts)[:-1]))
        table = np.frombuffer(numbers_of(lines), "<i4").reshape(-1, NUMBERS) / [1, 1, 100, 100, 100, 100]
        firsts = table[heads]
        # What is left of a word that a hyphen parted stands at the start of the next line, and belongs to this one.
        below = table[:, 3] > firsts[:, 5].repeat(counts)
        table[below] = firsts.repeat(counts, axis=0)[below]
        self.x0, self.y0 = np.minimum.reduceat(table[:, 2:4], heads).T
        self.x1, self.y1 = np.maximum.reduceat(table[:, 4:], heads).T
        self.size: Real = np.where(firsts[:, 1] - firsts[:, 0] < TOLD, 0.0, [line.size for line in lines])
        tall = self.y1 - self.y0
        self.high: Real = np.where(self.size > 0, self.size, 0.8 * tall)
        wide = np.zeros(len(table), int)
        wide[1:] = table[1:, 2] - table[:-1, 4] > COLUMNS * self.high.repeat(counts)[1:]
        wide[heads] = 0
        self.wide: Whole = np.add.reduceat(wide, heads)
        self.first: Real = firsts[:, 4] - firsts[:, 2]
        self.level: Truth = (tall > 0) & (tall < 2 * self.high)  # it runs across the page, not up or down its margin
        self.middle: Real = (self.y0 + self.y1) / 2
        self.page: Whole = np.array(pages)

    def above(self, one: Whole, other: Whole) -> Truth:
        """Where a line is above another, in the same column; not where one of the two is none, being out of range."""
        real = (one >= 0) & (other < len(self.page))
        a, b = one.clip(0), other.clip(None, len(self.page) - 1)
        near: Truth = (self.middle[a] < self.y0[b] + self.high[b] / 4) & (self.x0[a] < self.x1[b])
        same: Truth = (self.x0[b] < self.x1[a]) & (self.page[a] == self.page[b])
        return real & near & same

    def parted(self, n: Whole, unspaced: Truth) -> tuple[Truth, Truth]:
        """Where lines `n` and those after them are surely not of one paragraph, and where the first had room for more.

        `unspaced`: where the second is in a script without spaces, so that it may begin with less than a word.
        """
        after = n + 1
        level = self.level[n] & self.level[after]
        below = self.above(n, after)
        sizes = np.sort([self.size[n], self.size[after]], axis=0)
        other_size = (sizes[0] > 0) & (sizes[1] > LARGER * sizes[0])
        wide = np.sort([self.wide[n], self.wide[after]], axis=0)
        size = np.where(self.size[n] > 0, self.size[n], self.high[after])
        sure = other_size | (wide[1] > 1) | (wide[0] > 0) | (below & self._apart(n, size))
        gap = self.y0[after] - self.y1[n]
        sure |= (self.x1[after] < self.x0[n]) & (gap > 0) & (gap < NEAR * size) & (self.page[n] == self.page[after])
        return level & sure, level & below & self._has_room(n, size, unspaced)

    def _apart(self, n: Whole, size: Real) -> Truth:
        """Where the next line is further from line `n` than lines are from each other around them."""
        gap = self.middle[n + 1] - self.middle[n]
        others = np.minimum(self._distance(n - 1), self._distance(n + 1))
        return (gap > np.where(np.isfinite(others), FURTHER * others, FAR * size)) & (gap > size)

    def _distance(self, n: Whole) -> Real:
        """How far the next line is below line `n`; infinite where it is not below it."""
        a, b = n.clip(0), (n + 1).clip(None, len(self.page) - 1)
        return np.where(self.above(n, n + 1), self.middle[b] - self.middle[a], np.inf)

    def _has_room(self, n: Whole, size: Real, unspaced: Truth) -> Truth:
        """Where line `n` had room for the next one's first word."""
        last = len(self.page) - 1
        reach = np.sort(
            [np.where(self.above(n, n + m), self.x1[(n + m).clip(None, last)], -np.inf) for m in range(1, BELOW + 1)],
            axis=0,
        )[-2]
        full = np.zeros(len(n), bool)
        for m in range(1, ABOVE + 1):
            full |= self.above(n - m, n) & (abs(self.x1[(n - m).clip(0)] - self.x1[n]) < SPARE * size)
        needed = np.where(unspaced, np.minimum(self.first[n + 1], 2 * size), self.first[n + 1])
        fits: Truth = self.x1[n] + SPACE * size + needed < reach - SPARE * size
        return ~full & fits
