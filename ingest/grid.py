"""Rows of cells as text: each row a line that names its columns, so that it can be found and quoted alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBER = re.compile(r"[\s\d.,:/%()+\-–—$€£¥]*\d[\s\d.,:/%()+\-–—$€£¥]*")
LONG = 60  # characters; a longer cell is a sentence and names no column


def header_of(rows: Sequence[Sequence[str]], among: int = 10) -> int:
    """The index of the row that names the columns, one of the first `among`; -1 where none does."""
    for i, row in enumerate(rows[:among]):
        cells = [c for c in row if c]
        if len(cells) < 2:
            continue
        following = [r for r in rows[i + 1 : i + 4] if any(r)]
        names = len(set(cells)) == len(cells) and not any(len(c) > LONG or NUMBER.fullmatch(c) for c in cells)
        wide = len(cells) >= max((len([c for c in r if c]) for r in following), default=0)
        return i if names and following and wide else -1
    return -1


def row_text(row: Sequence[str], names: Sequence[str] = ()) -> str:
    """One row on one line: "Item: Laptop; Cost: 1,200" under `names`, else the cells parted by bars."""
    cells = [" ".join(cell.split()) for cell in row]
    if not names:
        return " | ".join(cell for cell in cells if cell)
    said = []
    for i, cell in enumerate(cells):
        name = " ".join(names[i].split()) if i < len(names) else ""
        if cell:
            said.append(f"{name.rstrip(':')}: {cell}" if name else cell)
    return "; ".join(said)


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, the row of its column names among them as it stands; empty rows left out."""
    rows = [[cell.strip() for cell in row] for row in rows]
    header = header_of(rows, among=2)
    names = rows[header] if header >= 0 else ()
    lines = [row_text(row, names if i > header else ()) for i, row in enumerate(rows)]
    return [line for line in lines if line]
