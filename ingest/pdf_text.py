"""The text of a PDF's pages and where each word stands, by PDFium.

PDFium is called through its C functions: one call a page for the text, two or three a word for its
rectangle, which is several times as fast as one call a character.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2_raw as pdfium

from .errors import PasswordError, ReadError
from .nouns import Line, Page, Word

HYPHEN = "\ufffe\x02"  # PDFium puts one of these, and no line break, where a word is hyphenated across lines
BREAKS = re.compile(f"[^\r\n\v\f\x85\u2028\u2029{HYPHEN}]*[{HYPHEN}]?")
WORD = re.compile(r"\S+")
CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFF)
SURROGATES = range(0xD800, 0xE000)
HYPHENS = (ord(c) for c in HYPHEN)
CLEAN = str.maketrans(
    {**dict.fromkeys(CONTROLS, " "), **dict.fromkeys(SURROGATES, "\ufffd"), **dict.fromkeys(HYPHENS, "-")}
)

# FPDF_GetLastError, in words for a person.
REASONS = {
    2: "it could not be opened",
    3: "it is damaged, or not a PDF at all",
    5: "it is protected in a way that this reader does not know",
    6: "its pages could not be found",
}
WITHOUT = "it is protected by a password; give it with --password, or save a copy without one"
WRONG = "the password does not open it; give the right one with --password"


@dataclass(frozen=True, slots=True)
class Place:
    """Turns PDF user space into points from the top left corner of the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The rectangle through two corners, as (left, top, right, bottom), in hundredths of a point."""
        px, qx = self.a * x0 + self.c * y0 + self.e, self.a * x1 + self.c * y1 + self.e
        py, qy = self.b * x0 + self.d * y0 + self.f, self.b * x1 + self.d * y1 + self.f
        left, right = (px, qx) if px < qx else (qx, px)
        top, bottom = (py, qy) if py < qy else (qy, py)
        return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


class Unreadable(ReadError):
    """PDFium can't open the file, or finds no page in it; another reader may."""


Handle = ctypes.c_void_p


@contextmanager
def opened(data: bytes, password: str | None) -> Iterator[Handle]:
    """PDFium's handle of the document, closed at the end.

    Raises PasswordError where a password is missing or wrong, else Unreadable with PDFium's reason.
    """
    pdfium.FPDF_InitLibrary()  # it does nothing from the second time on
    handle = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not handle and pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
        handle = pdfium.FPDF_LoadMemDocument64(data, len(data), password.encode()) if password else None
        if not handle:
            raise PasswordError(WRONG if password else WITHOUT)
    if not handle:
        raise Unreadable(REASONS.get(pdfium.FPDF_GetLastError(), REASONS[3]))
    try:
        yield handle
    finally:
        pdfium.FPDF_CloseDocument(handle)


def page_count(handle: Handle) -> int:
    """How many pages the document says it has."""
    return int(pdfium.FPDF_GetPageCount(handle))


def read_page(handle: Handle, number: int, unit: float = 1.0) -> Page | None:
    """Page `number` (from 1), in points of 1/72 inch where `unit` is its /UserUnit; None if it is broken."""
    page = pdfium.FPDF_LoadPage(handle, number - 1)
    if not page:
        return None
    try:
        width = pdfium.FPDF_GetPageWidthF(page) * unit
        height = pdfium.FPDF_GetPageHeightF(page) * unit
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return Page(number, str(number), "", (), width, height)
        try:
            text, lines = _PageText(text_page, _place(page, width, height)).read()
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        return Page(number, str(number), text, lines, round(width, 2), round(height, 2))
    finally:
        pdfium.FPDF_ClosePage(page)


def _place(page: ctypes.c_void_p, width: float, height: float) -> Place:
    """The page's own mapping to the screen: crop box, rotation and user unit are all in it."""
    fine = 1000  # FPDF_PageToDevice answers in whole pixels, so ask on a canvas of thousandths
    far = 10_000.0
    w, h = (max(1, min(round(side * fine), 2**30)) for side in (width, height))

    def shown(x: float, y: float) -> tuple[float, float]:
        px, py = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, w, h, 0, x, y, px, py)
        return px.value * width / w, py.value * height / h

    (e, f), (ax, ay), (cx, cy) = shown(0, 0), shown(far, 0), shown(0, far)
    return Place((ax - e) / far, (ay - f) / far, (cx - e) / far, (cy - f) / far, e, f)


class _PageText:
    """Reads one text page: its characters once, then its lines, then each word's rectangle."""

    def __init__(self, text_page: ctypes.c_void_p, place: Place) -> None:
        self.page = text_page
        self.place = place
        self.left, self.top, self.right, self.bottom = (ctypes.c_double() for _ in range(4))
        self.matrix = pdfium.FS_MATRIX()

    def read(self) -> tuple[str, tuple[Line, ...]]:
        """The page's text, its lines joined by line feeds, and the lines."""
        raw, origin = self.characters()
        parts: list[str] = []
        lines: list[Line] = []
        offset = 0
        for found in BREAKS.finditer(raw):
            clean = found[0].translate(CLEAN)
            text = clean.strip()
            if not text:
                continue
            first = found.start() + len(clean) - len(clean.lstrip())
            lines.append(self.line(text, offset, first, origin))
            parts.append(text)
            offset += len(text) + 1
        return "\n".join(parts), tuple(lines)

    def characters(self) -> tuple[str, list[int] | None]:
        """The raw text, and PDFium's index of each character where that is not simply its position."""
        count = pdfium.FPDFText_CountChars(self.page)
        if count <= 0:
            return "", None
        room = (ctypes.c_ushort * (2 * count + 4))()
        units = pdfium.FPDFText_GetText(self.page, 0, count, room)
        text = ctypes.string_at(room, 2 * max(0, units - 1)).decode("utf-16-le", "replace")
        if len(text) == count:
            return text, None
        return self.characters_one_by_one(count)

    def characters_one_by_one(self, count: int) -> tuple[str, list[int]]:
        """The same, asked for each character: some have no Unicode value, and some are half of one."""
        get = pdfium.FPDFText_GetUnicode
        values = [get(self.page, i) for i in range(count)]
        text: list[str] = []
        origin: list[int] = []
        for i, value in enumerate(values):
            if 0xDC00 <= value < 0xE000 and text and 0xD800 <= ord(text[-1]) < 0xDC00:
                text[-1] = chr(0x10000 + ((ord(text[-1]) - 0xD800) << 10) + value - 0xDC00)
            elif 0 < value < 0x110000:
                text.append(chr(value))
                origin.append(i)
        return "".join(text), origin

    def line(self, text: str, offset: int, first: int, origin: list[int] | None) -> Line:
        """The line `text` at `offset` of the page's text, whose first character is `first` of the raw text."""
        words = []
        for found in WORD.finditer(text):
            start, end = first + found.start(), first + found.end()
            if origin:
                start, end = origin[start], origin[end - 1] + 1
            box = self.rectangle(start, end - start)
            if box:
                words.append(Word(offset + found.start(), offset + found.end(), *box))
        at = origin[first] if origin else first
        return Line(offset, offset + len(text), tuple(words), self.size(at, words))

    def rectangle(self, start: int, count: int) -> tuple[float, float, float, float] | None:
        """What `count` characters from `start` fill on the page; None if none of them is drawn."""
        get, left, top, right, bottom = pdfium.FPDFText_GetRect, self.left, self.top, self.right, self.bottom
        rects = pdfium.FPDFText_CountRects(self.page, start, count)
        if rects <= 0:
            return None
        get(self.page, 0, left, top, right, bottom)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        for i in range(1, rects):
            get(self.page, i, left, top, right, bottom)
            x0, y0 = min(x0, left.value), min(y0, bottom.value)
            x1, y1 = max(x1, right.value), max(y1, top.value)
        if not all(map(math.isfinite, (x0, y0, x1, y1))):
            return None
        return self.place.box(x0, y0, x1, y1)

    def size(self, index: int, words: list[Word]) -> float:
        """The type size in points: the font's, scaled by the text matrix; else the words' middle height."""
        size = float(pdfium.FPDFText_GetFontSize(self.page, index))
        if size > 0 and pdfium.FPDFText_GetMatrix(self.page, index, self.matrix):
            size *= math.hypot(self.matrix.c, self.matrix.d) * math.hypot(self.place.c, self.place.d)
        if not 0 < size < 10_000:
            size = sorted(word.y1 - word.y0 for word in words)[len(words) // 2] if words else 0.0
        return round(size, 2)


def blank(text: str) -> bool:
    """True where a text holds nothing that a person could read: spaces, controls, characters without a meaning."""
    return not any(unicodedata.category(c)[0] in "LNPS" for c in text if c != "\ufffd")
