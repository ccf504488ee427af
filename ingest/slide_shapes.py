"""The shapes of a slide, those in groups too, where they stand on it and in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .drawings import A

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
SHAPES = frozenset(f"{P}{tag}" for tag in "sp grpSp graphicFrame cxnSp pic".split())
DEEPEST = 8  # groups within groups, and rows within columns
HALF = 0.5  # of the lower of two shapes, beside the other: they stand in a row


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """A shape and its box on the slide."""

    shape: Any
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Within:
    """Where the places within a group are on the slide: `scale` times x, and `shift` on; then the same of y."""

    scale: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)

    def at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale[0] + self.shift[0], y * self.scale[1] + self.shift[1]

    def group(self, xfrm: _Element | None) -> _Within:
        """The same of a group within, whose places run from chOff to chExt and are drawn from off to ext."""
        (x, y), (wide, high) = _pair(xfrm, "off", "x", "y"), _pair(xfrm, "ext", "cx", "cy")
        (left, top), (across, down) = _pair(xfrm, "chOff", "x", "y"), _pair(xfrm, "chExt", "cx", "cy")
        scale = (wide / across if wide and across else 1.0, high / down if high and down else 1.0)
        shift = self.at(x - left * scale[0], y - top * scale[1])
        return _Within((self.scale[0] * scale[0], self.scale[1] * scale[1]), shift)


def placed(slide: Any) -> list[Placed]:
    """The shapes of the slide with their places, in the order of the file."""
    _unwrap(slide.element)
    return list(_placed(slide.shapes, _Within(), 0))


def in_order(shapes: Iterable[Placed], rows: bool = True, depth: int = 0) -> list[Placed]:
    """From top to bottom, and from left to right where shapes stand beside each other; columns one after the other."""
    shapes = sorted(shapes, key=lambda s: (s.top, s.left))
    for rows_here in (rows, not rows) if depth < DEEPEST else ():
        bands = _bands(shapes, rows_here)
        if len(bands) > 1:
            return [shape for band in bands for shape in in_order(band, not rows_here, depth + 1)]
    return shapes


def _bands(shapes: Iterable[Placed], rows: bool) -> list[list[Placed]]:
    """The shapes in rows, or in columns: those that overlap one there by half of either or more."""

    def ends(shape: Placed) -> tuple[float, float]:
        return (shape.top, shape.bottom) if rows else (shape.left, shape.right)

    bands: list[list[Placed]] = []
    for shape in sorted(shapes, key=ends):
        start, end = ends(shape)
        near = bands[-1] if bands else []
        lengths = ((min(end, e) - start, min(end - start, e - s)) for s, e in map(ends, reversed(near)))
        if not any(common >= HALF * least for common, least in lengths):
            bands.append([])
        bands[-1].append(shape)
    return bands


def _placed(shapes: Iterable[Any], within: _Within, depth: int) -> Iterator[Placed]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            if depth < DEEPEST:
                xfrm = shape.element.find(f"{P}grpSpPr/{A}xfrm")
                yield from _placed(shape.shapes, within.group(xfrm), depth + 1)
        else:
            left, top, wide, high = _box(shape)
            yield Placed(shape, *within.at(left, top), *within.at(left + wide, top + high))


def _box(shape: Any) -> tuple[float, float, float, float]:
    """The left, the top, the width and the height that a shape says, or that its layout does; else nothing."""
    from pptx.exc import InvalidXmlError

    try:
        return shape.left or 0, shape.top or 0, shape.width or 0, shape.height or 0
    except (ValueError, InvalidXmlError):
        return 0, 0, 0, 0


def _unwrap(slide: _Element) -> None:
    """Puts newer shapes in the place of what holds them and, for older programs, others in their stead.

    It puts those others there where the newer are of no kind that python-pptx knows, as ink is.
    """
    for either in list(slide.iter(f"{MC}AlternateContent")):
        parent = either.getparent()
        if parent is not None and parent.tag in (f"{P}spTree", f"{P}grpSp"):
            held = (list(option) for option in either.iterchildren(f"{MC}Choice", f"{MC}Fallback"))
            at = parent.index(either)
            parent[at : at + 1] = next((h for h in held if h and all(s.tag in SHAPES for s in h)), [])


def _pair(xfrm: _Element | None, tag: str, *names: str) -> tuple[float, float]:
    found = xfrm.find(f"{A}{tag}") if xfrm is not None else None
    x, y = (found.get(name, "0") if found is not None else "0" for name in names)
    return (float(x) if x.lstrip("-").isdecimal() else 0.0), (float(y) if y.lstrip("-").isdecimal() else 0.0)
