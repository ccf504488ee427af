"""Pictures on pages of text: which are recognised, where their words go, and what is said of the others."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, StreamObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest import budget, figures, ocr
from ingest.nouns import Document, Line, Page, Word
from ingest.ocr import Found
from ingest.ocr_page import TextBlock
from ingest.reader import read
from ingest.settings import Limits
from tests import files
from tests.ingest.drawing import Draw, changed, column, every, made, picture, words

CHART = files.written("Herring 48 tonnes", "Mackerel 17 tonnes", size=(600, 240))
PROSE = "The harbour landed more fish than in any year before,\nas the chart below shows."
BELOW = "The quota was raised in spring.\nIt will be looked at again next year."


REPORT = every(column(PROSE, 40, 270), picture(CHART, 40, 110, 300, 120), column(BELOW, 40, 80))


def read_pdf(*pages: Draw, **limits: object) -> Document:
    return read(made(*pages), "report.pdf", replace(Limits(), **limits))


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The sizes of the pictures that would be recognised; each is found to say "Seen there" in its upper left."""
    sizes: list[tuple[int, ...]] = []

    def lines_of(shown: ocr.Picture, tick: object, known: Callable[[ocr.Rect], bool]) -> list[Found]:
        sizes.append(shown.shape[:2])
        box = (10.0, 10.0, 110.0, 30.0)
        corners = ((10.0, 10.0), (110.0, 10.0), (110.0, 30.0), (10.0, 30.0))
        words = (Word(0, 4, 10, 10, 50, 30), Word(5, 10, 60, 10, 110, 30))
        return [] if known(box) else [Found("Seen there", 0.9, corners, words)]

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    return sizes


def test_a_pasted_chart_is_read_where_it_stands_and_its_words_are_marked_there() -> None:
    (page,) = read_pdf(REPORT).pages
    assert page.text == f"{PROSE}\n\nHerring 48 tonnes\nMackerel 17 tonnes\n\n{BELOW}"
    start = page.text.index("Mackerel")
    (box,) = page.boxes(start, start + len("Mackerel 17 tonnes"))
    # The sheet is 600 by 240 pixels on 300 by 120 points, its top at 300 - 230; the line begins at (60, 130) pixels.
    assert (box.x0, box.y0) == pytest.approx((40 + 30, 70 + 65), abs=4)
    assert box.y1 - box.y0 < 25
    for said in (PROSE, BELOW):
        at = page.text.index(said)
        assert page.boxes(at, at + len(said))[0].x0 == pytest.approx(40, abs=1)


def test_only_what_stands_in_the_picture_is_recognised_text() -> None:
    document = read_pdf(REPORT)
    (page,) = document.pages
    chart, after = page.text.index("Herring"), page.text.index("The quota")
    assert page.origin_of(chart, chart + 7) == "ocr"
    assert page.origin_of(0, 20) == "text"
    assert page.origin_of(after, after + 9) == "text"
    assert page.origin_of(after - 2, after + 9) == "text"
    assert page.origin_of(chart - 9, chart + 2) == "ocr"
    assert (page.origin, page.mixed, document.ocr_pages, document.notes) == ("text", True, (), ())
    assert 0.8 < page.confidence < 1


def test_large_type_in_a_picture_is_no_heading_and_no_title() -> None:
    poster = files.written("Herring of the North", size=(900, 200), height=80)
    page = every(column(PROSE, 40, 270), picture(poster, 40, 130, 300, 66), column(BELOW, 40, 80))
    document = read_pdf(page)
    assert "Herring of the North" in document.pages[0].text
    assert (document.headings, document.title) == ((), "report")


def test_a_picture_that_comes_again_is_read_once(seen: list[tuple[int, ...]]) -> None:
    first, second = read_pdf(REPORT, REPORT).pages
    assert "Seen there" in first.text
    assert second.text == f"{PROSE}\n{BELOW}"
    assert len(seen) == 1


def test_tiles_of_one_picture_are_read_together(seen: list[tuple[int, ...]]) -> None:
    upper, lower = CHART.crop((0, 0, 600, 120)), CHART.crop((0, 120, 600, 240))
    tiles = every(picture(upper, 40, 170, 300, 60), picture(lower, 40, 110, 300, 60))
    (page,) = read_pdf(every(column(PROSE, 40, 270), tiles)).pages
    assert page.text.count("Seen") == 1
    assert seen == [(240, 600)]


def test_a_picture_cut_into_thin_strips_is_read(seen: list[tuple[int, ...]]) -> None:
    strips = [picture(CHART.crop((0, 2 * n, 600, 2 * n + 2)), 40, 229 - n, 300, 1.5) for n in range(120)]
    (page,) = read_pdf(every(column(PROSE, 40, 270), *strips)).pages
    assert page.text.count("Seen") == 1
    assert len(seen) == 1


def test_a_thumbnail_hides_no_picture_that_comes_in_full_later(seen: list[tuple[int, ...]]) -> None:
    thumbnail = every(column(PROSE, 40, 270), picture(CHART, 40, 110, 30, 15))
    first, second, third = read_pdf(thumbnail, REPORT, thumbnail).pages
    assert ["Seen" in page.text for page in (first, second, third)] == [False, True, False]


def test_large_pictures_in_the_same_place_are_told_apart(seen: list[tuple[int, ...]]) -> None:
    charts = [Image.new("RGB", (1400, 1000), colour) for colour in ("navy", "teal")]
    pages = [every(column(PROSE, 40, 270), picture(chart, 40, 110, 300, 120)) for chart in charts]
    data = changed(made(*pages), unpacked)
    assert len(data) > 2 * 4_000_000
    assert ["Seen" in page.text for page in read(data, "a.pdf", Limits()).pages] == [True, True]


def unpacked(writer: PdfWriter) -> None:
    """Store every picture as plain pixels: all of one size in bytes."""
    for page in writer.pages:
        pictures = cast("DictionaryObject", cast("DictionaryObject", page["/Resources"])["/XObject"])
        for name, held in list(pictures.items()):
            packed, plain = cast("StreamObject", held.get_object()), DecodedStreamObject()
            plain.update(
                {key: value for key, value in packed.items() if key not in ("/Filter", "/DecodeParms", "/Length")}
            )
            plain.set_data(packed.get_data())
            pictures[NameObject(name)] = writer._add_object(plain)


def test_a_picture_within_a_form_is_found_where_the_form_is_drawn(seen: list[tuple[int, ...]]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("chart")
        canvas.drawImage(ImageReader(CHART), 0, 0, 300, 120)
        canvas.endForm()
        canvas.translate(40, 110)
        canvas.doForm("chart")

    (page,) = read_pdf(every(column(PROSE, 40, 270), column(BELOW, 40, 80), draw)).pages
    assert page.text == f"{PROSE}\n\nSeen there\n\n{BELOW}"
    assert page.boxes(page.text.index("Seen"), page.text.index("Seen") + 4)[0].y0 == pytest.approx(75, abs=1)


def test_on_a_turned_page_the_words_are_marked_where_they_are_shown(seen: list[tuple[int, ...]]) -> None:
    turned = changed(made(REPORT), lambda writer: [page.rotate(90) for page in writer.pages] and None)
    (page,) = read(turned, "turned.pdf", Limits()).pages
    (box,) = page.boxes(page.text.index("Seen"), page.text.index("Seen") + 4)
    # The picture fills x 40 to 340 and y 110 to 230 of 400 by 300 points; turned right, x is the height from the foot.
    assert (box.x0, box.y0) == pytest.approx((110 + 5, 40 + 5), abs=1)


def test_the_sheet_of_a_searchable_scan_is_not_read_again(seen: list[tuple[int, ...]]) -> None:
    lines = "\n".join(["words of the text layer, and more of these words"] * 18)
    document = read_pdf(every(picture(CHART, 0, 0, 400, 300), column(lines, 20, 280, size=14)))
    assert seen == []
    assert document.notes == ()


def test_a_line_that_the_page_has_as_text_is_left_out(seen: list[tuple[int, ...]]) -> None:
    label = words("Seen there", 44, 217, size=12)
    (page,) = read_pdf(every(column(PROSE, 40, 270), picture(CHART, 40, 110, 300, 120), label)).pages
    assert len(seen) == 1
    assert page.text.count("Seen there") == 1
    assert not page.mixed


def test_switched_off_the_picture_is_named(seen: list[tuple[int, ...]]) -> None:
    document = read_pdf(REPORT, words("No picture"), ocr=False)
    assert seen == []
    assert document.notes == (
        "1 picture on page 1 is not read: recognising text in pictures is switched off with FOOTNOTE_OCR.",
    )


def test_what_is_too_small_or_coarse_or_holds_no_words_is_named() -> None:
    logo = picture(files.written("Logo", size=(200, 100)), 20, 20, 30, 15)
    coarse = picture(CHART.resize((60, 24)), 40, 110, 300, 120)
    blank = picture(files.written(size=(300, 100)), 40, 110, 300, 100)
    document = read_pdf(*(every(column(PROSE, 40, 270), one) for one in (logo, coarse, blank)))
    assert document.notes == (
        "2 pictures on pages 1 and 2 are not read: too small or too coarse to hold words.",
        "1 picture on page 3 is without words that can be read.",
    )
    assert [page.mixed for page in document.pages] == [False] * 3


def test_the_ticks_of_a_chart_and_unsure_lines_are_no_words(monkeypatch: pytest.MonkeyPatch) -> None:
    corners = ((0.0, 0.0), (90.0, 0.0), (90.0, 20.0), (0.0, 20.0))
    found = [Found(text, sure, corners, (Word(0, 3, 0, 0, 90, 20),)) for text, sure in [("100", 1.0), ("bricks", 0.6)]]
    monkeypatch.setattr(ocr, "lines_of", lambda *_: found)
    document = read_pdf(REPORT)
    assert document.pages[0].text == f"{PROSE}\n{BELOW}"
    assert document.notes == ("1 picture on page 1 is without words that can be read.",)


def test_when_the_time_is_over_the_rest_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of(shown: object, tick: Callable[[], None], known: object) -> list[Found]:
        monkeypatch.setattr(budget.time, "monotonic", lambda: math.inf)
        tick()
        return []

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    (note,) = read_pdf(REPORT).notes
    assert note.startswith("1 picture on page 1 is not read: the time for pictures, 20% of that for one file, was over")


def test_pictures_get_no_more_time_than_scanned_pages_left(
    seen: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "SHARE", 0)
    (note,) = read_pdf(REPORT).notes
    assert note.startswith("1 picture on page 1 is not read: the time for pictures")
    assert seen == []


def test_a_picture_that_recognition_fails_on_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of(*_: object) -> list[Found]:
        raise MemoryError

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    document = read_pdf(REPORT)
    assert document.pages[0].text == f"{PROSE}\n{BELOW}"
    (note,) = document.notes
    assert note.startswith("1 picture on page 1 is not read: damaged")


# ------------------------------------------------------------------ the place in the text


def page_of(*rows: tuple[str, float, float]) -> Page:
    """A page of lines, each with its left and its top, 5 points a character wide and 10 high."""
    text, lines = "", []
    for said, x, y in rows:
        start = len(text) + bool(text)
        text += ("\n" if text else "") + said
        lines.append(Line(start, len(text), (Word(start, len(text), x, y, x + 5 * len(said), y + 10),), 10.0))
    return Page(1, "1", text, tuple(lines), 400, 600)


TWO_COLUMNS = page_of(
    ("A heading across", 20, 20),
    ("the left column says", 20, 50),
    ("what it has to say and", 20, 62),
    ("then goes on over there", 220, 180),
    ("to its end.", 220, 192),
    ("Done.", 220, 204),
)


@pytest.mark.parametrize(
    ("rect", "number"),
    [
        ((20, 80, 150, 300), 1),  # below the left column, whose sentence goes on: before it, then
        ((220, 220, 380, 400), 6),
        ((220, 300, 380, 400), 6),
        ((20, 5, 380, 18), 0),
    ],
)
def test_a_picture_is_read_next_to_the_nearest_line_but_within_no_sentence(
    rect: tuple[float, float, float, float], number: int
) -> None:
    assert figures.spot(TWO_COLUMNS, rect) == number


def test_a_picture_parts_no_table() -> None:
    page = page_of(("Name and share:", 20, 20), ("Ann\t1", 20, 40), ("Bob\t2", 20, 52), ("Cy\t3", 20, 64))
    table = replace(page, lines=(page.lines[0], *(replace(line, table=1) for line in page.lines[1:])))
    assert figures.spot(table, (20, 61, 90, 63)) in (1, 4)


def test_blocks_are_put_between_lines_and_all_words_keep_their_places() -> None:
    page = page_of(("First line.", 20, 20), ("Second line.", 20, 400))
    block = TextBlock("abc\n\nde", (Line(0, 3, (Word(0, 3, 1, 2, 3, 4),), recognised=True),), 0.5)
    other = TextBlock("xyz", (Line(0, 3, (Word(0, 3, 1, 2, 3, 4),), recognised=True),), 0.9)
    placed = figures.with_blocks(page, [((20, 420, 90, 500), other), ((20, 40, 90, 100), block)])
    assert placed.text == "First line.\n\nabc\n\nde\n\nSecond line.\n\nxyz"
    assert [placed.text[line.start : line.end] for line in placed.lines] == [
        "First line.",
        "abc",
        "Second line.",
        "xyz",
    ]
    assert [placed.text[w.start : w.end] for line in placed.lines for w in line.words] == [
        "First line.",
        "abc",
        "Second line.",
        "xyz",
    ]
    assert placed.confidence == pytest.approx((7 * 0.5 + 3 * 0.9) / 10)
