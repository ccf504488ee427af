"""Some pages of an open PDF: their lines first, their text once the words of all its pages are known.

One part may be all of the file; of a long one, several processes read a part each (`pdf_team`).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from . import pdf_forms, pdf_pypdf, pdf_second, pdf_text
from .nouns import Line, Page
from .pdf_assembly import Vocabulary, assembled, hyphenated, words_of
from .pdf_draft import Draft
from .pdf_order import arranged
from .pdf_page import Handle
from .pdf_pictures import Region
from .pdf_text import Sheet


class Part:
    """Pages as they are read: `read` each, `arrange` all, then ask for `pages`."""

    def __init__(self, handle: Handle, data: bytes, password: str | None, units: Mapping[int, float]) -> None:
        self._handle, self.data, self.password, self.units = handle, data, password, units
        self._sheets: list[Sheet] = []
        self._lines: list[list[Draft]] = []
        self.broken: list[int] = []
        self.regions: dict[int, tuple[Region, ...]] = {}  # of pictures, by the page's number; only where there are any
        self.pinned: list[int] = []  # the pages that files are pinned to
        self.comments: dict[int, int] = {}  # how many, by the page's number; only where there are any
        self.last = 0  # the number of the page that was read last

    def other(self) -> Part:
        """A part of the same file with nothing read."""
        return Part(self._handle, self.data, self.password, self.units)

    def read(self, number: int) -> int:
        """Read page `number` (from 1); how many characters it has."""
        sheet = pdf_text.read_sheet(self._handle, number, self.units.get(number, 1.0))
        if sheet is None:
            self.broken.append(number)
            sheet = Sheet(number, [])
        self._sheets.append(sheet)
        if sheet.regions:
            self.regions[number] = sheet.regions
        if sheet.laid.pinned:
            self.pinned.append(number)
        if sheet.laid.comments:
            self.comments[number] = sheet.laid.comments
        self.last = number
        return len(sheet.raw)

    def arrange(self) -> bool:
        """Put the lines of every page in order; True where a word is hyphenated, so that `words` are of use."""
        self._read_again()
        self._lines = [arranged(sheet.lines) for sheet in self._sheets]
        return any(map(hyphenated, self._lines))

    def _read_again(self) -> None:
        """Put pypdf's lines on the pages whose fonts PDFium can't decode, where it reads more of them."""
        doubtful = {sheet.number: n for n, sheet in enumerate(self._sheets) if sheet.glyphs is not None}
        texts = pdf_pypdf.second_texts(self.data, self.password, list(doubtful)) if doubtful else {}
        for number, text in texts.items():
            sheet = self._sheets[doubtful[number]]
            filled = pdf_forms.filled(sheet.lines, sheet.fields)  # pypdf doesn't read it
            if pdf_second.better("\n".join([text, *(line.text for line in filled)]), sheet.raw):
                lines = pdf_second.placed(text, pdf_forms.around(sheet.glyphs or (), sheet.fields))
                lines = pdf_forms.settled([*lines, *filled], sheet.fields, sheet.width)
                self._sheets[doubtful[number]] = replace(sheet, lines=lines)

    def words(self) -> set[str]:
        """The words of these pages that tell a typesetter's hyphen from a word's own."""
        return words_of(self._lines)

    def pages(self, words: set[str] | None) -> list[Page]:
        """The pages, given the words of the whole file; None where no page of it has a hyphenated word.

        What they were made of is let go, before it is in the way of anything.
        """
        known = None if words is None else Vocabulary(words)
        sheets, arrangements, self._sheets, self._lines = self._sheets, self._lines, [], []
        return [
            page_of(sheet.number, *assembled(lines, known), sheet.width, sheet.height, laid=sheet.laid.alone)
            for sheet, lines in zip(sheets, arrangements, strict=True)
        ]


def page_of(
    number: int, text: str, lines: Sequence[Line] = (), width: float = 0.0, height: float = 0.0, *, laid: bool = False
) -> Page:
    """The page, without its text where nothing in it can be read; `laid` as in `Page`."""
    if pdf_text.blank(text):
        text, lines, laid = "", (), False
    return Page(number, str(number), text, tuple(lines), width, height, laid=laid)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Words and lines are made by the thousand, in no cycle: to look for one takes a twentieth of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
