"""CSV files: every row with the names of its columns, whatever the separator."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from io import StringIO
from itertools import islice

from .blocks import document
from .errors import ReadError
from .limits import check_characters, check_pages
from .nouns import Document, Progress
from .settings import Limits
from .sheets import rows_of, sheet_pages
from .text import decoded

BREAK = re.compile(r"\r\n?")  # those of Unicode stand within cells
SEPARATORS = ",;\t|"
NONE = "\x1f"  # stands in no text: a separator where there is but one column
SAMPLE, LINES = 20_000, 30  # characters and lines that the separator is told from


def read_delimited(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a CSV file.  Raises ReadError over a limit."""
    text, warnings = decoded(data, BREAK)
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
        yield from csv.reader(_lines(text[6:]), delimiter=text[4])
        return
    yield from csv.reader(_lines(text), delimiter=separator_of(text[:SAMPLE]) or NONE)


def _lines(text: str) -> StringIO:
    """The lines; what FileMaker and others write for a line break within a cell (U+000B, U+2028) parts none."""
    return StringIO(text, newline="")


def separator_of(sample: str) -> str:
    """The separator that cuts most of the first lines into the same number of cells; "" where there is one column."""
    lines = [line for line in islice(_lines(sample), LINES) if line.strip()]

    def fit(separator: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=separator)]
        most = max(set(counts), key=lambda n: (counts.count(n), n), default=1)
        return (counts.count(most), most) if most > 1 else (0, 0)

    best = max(SEPARATORS, key=fit)
    return best if fit(best) > (0, 0) else ""
