"""The printed lines of one PDF page: PDFium's characters, put into words, each with its rectangles.

`pdf_words` finds the words of the whole page and their rectangles at once; the lines that run plainly from
left to right are made from these, and only what does not is looked at word by word or glyph by glyph.
"""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2_raw as pdfium

from . import pdf_repair
from .packed import cut, rounded
from .pdf_draft import APART, FAR, TOUCHING, Draft, Drawn, Place, Rect, cuts
from .pdf_words import BREAK, CONTROLS, HYPHEN, Real, Whole, Words, bare, changes, rects_of, words_of

WORD = re.compile(r"\S+")
SURROGATES = range(0xD800, 0xE000)
HYPHENS = (ord(c) for c in HYPHEN)
CLEAN = str.maketrans(
    {**dict.fromkeys(CONTROLS, " "), **dict.fromkeys(SURROGATES, "\ufffd"), **dict.fromkeys(HYPHENS, "-")}
)
UNCLEAN = re.compile(f"[{re.escape(''.join(map(chr, {*CONTROLS} - set(map(ord, BREAK)))))}\ud800-\udfff]")
LONGEST = 2_000  # characters of a line that is repaired: each accent is held against every letter of it
FLAT = 0.02  # points; what is no higher has no height that is known
INK = 0.5  # points; a glyph that is no larger is a space that the font draws as a speck
WHOLE = 1.5 * 2**52  # added to a double and taken off again, it rounds to a whole number, faster than round()


def _function(of: Any, *arguments: Any, gives: Any = ctypes.c_int) -> Any:
    """The same C function, taking plain addresses and keeping Python's lock: each call takes half the time."""
    return ctypes.PYFUNCTYPE(gives, ctypes.c_void_p, ctypes.c_int, *arguments)(
        ctypes.cast(of, ctypes.c_void_p).value or 0
    )


_get_text = bare(pdfium.FPDFText_GetText)
_get_unicode = bare(pdfium.FPDFText_GetUnicode)
_get_box = _function(pdfium.FPDFText_GetCharBox, *[ctypes.c_void_p] * 4)
_get_size = _function(pdfium.FPDFText_GetFontSize, gives=ctypes.c_double)
_get_matrix = _function(pdfium.FPDFText_GetMatrix, ctypes.c_void_p)
_four = struct.Struct("4d").unpack_from  # of a buffer, in a third of the time that a ctypes array takes


class PageText:
    """Reads one text page: its characters once, then the rectangles of its words, line by line."""

    def __init__(self, text_page: Any, place: Place) -> None:
        self.page = text_page
        self.address = ctypes.cast(text_page, ctypes.c_void_p).value or 0
        self.place = place
        self.scale = math.hypot(place.c, place.d)
        self.matrix = (ctypes.c_float * 6)()
        self.matrix_at = ctypes.addressof(self.matrix)
        self.room = (ctypes.c_double * 4)()
        at = ctypes.addressof(self.room)
        self.corners = (at, at + 16, at + 8, at + 24)  # left, right, bottom, top

    def lines(self) -> tuple[list[Draft], str]:
        """The page's lines as PDFium orders them, and the raw text that they were made from."""
        raw, origin = self.characters()
        if not raw:
            return [], raw
        return list(self.drafts(raw, np.arange(len(raw)) if origin is None else origin, origin is not None)), raw

    def drafts(self, raw: str, origin: Whole, holes: bool) -> Iterator[Draft]:
        """The lines of a text, given PDFium's index of each of its characters.

        `holes` says that characters without a code are missing, which stood between spaces.
        """
        words, clean = words_of(raw), cleaned(raw)
        if not len(words.lines):
            return
        pieces, boxes = self.boxes(words, origin)
        plain = self.plain(clean, words, origin, pieces, boxes)
        at = np.searchsorted(words.line, np.arange(len(plain) + 1)).tolist()
        for n, (start, end, first, last) in enumerate(words.lines.tolist()):
            draft = plain[n]
            if words.strange[n] and end - start < LONGEST:
                draft = self.mended(raw[start:end], origin[start:end].tolist())
            elif draft is None or (holes and "  " in draft.text):
                own = slice(at[n], at[n + 1])
                firsts, lasts = origin[words.begin[own]], origin[words.end[own] - 1]
                drawn = map(self.drawn, *(a.tolist() for a in (firsts, lasts, pieces[own], boxes[own])))
                draft = self.careful(clean[first:last], origin[first:last].tolist(), drawn)
            if draft:
                yield draft

    def mended(self, line: str, indices: Sequence[int]) -> Draft | None:
        """A line with its accents on their letters, or its Arabic or Hebrew in order."""
        line, indices = pdf_repair.repaired(line, indices, self)
        clean = line.translate(CLEAN)
        drawn = (self.scattered(indices[m.start() : m.end()]) for m in WORD.finditer(clean))
        return self.careful(clean, indices, drawn)

    def glyphs(self, raw: str) -> list[tuple[str, Rect]]:
        """Each character that leaves ink on the page, and where; `raw` is the text that `lines` gave."""
        found = []
        for index, char in enumerate(raw):
            box = None if char == " " or self.generated(index) else self.box(index)
            if box and max(box[2] - box[0], box[3] - box[1]) > INK:
                found.append((char, box))
        return found

    def characters(self) -> tuple[str, Whole | None]:
        """The raw text, and PDFium's index of each character where that is not simply its position."""
        count = max(0, pdfium.FPDFText_CountChars(self.page))
        room = np.zeros(2 * count + 4, np.uint16)  # an array of ctypes' own would be a new type for every length
        units = _get_text(self.page, 0, count, ctypes.c_void_p(room.ctypes.data)) if count else 0
        text = room[: max(0, units - 1)].tobytes().decode("utf-16-le", "replace")
        # Some characters have no Unicode value, and some are half of one.
        return (text, None) if len(text) == count else self.characters_one_by_one(count)

    def characters_one_by_one(self, count: int) -> tuple[str, Whole]:
        """The same, asked for each character."""
        values = np.array(list(map(_get_unicode, repeat(self.page), range(count))))
        origin = np.flatnonzero((values > 0) & (values < 0x110000))
        values = values[origin]
        pairs = np.flatnonzero((values[:-1] >> 10 == 0xD800 >> 10) & (values[1:] >> 10 == 0xDC00 >> 10))
        values[pairs] = 0x10000 + ((values[pairs] & 0x3FF) << 10) + (values[pairs + 1] & 0x3FF)
        whole = np.ones(len(values), bool)
        whole[pairs + 1] = False
        return values[whole].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), origin[whole]

    def boxes(self, words: Words, origin: Whole) -> tuple[Whole, Real]:
        """In how many pieces each word is drawn, and the rectangle of each that is drawn in one."""
        place, first = self.place, origin[words.begin]
        length = origin[words.end - 1] + 1 - first
        pieces, boxes = np.zeros(len(first), np.intp), np.zeros((len(first), 4))
        owner, rects = rects_of(self.page, first.tolist(), length.tolist())
        if not len(owner):
            return pieces, boxes
        low, high = np.empty((2, len(rects), 2))
        with np.errstate(all="ignore"):
            for axis, (a, c, e) in enumerate(((place.a, place.c, place.e), (place.b, place.d, place.f))):
                one, other = (100 * a * rects[:, i] + 100 * c * rects[:, i + 1] + 100 * e for i in (0, 2))
                low[:, axis] = (np.minimum(one, other) + WHOLE - WHOLE) / 100
                high[:, axis] = (np.maximum(one, other) + WHOLE - WHOLE) / 100
            heads = changes(owner).nonzero()[0]
            owner, tall = owner[heads], np.maximum.reduceat(high[:, 1] - low[:, 1], heads)
            boxes[owner, :2], boxes[owner, 2:] = np.minimum.reduceat(low, heads), np.maximum.reduceat(high, heads)
            height = boxes[owner, 3] - boxes[owner, 1]
            pieces[owner] = np.where((height > 1.9 * tall) | (height < FLAT), 2, boxes[owner, 2] < FAR)
        for n in (pieces > 1).nonzero()[0].tolist():
            drawn = self.scattered(range(first[n], first[n] + length[n]))
            pieces[n] = len(drawn)
            if len(drawn) == 1:
                boxes[n] = drawn[0][2:]
                pieces[n] += drawn[0][1] < length[n]
        return pieces, boxes

    def drawn(self, first: int, last: int, pieces: int, box: Sequence[float]) -> list[Drawn]:
        """The pieces of one word whose number is known."""
        if pieces == 1:
            return [(0, last + 1 - first, *box)]  # type: ignore[list-item]
        return self.scattered(range(first, last + 1)) if pieces else []

    def plain(self, clean: str, words: Words, origin: Whole, pieces: Whole, boxes: Real) -> list[Draft | None]:
        """The lines that run from left to right with a gap before each word, as nearly all do; None for another."""
        place, total = self.place, len(words.lines)
        if place.b or place.c or place.a <= 0 or place.d >= 0:
            return [None] * total
        sizes = [self.size(first) for first in origin[words.lines[:, 2]].tolist()]
        kept = pieces == 1
        line, boxes = words.line[kept], boxes[kept]
        first = changes(line)
        before = np.empty(len(line))
        before[1:] = boxes[:-1, 2]
        before[first] = -FAR
        gap = boxes[:, 0] - before
        size = np.array(sizes)[line]
        broken = {*words.line[pieces > 1].tolist(), *line[~(gap >= TOUCHING * size)].tolist()}
        start = words.begin[kept] - words.lines[line, 2]
        end = start + (words.end - words.begin)[kept]
        cuts: dict[int, list[int]] = defaultdict(list)
        wide = (gap > APART * size) & ~first
        for n, at in zip(line[wide].tolist(), start[wide].tolist(), strict=True):
            cuts[n].append(at)
        numbers = rounded(np.column_stack((start, end, boxes))).tobytes()
        drawn = cut(numbers, np.bincount(line, minlength=total).tolist())
        around = _around(boxes, line, first.nonzero()[0], total)
        found: list[Draft | None] = []
        for n, (_, _, begin, stop) in enumerate(words.lines.tolist()):
            own = next(drawn)
            size_of = sizes[n] or _middle_height(own)
            draft = Draft(clean[begin:stop], own, size_of, cuts.get(n, ()), 0, False, *around[n])
            found.append(None if n in broken else draft)
        return found

    def careful(self, clean: str, indices: Sequence[int], drawn: Iterable[list[Drawn]]) -> Draft | None:
        """Any line, its words placed; spaces that PDFium guessed between words that touch are left out.

        `indices` are PDFium's, one a character; `drawn` are the pieces that each word is drawn in.
        """
        words: list[Drawn] = []
        text = ""
        size = 0.0
        before = 0  # where the word before ended in `clean`
        for match, pieces in zip(WORD.finditer(clean), drawn, strict=True):
            a, b = match.span()
            size = size or self.size(indices[a])
            if text and not (words and pieces and self.touch(words[-1], pieces[0], size, indices[before:a])):
                text += " "
            at = len(text)
            words += [(at + start, at + min(end, b - a), *rect) for start, end, *rect in pieces]  # type: ignore[misc]
            text += match[0]
            before = b
        if not text:
            return None
        size = size or _middle_height(words)
        return Draft(text, words, size, cuts(text, words, size))

    def scattered(self, indices: Iterable[int]) -> list[Drawn]:
        """The same by each character's own rectangle, where they may stand on several lines."""
        pieces: list[Drawn] = []
        for n, index in enumerate(indices):
            box = self.box(index)
            if box is None:
                continue
            if box[3] - box[1] < FLAT:
                box = self.loose(index) or box
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

    def loose(self, index: int) -> Rect | None:
        """The character's share of its line, for a font that does not tell how high its glyphs are."""
        rect = pdfium.FS_RECTF()
        if not pdfium.FPDFText_GetLooseCharBox(self.page, index, rect):
            return None
        return self.place.box(rect.left, rect.bottom, rect.right, rect.top)

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
        size: float = _get_size(self.address, index)
        if size > 0 and _get_matrix(self.address, index, self.matrix_at):
            size *= math.hypot(self.matrix[2], self.matrix[3]) * self.scale
        return round(size, 2) if 0 < size < 10_000 else 0.0


def cleaned(raw: str) -> str:
    """The text with spaces for what can't be shown, and a hyphen's own sign where one ends a line."""
    for sign in HYPHEN:
        raw = raw.replace(sign, "-")
    return raw.translate(CLEAN) if UNCLEAN.search(raw) else raw


def _around(boxes: Real, line: Whole, heads: Whole, total: int) -> list[list[float]]:
    """The rectangle around the words of each of `total` lines; one that ends before it begins where there are none."""
    found = np.empty((total, 4))
    found[:] = (0.0, 0.0, -1.0, -1.0)
    if len(heads):
        own = line[heads]
        found[own, :2] = np.minimum.reduceat(boxes[:, :2], heads)
        found[own, 2:] = np.maximum.reduceat(boxes[:, 2:], heads)
    rects: list[list[float]] = found.tolist()
    return rects


def _middle_height(words: Sequence[Drawn]) -> float:
    return sorted(w[5] - w[3] for w in words)[len(words) // 2] if words else 0.0


def _beside(piece: Sequence[float], box: Rect) -> bool:
    """True where `box` goes on where `piece` ends, on the same line."""
    height = max(piece[3] - piece[1], box[3] - box[1], 1.0)
    return box[1] < piece[3] + height / 4 and piece[1] < box[3] + height / 4 and box[0] < piece[2] + 3 * height
