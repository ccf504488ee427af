"""Rows with numbers, as spreadsheets and CSV files have them: blocks of rows as pages, one row a paragraph.

A page is labelled `sheet "Costs" rows 2-51`; `Page.place` finds the row in it from the place in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .blocks import clean
from .grid import header_of, row_text
from .nouns import Page

ROWS = 50  # of a page, unless there would be too many pages

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells


def sheet_pages(rows: Sequence[Row], first: int, title: str = "", size: int = ROWS) -> list[Page]:
    """The pages, numbered from `first`, of the rows that hold anything; `title` names the sheet."""
    header = header_of([cells for _, cells in rows])
    names = rows[header][1] if header >= 0 else []
    pages: list[Page] = []
    group: list[tuple[int, str]] = []

    def close() -> None:
        if group:
            number = first + len(pages)
            pages.append(Page(number, _label(title, group[0][0], group[-1][0]), "\n\n".join(t for _, t in group)))
            group.clear()

    for i, (number, cells) in enumerate(rows):
        text = clean(row_text(cells, names if i > header else ()))
        if not text:
            continue
        if group and (number != group[-1][0] + 1 or len(group) == size):
            close()
        group.append((number, text))
    close()
    return pages


def _label(title: str, start: int, end: int) -> str:
    rows = f"row {start}" if start == end else f"rows {start}-{end}"
    return f'sheet "{title}" {rows}' if title else rows


def rows_of(cells: Iterable[Sequence[str]]) -> list[Row]:
    """The rows numbered from 1, those without anything left out."""
    return [(i, list(row)) for i, row in enumerate(cells, 1) if any(c.strip() for c in row)]
