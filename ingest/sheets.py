"""Rows with numbers, as spreadsheets and CSV files have them: blocks of rows as pages, one row a paragraph.

A page is labelled `sheet "Costs" rows 2-51`; `Page.place` finds the row in it from the place in its text.
A sheet may hold several tables, one below the other: after a blank row the names of the columns are looked for anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from .blocks import clean
from .grid import SAMPLE, figures, filled, header_of, may_name, named, names_of, row_text, span
from .nouns import PARAGRAPH, Page
from .settings import Limits

ROWS = 50  # of a page, unless there would be too many pages
GAP = 3  # rows without anything that are left on a page; after more of them the next begins

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells


def sheet_pages(
    rows: Sequence[Row], first: int, limits: Limits, title: str = "", headers: Collection[int] = ()
) -> list[Page]:
    """The pages, numbered from `first`, of the rows that hold anything; `title` names the sheet.

    `headers` are the numbers of the rows that the file declares to name the columns below them.
    """
    size = max(ROWS, -(-len(rows) // max(1, limits.pages // 2)))
    pages: list[Page] = []
    group: list[tuple[int, str]] = []

    def close() -> None:
        if group:
            texts, start, end = dict(group), group[0][0], group[-1][0]
            # A row without anything is a paragraph without anything: the others are found by counting.
            text = PARAGRAPH.join(texts.get(number, "") for number in range(start, end + 1))
            pages.append(Page(first + len(pages), _label(title, start, end), text))
            group.clear()

    for number, line in _lines(rows, headers):
        text = clean(line)
        if not text:
            continue
        if group and (not 0 < number - group[-1][0] <= GAP + 1 or len(group) == size):
            close()
        group.append((number, text))
    close()
    return pages


def _lines(rows: Sequence[Row], headers: Collection[int]) -> Iterator[tuple[int, str]]:
    """The number and the text of each row."""
    names: list[str] = []  # of the latest table
    measured: set[int] = set()  # its columns that hold figures
    above: Row = (0, [])  # the last row of the block before
    declared = {number for number, cells in rows if number in headers and may_name(cells)}
    for block in _blocks(rows, declared):
        cells = [[cell.strip() for cell in row] for _, row in block]
        alike = bool(names) and max(map(span, cells)) == len(names)
        # Below a table of words alone, as wide as it, a first row of words may be one more of its rows.
        header = 0 if block[0][0] in declared else header_of(cells, sure=alike and not measured)
        here: Sequence[str] = ()
        if header >= 0:
            joined = header == 0 and above[0] + 1 == block[0][0]
            here = names = names_of([above[1], cells[0]], 1) if joined else names_of(cells, header)
            measured = figures(cells[header + 1 : header + 1 + SAMPLE])
        elif alike and _goes_on(cells, measured):
            here = names
        columns = filled(cells) if header < 0 else ()
        for (number, _), row, of in zip(block, cells, named(cells, header, here), strict=True):
            yield number, row_text(row, of, columns)
        above = block[-1]


def _goes_on(cells: Sequence[Sequence[str]], measured: set[int]) -> bool:
    """True where rows below a blank one go on with the table above it: figures stand below its figures."""
    if not measured:
        return len(cells) == 1
    return measured & filled(cells) <= figures(cells)


def _blocks(rows: Sequence[Row], headers: Collection[int]) -> Iterator[list[Row]]:
    """The rows, parted at blank ones and at declared headers; a lone first row goes with what it may name."""
    block: list[Row] = []
    known = False  # whether there was a block before
    for row in rows:
        gap = block and row[0] != block[-1][0] + 1
        if gap and _wide(block) < 2 and (not known or block[-1][0] in headers):
            gap = _wide(block) == 1 and span(row[1]) > max(span(cells) for _, cells in block)
        if block and (gap or row[0] in headers):
            yield block
            known, block = True, []
        block.append(row)
    if block:
        yield block


def _wide(block: Sequence[Row]) -> int:
    return sum(sum(bool(cell.strip()) for cell in row) > 1 for _, row in block)


def _label(title: str, start: int, end: int) -> str:
    rows = f"row {start}" if start == end else f"rows {start}-{end}"
    return f'sheet "{title}" {rows}' if title else rows


def rows_of(cells: Iterable[Sequence[str]]) -> list[Row]:
    """The rows numbered from 1, those without anything left out."""
    return [(i, list(row)) for i, row in enumerate(cells, 1) if any(c.strip() for c in row)]
