"""Tables on a PDF page: rows of cells that line up, found by where the words stand and in which order.

Programs draw a table row by row, cell by cell, so a row is what goes on to the right of itself.  It
becomes one line, its cells in order with a tab between them.  Columns of prose that are drawn line by
line are told from tables by their longer lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .pdf_draft import Draft, Drawn

NEAR = 0.7  # of the type size: edges that are no further apart line up
LEAST = 3  # rows of two cells or more; fewer may line up by chance
WORDY = 6.0  # words in a line of a cell, on average; longer lines side by side are columns of prose
BREAK = 2.5  # of the type size: a wider gap between two rows ends the table
WRAP = 0.8  # of the type size: lines of one cell are no further apart
DEEPEST = 6  # lines of a row's first cell
TALLEST = 12  # lines of a later cell that begins above the others
MANY = 24  # cells; what is longer is no row but a chart or a map
YEAR = re.compile(r"\b(19|20)\d\d\b")


class Row:
    """Cells side by side, each one line or several below each other; `parts` says which lines they come from."""

    __slots__ = ("bottom", "cells", "left", "parts", "right", "top")

    def __init__(self, number: int, part: Draft) -> None:
        self.cells = [[part]]
        self.parts = [(number, part)]
        self.top, self.bottom = part.y0, part.y1
        self.left, self.right = part.x0, part.x1  # where the cell before the last ends, and the last one

    def add_cell(self, number: int, part: Draft) -> None:
        """Put a cell to the right of the others."""
        self.cells.append([part])
        self.left, self.right = self.right, part.x1
        self._grow(number, part)

    def add_line(self, number: int, part: Draft) -> None:
        """Put a line below the last cell."""
        self.cells[-1].append(part)
        self.right = max(self.right, part.x1)
        self._grow(number, part)

    def put_below(self, above: Row) -> None:
        """Make one cell of this row's only cell and the one above it."""
        self.cells[0][:0], self.parts[:0] = above.cells[0], above.parts
        self.top, self.right = min(self.top, above.top), max(self.right, above.right)

    def _grow(self, number: int, part: Draft) -> None:
        self.parts.append((number, part))
        self.top, self.bottom = min(self.top, part.y0), max(self.bottom, part.y1)

    def edges(self) -> list[tuple[float, float, float]]:
        """The left edge, the middle and the right edge of each cell."""
        found = []
        for cell in self.cells:
            left, right = cell[0].x0, cell[0].x1
            for part in cell[1:]:
                left, right = min(left, part.x0), max(right, part.x1)
            found.append((left, (left + right) / 2, right))
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """A table: its rows, the numbers of the lines that they take, and whether the first row names the columns."""

    rows: list[Row]
    lines: range
    header: bool


def tables(lines: Sequence[Draft]) -> list[Found]:
    """The tables among the lines of a page, which are in the order that they were drawn in."""
    beside = sum(b.x0 > a.x1 and b.y0 < a.y1 for a, b in pairwise(lines))
    if sum(len(line.cuts) for line in lines) + beside < LEAST:
        return []
    rows = _rows(lines)
    if sum(len(row.cells) > 1 for row in rows) < LEAST:
        return []
    found: list[Found] = []
    for table in _grouped(rows):
        taken = Counter(n for row in table for n, _ in row.parts)
        whole = range(min(taken), max(taken) + 1) if taken else range(0)
        # A line of which a part stands elsewhere would be lost, or be there twice.
        if _is_table(table) and all(taken[n] == len(lines[n].cuts) + 1 for n in whole):
            found.append(Found(table, whole, _has_header(table)))
    return found


def one_line(row: Row) -> Draft:
    """The row as one line of text, its cells parted by tabs."""
    text = ""
    words: list[Drawn] = []
    for n, cell in enumerate(row.cells):
        for m, part in enumerate(cell):
            text += " " if m else "\t" if n else ""
            at = len(text)
            words += [(a + at, b + at, x0, y0, x1, y1) for a, b, x0, y0, x1, y1 in part.words]
            text += part.text
    return Draft(text, words, row.cells[0][0].size)


# ------------------------------------------------------------------ rows


def _rows(lines: Sequence[Draft]) -> list[Row]:
    """Every line, or part of one, put to the right of the row before it, below its last cell, or into a new row."""
    rows: list[Row] = []
    parts = [(n, part) for n, line in enumerate(lines) for part in _split(line)]
    for at, (n, part) in enumerate(parts):
        # Most lines are prose, one below the other: that is told without a call.
        alone = not rows or (part.x0 <= rows[-1].right and len(rows[-1].cells) == 1)
        if alone or not (part.placed and rows[-1].parts[-1][1].placed and _put(parts, at, rows)):
            rows.append(Row(n, part))
    return rows


def _put(parts: Sequence[tuple[int, Draft]], at: int, rows: list[Row]) -> bool:
    """Put the part into the last row, where it goes on there; False where it begins a row of its own."""
    number, part = parts[at]
    row = rows[-1]
    middle = (part.y0 + part.y1) / 2
    if part.x0 > row.right:
        while middle < row.top and len(row.cells) == 1 and _stacked(rows):
            row.put_below(rows.pop(-2))
        level = _level_below(parts, at, rows) if middle < row.top else middle <= row.bottom
        if level and len(row.cells) < MANY:
            row.add_cell(number, part)
            return True
        return False
    if len(row.cells) > 1 and _below(row.cells[-1], part, row.left):
        row.add_line(number, part)
        return True
    return False


def _below(cell: Sequence[Draft], part: Draft, left: float) -> bool:
    """True where the part is the next line of the cell: close below its last, and in line with it.

    What ends in line is none if it begins before `left`, where the cell before ends, as the next line of prose
    does, or if it is an amount, as a sum is.
    """
    first, last = cell[0], cell[-1]
    if not ((part.y0 + part.y1) / 2 > last.y1 and -last.size < part.y0 - last.y1 < WRAP * last.size):
        return False
    near = NEAR * last.size
    if abs(part.x0 - first.x0) < near or abs(part.x0 + part.x1 - last.x0 - last.x1) < last.size:
        return True
    return abs(part.x1 - first.x1) < near and part.x0 > left and not _is_amount(part.text)


def _level_below(parts: Sequence[tuple[int, Draft]], at: int, rows: list[Row]) -> bool:
    """True where the cell that begins above the last row goes on below, so that its middle or its end is the row's.

    One that reaches over the row before as well is no cell: the bracket of a matrix, a column of prose.
    """
    row, cell = rows[-1], [parts[at][1]]
    for _, part in parts[at + 1 : at + TALLEST]:
        if not (part.placed and part.x0 <= cell[-1].x1 and _below(cell, part, row.right)):
            break
        cell.append(part)
    top, bottom, near = cell[0].y0, cell[-1].y1, NEAR * cell[0].size
    if len(cell) < 2 or bottom < row.bottom - near:
        return False
    while len(rows) > 1 and rows[-2].top < bottom and top < rows[-2].bottom - near:
        if not _stacked(rows):
            return False
        row.put_below(rows.pop(-2))
    return abs(top + bottom - row.top - row.bottom) < near or abs(bottom - row.bottom) < near


def _stacked(rows: list[Row]) -> bool:
    """True where the row before the last is one short cell close above it, so that they may be one cell."""
    if len(rows) < 2 or len(rows[-2].cells) > 1 or len(rows[-1].cells[0]) >= DEEPEST:
        return False
    above, below = rows[-2].cells[0][-1], rows[-1].cells[0][0]
    return -above.size < below.y0 - above.y1 < WRAP * above.size and abs(above.x0 - below.x0) < 2 * above.size


def _split(line: Draft) -> list[Draft]:
    """The line in parts, cut where a gap is wider than between words."""
    if not line.cuts:
        return [line]
    return [line.part(a, b - 1) for a, b in pairwise([0, *line.cuts, len(line.text) + 1])]


# ------------------------------------------------------------------ tables


def _grouped(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Runs of rows that stand below each other and line up; a row of one cell between two of them goes with them."""
    current: list[Row] = []
    for row in rows:
        if current and not _goes_on(current, row):
            yield _trimmed(current)
            current = []
        if current or len(row.cells) > 1:
            current.append(row)
    if current:
        yield _trimmed(current)


def _trimmed(rows: list[Row]) -> list[Row]:
    while rows and len(rows[-1].cells) == 1:
        rows = rows[:-1]
    return rows


def _goes_on(table: Sequence[Row], row: Row) -> bool:
    last = table[-1]
    size = max(last.cells[0][0].size, row.cells[0][0].size)
    if not -0.5 * size < row.top - last.bottom < BREAK * size:
        return False
    if len(row.cells) == 1:
        (cell,) = row.cells
        return len(cell) == 1 and len(last.cells) > 1 and len(cell[0].text.split()) <= 2 * WORDY
    edges = [edge for r in table[-3:] if len(r.cells) > 1 for edge in r.edges()]
    near, wanted = NEAR * size, max(2, len(row.cells) / 2)
    for left, middle, right in row.edges():
        for one, between, other in edges:
            if abs(left - one) < near or abs(right - other) < near or abs(middle - between) < near:
                wanted -= 1
                break
        if wanted <= 0:
            return True
    return False


def _is_table(rows: Sequence[Row]) -> bool:
    side_by_side = [row for row in rows if len(row.cells) > 1]
    if len(side_by_side) < LEAST:
        return False
    parts = [part for row in side_by_side for cell in row.cells for part in cell]
    words = sum(len(part.text.split()) for part in parts) / len(parts)
    bullets = all(len(row.cells) == 2 and len(row.cells[0][0].text) <= 3 for row in side_by_side)
    return words <= WORDY and not bullets


def _has_header(rows: Sequence[Row]) -> bool:
    """True where the first row has words above figures, or short words above longer ones."""
    first, rest = [_text(c) for c in rows[0].cells], [row for row in rows[1:] if len(row.cells) > 1]
    if len(first) < 2 or not rest or any(map(_is_amount, first[1:])):
        return False
    below = [_text(cell) for row in rest for cell in row.cells[1:]]
    if 2 * sum(map(_is_figure, below)) >= len(below):
        return True
    return 1.5 * _words(first[1:]) <= _words(below)


def _text(cell: list[Draft]) -> str:
    return " ".join(part.text for part in cell)


def _words(texts: Sequence[str]) -> float:
    return sum(len(text.split()) for text in texts) / len(texts)


def _is_amount(text: str) -> bool:
    """True of a figure that is no year or date."""
    return _is_figure(text) and not YEAR.search(text)


def _is_figure(text: str) -> bool:
    """True where there are at least as many digits as letters."""
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and digits >= sum(c.isalpha() for c in text)
