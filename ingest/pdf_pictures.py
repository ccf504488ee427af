"""The pictures on a PDF page that also has text: where they stand, and which are large enough to hold words.

Programs cut a picture into tiles, and draw photographs behind whole pages.  So pictures that touch are one
region, and what lies under the page's own words (the sheet of a searchable scan, a background) is none.
"""

from __future__ import annotations

import ctypes
import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2_raw as pdfium

from .packed import NUMBERS, numbers_of
from .pdf_draft import Draft, Place, Rect
from .pdf_words import Real

Rows = list[list[Any]]
Thing = Any  # a pointer to one of PDFium's objects on a page

OBJECTS = 3_000  # on a page that are looked at
MOST = 500  # pictures of a page that are looked at, the largest
DEEPEST = 3  # forms within forms
SPECK = 12.0  # points; in what is smaller on either side no word can be read
SIDE = 24.0  # points; a region of pictures is looked into from this on
SHARE = 0.01  # of the page, and from this on
COARSE = 0.7  # pixels a point: 50 an inch, at which a letter of 10 points is 7 pixels high
WORDED = 0.1  # of a picture that the page's own words cover: they are what a person reads there
NEAR = 1.0  # points between tiles of one picture, at most


def _function(of: Any, gives: Any, *takes: Any) -> Any:
    """The C function, taking and giving plain addresses and keeping Python's lock: a page has thousands of objects."""
    return ctypes.PYFUNCTYPE(gives, *takes)(ctypes.cast(of, ctypes.c_void_p).value or 0)


_object_of = _function(pdfium.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_part_of = _function(pdfium.FPDFFormObj_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
_type_of = _function(pdfium.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class Region:
    """Pictures that touch: the rectangle around them, its pixels a point, and what tells each from others.

    `small`: too small, or too coarse, for words.
    """

    rect: Rect
    fine: float
    pictures: frozenset[str]
    small: bool = False


def regions_to_json(regions: Mapping[int, Sequence[Region]]) -> Rows:
    """The regions of some pages, by the pages' numbers, as plain lists."""
    return [[n, [[r.rect, r.fine, sorted(r.pictures), r.small] for r in found]] for n, found in regions.items()]


def regions_from_json(rows: Rows) -> dict[int, tuple[Region, ...]]:
    """The regions that `regions_to_json` was given."""
    return {
        n: tuple(Region(tuple(r), fine, frozenset(told), small) for r, fine, told, small in found) for n, found in rows
    }


@dataclass(slots=True)
class _Image:
    rect: Rect
    fine: float
    thing: Thing

    @property
    def area(self) -> float:
        return (self.rect[2] - self.rect[0]) * (self.rect[3] - self.rect[1])


def regions_on(
    page: ctypes.c_void_p, place: Place, width: float, height: float, lines: Sequence[Draft]
) -> tuple[Region, ...]:
    """The regions of pictures on an open page, whose text is `lines`, but for those that its words cover."""
    images = [image for thing, matrix in _images(page) if (image := _image(thing, matrix, place, width, height))]
    if not images:
        return ()
    words = np.frombuffer(numbers_of(lines), "<i4").reshape(-1, NUMBERS)[:, 2:] / 100
    large = SHARE * width * height
    images.sort(key=lambda image: image.area, reverse=True)
    images = [i for i in images[:MOST] if i.area < large or _worded(i.rect, words) < WORDED]
    regions = (_region(group, large) for group in _touching(images))
    return tuple(r for r in regions if r.small or _worded(r.rect, words) < WORDED)


def _images(page: ctypes.c_void_p) -> Iterator[tuple[Thing, Place]]:
    """Every image object, with the mapping from where it is drawn to the page; those within forms too."""
    whole = Place(1, 0, 0, 1, 0, 0)
    yield from _of(_object_of, page, pdfium.FPDFPage_CountObjects(page), whole, 0)


def _of(get: Any, holder: ctypes.c_void_p, count: int, mapping: Place, depth: int) -> Iterator[tuple[Thing, Place]]:
    """The images among the first objects of a page or a form, and those of the forms among them."""
    address = ctypes.cast(holder, ctypes.c_void_p).value
    things = list(map(get, repeat(address), range(min(count, OBJECTS))))
    for thing, kind in zip(things, map(_type_of, things), strict=True):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT), mapping
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            yield from _within(ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT), mapping, depth + 1)


def _within(form: Thing, outer: Place, depth: int) -> Iterator[tuple[Thing, Place]]:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(form, matrix):
        return
    inner = _chained(Place(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), outer)
    yield from _of(_part_of, form, pdfium.FPDFFormObj_CountObjects(form), inner, depth)


def _chained(one: Place, other: Place) -> Place:
    """The mapping that does the one, then the other."""
    return Place(
        one.a * other.a + one.b * other.c,
        one.a * other.b + one.b * other.d,
        one.c * other.a + one.d * other.c,
        one.c * other.b + one.d * other.d,
        one.e * other.a + one.f * other.c + other.e,
        one.e * other.b + one.f * other.d + other.f,
    )


def _image(thing: Thing, matrix: Place, place: Place, width: float, height: float) -> _Image | None:
    """The image as it is shown, cut to the page; None where it is too small there to hold a word."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    across, down = ctypes.c_uint(), ctypes.c_uint()
    if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    box = _chained(matrix, place).box(left.value, bottom.value, right.value, top.value)
    if not all(map(math.isfinite, box)) or not pdfium.FPDFImageObj_GetImagePixelSize(thing, across, down):
        return None
    # Turned by a quarter it has its columns down the page; which of the two does not matter here.
    fine = math.sqrt(across.value * down.value / max(1.0, (box[2] - box[0]) * (box[3] - box[1])))
    x0, y0, x1, y1 = max(0.0, box[0]), max(0.0, box[1]), min(width, box[2]), min(height, box[3])
    if x1 - x0 <= NEAR or y1 - y0 <= NEAR:
        return None
    return _Image((x0, y0, x1, y1), fine, thing)


def _worded(rect: Rect, words: Real) -> float:
    """The share of the rectangle that the words cover."""
    x0, y0, x1, y1 = rect
    wide = np.minimum(words[:, 2], x1) - np.maximum(words[:, 0], x0)
    high = np.minimum(words[:, 3], y1) - np.maximum(words[:, 1], y0)
    return float((wide.clip(0) * high.clip(0)).sum() / ((x1 - x0) * (y1 - y0)))


def _touching(images: Sequence[_Image]) -> list[list[_Image]]:
    """The images in groups whose rectangles touch each other."""
    groups: list[list[_Image]] = []
    for image in images:
        joined = [image]
        apart = []
        for group in groups:
            if any(_touch(image.rect, other.rect) for other in group):
                joined += group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


def _touch(one: Rect, other: Rect) -> bool:
    beside = one[0] < other[2] + NEAR and other[0] < one[2] + NEAR
    return beside and one[1] < other[3] + NEAR and other[1] < one[3] + NEAR


def _region(images: Sequence[_Image], large: float) -> Region:
    lefts, tops, rights, bottoms = zip(*(image.rect for image in images), strict=True)
    rect = min(lefts), min(tops), max(rights), max(bottoms)
    fine = max(image.fine for image in images)
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    small = min(wide, high) < SIDE or wide * high < large or fine < COARSE
    speck = min(wide, high) < SPECK  # not worth a word; a strip of a larger picture is
    return Region(rect, fine, frozenset() if speck else frozenset(map(_told, images)), small)


def _told(image: _Image) -> str:
    """What tells the image from all others."""
    size = pdfium.FPDFImageObj_GetImageDataRaw(image.thing, None, 0)
    if not size:
        return hashlib.sha256(repr((image.fine, image.rect)).encode()).hexdigest()
    data = np.empty(size, np.uint8)  # a buffer of ctypes' own is filled with zeros first
    pdfium.FPDFImageObj_GetImageDataRaw(image.thing, ctypes.c_void_p(data.ctypes.data), size)
    return hashlib.sha256(data.data).hexdigest()
