"""PDFs made by code, read in this process."""

from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import FloatObject, NameObject, RectangleObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import PasswordError, ReadError
from ingest.nouns import Page, Progress
from ingest.pdf import RECOVERED, read_pdf
from ingest.settings import Limits

from .drawing import SIZE, changed, every, made, read, words


def only_word(page: Page) -> tuple[float, float, float, float]:
    (line,) = page.lines
    (word,) = line.words
    assert page.text[word.start : word.end] == page.text == "Hxgpd"
    return word.x0, word.y0, word.x1, word.y1


WORD = words("Hxgpd", 50, 200, 20)


def test_a_word_is_where_it_is_drawn_from_the_top_left() -> None:
    page = read(made(WORD)).pages[0]
    x0, y0, x1, y1 = only_word(page)
    assert (page.width, page.height) == SIZE
    assert x0 == pytest.approx(51.5, abs=1)
    assert x1 == pytest.approx(50 + 57, abs=4)
    assert y0 == pytest.approx(100 - 14.4, abs=1)  # Helvetica's capitals are 0.72 of the size high
    assert y1 == pytest.approx(100 + 4.2, abs=1)  # and its descenders 0.21 deep
    assert page.lines[0].size == pytest.approx(20)


def test_a_crop_box_moves_the_origin() -> None:
    def crop(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((30, 40, 330, 240))

    page = read(changed(made(WORD), crop)).pages[0]
    x0, y0, _, _ = only_word(page)
    assert (page.width, page.height) == (300, 200)
    assert x0 == pytest.approx(51.5 - 30, abs=1)
    assert y0 == pytest.approx(240 - 214.4, abs=1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_the_boxes_of_the_page_as_shown(turn: int) -> None:
    x0, y0, x1, y1 = only_word(read(made(WORD)).pages[0])
    page = read(changed(made(WORD), lambda w: w.pages[0].rotate(turn) and None)).pages[0]
    width, height = SIZE
    turned = {
        90: (height - y1, x0, height - y0, x1),
        180: (width - x1, height - y1, width - x0, height - y0),
        270: (y0, width - x1, y1, width - x0),
    }[turn]
    assert (page.width, page.height) == ((height, width) if turn != 180 else SIZE)
    assert only_word(page) == pytest.approx(turned, abs=0.05)


def test_a_user_unit_scales_the_page() -> None:
    def double(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/UserUnit")] = FloatObject(2)

    small, large = (read(data).pages[0] for data in (made(WORD), changed(made(WORD), double)))
    assert (large.width, large.height) == (2 * SIZE[0], 2 * SIZE[1])
    assert only_word(large) == pytest.approx([2 * v for v in only_word(small)], abs=0.05)
    assert large.lines[0].size == pytest.approx(2 * small.lines[0].size)


def test_type_size_counts_the_scale_of_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.scale(2, 2)
        words("big", 20, 50, 9)(canvas)

    assert read(made(draw)).pages[0].lines[0].size == pytest.approx(18)


def hyphenated(*lines: str) -> str:
    draws = [words(line, 50, 250 - 14 * n) for n, line in enumerate(lines)]
    return read(made(every(*draws))).pages[0].text


def test_a_word_hyphenated_across_lines_is_whole_and_has_a_place_on_both() -> None:
    draws = (words("The signing was an impor-", 50, 200), words("tant day for all of them.", 50, 186))
    page = read(made(every(*draws))).pages[0]
    assert page.text == "The signing was an important\nday for all of them."
    assert [page.text[line.start : line.end] for line in page.lines] == page.text.split("\n")
    above, below = page.boxes(*(page.text.index(w) for w in ("important", "\nday")))
    assert above.y1 < below.y0
    assert above.x0 > 150 > below.x1


def test_a_hyphen_of_the_word_itself_stays() -> None:
    assert hyphenated("A well-known and a well-", "known case.") == "A well-known and a well-known\ncase."
    assert hyphenated("Written by Anne-", "Marie.") == "Written by Anne-Marie."


def test_a_hyphen_for_a_part_left_out_stays_at_its_line_end() -> None:
    assert hyphenated("It holds for pre-", "and post-war times.") == "It holds for pre-\nand post-war times."


def test_a_figure_after_a_hyphen_is_not_taken_into_the_word() -> None:
    assert hyphenated("The gra-", "12 Report") == "The gra-\n12 Report"


def test_a_raised_figure_stays_in_its_line() -> None:
    end = 50 + stringWidth("the area is 20 m", "Helvetica", 12)
    draws = (words("the area is 20 m", 50), words("2", end, 206, 7), words("in all", end + 8))
    assert read(made(every(*draws))).pages[0].text == "the area is 20 m2 in all"


def test_every_offset_points_at_its_words() -> None:
    text = "Ünïcode “quotes” – and ﬁgures 1,234.50 €"
    page = read(made(words(text), words("second page"))).pages[0]
    for line in page.lines:
        of_words = [page.text[w.start : w.end] for w in line.words]
        assert of_words == page.text[line.start : line.end].split()


def test_pages_without_text_are_counted_and_named() -> None:
    written = words("A sheet with a sentence on it.")
    document = read(made(written, lambda c: c.rect(10, 10, 50, 50) and None, words("   ")))
    assert document.pages_without_text == (2, 3)
    assert document.warnings == ("2 of 3 pages hold no text that can be read (pages 2 and 3).",)


def test_a_page_with_no_more_than_a_stamp_on_it_is_named_too() -> None:
    def stamped(canvas: Canvas) -> None:
        canvas.rect(10, 10, 50, 50)
        words("Exhibit 7")(canvas)

    document = read(made(words("A sheet with a sentence on it."), stamped))
    assert document.pages_without_text == (2,)
    assert document.warnings == ("There is hardly any text on page 2: what else stands there can't be found.",)
    assert document.pages[1].text == "Exhibit 7"


def test_a_sheet_with_nothing_on_it_but_the_title_of_a_part_is_read_whole() -> None:
    document = read(made(words("A sheet with a sentence on it."), words("Part II")))
    assert (document.pages_without_text, document.warnings) == ((), ())


def test_a_file_that_holds_hardly_any_text_at_all_says_so() -> None:
    document = read(made(words("Part II"), words("Part III")))
    assert document.pages_without_text == (1, 2)
    assert document.warnings == ("There is hardly any text on pages 1 and 2: what else stands there can't be found.",)


def test_progress_is_told_of_every_page() -> None:
    told: list[Progress] = []
    read_pdf(made(words("one"), words("two")), "a.pdf", Limits(), None, told.append)
    assert told == [Progress("a.pdf", 1, 2), Progress("a.pdf", 2, 2)]


def test_an_encrypted_file_opens_with_its_password_alone() -> None:
    data = changed(made(WORD), lambda w: w.encrypt("secret", algorithm="RC4-128"))
    with pytest.raises(PasswordError, match="--password"):
        read(data)
    with pytest.raises(PasswordError, match="does not open"):
        read(data, password="wrong")
    assert read(data, password="secret").pages[0].text == "Hxgpd"


def test_a_file_that_only_its_owner_may_change_opens_without_a_password() -> None:
    data = changed(made(WORD), lambda w: w.encrypt("", "owner", algorithm="RC4-128"))
    assert read(data).pages[0].text == "Hxgpd"


@pytest.mark.parametrize(
    ("limits", "named"),
    [({"pages": 1}, "FOOTNOTE_MAX_PAGES"), ({"characters": 5}, "FOOTNOTE_MAX_CHARACTERS")],
)
def test_over_a_limit_the_message_names_it(limits: dict[str, float], named: str) -> None:
    with pytest.raises(ReadError, match=named):
        read(made(words("one two"), words("three")), **limits)


def test_what_is_no_pdf_is_refused_with_a_plain_reason() -> None:
    with pytest.raises(ReadError, match="damaged"):
        read(b"%PDF-1.7\nnothing more")


def test_pages_are_called_by_their_printed_numbers_where_the_file_tells_none() -> None:
    def sheet(foot: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            words("Hives stand in rows", 50, 250)(canvas)
            words(foot, 50, 20)(canvas)

        return draw

    document = read(made(words("Cover"), *(sheet(f"Page {n} of 3") for n in (1, 2, 3))))
    assert [(page.number, page.label) for page in document.pages] == [(1, "1"), (2, "1"), (3, "2"), (4, "3")]


def test_outline_labels_and_title_are_read() -> None:
    def dress(writer: PdfWriter) -> None:
        part = writer.add_outline_item(title="Second part", page_number=1)
        writer.add_outline_item(title="Deeper", page_number=1, parent=part)
        writer.set_page_label(page_index_from=0, page_index_to=0, style="/r")
        writer.set_page_label(page_index_from=1, page_index_to=1, style="/D", start=7)

    def second(canvas: Canvas) -> None:
        words("Some words", 50, 250)(canvas)
        words("Second part", 50, 200, 18)(canvas)

    document = read(changed(made(words("one"), second, title="A fine title"), dress))
    assert document.title == "A fine title"
    assert [page.label for page in document.pages] == ["i", "7"]
    assert [(h.level, h.text, h.page, h.start) for h in document.headings] == [
        (1, "Second part", 2, len("Some words\n")),
        (2, "Deeper", 2, len("Some words\n")),  # its words stand nowhere: it stays below its parent
    ]


def test_where_pdfium_finds_nothing_pypdf_reads_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.pdf_text.page_count", lambda _: 0)
    document = read(made(words("first words"), words("second")))
    assert [(page.text, page.lines) for page in document.pages] == [("first words", ()), ("second", ())]
    assert document.warnings == (RECOVERED,)


def test_words_in_a_font_that_tells_no_height_are_as_high_as_their_line() -> None:
    """PDFium gives the glyphs of a Chinese font that is not in the file a height of a hundredth of a point."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(50, 200, "本期发生额 上期发生额")

    (page,) = read(made(draw)).pages
    assert page.text == "本期发生额 上期发生额"
    (box,) = page.boxes(6, 11)
    assert (box.x0, box.x1) == (112.48, 172.48)
    assert box.y0 < 100 - 7 < 100 + 1 < box.y1 < 105
