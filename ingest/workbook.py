"""Excel files (.xlsx): every sheet's rows as they are shown, each with the names of its columns."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from . import archive
from .blocks import document
from .errors import ReadError
from .limits import check_characters, check_pages
from .nouns import Document, Page, Progress
from .number_format import formatted
from .numbers import counted
from .settings import Limits
from .sheets import Row, sheet_pages
from .workbook_parts import Range, beside_cells, layout, sheets_of, uncalculated

TICK = 2_000  # rows between two signs of life
MOST = 5  # hidden sheets that are named
# A cell with a formula whose value no program has saved, as in files that a script wrote; t="str" is one that is text,
# which may be empty.
UNSAVED = re.compile(
    rb"""<c\b(?![^<>]*\bt=["']str["'])[^<>]*>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)"""
)


def read_workbook(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in an .xlsx file.  Raises ReadError where it is damaged or over a limit."""
    import openpyxl

    with archive.opened(data, limits) as parts:
        archive.check_xml(parts)
        warnings, beside = _warnings(parts), beside_cells(parts)
        try:
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises nearly anything on a damaged file
            raise ReadError("it is not a workbook that can be read; save it as .xlsx in Excel, and add that") from error
        # openpyxl says nowhere else which part a sheet is read from.
        layouts = [layout(parts, sheet._worksheet_path) for sheet in book.worksheets]
    pages: list[Page] = []
    characters = 0
    for sheet, laid in zip(book.worksheets, layouts, strict=True):
        rows: list[Row] = []
        for row in _filled_down(_rows(sheet), laid.merged):
            rows.append(row)
            characters += sum(map(len, row[1]))
            check_characters(characters, limits)
            if len(rows) % TICK == 0:
                progress(Progress(name, len(pages), 0))
        pages += sheet_pages(rows, len(pages) + 1, limits, sheet.title, laid.headers)
        check_pages(len(pages), limits)
    progress(Progress(name, len(pages), len(pages)))
    title = str(book.properties.title or "") if book.properties else ""
    return document(data, name, "xlsx", tuple(pages), title=title, warnings=warnings, notes=_notes(book, beside))


def _warnings(parts: zipfile.ZipFile) -> list[str]:
    remedy = "open the file in a spreadsheet program, save it, and add it again."
    found = []
    missing, zero = unsaved(parts), uncalculated(parts)
    if missing:
        found.append(
            f"{counted(missing, 'formula has', 'formulas have')} no saved result and so no value here; {remedy}"
        )
    if zero:
        said = counted(zero, "formula has", "formulas have")
        found.append(f"{said} 0 for a result, as a program that doesn't calculate writes them; {remedy}")
    return found


def _notes(book: Any, beside: Mapping[tuple[str, str], int]) -> list[str]:
    """What of the workbook is not read, or is read although it is not shown."""
    alone = len(book.chartsheets)
    found = [f"{counted(alone, 'sheet holds', 'sheets hold')} only a chart, which is not read."] if alone else []
    for (one, many), count in beside.items():
        count -= alone if one == "chart" else 0
        if count > 0:
            found.append(f"{counted(count, f'{one} is', f'{many} are')} not read: only cells are.")
    hidden = [f'"{sheet.title}"' for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if hidden:
        more = ", …" if len(hidden) > MOST else ""
        names = ", ".join(hidden[:MOST]) + more
        found.append(f"{counted(len(hidden), 'sheet is', 'sheets are')} hidden, and read all the same: {names}.")
    return found


def _rows(sheet: Any) -> Iterator[Row]:
    """The rows of a sheet that hold anything, numbered as the program numbers them."""
    sheet.reset_dimensions()  # what a file says of its own size is often wrong, and may be huge
    for row in sheet.iter_rows():
        shown = {c.column: shown_as(c.value, c.number_format) for c in row if c.value is not None}
        if any(shown.values()):
            number = next(c.row for c in row if c.value is not None)
            yield number, [shown.get(column, "") for column in range(1, max(shown) + 1)]


def _filled_down(rows: Iterator[Row], merged: Mapping[int, Sequence[Range]]) -> Iterator[Row]:
    """The rows; a cell that is merged over several of them is in each."""
    lasting: dict[int, tuple[int, str]] = {}  # by the column: the last row that it is in, and what it holds
    for number, cells in rows:
        lasting = {column: held for column, held in lasting.items() if held[0] >= number}
        for column, (_, text) in lasting.items():
            cells += [""] * (column - len(cells))
            cells[column - 1] = cells[column - 1] or text
        for _, column, last in merged.get(number, ()):
            if column <= len(cells) and cells[column - 1]:
                lasting[column] = (last, cells[column - 1])
        yield number, cells


def shown_as(value: Any, pattern: str = "General") -> str:
    """A cell's value as the sheet shows it, nearly; dates and times are given as in ISO 8601."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        finest = "seconds" if value.second else "minutes"
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", finest)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta) or not isinstance(value, int | float):
        return str(value)
    return formatted(str(value) if isinstance(value, int) else f"{value:.15g}", pattern or "General")


def unsaved(parts: zipfile.ZipFile) -> int:
    """How many formulas of the workbook have no saved result."""
    return sum(len(UNSAVED.findall(archive.part(parts, sheet))) for sheet in sheets_of(parts))
