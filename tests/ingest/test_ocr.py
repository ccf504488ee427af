"""Recognition by the real models: the words, how sure, and where each stands."""

from __future__ import annotations

from itertools import pairwise

import numpy
import pytest
from PIL import Image

from ingest import ocr
from ingest.nouns import Page, Word
from ingest.ocr import Found, late, lines_of, placed, scale_for, strips, unsure
from tests import files

LINES = ("Notice to all members", "The library closes at 18:30.")


def pixels(sheet: Image.Image) -> ocr.Picture:
    return numpy.ascontiguousarray(numpy.asarray(sheet.convert("RGB"))[:, :, ::-1])


@pytest.fixture(scope="module")
def found() -> list[Found]:
    return lines_of(pixels(files.written(*LINES)))


def test_lines_are_read_and_sure(found: list[Found]) -> None:
    assert [line.text for line in found] == list(LINES)
    assert all(line.confidence > 0.95 for line in found)


def test_a_words_rectangle_holds_its_ink_and_none_of_its_neighbours(found: list[Found]) -> None:
    dark = numpy.asarray(files.written(*LINES).convert("L")) < 128
    line = found[1]
    words = [line.text[p.start : p.end] for p in line.words]
    assert words == ["The", "library", "closes", "at", "18:30."]
    columns = numpy.flatnonzero(dark[125:175].any(axis=0))
    spaces = sorted(pairwise(columns), key=lambda pair: pair[0] - pair[1])[:4]
    for part, other, (end, start) in zip(line.words, line.words[1:], sorted(spaces), strict=False):
        assert end - 1 <= part.x1 <= other.x0 <= start + 1


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_sheets_that_lie_on_their_side_or_head_are_read_with_the_words_where_they_are(angle: int) -> None:
    sheet = files.written(*LINES).rotate(angle, expand=True)
    lines = lines_of(pixels(sheet))
    assert sorted(line.text for line in lines) == sorted(LINES)
    dark = numpy.asarray(sheet.convert("L")) < 128
    for line in lines:
        for part in line.words:
            inside = dark[int(part.y0) : int(part.y1) + 1, int(part.x0) : int(part.x1) + 1]
            assert inside.sum() > 40
    whole = sum(
        int(dark[int(p.y0) : int(p.y1) + 1, int(p.x0) : int(p.x1) + 1].sum()) for line in lines for p in line.words
    )
    assert whole >= 0.99 * dark.sum()


def test_an_empty_sheet_and_a_drawing_hold_no_text() -> None:
    assert lines_of(pixels(Image.new("RGB", (400, 300), "white"))) == []
    drawing = Image.new("RGB", (400, 300), "white")
    drawing.paste((200, 30, 30), (100, 100, 300, 200))
    assert lines_of(pixels(drawing)) == []


def test_what_the_sign_of_life_raises_ends_the_reading() -> None:
    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        lines_of(pixels(files.written(*LINES)), stop)


def test_scripts_without_spaces_are_placed_character_by_character() -> None:
    corners = ((0.0, 0.0), (80.0, 0.0), (80.0, 20.0), (0.0, 20.0))
    parts = placed("中文 ab", [0, 2, 5, 6], 8, corners)
    assert parts == (Word(0, 1, 0, 0, 15, 20), Word(1, 2, 15, 0, 40, 20), Word(3, 5, 40, 0, 80, 20))


def test_words_end_where_the_ink_does() -> None:
    corners = ((0.0, 0.0), (80.0, 0.0), (80.0, 20.0), (0.0, 20.0))
    clear = [30 <= x < 34 or 40 <= x < 52 for x in range(80)]
    parts = placed("ab cd", [1, 2, 5, 6], 8, corners, clear)
    assert parts == (Word(0, 2, 0, 0, 40, 20), Word(3, 5, 52, 0, 80, 20))


def test_a_line_whose_places_do_not_fit_its_text_is_marked_whole() -> None:
    corners = ((5.0, 1.0), (80.0, 1.0), (80.0, 20.0), (5.0, 20.0))
    assert placed("ab cd", [1, 2], 8, corners) == (Word(0, 5, 5, 1, 80, 20),)


def test_a_long_screenshot_is_read_in_strips_that_cut_no_line() -> None:
    lines = [f"Row number {n} of many" for n in range(40)]
    sheet = files.written(*lines, size=(600, 3000))
    cuts = strips(pixels(sheet))
    assert (cuts[0][0], cuts[-1][1]) == (0, 3000)
    assert len(cuts) == 3
    assert all((top - 60) % 70 > 34 for top, _ in cuts[1:])  # a line is 34 pixels high, and begins every 70
    found = lines_of(pixels(sheet))
    assert [line.text for line in found] == lines
    assert found[39].words[0].y0 == pytest.approx(60 + 70 * 39, abs=10)


def test_a_strip_without_a_free_row_is_cut_all_the_same() -> None:
    noise = numpy.random.default_rng(1).integers(0, 255, (1000, 100, 3), dtype=numpy.uint8)
    assert [bottom - top for top, bottom in strips(noise)] == [200, 200, 200, 200, 200]


def test_a_sheet_is_read_at_a_size_at_which_small_type_can_be_read() -> None:
    assert scale_for(595, 842, 4) == pytest.approx(1800 / 842)
    assert scale_for(100, 50, 4) == 4
    assert scale_for(400, 10_000, 4) == pytest.approx(1800 / 800)
    assert scale_for(20_000, 20_000, 4) == pytest.approx(0.09)


def test_pages_of_little_certainty_are_named() -> None:
    sure = [Page(n, "", "x", origin="ocr", confidence=0.79 if n in (2, 5) else 0.8) for n in range(1, 7)]
    assert unsure(sure) == ["Pages 2 and 5 could be recognised with little certainty; check what is quoted from there."]
    assert unsure([Page(1, "", "x", confidence=0.1)]) == []


def test_pages_that_were_not_recognised_in_time_are_named() -> None:
    assert late(range(3, 5)) == [
        "The time for one file was over before pages 3 and 4 could be recognised; "
        "raise FOOTNOTE_MAX_TOTAL_SECONDS, and add the file again."
    ]
    assert late([]) == []
