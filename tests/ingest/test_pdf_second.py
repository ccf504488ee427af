"""When PDFium's text is not trusted, and where another reader's words are put."""

import pytest

from ingest.pdf_repair import Rect
from ingest.pdf_second import better, flat, placed, suspicious

from .drawing import every, field, made, meaning, read, words


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("Ordinary words, 12 of them.", False),
        ("", False),
        ("impor\x02tant words and a word-\ufffebreak", False),
        ("one sign \uf0b7 of a list among many words", False),
        ("\x01\x03\x04\x05 \x06\x07", True),
        ("\ufffd\ufffd\ufffd a", True),
    ],
)
def test_text_without_meaning_is_doubted(raw: str, doubt: bool) -> None:
    assert suspicious(raw) == doubt


def test_the_reading_with_more_letters_is_better() -> None:
    assert better("words", "w\x01\x02")
    assert not better("wor", "words")
    assert not better("\ufffd\ufffd", "ab")


def glyphs(signs: str) -> list[tuple[str, Rect]]:
    return [(sign, (10.0 * n, 0, 10.0 * n + 9, 10)) for n, sign in enumerate(signs)]


def test_as_many_glyphs_as_letters_are_the_same_in_the_same_order() -> None:
    (line,) = placed(
        "ab cd", [*glyphs("1234")[:2], *((s, (x + 20, y, z + 20, w)) for s, (x, y, z, w) in glyphs("1234")[2:])]
    )
    assert line.text == "ab cd"
    assert line.words == [(0, 2, 0, 0, 19, 10), (3, 5, 40, 0, 59, 10)]


def test_a_space_inside_a_word_is_no_space() -> None:
    near = [(sign, (5.0 * n, 0.0, 5.0 * n + 5, 10.0)) for n, sign in enumerate("1234")]
    (line,) = placed("ab cd", near)
    assert line.text == "abcd"


def test_letters_that_are_alike_are_found_among_other_glyphs() -> None:
    (line,) = placed("some words", glyphs("?some!words"))
    assert [(a, b, x0) for a, b, x0, *_ in line.words] == [(0, 4, 10), (5, 10, 60)]


def test_words_that_are_nowhere_have_no_place() -> None:
    (line,) = placed("here nowhere", glyphs("here"))
    assert [line.text[a:b] for a, b, *_ in line.words] == ["here"]


class Flat:
    """Glyphs that all have the same height."""

    def __init__(self, height: float) -> None:
        self.height = height

    def box(self, index: int) -> Rect | None:
        return 0, 0, 5, self.height

    def generated(self, index: int) -> bool:
        return False


def test_a_letter_without_height_tells_of_a_font_that_lacks_it() -> None:
    assert flat("pr\u0161\u00ed", Flat(0.01))
    assert not flat("pr\u0161\u00ed", Flat(8))
    assert not flat("plain", Flat(0))


def test_a_page_whose_font_pdfium_cannot_read_is_read_by_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    data = meaning(made(words("abc de")), {c: chr(n) for n, c in enumerate("abcde", 3)})
    monkeypatch.setattr("ingest.pdf_pypdf.second_texts", lambda *_: {1: "now it"})
    page = read(data).pages[0]
    assert page.text == "now it"
    (first, second) = (page.boxes(a, b)[0] for a, b in ((0, 3), (4, 6)))
    assert 49 < first.x0 < first.x1 < second.x0 < second.x1 < 90


def test_what_was_filled_in_stays_where_the_second_reads_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    form = made(every(words("abcde"), field("tenant", "Ada of Oslo")))
    monkeypatch.setattr("ingest.pdf_pypdf.second_texts", lambda *_: {1: "Name:"})
    page = read(meaning(form, {c: chr(n) for n, c in enumerate("abcde", 3)})).pages[0]
    assert page.text == "Name: Ada of Oslo"
    (name,), (value,) = page.boxes(0, 5), page.boxes(6, 17)
    assert 49 < name.x0 < name.x1 < 100 < 150 < value.x0 < value.x1 < 270
