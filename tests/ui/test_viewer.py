"""The mark lies where the boxes are, and nowhere else."""

import io
from dataclasses import replace

from PIL import Image

from ingest.nouns import Box, Page
from ui.viewer import EXACT, MARK, Shown, alternative, found_again, marked


def white(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def test_a_box_in_points_is_marked_in_pixels_with_a_rim_of_two() -> None:
    with Image.open(io.BytesIO(marked(white(200, 400), [Box(1, 10, 20, 30, 25)], 100, 200))) as picture:
        ink = {(x, y) for x in range(200) for y in range(400) if picture.getpixel((x, y)) == MARK}
    assert ink == {(x, y) for x in range(18, 63) for y in range(38, 53)}


def test_without_boxes_the_picture_stays_as_it_is() -> None:
    with Image.open(io.BytesIO(marked(white(20, 20), [], 20, 20))) as picture:
        assert picture.getcolors() == [(400, (255, 255, 255))]


def test_black_type_stays_black_under_the_mark() -> None:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "black").save(out, "PNG")
    with Image.open(io.BytesIO(marked(out.getvalue(), [Box(1, 0, 0, 20, 20)], 20, 20))) as picture:
        assert picture.getcolors() == [(400, (0, 0, 0))]


def test_a_passage_that_was_found_opens_where_it_stands() -> None:
    row = {"rank": 2, "document": "a.pdf", "page": 3, "start": 10, "end": 24, "text": "Nobody signed."}
    shown = Shown.of_passage(row)
    assert shown == Shown("a.pdf", 3, 3, 10, 24, "Nobody signed.")
    assert shown.is_of(row)
    assert not shown.is_of({**row, "start": 11})
    assert not shown.is_of({"document": "a.pdf", "page": 3})


def test_a_quote_is_found_where_it_stands_by_now() -> None:
    shown = Shown("a.pdf", 1, 1, 0, 16, "Rent is\ndue now.", (8, 11))
    assert found_again(shown, Page(1, "1", "Rent is\ndue now. More.")) == shown
    moved = found_again(shown, Page(1, "1", "Plan\n\nRent is\ndue now. More."))
    assert (moved.start, moved.end, moved.exact) == (6, 22, (14, 17))
    gone = found_again(shown, Page(1, "1", "Something else stands here."))
    assert (gone.start, gone.end, gone.exact) == (0, 0, None)
    part = replace(shown, end=7)  # of a passage that stands in several pieces
    assert found_again(part, Page(1, "1", "Rent is")) == part
    assert found_again(part, Page(1, "1", "Plan: Rent is")) == replace(part, start=6, end=13, exact=(14, 17))


def test_of_the_same_words_those_behind_are_the_quote_that_moved() -> None:
    shown = Shown("a.pdf", 1, 1, 16, 28, "Rent is due.", None)
    assert found_again(shown, Page(1, "1", "Rent is due. A. Rent is due.")) == shown
    moved = found_again(shown, Page(1, "1", "Rent is due. xyz A. Rent is due."))
    assert (moved.start, moved.end) == (20, 32)


def test_the_exact_words_have_a_stronger_colour_than_their_sentence() -> None:
    sentence, words = [Box(1, 10, 20, 80, 25)], [Box(1, 30, 20, 40, 25)]
    with Image.open(io.BytesIO(marked(white(100, 100), sentence, 100, 100, words))) as picture:
        assert {x for x in range(100) if picture.getpixel((x, 22)) == EXACT} == set(range(28, 43))
        assert picture.getpixel((12, 22)) == MARK


def test_exact_words_are_given_as_characters_of_the_page() -> None:
    row = {"document": "a", "page": 1, "start": 5, "end": 30, "quote": "Rent", "exact": {"start": 2, "end": 6}}
    assert Shown.of(row).exact == (7, 11)


def test_a_citation_opens_at_its_page() -> None:
    row = {"document": "a.pdf", "page": 3, "start": 5, "end": 9, "quote": "Rent"}
    assert Shown.of(row) == Shown("a.pdf", 3, 3, 5, 9, "Rent")


def test_the_alternative_text_says_highlighted_only_where_something_is_marked() -> None:
    shown, page = Shown("a.pdf", 3, 3, 5, 9, "Rent"), Page(3, "3", "The Rent")
    assert alternative(shown, page, marked=True) == "Page 3 of a.pdf, cited passage highlighted"
    assert alternative(shown, page, marked=False) == "Page 3 of a.pdf, page shown unmarked"


def test_a_page_that_was_only_turned_to_is_called_by_its_number() -> None:
    shown = Shown("a.pdf", 4, 3, 5, 9, "Rent")
    assert alternative(shown, Page(4, "4", "Deposit"), marked=False) == "Page 4 of a.pdf"
