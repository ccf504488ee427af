"""A page of a PDF, or of a picture, as a PNG."""

from __future__ import annotations

import ctypes
import math
import struct
import zlib

import pypdfium2_raw as pdfium

from . import pdf_text
from .errors import ReadError
from .kinds import kind_of
from .pdf_page import open_page
from .pdf_pypdf import user_units
from .picture import draw_picture
from .settings import Limits


def render_page(data: bytes, number: int, *, scale: float, limits: Limits, password: str | None = None) -> bytes:
    """Page `number` (from 1) as PNG, `scale` pixels a point, or fewer where it would be over limits.megapixels.

    `data` is a PDF, or a picture.  Raises ReadError where there is no such page or it can't be drawn.
    """
    if kind_of(data, "") == "image":
        return draw_picture(data, number, scale=scale, limits=limits)
    with pdf_text.opened(data, password) as handle, open_page(handle, number) as opened:
        if not opened:
            raise ReadError(f"page {number} cannot be shown: the file has no such page, or it is damaged")
        unit = user_units(data, password).get(number, 1.0)
        return _drawn(opened.handle, scale * unit, limits.megapixels)


def _drawn(page: ctypes.c_void_p, scale: float, megapixels: float) -> bytes:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    if not (width > 0 and height > 0 and math.isfinite(width * height) and scale > 0):
        raise ReadError("the page cannot be shown: it has no size")
    scale = min(scale, math.sqrt(megapixels * 1e6 / (width * height)))
    w, h = max(1, int(width * scale)), max(1, int(height * scale))
    return png(*drawn(page, w, h, reverse=True), w, h)


def drawn(
    page: ctypes.c_void_p,
    width: int,
    height: int,
    *,
    reverse: bool,
    corner: tuple[int, int] = (0, 0),
    sheet: tuple[int, int] | None = None,
) -> tuple[bytes, int]:
    """The page's pixels in rows, three bytes each (blue, green, red, or `reverse`), and a row's length in bytes.

    Of a page that is `sheet` pixels large (default: as large as what is drawn), the part from `corner` on.
    """
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise ReadError("the page cannot be shown: there is not enough memory for its picture")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | (pdfium.FPDF_REVERSE_BYTE_ORDER if reverse else 0)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, -corner[0], -corner[1], *(sheet or (width, height)), 0, flags)
        stride = int(pdfium.FPDFBitmap_GetStride(bitmap))
        return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height), stride
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)


def png(pixels: bytes, stride: int, width: int, height: int) -> bytes:
    """A PNG of rows of `width` RGB pixels that begin every `stride` bytes (PNG specification, 5 and 11)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    # The zero before each row says that it is not filtered: text on white packs well as it is.
    rows = b"".join(b"\0" + pixels[y * stride : y * stride + 3 * width] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 3)) + chunk(b"IEND", b"")
