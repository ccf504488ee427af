"""Which pages of a PDF are recognised, and what is said of those that are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest import ocr, scanned
from ingest.nouns import Document, Progress, Word
from ingest.ocr import Found
from ingest.reader import read
from ingest.settings import Limits
from tests import files

from .drawing import field, made

CORNERS = ((10.0, 10.0), (200.0, 10.0), (200.0, 30.0), (10.0, 30.0))
SHEET = files.written("Return books to the red box.")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The sizes of the pictures that would be recognised; each is found to say "Seen" at its middle."""
    sizes: list[tuple[int, ...]] = []

    def lines_of(picture: ocr.Picture, tick: object) -> list[Found]:
        sizes.append(picture.shape)
        height, width = picture.shape[:2]
        x0, y0, x1, y1 = 0.4 * width, 0.4 * height, 0.6 * width, 0.5 * height
        return [Found("Seen", 0.7, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), (Word(0, 4, x0, y0, x1, y1),))]

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    return sizes


def read_pdf(data: bytes, **limits: object) -> Document:
    return read(data, "scan.pdf", replace(Limits(), **limits))


def test_a_scan_is_recognised_and_its_words_stand_where_they_are_printed() -> None:
    document = read_pdf(files.scan(SHEET))
    (page,) = document.pages
    assert (page.text, page.origin) == ("Return books to the red box.", "ocr")
    assert document.ocr_pages == (1,)
    (box,) = page.boxes(0, len(page.text))
    # The sheet is 1000 by 400 pixels on 500 by 200 points; its line begins at (60, 60) pixels.
    assert (box.x0, box.y0) == pytest.approx((30, 32), abs=5)
    assert box.y1 - box.y0 < 25


def test_a_scan_is_called_by_its_file_and_not_by_what_was_recognised() -> None:
    assert read_pdf(files.scan(files.written("Notice", height=80))).title == "scan"


def test_a_page_shown_turned_has_its_words_where_they_are_shown() -> None:
    (turned,) = read_pdf(files.scan(SHEET, rotate=90)).pages
    assert (turned.width, turned.height) == (200, 500)
    assert turned.text == "Return books to the red box."
    (box,) = turned.boxes(0, 6)
    assert box.x0 > 140  # what is at the top of the sheet is on the right of the page
    assert box.y1 < 120


def test_a_scan_with_a_stamp_keeps_the_stamp_and_gets_its_text(seen: list[tuple[int, ...]]) -> None:
    (page,) = read_pdf(files.scan(SHEET, stamp="Page 1")).pages
    assert page.text == "Page 1\nSeen"
    assert page.boxes(7, 11)[0].x0 == pytest.approx(200, abs=1)
    assert seen == [(720, 1800, 3)]


def test_a_page_of_text_is_left_alone(seen: list[tuple[int, ...]]) -> None:
    assert read_pdf(files.scan(SHEET, stamp="word " * 60)).ocr_pages == ()
    assert seen == []


@pytest.mark.parametrize(
    ("text", "odd"), [("", False), ("words \ufffd", False), ("\ue001\ue002 a", True), ("a\ufffd", True)]
)
def test_text_without_a_meaning_is_told_from_text(text: str, odd: bool) -> None:
    assert scanned.is_odd(text) is odd


def test_switched_off_nothing_is_recognised_and_the_page_is_named(seen: list[tuple[int, ...]]) -> None:
    document = read_pdf(files.scan(SHEET, SHEET), ocr=False)
    assert document.pages_without_text == (1, 2)
    assert document.warnings == (
        "2 of 2 pages hold no text that can be read; recognising text in pictures is switched off with FOOTNOTE_OCR.",
    )
    assert seen == []


def test_little_certainty_is_said(seen: list[tuple[int, ...]]) -> None:
    assert read_pdf(files.scan(SHEET)).warnings[0].startswith("Page 1 could be recognised with little certainty")


def test_when_the_time_is_over_the_rest_is_named(seen: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SHARE", 0)
    document = read_pdf(files.scan(SHEET, SHEET))
    assert document.warnings == (
        "The time for one file was over before pages 1 and 2 could be recognised; "
        "raise FOOTNOTE_MAX_TOTAL_SECONDS, and add the file again.",
    )


def test_a_page_on_which_recognition_fails_is_named_and_the_others_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of(picture: ocr.Picture, tick: object) -> list[Found]:
        raise MemoryError

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    document = read_pdf(files.scan(SHEET))
    assert document.warnings == ("Recognition failed on page 1, so what is written there can't be found.",)


def test_progress_is_told_page_by_page(seen: list[tuple[int, ...]]) -> None:
    told: list[Progress] = []
    read(files.scan(SHEET, SHEET), "scan.pdf", Limits(), None, told.append)
    assert told[-2:] == [Progress("scan.pdf", 0, 2), Progress("scan.pdf", 1, 2)]


def test_a_form_whose_own_words_are_drawn_as_shapes_is_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Found("Name of the tenant and the landlord", 0.9, CORNERS, (Word(0, 35, 10, 10, 200, 30),))]
    monkeypatch.setattr(ocr, "lines_of", lambda picture, tick: found)
    data = made(field("tenant", "Mira Okafor of Bergen, Norway", width=240))
    (page,) = read_pdf(data).pages
    assert page.text == "Mira Okafor of Bergen, Norway\nName of the tenant and the landlord"
    assert (page.origin, page.bare) == ("ocr", False)


def test_the_frame_of_a_field_that_looks_like_a_letter_is_none(seen: list[tuple[int, ...]]) -> None:
    (page,) = read_pdf(made(field("tenant", "Mira Okafor of Bergen, Norway", width=240))).pages
    assert (len(seen), page.text, page.origin) == (1, "Mira Okafor of Bergen, Norway", "text")


def test_a_filled_form_over_a_sheet_without_text_tells_that_recognition_is_off() -> None:
    document = read_pdf(made(field("tenant", "Mira Okafor of Bergen, Norway", width=240)), ocr=False)
    assert document.warnings == (
        "All that was read on page 1 was filled in or put onto it: what else stands there can't be found; "
        "recognising text in pictures is switched off with FOOTNOTE_OCR.",
    )
    assert document.unrecognised
