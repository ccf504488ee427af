"""Marks, read back from the pages that they are drawn on: a quote's words, all of them and nothing else."""

import pytest
from pypdf import PdfWriter
from pypdf.generic import FloatObject, NameObject, RectangleObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from bench.marking import letters, under
from ingest.nouns import Line, Page, Word
from ingest.pdf_page import open_page
from ingest.pdf_text import opened

from .drawing import Draw, changed, column, every, field, made, meaning, read, words

LEFT = "\n".join(f"the left column tells of {thing} and" for thing in ("apples", "pears", "plums", "figs"))
RIGHT = "\n".join(f"while the right one tells of {thing}" for thing in ("ships", "trains", "carts", "planes"))
TEXT = every(column(LEFT, 20, size=9), column(RIGHT, 215, size=9))


def back(data: bytes, quote: str) -> str:
    """What stands under the marks of `quote` on the first page, in the page's order."""
    shown = read(data).pages[0]
    start = shown.text.index(quote)
    with opened(data, None) as handle, open_page(handle, 1) as page:
        assert page
        return under(page.handle, shown, shown.boxes(start, start + len(quote)))


def holds(data: bytes, quote: str) -> bool:
    return letters(back(data, quote)) == letters(quote)


def edit(change: str, draw: Draw = TEXT) -> bytes:
    def apply(writer: PdfWriter) -> None:
        page = writer.pages[0]
        if change.startswith("turned"):
            page.rotate(int(change.split()[1]))
        if "cropped" in change:
            page.cropbox = RectangleObject((15, 100, 390, 290))
        if "unit" in change:
            page[NameObject("/UserUnit")] = FloatObject(2.5)

    return changed(made(draw), apply)


CHANGES = ["plain", "turned 90", "turned 180", "turned 270", "cropped", "unit", "turned 90 cropped unit"]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "quote", ["left column tells of pears", "plums and\nthe left", "figs and\nwhile the right", "one"]
)
def test_the_words_are_marked_on_every_kind_of_page(change: str, quote: str) -> None:
    assert holds(edit(change), quote)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_filled_into_a_form_is_marked(change: str) -> None:
    data = edit(change, every(words("Tenant:"), field("tenant", "Mira Okafor")))
    assert holds(data, "Mira Okafor")
    assert holds(data, "Okafor")
    assert holds(data, "Tenant:")


def test_a_quote_has_one_rectangle_a_line() -> None:
    page = read(made(TEXT)).pages[0]
    start = page.text.index("apples and\nthe left column tells of pears")
    assert len(page.boxes(start, start + len("apples and\nthe left column tells of pears"))) == 2


def test_both_parts_of_a_hyphenated_word_are_marked() -> None:
    data = made(column("It was an impor-\ntant day for all.", 20))
    assert letters(back(data, "important")) == letters("important")


def test_a_row_of_a_table_is_marked_whole_and_alone() -> None:
    rows = [("Region", "Sales"), ("North", "12.5"), ("South", "8.1")]
    cells = [words(c, x, 250 - 16 * n, 10) for n, row in enumerate(rows) for x, c in zip((50, 250), row, strict=True)]
    data = made(every(*cells))
    page = read(data).pages[0]
    assert holds(data, "North\t12.5")
    assert len(page.boxes(page.text.index("North"), page.text.index("12.5") + 4)) == 1


def test_words_between_two_words_of_a_quote_are_not_covered() -> None:
    line = Line(0, 7, (Word(0, 3, 0, 0, 30, 10), Word(4, 7, 200, 0, 230, 10)), 10)
    between = Line(8, 11, (Word(8, 11, 100, 0, 130, 10),), 10)
    page = Page(1, "1", "one two\nout", (line, between), 300, 100)
    assert [(b.x0, b.x1) for b in page.boxes(0, 7)] == [(0, 30), (200, 230)]
    assert [(b.x0, b.x1) for b in Page(1, "1", "one two", (line,), 300, 100).boxes(0, 7)] == [(0, 230)]


def test_words_up_the_margin_are_marked() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.rotate(90)
        words("words that run up the margin", 50, -30)(canvas)

    assert holds(made(turned), "that run up")


def slanted(canvas: Canvas) -> None:
    canvas.rotate(35)
    words("words that climb the page", 120, 40, 14)(canvas)


def test_a_slanting_line_is_marked_word_by_word() -> None:
    data = made(slanted)
    page = read(data).pages[0]
    assert holds(data, "that climb")
    assert len(page.boxes(page.text.index("that"), page.text.index("climb") + 5)) == 2


def test_words_that_run_from_right_to_left_are_marked() -> None:
    arabic = dict(zip("abcdefg", "\u0628\u062a\u062b\u062c\u062d\u062e\u062f", strict=True))
    data = meaning(made(words("gfe dcb a", 50)), arabic)
    text = read(data).pages[0].text
    assert text == "\u0628 \u062a\u062b\u062c \u062d\u062e\u062f"  # the reverse of how they are drawn
    assert holds(data, text[:5])
    assert holds(data, text[2:9])


def test_part_of_a_line_without_spaces_is_marked() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 16)
        canvas.drawString(50, 200, "第一句话在这里。第二句话也在这里。")

    data = made(draw)
    assert holds(data, "第二句话也在这里")
    assert holds(data, "第一句话")


def test_vertical_text_is_marked() -> None:
    data = made(every(*(words(letter, 200, 250 - 17 * n, 14) for n, letter in enumerate("VERTICAL"))))
    text = read(data).pages[0].text
    assert "".join(text.split()) == "VERTICAL"
    assert holds(data, text[text.index("T") : text.index("A") + 1])


@pytest.mark.parametrize(("known", "marked"), [(10, True), (8, False)])
def test_where_too_few_places_are_known_nothing_is_marked(known: int, marked: bool) -> None:
    word = tuple(Word(2 * n, 2 * n + 1, 10 * n, 0, 10 * n + 8, 10) for n in range(known))
    page = Page(1, "1", "a b c d e f g h i j", (Line(0, 19, word, 10),), 300, 100)
    assert bool(page.boxes(0, 19)) == marked
