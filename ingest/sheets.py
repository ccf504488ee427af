"""Rows with numbers, as spreadsheets and CSV files have them: blocks of rows as pages, one row a paragraph.

A page is labelled `sheet "Costs" rows 2-51`; `Page.place` finds the row in it from the place in its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .blocks import clean
from .grid import header_of, row_text
from .nouns import PARAGRAPH, Page
from .settings import Limits

ROWS = 50  # of a page, unless there would be too many pages
GAP = 3  # rows without anything that are left on a page; after more of them the next begins

Row = tuple[int, list[str]]  # its number in the file, from 1, and its cells


def sheet_pages(rows: Sequence[Row], first: int, limits: Limits, title: str = "") -> list[Page]:
    """The pages, numbered from `first`, of the rows that hold anything; `title` names the sheet."""
    size = max(ROWS, -(-len(rows) // max(1, limits.pages // 2)))
    header = header_of([cells for _, cells in rows])
    names = rows[header][1] if header >= 0 else []
    pages: list[Page] = []
    group: list[tuple[int, str]] = []

    def close() -> None:
        if group:
            texts, start, end = dict(group), group[0][0], group[-1][0]
            # A row without anything is a paragraph without anything: the others are found by counting.
            text = PARAGRAPH.join(texts.get(number, "") for number in range(start, end + 1))
            pages.append(Page(first + len(pages), _label(title, start, end), text))
            group.clear()

    for i, (number, cells) in enumerate(rows):
        text = clean(row_text(cells, names if i > header else ()))
        if not text:
            continue
        if group and (not 0 < number - group[-1][0] <= GAP + 1 or len(group) == size):
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
