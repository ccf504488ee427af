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
BEYOND = 1 << 16
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
    """The words of a page's text."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[np.minimum(codes, BEYOND)]
    ink, hyphen, ends = kinds & BLANK == 0, kinds & HYPHENATES != 0, kinds & (BREAKS | HYPHENATES) != 0
    number = np.cumsum(ends) - ends
    begin, end = ink.copy(), ink.copy()
    begin[1:] &= ~ink[:-1] | hyphen[:-1]  # ink goes on in the one after it, but not behind a hyphen
    end[:-1] &= ~ink[1:] | hyphen[:-1]
    first, last = begin.nonzero()[0], end.nonzero()[0] + 1
    at = ends.nonzero()[0]
    of = number[first]
    heads = changes(of).nonzero()[0]
    words = np.empty(len(heads), np.intp)  # of each line
    words[:-1], words[-1:] = heads[1:] - heads[:-1], len(first) - heads[-1:]
    starts, stops = np.zeros(len(at) + 1, np.intp), np.full(len(at) + 1, len(text))
    starts[1:], stops[:-1] = at + 1, at + hyphen[at]
    strange = np.zeros(len(at) + 1, bool)
    strange[number[kinds & STRANGE != 0]] = True
    numbers = of[heads]
    lines = np.empty((len(heads), 4), np.intp)
    lines[:, 0], lines[:, 1] = starts[numbers], stops[numbers]
    lines[:, 2], lines[:, 3] = first[heads], last[heads + words - 1]
    return Words(first, last, np.arange(len(heads)).repeat(words), lines, strange[numbers])


def changes(values: Whole) -> NDArray[np.bool_]:
    """Where each value differs from the one before it; the first does."""
    found = np.ones(len(values), bool)
    found[1:] = values[1:] != values[:-1]
    return found


@cache
def _kinds() -> NDArray[np.uint8]:
    """What each character up to U+FFFF is, and after them what all the others are."""
    every = "".join(map(chr, range(BEYOND)))
    kinds = np.zeros(BEYOND + 1, np.uint8)
    for bit, where in (
        (BLANK, [m.start() for m in re.finditer(r"\s", every)] + list(CONTROLS)),
        (BREAKS, [ord(c) for c in BREAK]),
        (HYPHENATES, [ord(c) for c in HYPHEN]),
        (STRANGE, [m.start() for m in NEEDED.finditer(every)]),
    ):
        kinds[where] |= bit
    kinds[[ord(c) for c in HYPHEN]] &= ~np.uint8(BLANK)
    return kinds


def bare(of: Any) -> Any:
    """The C function without ctypes' checks of its arguments, which take longer than the function."""
    return ctypes.PYFUNCTYPE(ctypes.c_int)(ctypes.cast(of, ctypes.c_void_p).value or 0)


_count_rects, _get_rect = bare(pdfium.FPDFText_CountRects), bare(pdfium.FPDFText_GetRect)
_room = (ctypes.c_double * (4 * ROOM))()
_table: Real = np.ctypeslib.as_array(_room).reshape(ROOM, 4)
# PDFium gives left, top, right and bottom; they go to x0, y1, x1 and y0 of each row.
_places = [[ctypes.byref(_room, 32 * n + offset) for n in range(ROOM)] for offset in (0, 24, 16, 8)]
_rows = list(zip(*_places, strict=True))


def rects_of(text_page: ctypes.c_void_p, first: Sequence[int], length: Sequence[int]) -> tuple[Whole, Real]:
    """What words fill, given the first character of each and how many it has.

    Two arrays with a row for each rectangle, word by word: which word it is of, and x0, y0, x1, y1 in the
    file's own space.  A word that is drawn nowhere has none.
    """
    owners, found = [], []
    for at in range(0, len(first), ROOM):
        part = first[at : at + ROOM], length[at : at + ROOM]
        one, other = tee(map(_count_rects, repeat(text_page), *part))
        got = np.array(list(map(_get_rect, repeat(text_page), map((-1).__add__, one), *_places)), bool)
        counts = np.array(list(other))
        owners.append(got.nonzero()[0] + at)
        found.append(_table[: len(got)][got])
        several = (counts > 1).nonzero()[0].tolist()
        numbers: list[int] = []
        rest: list[float] = []
        for n in several:
            before = min(ROOM, _count_rects(text_page, part[0][n], part[1][n]) - 1)
            for i in range(before):
                _get_rect(text_page, i, *_rows[i])
            numbers += repeat(at + n, before)
            rest += _room[: 4 * before]
        if several:
            owners.append(np.array(numbers, np.intp))
            found.append(np.array(rest).reshape(-1, 4))
    if len(owners) == 1:
        return owners[0], found[0]
    owner, rects = np.concatenate(owners), np.concatenate(found)
    order = np.argsort(owner, kind="stable")
    return owner[order], rects[order]
