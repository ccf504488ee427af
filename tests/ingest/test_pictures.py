"""What is written in the pictures of an office file is read, each once, on pages of their own; the rest is named."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence

import docx
import pptx
import pytest

from ingest import budget, ocr, pictures
from ingest.headings import heading_paths
from ingest.reader import read
from ingest.settings import Limits
from tests import files

TIDES = files.png(files.written("Tide table for Lindvik"))
BLANK = files.png(files.written())


def deck(*slides: tuple[str, Sequence[bytes]]) -> bytes:
    """Slides, each with a title and pictures."""
    made = pptx.Presentation()
    for title, shown in slides:
        slide = made.slides.add_slide(made.slide_layouts[5])
        slide.shapes.title.text = title
        for picture in shown:
            slide.shapes.add_picture(io.BytesIO(picture), 0, 0)
    return files.saved(made)


def test_a_picture_on_a_slide_is_a_recognised_page_of_its_own() -> None:
    document = read(deck(("Harbour", [TIDES]), ("Crew", [BLANK])), "a.pptx", Limits())
    assert [(p.label, p.text, p.origin) for p in document.pages] == [
        ("slide 1", "Harbour", "text"),
        ("slide 2", "Crew", "text"),
        ("slide 1, picture", "Tide table for Lindvik", "ocr"),
    ]
    assert document.pages[2].confidence > 0.8
    assert heading_paths(document.headings)(3, 0) == "Harbour"
    assert document.notes == ("1 picture is without text that can be read.",)


def test_the_same_picture_again_is_read_once() -> None:
    document = read(deck(("Harbour", [TIDES]), ("Crew", [TIDES])), "a.pptx", Limits())
    assert [page.label for page in document.pages] == ["slide 1", "slide 2", "slide 1, picture"]


def test_a_picture_in_a_word_file_is_called_by_the_section_it_stands_in() -> None:
    made = docx.Document()
    made.add_heading("Arrival", 1)
    made.add_paragraph("See the table.")
    made.add_picture(io.BytesIO(TIDES))
    made.add_heading("Departure", 1)
    made.add_paragraph("Ask at the office.")
    document = read(files.saved(made), "a.docx", Limits())
    last = document.pages[-1]
    assert (last.number, last.label) == (3, 'picture 1, section "Arrival"')
    assert (last.text, last.origin) == ("Tide table for Lindvik", "ocr")


def test_without_recognition_pictures_are_named_as_not_read() -> None:
    document = read(deck(("Harbour", [TIDES, BLANK])), "a.pptx", Limits(ocr=False))
    assert len(document.pages) == 1
    assert document.notes == (
        "2 pictures are not read: recognising text in pictures is switched off with FOOTNOTE_OCR.",
    )


def test_pictures_over_the_number_and_those_that_cannot_be_drawn_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST", 1)
    reading = pictures.Pictures(Limits(), lambda: None)
    found = [("slide 1, picture 1", "", b"no picture"), ("slide 1, picture 2", "", BLANK)]
    assert list(reading.pages(found, 1)) == []
    strange, over = sorted(reading.notes(), key=len)
    assert strange == "1 picture is not read: damaged, too large, or of a kind that can't be drawn here."
    assert over.startswith("1 picture is not read: only the first ")


def test_a_picture_that_recognition_fails_on_does_not_lose_its_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of(picture: ocr.Picture, tick: object) -> list[ocr.Found]:
        raise RuntimeError("the model failed")

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    document = read(deck(("Harbour", [TIDES])), "a.pptx", Limits())
    assert [page.text for page in document.pages] == ["Harbour"]
    assert document.notes == ("1 picture is not read: damaged, too large, or of a kind that can't be drawn here.",)


def test_a_picture_that_takes_longer_than_there_is_time_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines_of(picture: ocr.Picture, tick: Callable[[], None]) -> list[ocr.Found]:
        monkeypatch.setattr(budget.time, "monotonic", lambda: math.inf)
        tick()
        return []

    monkeypatch.setattr(ocr, "lines_of", lines_of)
    reading = pictures.Pictures(Limits(), lambda: None)
    assert list(reading.pages([("picture 1", "", TIDES), ("picture 2", "", BLANK)], 1)) == []
    (note,) = reading.notes()
    assert note.startswith("2 pictures are not read: only the first ")


def test_pictures_that_are_missing_are_counted_one_by_one() -> None:
    reading = pictures.Pictures(Limits(), lambda: None)
    assert list(reading.pages([("picture 1", "", b""), ("picture 2", "", b"")], 1)) == []
    assert list(reading.notes()) == [
        "2 pictures are not read: damaged, too large, or of a kind that can't be drawn here."
    ]
