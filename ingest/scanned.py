"""Which pages of a PDF are pictures of text, and what stands in them: decided page by page."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import pypdfium2_raw as pdfium

from . import ocr, ocr_page
from .budget import until
from .errors import Late, ReadError
from .nouns import OFF, SPARSE, Page, Progress
from .numbers import some
from .pdf_draft import Rect
from .pdf_page import Handle, open_page
from .render import drawn
from .settings import Limits

FINEST = 4.0  # pixels a point, for small sheets
LITTLE = 200  # characters; a page with less text may still be a scan with a stamp or a page number on it
COVERED = 0.5  # of the page that pictures cover on a scan
ODD = 0.3  # of the characters without a meaning: the text is no text
OBJECTS = 3_000  # on a page that are looked at


class Scans:
    """Recognition for the pages of one file, within its limits; remembers what it could not do."""

    def __init__(self, name: str, limits: Limits, progress: Callable[[Progress], None]) -> None:
        self._name, self._limits = name, limits
        # A page takes seconds, and silence means trouble to the one who waits: it is told after each line.
        self._tick = until(ocr.SHARE * limits.total_seconds, progress)
        self.late: list[int] = []
        self.failed: list[int] = []
        self.off: list[int] = []  # pages with some text that would be recognised

    def read(self, handle: Handle, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        """The pages, those that are pictures of text with what stands in them; tells how many of these are done."""
        if any(not p.bare for p in pages):  # else the whole file holds hardly any text, which is to be told
            pages = tuple([replace(p, plain=is_plain(handle, p)) if p.text and p.bare else p for p in pages])
        if not self._limits.ocr:
            self.off = [page.number for page in pages if page.text and not page.laid and is_scan(handle, page)]
            return pages
        scans = [i for i, page in enumerate(pages) if is_scan(handle, page)]
        read = list(pages)
        for done, i in enumerate(scans):
            step = Progress(self._name, done, len(scans))
            read[i] = self._recognised(handle, pages[i], partial(self._tick, step))
        return tuple(read)

    def _recognised(self, handle: Handle, page: Page, tick: Callable[[], None]) -> Page:
        if is_odd(page.text):
            page = replace(page, text="", lines=())
        scale = ocr.scale_for(page.width, page.height, FINEST)
        try:
            tick()
            picture = picture_of(handle, page, scale)
            read = ocr_page.with_lines(page, ocr.lines_of(picture, tick), scale)
            # The frames of fields look like a letter or two.
            return page if page.laid and len(read.text) - len(page.text) < SPARSE else read
        except Late:
            self.late.append(page.number)
        except Exception:  # noqa: BLE001 - the page's picture is named as unread; the other pages go on
            self.failed.append(page.number)
        return page

    def warnings(self, pages: Sequence[Page]) -> Iterator[str]:
        """What a person should know of the pages, a sentence each."""
        empty = [p.number for p in pages if not p.text and p.number not in (*self.late, *self.failed)]
        if empty:
            what = "The page holds" if len(pages) == 1 else f"{len(empty)} of {len(pages)} pages hold"
            where = "" if len(empty) == len(pages) else f" ({some('page', empty)})"
            why = "" if self._limits.ocr else f"; {OFF}"
            yield f"{what} no text that can be read{where}{why}."
        over = [p.number for p in pages if p.laid and p.bare]
        if over:
            why = "" if self._limits.ocr else f"; {OFF}"
            whole = f"All that was read on {some('page', over)} was filled in or put onto it"
            yield f"{whole}: what else stands there can't be found{why}."
        hardly = [p.number for p in pages if p.text and p.bare and not p.laid]
        if hardly:
            where = "" if len(pages) == 1 else f" on {some('page', hardly)}"
            yield f"There is hardly any text{where}: what else stands there can't be found."
        if self.off:
            yield f"What is pictured on {some('page', self.off)} is not read: {OFF}."
        yield from ocr.late(self.late)
        if self.failed:
            yield f"Recognition failed on {some('page', self.failed)}, so what is written there can't be found."
        yield from ocr.unsure(pages)


def picture_of(handle: Handle, page: Page, scale: float, rect: Rect | None = None) -> ocr.Picture:
    """The page drawn `scale` pixels a point, blue, green and red; or that part of it, in points as it is shown."""
    import numpy

    sheet = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    left, top, right, bottom = (round(side * scale) for side in rect or (0, 0, page.width, page.height))
    width, height = max(1, right - left), max(1, bottom - top)
    with open_page(handle, page.number) as opened:
        if not opened:
            raise ReadError("the page can't be drawn")
        pixels, stride = drawn(opened.handle, width, height, reverse=False, corner=(left, top), sheet=sheet)
    rows = numpy.frombuffer(pixels, numpy.uint8).reshape(height, stride)
    return numpy.ascontiguousarray(rows[:, : 3 * width].reshape(height, width, 3))


def is_scan(handle: Handle, page: Page) -> bool:
    """True where the page's text, if it has any, is not what a person reads there."""
    if page.width <= 0 or page.height <= 0:
        return False
    visible = "".join(page.text.split())
    if not visible or page.laid or _is_odd(visible):
        return True
    if len(visible) >= LITTLE:
        return False
    with open_page(handle, page.number) as opened:
        return opened is not None and _pictured(opened.handle) >= COVERED


def is_plain(handle: Handle, page: Page) -> bool:
    """True where nothing is drawn on the page but a few pieces of text, such as the title of a part."""
    with open_page(handle, page.number) as opened:
        if not opened:
            return False
        sheet = opened.handle
        count = pdfium.FPDFPage_CountObjects(sheet)
        kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(sheet, i)) for i in range(min(count, SPARSE))}
        return count <= SPARSE and kinds <= {pdfium.FPDF_PAGEOBJ_TEXT} and not pdfium.FPDFPage_GetAnnotCount(sheet)


def is_odd(text: str) -> bool:
    """True where much of the text has no meaning: private and unassigned characters, controls, replacements."""
    return _is_odd("".join(text.split()))


def _is_odd(visible: str) -> bool:
    if visible.isprintable() and "\ufffd" not in visible:
        return False
    odd = sum(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn", "Cc") for c in visible)
    return bool(visible) and odd >= ODD * len(visible)


def _pictured(page: ctypes.c_void_p) -> float:
    """The share of the page that pictures cover, 1 at most; those that overlap count twice."""
    box = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = box
    area = pdfium.FPDF_GetPageWidthF(page) * pdfium.FPDF_GetPageHeightF(page)
    covered = 0.0
    for i in range(min(pdfium.FPDFPage_CountObjects(page), OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, i)
        if _holds_picture(thing) and pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            covered += abs((right.value - left.value) * (top.value - bottom.value))
    return min(1.0, covered / area) if area > 0 and math.isfinite(covered) else 0.0


def _holds_picture(thing: ctypes.c_void_p) -> bool:
    kind = pdfium.FPDFPageObj_GetType(thing)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    parts = (pdfium.FPDFFormObj_GetObject(thing, i) for i in range(min(pdfium.FPDFFormObj_CountObjects(thing), 50)))
    return any(pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_IMAGE for part in parts)
