"""Pictures of text (scans, photographs, screenshots): recognised, shown as they are; a frame of a TIFF is a page."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from . import ocr, ocr_page
from .blocks import document
from .budget import until
from .errors import Late, PictureError, ReadError, translated
from .limits import check_pages
from .nouns import OFF, Document, Page, Progress
from .numbers import some
from .settings import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP")
MOST = 150  # megapixels of a picture that is opened at all
DENSITY = 144.0  # pixels an inch where the file names none that can be true
LEAST = 10  # pixels; in a smaller picture no letter can be told
PLACEHOLDER = 72  # what programs write when they don't know
LARGEST = 1_200  # points of the longer side, about that of A3: a photograph has no size on paper


def read_picture(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a picture.  Raises ReadError where it is damaged, PictureError where recognition is off."""
    if not limits.ocr:
        raise PictureError(f"it is a picture, and {OFF}")
    pages: list[Page] = []
    tick = until(ocr.SHARE * limits.total_seconds, progress)
    total = frame_count(data)
    check_pages(total, limits)
    try:
        for number, frame, size in _frames(data):
            pages.append(_recognised(number, frame, size, lambda: tick(Progress(name, len(pages), total))))
            tick(Progress(name, number, total))
    except Late:
        pass  # the pages that are missing are named below
    empty = [page.number for page in pages if not page.text]
    late = range(len(pages) + 1, total + 1)
    pages += [Page(number, str(number), "") for number in late]
    warnings = [f"No text can be read on {some('page', empty)}."] if empty and len(empty) < len(pages) else []
    warnings += [*ocr.late(late), *ocr.unsure(pages)]
    return document(data, name, "image", tuple(pages), warnings=warnings)


def first_page(data: bytes, tick: Callable[[], None]) -> Page:
    """The first page of the picture, with what is written on it; `tick` is called before each line is read.

    Raises ReadError where it can't be decoded.
    """
    with translated():
        return _recognised(*next(_frames(data)), tick)


def size_of(data: bytes) -> tuple[int, int]:
    """Width and height of the picture in pixels.  Raises ReadError where it is damaged, or of a strange kind."""
    with translated(), _opened(data) as picture:
        return picture.size


def _recognised(number: int, frame: Image, points: tuple[float, float], tick: Callable[[], None]) -> Page:
    """A page of that size in points with the lines that are read in its picture."""
    if min(frame.size) < LEAST:
        return Page(number, str(number), "", (), round(points[0], 2), round(points[1], 2))
    scale = ocr.scale_for(*frame.size, finest=1.0)
    size = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    page = Page(number, str(number), "", (), round(points[0], 2), round(points[1], 2))
    return ocr_page.with_lines(page, ocr.lines_of(_pixels(frame.resize(size)), tick), size[0] / points[0])


def frame_count(data: bytes) -> int:
    """How many pages the picture has: the frames of a TIFF, 1 of all else (a GIF's are one that moves)."""
    with _opened(data) as picture:
        return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def draw_picture(data: bytes, number: int, *, scale: float, limits: Limits) -> bytes:
    """Page `number` (from 1) as PNG, `scale` pixels a point, or fewer where it would be over limits.megapixels."""
    if not 1 <= number <= frame_count(data):
        raise ReadError(f"page {number} cannot be shown: the file has no such page")
    _, frame, (width, height) = next(_frames(data, number))
    scale = min(scale, math.sqrt(limits.megapixels * 1e6 / (width * height)))
    out = io.BytesIO()
    frame.resize((max(1, round(width * scale)), max(1, round(height * scale)))).save(out, "PNG", compress_level=3)
    return out.getvalue()


def _frames(data: bytes, first: int = 1) -> Iterator[tuple[int, Image, tuple[float, float]]]:
    """From page `first` on: each page's number, its picture upright in RGB, and its size in points."""
    from PIL import Image, ImageOps

    total = frame_count(data)
    with _opened(data) as picture:
        density = _density(picture)
        for number in range(first, total + 1):
            try:
                picture.seek(number - 1)
                _check_size(picture)
                upright = ImageOps.exif_transpose(picture)
                sheet = Image.new("RGB", upright.size, (255, 255, 255))
                clear = upright.convert("RGBA")  # what is transparent is paper
                sheet.paste(clear, mask=clear.getchannel("A"))
            except (OSError, ValueError, SyntaxError, EOFError) as error:
                raise ReadError("the picture is damaged: it can't be decoded") from error
            points = min(72 / density, LARGEST / max(sheet.size))  # of a pixel
            yield number, sheet, (sheet.width * points, sheet.height * points)


def _opened(data: bytes) -> Image:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # its warning is replaced by the check below
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ReadError("the picture is damaged, or of a kind that can't be read; save it as PNG or JPEG") from error
    _check_size(picture)
    return picture


def _check_size(picture: Image) -> None:
    """Raises ReadError where the frame that comes next would be too large when decoded."""
    if picture.width * picture.height > MOST * 1e6:
        size = f"{picture.width} by {picture.height} pixels"
        raise ReadError(f"it has {size}, more than the limit of {MOST} megapixels; save it smaller")


def _density(picture: Image) -> float:
    """Pixels an inch, as the file says where it can be true."""
    given: Any = picture.info.get("dpi")
    try:
        density = float(given[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return DENSITY
    return round(density) if 50 <= density <= 2_400 and round(density) != PLACEHOLDER else DENSITY


def _pixels(picture: Image) -> ocr.Picture:
    """Height by width by blue, green and red."""
    import numpy

    return numpy.ascontiguousarray(numpy.asarray(picture)[:, :, ::-1])
