"""A PDF opened by PDFium, and its pages one by one: their size and their printed lines."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2_raw as pdfium

from .errors import PasswordError, ReadError
from .pdf_draft import Draft, Place, Rect
from .pdf_forms import settled
from .pdf_lines import PageText
from .pdf_page import NOTHING, Handle, Laid, open_page
from .pdf_pictures import Region, regions_on
from .pdf_second import flat, suspicious

# FPDF_GetLastError, in words for a person.
REASONS = {
    2: "it could not be opened",
    3: "it is damaged, or not a PDF at all",
    5: "it is protected in a way that this reader does not know",
    6: "its pages could not be found",
}
WITHOUT = "it is protected by a password; give it with --password, or save a copy without one"
WRONG = "the password does not open it; give the right one with --password"


class Unreadable(ReadError):
    """PDFium can't open the file, or finds no page in it; another reader may."""


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
    opened = Handle(handle)
    try:
        yield opened
    finally:
        opened.close()


def page_count(handle: Handle) -> int:
    """How many pages the document says it has."""
    return int(pdfium.FPDF_GetPageCount(handle))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as PDFium gives it: its size in points and its lines, not yet in the order of reading.

    `raw` is PDFium's text as it came.  `glyphs` is None but where its fonts can't be trusted, so that a
    second reader's text has to be put onto them.  `regions` are its pictures, `laid` is what lies over it, and `fields`
    that of it which has words, where it is shown.
    """

    number: int
    lines: list[Draft]
    width: float = 0.0
    height: float = 0.0
    raw: str = ""
    glyphs: list[tuple[str, Rect]] | None = None
    regions: tuple[Region, ...] = ()
    laid: Laid = NOTHING
    fields: tuple[tuple[Rect, str], ...] = ()


def read_sheet(handle: Handle, number: int, unit: float = 1.0) -> Sheet | None:
    """Page `number` (from 1), in points of 1/72 inch where `unit` is its /UserUnit; None if it is broken."""
    with open_page(handle, number) as opened:
        if not opened:
            return None
        page = opened.handle
        width = pdfium.FPDF_GetPageWidthF(page) * unit
        height = pdfium.FPDF_GetPageHeightF(page) * unit
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return Sheet(number, [], width, height, laid=opened.laid)
        try:
            place = _place(page, width, height)
            reading = PageText(text_page, place)
            lines, raw = reading.lines()
            if fields := tuple([(place.box(*rect), sign) for rect, sign in opened.laid.fields]):
                lines = settled(lines, fields, width)
            glyphs = reading.glyphs(raw) if suspicious(raw) or flat(raw, reading) else None
        finally:
            pdfium.FPDFText_ClosePage(text_page)
        regions = regions_on(page, place, width, height, lines) if lines else ()
        return Sheet(number, lines, round(width, 2), round(height, 2), raw, glyphs, regions, opened.laid, fields)


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


def blank(text: str) -> bool:
    """True where a text holds nothing that a person could read: spaces, controls, characters without a meaning."""
    return not any(unicodedata.category(c)[0] in "LNPS" for c in text if c != "\ufffd")
