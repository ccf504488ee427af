"""What pasted text is called, and that it is text whatever it begins with."""

import pytest

from index.library import Library
from ingest.reader import read
from ingest.settings import Limits
from tests.ui.page import page
from ui.adding import KINDS, pasted_file


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Garden notes", "The beans go in.", "Garden notes.txt"),
        (
            "",
            "The beans go in on the tenth of May, and not before.",
            "The beans go in on the tenth of May, and not before.txt",
        ),
        ("", "word " * 40, "word word word word word word word word word word word word.txt"),
        ("", "<!doctype html><title>Kiln</title><p>Heat", "Kiln Heat.html"),
        ("../a/b\n", "x", "a b.txt"),
        ("", "# Title\n\nSome [words](https://example.org)\n", "Title Some words (https example.org).md"),
        ("", "???", "Pasted text.txt"),
    ],
)
def test_pasted_text_is_called_by_its_title_or_its_first_words(title: str, text: str, name: str) -> None:
    assert pasted_file(title, text) == (name, text.encode())


@pytest.mark.parametrize("start", ["{\\rtf1 is how", "Rar! That is how", "%!PS is how"])
def test_pasted_text_that_begins_as_another_kind_of_file_is_read_as_text(start: str) -> None:
    text = f"{start} such files begin."
    name, data = pasted_file("Marks", text)
    assert name == "Marks.txt"
    assert [p.text for p in read(data, name, Limits()).pages] == [text]


@pytest.mark.parametrize("start", ["{\\rtf1", "PK\x03\x04", "a\0b"])
def test_the_page_stays_whatever_text_is_pasted(library: Library, start: str) -> None:
    shown = page()
    shown.text_area[0].set_value(f"{start} The ferry leaves at nine.")
    next(b for b in shown.button if b.label == "Add text").click().run()
    assert not shown.exception
    assert not shown.error
    assert shown.chat_input
    assert len(library.jobs.list()) == 1


def test_the_picker_takes_every_kind_that_is_read() -> None:
    assert {"pdf", "docx", "pptx", "xlsx", "csv", "html", "epub", "eml", "png", "jpg", "txt", "md"} <= set(KINDS)
