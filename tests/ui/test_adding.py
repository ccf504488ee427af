"""What pasted text is called."""

import pytest

from ui.adding import KINDS, pasted_name


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
    assert pasted_name(title, text) == name


def test_the_picker_takes_every_kind_that_is_read() -> None:
    assert {"pdf", "docx", "pptx", "xlsx", "csv", "html", "epub", "eml", "png", "jpg", "txt", "md"} <= set(KINDS)
