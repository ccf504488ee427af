"""Rows of cells as text: each row a line that names its columns, so that it can be found and quoted alone.

A wrong name is worse than none.  Where no file says which row names the columns, the first row of words does
if there are three columns or more; of two columns the first is as often labels ("Landlord | Jane Doe"), so
there only figures below a word tell that it is a name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

NUMBER = re.compile(r"[\s\d.,:/%()+\-–—$€£¥]*\d[\s\d.,:/%()+\-–—$€£¥]*")
DATE = re.compile(r"\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-](\d\d){1,2}")
# A year, a month or a date, which may name a column of figures: "2024", "2024/25", "2024-03", "03.2024".
PERIOD = re.compile(rf"{DATE.pattern}|(19|20)\d\d([-–/]\d{{1,4}})?|\d\d?[./-](19|20)\d\d")
NOTHING = frozenset({"", "-", "–", "—", "n/a", "N/A"})  # what stands in a cell without a value
LONG = 60  # characters; a longer cell is a sentence and names no column
SAMPLE = 20  # rows below a header that are looked at

Rows = Sequence[Sequence[str]]


def header_of(rows: Rows, among: int = 10, sure: bool = False) -> int:
    """The index of the row that names the columns, one of the first `among`; -1 where none does.

    Below a row of other cells, or where it must be `sure`, it is one only where figures stand below a word, in three
    columns or more.
    """
    for i, row in enumerate(rows[:among]):
        if _is_header(rows, i, sure):
            return i
        sure = sure or sum(map(bool, row)) > 1
    return -1


def _is_header(rows: Rows, i: int, sure: bool) -> bool:
    row, below = rows[i], [r for r in rows[i + 1 : i + 1 + SAMPLE] if any(r) and r != rows[i]]
    cells, wide = [cell for cell in row if cell], span(row)
    if len(cells) < 2 or not below:
        return False
    reach = max(map(span, below[:3]))
    if wide < reach or (sure and (wide > reach or wide < 3)):
        return False
    if any(len(cell) > LONG or cell.endswith(":") for cell in cells):
        return False
    columns = [[r[j] for r in below if j < len(r) and r[j]] for j in range(wide)]
    if any(row[j] in column or (column and j and not row[j]) for j, column in enumerate(columns)):
        return False
    words = {j for j, cell in enumerate(row) if cell and not _is_number(cell)}
    if len(words) < len(cells):
        return wide > 2 and bool(words or not row[0]) and _are_periods(row, columns)
    if words & figures(below, alike=wide < 3):
        return True
    return not sure and wide > 2 and len(set(cells)) == len(cells)


def may_name(row: Sequence[str]) -> bool:
    """True where a row that is declared a header can be one: it has cells, and no figures but years, months, dates."""
    return sum(map(bool, row)) > 1 and not any(_is_number(cell) and not _is_period(cell) for cell in row)


def _is_number(cell: str) -> bool:
    return len(cell) <= LONG and NUMBER.fullmatch(cell) is not None


def _is_period(cell: str) -> bool:
    return PERIOD.fullmatch(cell) is not None


def _are_periods(row: Sequence[str], columns: Rows) -> bool:
    """True where the row's figures are years, months or dates, and what stands below them is not.

    Below a single one there must be figures.
    """
    at = [j for j, cell in enumerate(row) if _is_number(cell)]
    held = [cell for j in at for cell in columns[j]]
    if not all(_is_period(row[j]) for j in at) or (len(at) == 1 and not all(map(_is_number, held))):
        return False
    return 2 * sum(map(_is_period, held)) < max(len(held), 1)


def figures(rows: Rows, alike: bool = False) -> set[int]:
    """The columns that hold nothing but figures, one in ten left out.

    `alike` leaves out those with figures of several kinds, as labelled values are, and those with a single date.
    """
    found = set()
    for j in range(max(map(len, rows), default=0)):
        column = [r[j] for r in rows if j < len(r) and r[j] not in NOTHING]
        numbers = [cell for cell in column if _is_number(cell)]
        if numbers and 10 * len(numbers) >= 9 * len(column) and not (alike and _is_mixed(numbers)):
            found.add(j)
    return found


def _is_mixed(numbers: Sequence[str]) -> bool:
    kinds = {"date" if DATE.fullmatch(cell) else re.sub(r"[\s\d.,()+\-–—]", "", cell) for cell in numbers}
    return len(kinds) > 1 or (len(numbers) == 1 and "date" in kinds)


def span(row: Sequence[str]) -> int:
    """How far the row reaches: the number of its cells up to the last that holds anything."""
    return next((j for j in range(len(row), 0, -1) if row[j - 1]), 0)


def names_of(rows: Rows, header: int, first: int | None = None) -> list[str]:
    """The names that the row `header` gives, with those above it from the row `first`, where several do.

    Names that are alike are told apart by what stands above them ("Q1 Units", "Q2 Units"), else by numbers.
    """
    names = [" ".join(cell.split()).rstrip(":") for cell in rows[header]]
    often = Counter(names)
    above = rows[header - 1] if header > (first or 0) else ()
    if sum(map(bool, above)) > 1 and (first is not None or max(often.values()) > 1):
        group = ""
        for j, name in enumerate(names):
            own = " ".join(above[j].split()) if j < len(above) else ""
            group = own or group
            if often[name] > 1 and name and group != name:
                names[j] = f"{group} {name}".strip()
            names[j] = names[j] or own
    seen: Counter[str] = Counter()
    for j, name in enumerate(names):
        seen[name] += 1
        names[j] = f"{name} ({seen[name]})" if name and seen[name] > 1 else name
    return names


def named(rows: Rows, header: int, names: Sequence[str] = ()) -> Iterator[Sequence[str]]:
    """For each row the names of its columns: none down to the row `header`, then `names`.

    Where the rows grow wider, and the first of the wider ones has names for all below it, those.
    """
    widest = span(names)
    for i, row in enumerate(rows):
        if i <= header:
            yield ()
            continue
        wide = span(row)
        if wide > widest and _is_header(rows, i, sure=True):
            names = names_of(rows, i)
            yield ()
        else:
            yield () if header >= 0 and row == rows[header] else names
        widest = max(widest, wide)


def row_text(row: Sequence[str], names: Sequence[str] = (), columns: Collection[int] = ()) -> str:
    """One row on one line: "Item: Laptop; Cost: 1,200" under `names`, else the cells parted by bars.

    Without names, a dash is what stands in an empty cell of `columns` between two others.
    """
    cells = [" ".join(cell.split()) for cell in row]
    if not names:
        kept = range(span(cells))
        first = next((j for j in kept if cells[j]), 0)
        return " | ".join(cells[j] or "–" for j in kept if cells[j] or (j > first and j in columns))
    said = []
    for i, cell in enumerate(cells):
        name = " ".join(names[i].split()) if i < len(names) else ""
        if cell:
            said.append(f"{name.rstrip(':')}: {cell}" if name else cell)
    return "; ".join(said)


def filled(rows: Rows) -> set[int]:
    """The columns that hold anything."""
    return {j for row in rows for j, cell in enumerate(row) if cell}


def table_lines(rows: Rows, headers: int | None = None) -> list[str]:
    """The lines of a table, the rows of its column names among them as they stand; empty rows left out.

    `headers` is how many of the first rows the file declares to name the columns, 0 where it declares that none
    does, None where it says nothing.
    """
    rows = [[cell.strip() for cell in row] for row in rows]
    header = min(headers or 0, len(rows)) - 1
    names = names_of(rows, header, first=0) if header >= 0 else []
    if headers is None or (headers and sum(map(bool, names)) < 2):
        header = header_of(rows, among=2)
        names = names_of(rows, header) if header >= 0 else []
    columns = filled(rows) if header < 0 else ()
    under = [()] * len(rows) if headers == 0 else named(rows, header, names)
    lines = [row_text(row, of, columns) for row, of in zip(rows, under, strict=True)]
    return [line for line in lines if line]
