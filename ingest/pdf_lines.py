"""The printed lines of one PDF page: PDFium's characters, put into words, each with its rectangles.

PDFium is called through its C functions, two calls a word; it writes each rectangle straight into one
buffer, because a Python object for each number would take longer than PDFium itself.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2_raw as pdfium

from . import pdf_repair

HYPHEN = "\ufffe\x02"  # PDFium puts one of these, and no line break, where a word is hyphenated across lines
BREAKS = re.compile(f"[^\r\n\v\f\x85\u2028\u2029{HYPHEN}]*[{HYPHEN}]?")
WORD = re.compile(r"\S+")
CONTROLS = (*range(0x20), 0x7F, 0x85, 0xFEFF, 0xFFFF)  # the rest of C1 stand for signs of fonts that nobody can name
SURROGATES = range(0xD800, 0xE000)
HYPHENS = (ord(c) for c in HYPHEN)
CLEAN = str.maketrans(
    {**dict.fromkeys(CONTROLS, " "), **dict.fromkeys(SURROGATES, "\ufffd"), **dict.fromkeys(HYPHENS, "-")}
)
TOUCHING = 0.08  # of the type size: no space is that narrow, so PDFium guessed one where the type only shifts
APART = 1.0  # of the type size; a wider gap may part two cells of a table, or two columns
LONGEST = 2_000  # characters of a line that is repaired: each accent is held against every letter of it
INK = 0.5  # points; a glyph that is no larger is a space that the font draws as a speck
WHOLE = 1.5 * 2**52  # added to a double and taken off again, it rounds to a whole number, faster than round()
FAR = 1e7  # points; what is beyond is no place on a page

Rect = tuple[float, float, float, float]  # left, top, right, bottom
Drawn = tuple[int, int, float, float, float, float]  # start and end in the line's text, and the rectangle


@dataclass(frozen=True, slots=True)
class Place:
    """Turns PDF user space into points from the top left corner of the page as shown."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Rect:
        """The rectangle through two corners, as (left, top, right, bottom), in hundredths of a point."""
        px, qx = self.a * x0 + self.c * y0 + self.e, self.a * x1 + self.c * y1 + self.e
        py, qy = self.b * x0 + self.d * y0 + self.f, self.b * x1 + self.d * y1 + self.f
        if px > qx:
            px, qx = qx, px
        if py > qy:
            py, qy = qy, py
        return round(px, 2), round(py, 2), round(qx, 2), round(qy, 2)


@dataclass(slots=True)
class Draft:
    """One printed line before it has its place in the page's text; `words` count from the line's start.

    The box is that of its words; a line that is drawn nowhere has none (`x1 < x0`).  `cuts` are the words
    before which there is a gap wider than between words.  `table` tells the tables of a page apart (0: in
    none), `header` is true of the row that names the columns.
    """

    text: str
    words: list[Drawn]
    size: float
    cuts: Sequence[int] = ()
    table: int = 0
    header: bool = False
    x0: float = field(init=False, default=0.0)
    y0: float = field(init=False, default=0.0)
    x1: float = field(init=False, default=-1.0)
    y1: float = field(init=False, default=-1.0)

    def __post_init__(self) -> None:
        if self.words:
            _, _, left, top, right, bottom = zip(*self.words, strict=True)
            self.x0, self.y0, self.x1, self.y1 = min(left), min(top), max(right), max(bottom)

    @property
    def placed(self) -> bool:
        """True where something of it is drawn on the page."""
        return self.x1 >= self.x0

    def part(self, start: int, end: int) -> Draft:
        """The line of characters `start:end` alone; no word may lie across either."""
        words = [(a - start, b - start, *rect) for a, b, *rect in self.words if a >= start and b <= end]
        return Draft(self.text[start:end], words, self.size)  # type: ignore[arg-type]

    def followed_by(self, other: Draft, gap: str) -> Draft:
        """The two as one line, with `gap` between them."""
        at = len(self.text) + len(gap)
        words = [*self.words, *((a + at, b + at, x0, y0, x1, y1) for a, b, x0, y0, x1, y1 in other.words)]
        larger = max(self, other, key=lambda draft: len(draft.text))
        return Draft(self.text + gap + other.text, words, larger.size, [*self.cuts, *(at + cut for cut in other.cuts)])


def _function(of: Any, *arguments: Any) -> Any:
    """The same C function, taking plain addresses and keeping Python's lock: each call takes half the time."""
    return ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(of, ctypes.c_void_p).value or 0
    )


_count_rects = _function(pdfium.FPDFText_CountRects, ctypes.c_int)
_get_rect = _function(pdfium.FPDFText_GetRect, *[ctypes.c_void_p] * 4)
_get_box = _function(pdfium.FPDFText_GetCharBox, *[ctypes.c_void_p] * 4)
_four = struct.Struct("4d").unpack_from  # of a buffer, in a third of the time that a ctypes array takes


class PageText:
    """Reads one text page: its characters once, then the rectangles of its words, line by line."""

    def __init__(self, text_page: Any, place: Place) -> None:
        self.page = text_page
        self.address = ctypes.cast(text_page, ctypes.c_void_p).value or 0
        self.place = place
        self.matrix = pdfium.FS_MATRIX()
        self.room = (ctypes.c_double * 4)()
        at = ctypes.addressof(self.room)
        self.rect = (at, at + 24, at + 16, at + 8)  # left, top, right, bottom: they go to x0, y1, x1, y0
        self.corners = (at, at + 16, at + 8, at + 24)  # left, right, bottom, top

    def lines(self) -> tuple[list[Draft], str]:
        """The page's lines as PDFium orders them, and the raw text that they were made from."""
        raw, origin = self.characters()
        found: list[Draft] = []
        for match in BREAKS.finditer(raw):
            line = match[0]
            first = match.start()
            if not line or line.isspace():
                continue
            if len(line) < LONGEST and pdf_repair.NEEDED.search(line):
                indices = origin[first : match.end()] if origin else range(first, match.end())
                line, indices = pdf_repair.repaired(line, indices, self)
                draft = self.careful(line, indices, together=False)
            elif origin:
                draft = self.careful(line, origin[first : match.end()], together=True)
            else:
                draft = self.draft(line, first)
            if draft:
                found.append(draft)
        return found, raw

    def glyphs(self, raw: str) -> list[tuple[str, Rect]]:
        """Each character that leaves ink on the page, and where; `raw` is the text that `lines` gave."""
        found = []
        for index, char in enumerate(raw):
            box = None if char == " " or self.generated(index) else self.box(index)
            if box and max(box[2] - box[0], box[3] - box[1]) > INK:
                found.append((char, box))
        return found

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

    def draft(self, line: str, first: int) -> Draft | None:
        """The line of PDFium's characters from `first` on, its words placed; None where it is blank."""
        clean = line.translate(CLEAN)
        text = clean.strip()
        if not text:
            return None
        first += len(clean) - len(clean.lstrip())
        size = self.size(first)
        return self.plain(text, first, size) or self.careful(text, range(first, first + len(text)), together=True)

    def plain(self, text: str, first: int, size: float) -> Draft | None:
        """A line that runs from left to right with a gap before each; None where one does not.

        Nearly every line does; what `word` and `place.box` do is written out here, at a third of their time.
        """
        place, address, targets, room = self.place, self.address, self.rect, self.room
        if place.b or place.c or place.a <= 0 or place.d >= 0:
            return None
        a, d, e, f = 100 * place.a, 100 * place.d, 100 * place.e, 100 * place.f
        words: list[Drawn] = []
        near, right = TOUCHING * size, -FAR
        wide = APART * size
        gaps = []
        for match in WORD.finditer(text):
            start, end = match.span()
            if _count_rects(address, first + start, end - start) == 1 and _get_rect(address, 0, *targets):
                x0, y0, x1, y1 = _four(room)
                left = (a * x0 + e + WHOLE - WHOLE) / 100
                if not left - right >= near or x1 > FAR:
                    return None
                if left - right > wide and words:
                    gaps.append(start)
                right = (a * x1 + e + WHOLE - WHOLE) / 100
                top, bottom = (d * y1 + f + WHOLE - WHOLE) / 100, (d * y0 + f + WHOLE - WHOLE) / 100
                words.append((start, end, left, top, right, bottom))
            elif pieces := self.word(first + start, first + end - 1):
                if not pieces[0][2] - right >= near:
                    return None
                if pieces[0][2] - right > wide and words:
                    gaps.append(start)
                right = pieces[-1][4]
                words += [(start + i, start + j, *rect) for i, j, *rect in pieces]  # type: ignore[misc]
        return Draft(text, words, size or _middle_height(words), gaps)

    def careful(self, line: str, indices: Sequence[int], *, together: bool) -> Draft | None:
        """Any line, its words placed; spaces that PDFium guessed between words that touch are left out.

        `indices` are PDFium's, one a character; `together` says that those of a word follow each other.
        """
        clean = line.translate(CLEAN)
        words: list[Drawn] = []
        text = ""
        size = 0.0
        before = 0  # where the word before ended in `clean`
        for match in WORD.finditer(clean):
            a, b = match.span()
            size = size or self.size(indices[a])
            drawn = self.word(indices[a], indices[b - 1]) if together else self.scattered(indices[a:b])
            if text and not (words and drawn and self.touch(words[-1], drawn[0], size, indices[before:a])):
                text += " "
            at = len(text)
            words += [(at + start, at + min(end, b - a), *rect) for start, end, *rect in drawn]  # type: ignore[misc]
            text += match[0]
            before = b
        if not text:
            return None
        size = size or _middle_height(words)
        return Draft(text, words, size, cuts(text, words, size))

    def word(self, first: int, last: int) -> list[Drawn]:
        """What characters `first` to `last` fill: one rectangle, or one for each line that they stand on."""
        count = last + 1 - first
        rects = _count_rects(self.address, first, count)
        if rects <= 0 or not _get_rect(self.address, 0, *self.rect):
            return []
        box = self.place.box(*_four(self.room))
        if rects == 1:
            return [(0, count, *box)] if box[2] < FAR else []
        top, bottom, height = box[1], box[3], box[3] - box[1]
        for n in range(1, rects):
            _get_rect(self.address, n, *self.rect)
            more = self.place.box(*_four(self.room))
            top, bottom = min(top, more[1]), max(bottom, more[3])
            height = max(height, more[3] - more[1])
            box = min(box[0], more[0]), top, max(box[2], more[2]), bottom
        if bottom - top > 1.9 * height:
            return self.scattered(range(first, last + 1))
        return [(0, count, *box)] if box[2] < FAR else []

    def scattered(self, indices: Iterable[int]) -> list[Drawn]:
        """The same by each character's own rectangle, where they may stand on several lines."""
        pieces: list[Drawn] = []
        for n, index in enumerate(indices):
            box = self.box(index)
            if box is None:
                continue
            if pieces and _beside(pieces[-1][2:], box):
                start, _, x0, y0, x1, y1 = pieces[-1]
                pieces[-1] = start, n + 1, min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
            else:
                pieces.append((pieces[-1][1] if pieces else 0, n + 1, *box))
        return pieces

    def box(self, index: int) -> Rect | None:
        """What one character fills on the page; None where it is drawn nowhere."""
        if index < 0 or not _get_box(self.address, index, *self.corners):
            return None
        x0, y0, x1, y1 = _four(self.room)
        return self.place.box(x0, y0, x1, y1) if abs(x0) < FAR and abs(y1) < FAR else None

    def touch(self, one: Drawn, other: Drawn, size: float, between: Sequence[int]) -> bool:
        """True where PDFium put a space between two words of a line that stand closer than any space."""
        gap = other[2] - one[4]
        near = -0.5 * size < gap < TOUCHING * size and other[3] < one[5] and one[3] < other[5]
        return near and len(between) == 1 and self.generated(between[0])

    def generated(self, index: int) -> bool:
        """True where the character is not in the file: PDFium saw a gap and put a space there."""
        return bool(pdfium.FPDFText_IsGenerated(self.page, index))

    def size(self, index: int) -> float:
        """The type size in points: the font's, scaled by the text matrix; 0 where the file gives none."""
        size = float(pdfium.FPDFText_GetFontSize(self.page, index))
        if size > 0 and pdfium.FPDFText_GetMatrix(self.page, index, self.matrix):
            size *= math.hypot(self.matrix.c, self.matrix.d) * math.hypot(self.place.c, self.place.d)
        return round(size, 2) if 0 < size < 10_000 else 0.0


def cuts(text: str, words: Sequence[Drawn], size: float) -> list[int]:
    """The words of a line before which there is a gap wider than between words."""
    return [b[0] for a, b in pairwise(words) if b[2] - a[4] > APART * size and text[b[0] - 1] == " "]


def _middle_height(words: list[Drawn]) -> float:
    return sorted(w[5] - w[3] for w in words)[len(words) // 2] if words else 0.0


def _beside(piece: Sequence[float], box: Rect) -> bool:
    """True where `box` goes on where `piece` ends, on the same line."""
    height = max(piece[3] - piece[1], box[3] - box[1], 1.0)
    return box[1] < piece[3] + height / 4 and piece[1] < box[3] + height / 4 and box[0] < piece[2] + 3 * height
