import pytest

from ingest.nouns import Document, Heading
from ingest.settings import Limits
from ingest.text import GUESSED, PAGE, REPLACED, read_text


def read(data: bytes, name: str = "my_notes.txt") -> Document:
    return read_text(data, name, Limits(), None, lambda _: None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    document = read("Café\r\nline. ".encode(encoding))
    assert (document.pages[0].text, document.warnings) == ("Café\nline. ", ())


def test_western_bytes_are_read_with_a_warning() -> None:
    document = read("It’s a small café in a street that has no name.".encode("cp1252"))
    assert (document.pages[0].text, document.warnings) == (
        "It’s a small café in a street that has no name.",
        (GUESSED.format("Windows Western"),),
    )


def test_the_warning_names_the_encoding_that_other_bytes_are_read_in() -> None:
    document = read("Договор аренды на пять лет.".encode("cp1251"))
    assert document.pages[0].text == "Договор аренды на пять лет."
    assert document.warnings == (
        "The file is not UTF-8; it was read as Windows Cyrillic text, so check its letters and quotation marks.",
    )


def test_one_bad_byte_does_not_spoil_the_rest() -> None:
    document = read("Für fünf Jahre läuft ".encode() + b"er\xff.")
    assert (document.pages[0].text, document.warnings) == ("Für fünf Jahre läuft er\ufffd.", (REPLACED,))


def test_form_feeds_and_length_make_pages_that_lose_nothing() -> None:
    assert [p.text for p in read(b"one\x0ctwo").pages] == ["one", "two"]
    text = "A paragraph of words.\n\n" * 3000
    pages = read(text.encode()).pages
    assert "".join(p.text for p in pages) == text
    assert max(len(p.text) for p in pages) <= PAGE


def test_markdown_headings_of_both_kinds_outside_fences() -> None:
    text = "---\ntitle: Named\n---\n# One #\n```\n# no\n```\nTwo\n---\ntext\n"
    document = read(text.encode(), "a.md")
    assert document.title == "Named"
    assert document.headings == (Heading(1, "One", 1, 23), Heading(2, "Two", 1, text.index("Two")))


def test_headings_of_plain_text_are_found_and_those_of_a_list_of_lines_are_not() -> None:
    document = read(b"RENT\n\nThe rent is 900 crowns a month, due on the first day of each month.\n\nMilk\nBread\n")
    assert document.headings == (Heading(1, "RENT", 1, 0),)


def test_a_text_is_called_by_its_first_line_or_its_file() -> None:
    assert read(b"A fine title\n\nBody.").title == "A fine title"
    assert read(b"It begins at once, with a sentence.\nMore.").title == "my notes"
