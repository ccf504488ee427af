"""CSV files: every row with the names of its columns, whatever the separator."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator

from .blocks import document
from .errors import ReadError
from .limits import check_characters, check_pages
from .nouns import Document, Progress
from .settings import Limits
from .sheets import rows_of, sheet_pages
from .text import decoded

SEPARATORS = ",;\t|"
SAMPLE = 20_000  # characters that the separator is told from


def read_delimited(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a CSV file.  Raises ReadError over a limit."""
    text, warnings = decoded(data)
    check_characters(len(text), limits)
    try:
        rows = rows_of(_cells(text))
    except csv.Error as error:
        raise ReadError(f"its rows can't be told apart ({error}); save it as .csv again") from error
    pages = sheet_pages(rows, 1, limits)
    check_pages(len(pages), limits)
    progress(Progress(name, len(pages), len(pages)))
    return document(data, name, "csv", tuple(pages), warnings=warnings)


def _cells(text: str) -> Iterator[list[str]]:
    """The rows; a first line `sep=;`, as Excel writes it, names the separator and is an empty row."""
    if text[:4].casefold() == "sep=" and text[4:5] and text[5:6] in ("\n", ""):
        yield []
        yield from csv.reader(text[6:].splitlines(keepends=True), delimiter=text[4])
        return
    yield from csv.reader(text.splitlines(keepends=True), delimiter=separator_of(text[:SAMPLE]))


def separator_of(sample: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells, more than one."""
    lines = [line for line in sample.splitlines()[:30] if line.strip()]

    def fit(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        most = max(set(counts), key=lambda n: (counts.count(n), n), default=1)
        return (counts.count(most), most) if most > 1 else (0, 0)

    return max(SEPARATORS, key=fit)
