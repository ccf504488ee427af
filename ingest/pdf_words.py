"""The words of a PDF page all at once: where each stands in PDFium's text, and the rectangle that it fills.

A statement of Python for every word takes longer than PDFium itself.  So words are found by arrays, and
PDFium is called in one sweep: it writes each rectangle to its place in a buffer that stays.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat, tee
from typing import Any

import numpy as np
import pypdfium2_raw as pdfium
from numpy.typing import NDArray

from .pdf_repair import NEEDED

HYPHEN = "\ufffe\x02"  # PDFium puts one of these, and no line break, where a word is hyphenated across lines
BREAK = "\r\n\v\f\x85\u2028\u2029"
CONTROLS = (*range(0x20), 0x7F, 0x85, 0xFEFF, 0xFFFF)  # the rest of C1 stand for signs of fonts that nobody can name
ROOM = 4_096  # words of one sweep
BLANK, BREAKS, HYPHENATES, STRANGE = 1, 2, 4, 8  # what a character may be, in bits

Whole = NDArray[np.intp]
Real = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page, and the printed lines that hold any.

    Of each word: where it begins and ends in the page's text, and the number of its line.  Of each line,
    a row: its start and end, where its first word begins and its last one ends; and whether it holds a
    character that may have to be repaired.
    """

    begin: Whole
    end: Whole
    line: Whole
    lines: Whole
    strange: NDArray[np.bool_]


def words_of(text: str) -> Words:
    """The words of a page whose text has no character beyond U+FFFF."""
    kinds = _kinds()[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)]
    ink, hyphen, ends = kinds & BLANK == 0, kinds & HYPHENATES != 0, kinds & (BREAKS | HYPHENATES) != 0
    goes_on = ink[:-1] & ink[1:] & ~hyphen[:-1]  # a character in the one after it
    begin = np.flatnonzero(ink & ~np.concatenate(([False], goes_on)))
    end = np.flatnonzero(ink & ~np.concatenate((goes_on, [False]))) + 1
    number = np.cumsum(ends) - ends
    heads = np.flatnonzero(np.diff(number[begin], prepend=-1))
    at = np.flatnonzero(ends)
    with_words = number[begin[heads]]
    starts = np.concatenate(([0], at + 1))[with_words]
    stops = np.append(at + hyphen[at], len(text))[with_words]
    strange = np.zeros(len(at) + 1, bool)
    strange[number[kinds & STRANGE != 0]] = True
    lines = np.column_stack((starts, stops, begin[heads], end[np.append(heads, len(end))[1:] - 1]))
    return Words(
        begin, end, np.repeat(np.arange(len(heads)), np.diff(np.append(heads, len(end)))), lines, strange[with_words]
    )


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each of the 65,536 characters is."""
    every = "".join(map(chr, range(1 << 16)))
    kinds = np.zeros(len(every), np.uint8)
    for bit, where in (
        (BLANK, [m.start() for m in re.finditer(r"\s", every)] + list(CONTROLS)),
        (BREAKS, [ord(c) for c in BREAK]),
        (HYPHENATES, [ord(c) for c in HYPHEN]),
        (STRANGE, [m.start() for m in NEEDED.finditer(every)]),
    ):
        kinds[where] |= bit
    kinds[[ord(c) for c in HYPHEN]] &= ~np.uint8(BLANK)
    return kinds


def _bare(of: Any) -> Any:
    """The C function without ctypes' checks of its arguments, which take longer than the function."""
    return ctypes.PYFUNCTYPE(ctypes.c_int)(ctypes.cast(of, ctypes.c_void_p).value or 0)


_count_rects, _get_rect = _bare(pdfium.FPDFText_CountRects), _bare(pdfium.FPDFText_GetRect)
_room = (ctypes.c_double * (4 * ROOM))()
# PDFium gives left, top, right and bottom; they go to x0, y1, x1 and y0 of each row.
_places = [[ctypes.byref(_room, 32 * n + offset) for n in range(ROOM)] for offset in (0, 24, 16, 8)]


def rects_of(text_page: ctypes.c_void_p, begin: Sequence[int], end: Sequence[int]) -> tuple[NDArray[np.int_], Real]:
    """How many rectangles each word fills, and the only one of each that fills one: x0, y0, x1, y1 of the file."""
    counts: list[int] = []
    found = np.empty((len(begin), 4))
    for at in range(0, len(begin), ROOM):
        first, last = begin[at : at + ROOM], end[at : at + ROOM]
        lengths = map(int.__sub__, last, first)
        one, other = tee(map(_count_rects, repeat(text_page), first, lengths))
        got = list(map(_get_rect, repeat(text_page), map((-1).__add__, one), *_places))
        counts += [n if done else 0 for n, done in zip(other, got, strict=True)]
        found[at : at + len(got)] = np.frombuffer(_room)[: 4 * len(got)].reshape(-1, 4)
    return np.array(counts, int), found
