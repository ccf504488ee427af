"""Recognised lines become a page in reading order, words in points."""

from ingest.nouns import Line, Page, Word
from ingest.ocr import Found
from ingest.ocr_page import with_lines


def line(text: str, x: float, y: float, width: float = 0, confidence: float = 1.0, height: float = 20) -> Found:
    """A line of one part, `width` pixels wide (default: 10 a character)."""
    x1, y1 = x + (width or 10 * len(text)), y + height
    corners = ((x, y), (x1, y), (x1, y1), (x, y1))
    return Found(text, confidence, corners, (Word(0, len(text), x, y, x1, y1),))


def text_of(*found: Found, page: Page | None = None, scale: float = 1.0) -> str:
    return with_lines(page or Page(1, "1", "", (), 800, 600), found, scale).text


def test_words_stand_in_points_and_the_page_is_as_sure_as_its_characters() -> None:
    page = with_lines(Page(1, "1", "", (), 400, 300), [line("abcd", 40, 20), line("ef", 40, 44, confidence=0.4)], 2.0)
    assert page.text == "abcd\nef"
    assert page.origin == "ocr"
    assert page.confidence == 0.8
    assert page.lines == (
        Line(0, 4, (Word(0, 4, 20, 10, 40, 20),), 10.0, recognised=True),
        Line(5, 7, (Word(5, 7, 20, 22, 30, 32),), 10.0, recognised=True),
    )


def test_columns_are_read_one_after_the_other_between_the_lines_across_them() -> None:
    left = [line(f"left column {n} text", 0, 100 + 25 * n, 380) for n in range(4)]
    right = [line(f"right column {n} text", 420, 100 + 25 * n, 380) for n in range(4)]
    mixed = [one for pair in zip(left, right, strict=True) for one in pair]
    title, foot = line("A title across both", 100, 70, 600), line("A note across both", 100, 205, 600)
    said = text_of(title, *mixed, foot).split("\n")
    assert said == [title.text, *(f.text for f in left), *(f.text for f in right), foot.text]


def test_the_cells_of_a_table_stay_in_their_rows() -> None:
    cells = [line(text, x, 100 + 25 * row) for row in range(5) for x, text in ((0, f"Hull {row}"), (500, f"{row}10"))]
    assert text_of(*cells) == "\n".join(f"Hull {row} {row}10" for row in range(5))


def test_white_between_lines_parts_paragraphs() -> None:
    assert (
        text_of(line("Notice", 0, 0), line("It closes", 0, 50), line("at ten.", 0, 74))
        == "Notice\n\nIt closes\nat ten."
    )


def test_a_sheet_on_its_side_is_read_from_its_own_top() -> None:
    def down(text: str, x: float) -> Found:
        corners = ((x + 20, 10.0), (x + 20, 200.0), (x, 200.0), (x, 10.0))  # runs down the sheet, its top to the right
        return Found(text, 1.0, corners, (Word(0, len(text), x, 10, x + 20, 200),))

    assert text_of(down("second", 100), down("first", 124)) == "first\nsecond"


def test_lines_that_the_page_has_as_text_already_are_left_out() -> None:
    stamp = Line(0, 5, (Word(0, 5, 10, 10, 60, 30),), 12)
    page = Page(1, "1", "Stamp", (stamp,), 800, 600)
    made = with_lines(page, [line("Starnp", 10, 10), line("Rest", 10, 100)], 1.0)
    assert made.text == "Stamp\nRest"
    assert made.lines[0] == stamp
    assert with_lines(page, [line("Starnp", 10, 10)], 1.0) == page


def test_only_a_line_clearly_larger_than_the_others_counts_as_larger() -> None:
    found = [line("Title", 0, 0, height=40), *(line(f"line {n}", 0, 60 + 30 * n, height=20 + n % 3) for n in range(5))]
    page = with_lines(Page(1, "1", "", (), 800, 600), found, 1.0)
    assert [made.size for made in page.lines] == [40, 21, 21, 21, 21, 21]
