"""What stands in the body of a Word file, or in a header of it: paragraphs, tables, text boxes, charts and diagrams."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from .blocks import Block
from .drawings import DRAWN, Drawings
from .grid import table_lines
from .word_numbers import BULLET
from .word_styles import Styles
from .word_text import W, below, count_at, says, text_of, unseen, value

if TYPE_CHECKING:
    from lxml.etree import _Element

BOX = f"{W}txbxContent"
WITHIN = frozenset(f"{W}{tag}" for tag in "sdt sdtContent ins customXml moveTo".split())
LAYOUT = 600  # characters; a table with a longer cell only arranges text on the page
MANY = 3  # paragraphs; the same of a table's only row with more in a cell


class Body:
    """Reads one part of a Word file."""

    def __init__(self, part: Any, styles: Styles, drawings: Drawings) -> None:
        self._part, self._styles, self._drawings = part, styles, drawings

    def blocks(self, parent: _Element) -> Iterator[Block]:
        """The paragraphs and tables below `parent`, those within content controls and insertions too."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
                yield from self._beside(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child)
            elif child.tag in WITHIN and not unseen(child):
                yield from self.blocks(child)

    def paragraph(self, paragraph: _Element) -> Iterator[Block]:
        """A paragraph or a heading, behind its number."""
        level, number = self._styles.level(paragraph), self._styles.number(paragraph)
        if text := text_of(paragraph).strip():
            yield Block(f"{'' if level and number == BULLET else number} {text}".strip(), level)

    def _beside(self, element: _Element) -> Iterator[Block]:
        """The text boxes, charts and diagrams that are anchored in a paragraph or a table."""
        for found in below(element, BOX, *DRAWN):
            if found.tag == BOX:
                yield from self.blocks(found)
            else:
                yield from map(Block, self._drawings.lines(found, self._part))

    def _table(self, table: _Element) -> Iterator[Block]:
        """A table line by line; one that only arranges text on the page, as those of CVs and letters, cell by cell."""
        rows = _cells(table)
        if self._arranges(rows):
            for cell in (cell for row in rows for cell in row if not _goes_on(cell)):
                yield from self.blocks(cell)
        else:
            yield from map(Block, table_lines(self._lines(rows), _declared(table)))
            yield from self._beside(table)

    def _arranges(self, rows: list[list[_Element]]) -> bool:
        """True for a table of one column or with more in a cell than a row can say: a heading and its text, a table.

        A heading alone may name a column; several paragraphs are a list or an address where other rows lie beside them.
        """
        if all(len(row) < 2 for row in rows):
            return True
        for cell in (cell for row in rows for cell in row):
            filled = [p for p in below(cell, f"{W}p") if text_of(p).strip()]
            heads = len(filled) > 1 and any(map(self._styles.level, filled))
            if heads or (len(rows) == 1 and len(filled) > MANY) or next(below(cell, f"{W}tbl"), None) is not None:
                return True
            if sum(len(text_of(p)) for p in filled) > LAYOUT:
                return True
        return False

    def _lines(self, rows: list[list[_Element]]) -> list[list[str]]:
        """The text of the cells; one that runs over several rows is in each of them."""
        lines: list[list[str]] = []
        for row in rows:
            line: list[str] = []
            for cell in row:
                above = lines[-1][len(line)] if _goes_on(cell) and lines and len(lines[-1]) > len(line) else ""
                line.append(above or self._cell(cell))
                line += [""] * (min(count_at(cell, "tcPr/gridSpan", 1), 63) - 1)
            lines.append(line)
        return lines

    def _cell(self, cell: _Element) -> str:
        """What stands in a cell, the numbers of its paragraphs too: of a column of numbers they are all there is."""
        texts = []
        for paragraph in below(cell, f"{W}p"):
            number = self._styles.number(paragraph)
            texts.append(f"{'' if number == BULLET else number} {text_of(paragraph)}".strip())
        return " ".join(filter(None, texts))


def _declared(table: _Element) -> int | None:
    """How many of the first rows of a table are repeated on each page that it runs over, as its head; None: of none."""
    rows = (row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table)
    return sum(1 for _ in takewhile(lambda row: says(row, "trPr/tblHeader"), rows)) or None


def _cells(table: _Element) -> list[list[_Element]]:
    """The cells of each row, without those of tables within them."""
    rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
    return [[cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row] for row in rows]


def _goes_on(cell: _Element) -> bool:
    """True where the cell is a part of the one above it."""
    return cell.find(f"{W}tcPr/{W}vMerge") is not None and value(cell, "tcPr/vMerge", "continue") == "continue"
