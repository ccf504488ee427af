"""What the parts of an .xlsx file say beside the values of its cells.

Which cells are merged, which rows name columns, what else stands on the sheets, and which formulas have no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from . import archive

MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]*\bref=["']([^"'<>]+)""")
FILTER = re.compile(rb"""<(?:\w+:)?autoFilter\b[^<>]*\bref=["']([^"'<>]+)""")
PANE, FROZEN = re.compile(rb"<(?:\w+:)?pane\b([^<>]*)"), re.compile(rb"""\bstate=["']frozen""")
ABOVE = re.compile(
    rb"""\bySplit=["'](\d{1,7})["'.]"""
)  # how many rows stay in view: the last of them names the columns
TABLE = re.compile(rb"""<(?:\w+:)?table\b([^<>]*)""")
REF, HEADLESS = re.compile(rb"""\bref=["']([^"'<>]+)"""), re.compile(rb"""\bheaderRowCount=["']0""")
TABLE_PART = re.compile(rb"""\bTarget=["'](?:[^"'<>]*/)?tables/([^"'<>/]+)""")
RANGE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})")
COMMENTS, DRAWING = re.compile(r"xl/(?:.*/)?comments?\d*\.xml"), re.compile(r"xl/drawings/drawing\d*\.xml")
COMMENT = re.compile(rb"<(?:\w+:)?comment\b")
SHAPE, CHART, PICTURE = (re.compile(rb"<(?:\w+:)?" + tag + rb"\b") for tag in (b"sp", b"chart", b"pic"))
TEXT = re.compile(rb"<(?:\w+:)?t>\s*[^<\s]")
ASKED = re.compile(rb"""<(?:\w+:)?calcPr\b[^<>]*\bfullCalcOnLoad=["'](?:1|true)""")
FORMULA, ZERO = re.compile(rb"<f\b"), re.compile(rb"<f\b[^<>]*(?:/>|>[^<]*</f>)\s*<v>0</v>")

Range = tuple[int, int, int]  # its first row, first column and last row, from 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Of a sheet: the merged cells that run over several rows, by their first row, and the rows that are headers.

    Those are the first of a table and of what is filtered, and the last of those that stay in view.
    """

    merged: dict[int, list[Range]]
    headers: frozenset[int]


def layout(parts: ZipFile, sheet: str) -> Layout:
    """The layout of the sheet whose part is called so."""
    data = archive.part(parts, sheet)
    merged: dict[int, list[Range]] = {}
    for top, left, bottom in _ranges(MERGE, data):
        if bottom > top:
            merged.setdefault(top, []).append((top, left, bottom))
    headed = [top for top, _, bottom in (*_ranges(FILTER, data), *_tables(parts, sheet)) if bottom > top]
    frozen = [int(rows[1]) for pane in PANE.findall(data) if FROZEN.search(pane) and (rows := ABOVE.search(pane))]
    return Layout(merged, frozenset([*headed, *frozen]))


def _tables(parts: ZipFile, sheet: str) -> Iterator[Range]:
    """Where the sheet's tables stand that have a row of names."""
    names, (folder, _, own) = set(parts.namelist()), sheet.rpartition("/")
    related = f"{folder}/_rels/{own}.rels"
    for stem in TABLE_PART.findall(archive.part(parts, related)) if related in names else ():
        name = f"{folder.rpartition('/')[0]}/tables/{stem.decode('utf-8', 'replace')}"
        table = TABLE.search(archive.part(parts, name)) if name in names else None
        if table and not HEADLESS.search(table[1]):
            yield from _ranges(REF, table[1])


def _ranges(pattern: re.Pattern[bytes], data: bytes) -> Iterator[Range]:
    for said in pattern.findall(data):
        found = RANGE.fullmatch(said)
        if found:
            column = 0
            for letter in found[1]:
                column = 26 * column + letter - ord("A") + 1
            yield int(found[2]), column, int(found[3])


def beside_cells(parts: ZipFile) -> dict[tuple[str, str], int]:
    """How many comments, text boxes, charts and pictures the file holds, by what one and many are called."""
    comments = boxes = charts = pictures = 0
    for name in parts.namelist():
        if COMMENTS.fullmatch(name):
            comments += len(COMMENT.findall(archive.part(parts, name)))
        elif DRAWING.fullmatch(name):
            data = archive.part(parts, name)
            boxes += sum(bool(TEXT.search(shape)) for shape in SHAPE.split(data)[1:])
            charts += len(CHART.findall(data))
            pictures += len(PICTURE.findall(data))
    return {
        ("comment", "comments"): comments,
        ("text box", "text boxes"): boxes,
        ("chart", "charts"): charts,
        ("picture", "pictures"): pictures,
    }


def uncalculated(parts: ZipFile) -> int:
    """How many formulas there are, where the program that wrote them has put 0 for the result of each.

    It asks for their calculation when the file is opened.  0 where any has another result.
    """
    if "xl/workbook.xml" not in parts.namelist() or not ASKED.search(archive.part(parts, "xl/workbook.xml")):
        return 0
    formulas = zeros = 0
    for sheet in sheets_of(parts):
        data = archive.part(parts, sheet)
        formulas += len(FORMULA.findall(data))
        zeros += len(ZERO.findall(data))
    return formulas if formulas == zeros else 0


def sheets_of(parts: ZipFile) -> list[str]:
    """The names of the parts that hold sheets of cells."""
    return [n for n in parts.namelist() if n.startswith("xl/worksheets/") and n.endswith(".xml")]
