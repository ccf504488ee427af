"""What the report says, without a browser."""

from index.nouns import Entry, Sheet
from ui.report import read, unread


def entry(**more: object) -> Entry:
    facts = {"kind": "pdf", "pages": 2, "passages": 3, "vectors": 3, "size": 10, "added": "", "source": "", **more}
    return Entry("a.pdf", "A", "0" * 64, **facts)  # type: ignore[arg-type]


def test_what_was_read_and_how_is_said() -> None:
    sheets = [
        Sheet(1, "1", "text", 1.0, 1_200),
        Sheet(2, "2", "ocr", 0.9, 300),
        Sheet(3, "3", "ocr", 0.6, 100),
        Sheet(4, "4", "text", 1.0, 0),
    ]
    assert list(read(entry(), sheets)) == [
        "1 page read as text, 1,200 characters.",
        "2 pages recognised from pictures (pages 2 and 3), 82% sure; least on page 3, 60%.",
        "3 passages can be found by words and by meaning.",
    ]


def test_pages_whose_pictures_were_recognised_are_named() -> None:
    said = list(read(entry(), [Sheet(1, "1", "text", 1.0, 1_200), Sheet(2, "2", "text", 0.9, 300)]))
    assert said[0] == "2 pages read as text, 1,500 characters."
    assert said[1] == "Pictures on page 2 hold words, which were recognised and stand in the page's text."


def test_an_empty_document_and_one_that_is_not_ready_are_said() -> None:
    assert list(read(entry(passages=4, vectors=1), [Sheet(1, "1", "text", 1.0, 0)])) == [
        "Nothing: there is no text in it that can be read.",
        "4 passages can be found by words, 1 of them by meaning so far.",
    ]


def test_what_was_not_read_is_said_with_warnings_notes_and_rules() -> None:
    said = unread(entry(warnings=("w",), notes=("n",)), [Sheet(1, "1", "text", 1.0, 5)])
    assert said[:2] == ["w", "n"]
    assert said[2].startswith("Drawings on pages that have text")
    assert unread(entry(), [Sheet(1, "1", "ocr", 1.0, 5)]) == []
    assert unread(entry(kind="docx"), [Sheet(1, "1", "text", 1.0, 5)]) == []
