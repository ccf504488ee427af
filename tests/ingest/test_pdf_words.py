"""Words found by arrays are those that patterns find line by line; rectangles of one sweep are PDFium's own."""

import ctypes
import re

import numpy as np
import pypdfium2_raw as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import pdf_words
from ingest.pdf_repair import NEEDED
from ingest.pdf_text import opened
from ingest.pdf_words import BREAK, CONTROLS, HYPHEN, rects_of, words_of
from tests.ingest.drawing import column, made

LINES = re.compile(f"[^{BREAK}{HYPHEN}]*[{HYPHEN}]?")
SIGNS = st.sampled_from([*"ab é-\t\r\n\x02\ufffe\x00\x85\u2028\u00a0\u0301`\u05d0\ufeff\U0001f600\ud800"])


def one_by_one(text: str) -> list[tuple[int, int, int, int, bool, list[tuple[int, int]]]]:
    """Of each line that holds a word: start, end, first and last of its ink, whether it is strange, its words."""
    clean = text.translate(dict.fromkeys(CONTROLS, " ") | {ord(c): "-" for c in HYPHEN})
    found = []
    for match in LINES.finditer(text):
        words = [m.span() for m in re.compile(r"\S+").finditer(clean, *match.span())]
        if words:
            strange = bool(NEEDED.search(match[0]))
            found.append((*match.span(), words[0][0], words[-1][1], strange, words))
    return found


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_words_are_those_that_are_found_one_by_one(text: str) -> None:
    words = words_of(text)
    found = [
        (*line, bool(words.strange[n]), list(zip(words.begin[own].tolist(), words.end[own].tolist(), strict=True)))
        for n, line in enumerate(words.lines.tolist())
        for own in [words.line == n]
    ]
    assert found == one_by_one(text)


@pytest.mark.parametrize("room", [3, pdf_words.ROOM])
def test_rectangles_are_pdfiums_own_however_many_fit_in_one_sweep(room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_words, "ROOM", room)
    with opened(made(column("Rent is due\non the first\nof each month", 50)), None) as handle:
        page = pdfium.FPDF_LoadPage(handle, 0)
        text_page = pdfium.FPDFText_LoadPage(page)
        first, length = [0, 5, 8, 3, 13], [4, 2, 3, 3, 9]  # words, the white between two lines among them, one across
        owner, rects = rects_of(text_page, first, length)
        wanted = [(n, *rect) for n, at in enumerate(zip(first, length, strict=True)) for rect in each(text_page, *at)]
        pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)
    got = sorted((n, *rect) for n, rect in zip(owner.tolist(), rects.tolist(), strict=True))
    assert len(got) == len(wanted) > len(first) - 1
    assert np.allclose(got, sorted(wanted))


def each(text_page: ctypes.c_void_p, first: int, length: int) -> list[tuple[float, float, float, float]]:
    """The rectangles of some characters, asked for one after the other."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    found = []
    for n in range(pdfium.FPDFText_CountRects(text_page, first, length)):
        pdfium.FPDFText_GetRect(text_page, n, left, top, right, bottom)
        found.append((left.value, bottom.value, right.value, top.value))
    return found
