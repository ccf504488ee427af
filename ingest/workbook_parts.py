"""What the parts of an .xlsx file say beside the values of cells: which cells are merged, which rows name columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import ZipFile

from . import archive

MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^<>]*\bref=["']([^"'<>]+)""")
FILTER = re.compile(rb"""<(?:\w+:)?autoFilter\b[^<>]*\bref=["']([^"'<>]+)""")
TABLE = re.compile(rb"""<(?:\w+:)?table\b([^<>]*)""")
REF, HEADLESS = re.compile(rb"""\bref=["']([^"'<>]+)"""), re.compile(rb"""\bheaderRowCount=["']0""")
TABLE_PART = re.compile(rb"""\bTarget=["'](?:[^"'<>]*/)?tables/([^"'<>/]+)""")
RANGE = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})")

Range = tuple[int, int, int]  # its first row, first column and last row, from 1


@dataclass(frozen=True, slots=True)
class Layout:
    """Of a sheet: the merged cells that run over several rows, by their first row, and the rows that are headers."""

    merged: dict[int, list[Range]]
    headers: frozenset[int]


def layout(parts: ZipFile, sheet: str) -> Layout:
    """The layout of the sheet whose part is called so."""
    data = archive.part(parts, sheet)
    merged: dict[int, list[Range]] = {}
    for top, left, bottom in _ranges(MERGE, data):
        if bottom > top:
            merged.setdefault(top, []).append((top, left, bottom))
    headed = [*_ranges(FILTER, data), *_tables(parts, sheet)]
    return Layout(merged, frozenset(top for top, _, bottom in headed if bottom > top))


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
