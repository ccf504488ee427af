"""The rows of a document's tables, and the row that names the columns of each, over page breaks too.

A table goes on where it is the last thing on its page and one of the same shape, without a header of its
own, is the first on the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .nouns import Line, Page

NEAR = 2  # lines that may stand between a table and the edge: a page number, "continued"
ALIKE = 0.15  # of the width, by which the two parts may differ

Place = tuple[int, int]  # a page and a character of it
Kept = Callable[[int], tuple[int, int]]  # of a page: where what is no furniture begins and ends


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table on one page, and its header, which may stand on a page before."""

    page: Page
    rows: tuple[Line, ...]
    header: Place | None

    def goes_on_in(self, other: Table) -> bool:
        """True where the other has as many columns and is as wide."""
        wide, its = self._width(), other._width()
        return self._columns() == other._columns() and abs(wide - its) <= ALIKE * max(wide, its)

    def _columns(self) -> int:
        return max(self.page.text.count("\t", row.start, row.end) for row in self.rows)

    def _width(self) -> float:
        # The names of columns are often longer than what stands below them, and the next page may lack them.
        words = [word for row in self.rows for word in row.words if not row.header]
        return max(w.x1 for w in words) - min(w.x0 for w in words) if words else 0.0


def headers(pages: Sequence[Page], kept: Kept) -> Iterator[tuple[Page, Line, Place | None]]:
    """Every row of a table in order of reading, with its page and the place of the header that it stands under."""
    before: Table | None = None  # the table that the page before ends with
    for page in pages:
        start, end = kept(page.number)
        lines = [line for line in page.lines if start <= line.start and line.end <= end]
        tables = list(_tables(page, lines))
        for n, table in enumerate(tables):
            opens = n == 0 and any(line.table == table.rows[0].table for line in lines[: NEAR + 1])
            if opens and before and table.header is None and before.goes_on_in(table):
                tables[n] = table = Table(page, table.rows, before.header)
            for row in table.rows:
                own = (page.number, row.start) == table.header
                yield page, row, None if own else table.header
        closes = bool(tables) and any(line.table == tables[-1].rows[0].table for line in lines[-NEAR - 1 :])
        before = tables[-1] if closes else None


def _tables(page: Page, lines: Sequence[Line]) -> Iterator[Table]:
    """The tables among the lines, in order."""
    tables: dict[int, list[Line]] = {}
    for line in lines:
        if line.table:
            tables.setdefault(line.table, []).append(line)
    for rows in tables.values():
        header = next(((page.number, row.start) for row in rows if row.header), None)
        yield Table(page, tuple(rows), header)
