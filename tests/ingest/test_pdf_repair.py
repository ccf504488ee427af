"""Accents, ligatures and spaces, on glyphs given by hand."""

import pytest

from ingest.pdf_repair import Rect, repaired


class Glyphs:
    """Characters in a row, ten points each from left to right, but for the boxes given; spaces are guessed ones."""

    def __init__(self, line: str, boxes: dict[int, Rect] | None = None, *, leftwards: bool = False) -> None:
        self.line, self.boxes, self.leftwards = line, boxes or {}, leftwards

    def box(self, index: int) -> Rect | None:
        if index < 0:
            return None
        at = 10.0 * (100 - index if self.leftwards else index)
        return self.boxes.get(index, (at, 0, at + 10, 10))

    def generated(self, index: int) -> bool:
        return index >= 0 and self.line[index] == " "


def mended(line: str, boxes: dict[int, Rect] | None = None, *, leftwards: bool = False) -> str:
    return repaired(line, range(len(line)), Glyphs(line, boxes, leftwards=leftwards))[0]


@pytest.mark.parametrize(
    ("line", "accent", "over", "whole"),
    [
        ("Poincar\u00b4e", 7, 8, "Poincaré"),
        ("Universit \u00b4 e", 10, 12, "Université"),
        ("fur \u00a8", 4, 1, "für"),
        ("\u00b8c", 0, 1, "ç"),
        ("\u02dcm", 0, 1, "m\u0303"),
        ("ma\u02c6\u0131", 2, 3, "maî"),
    ],
)
def test_an_accent_goes_onto_the_letter_that_it_is_drawn_over(line: str, accent: int, over: int, whole: str) -> None:
    assert mended(line, {accent: (10.0 * over + 3, -2, 10.0 * over + 7, 1)}) == whole


def test_an_accent_over_nothing_stays() -> None:
    assert mended("a `code` b") == "a `code` b"


def test_each_character_keeps_the_index_of_its_glyph() -> None:
    line = "a\u00b4eb"
    text, indices = repaired(line, range(5, 9), Glyphs(" " * 5 + line, {6: (73, -2, 77, 1)}))
    assert (text, indices) == ("aéb", [5, 7, 8])


def test_lam_and_alef_of_one_ligature_are_put_in_order() -> None:
    one: Rect = (500, 0, 510, 10)
    assert mended("كاال", {2: one, 3: one}, leftwards=True) == "كالا"
    assert mended("كاال", leftwards=True) == "كاال"  # two glyphs of their own: their order is the writer's


def rightwards(line: str, *words: str) -> dict[int, Rect]:
    """Boxes of `words` in a line that goes leftwards, the letters of each from left to right in the word's place."""
    boxes: dict[int, Rect] = {}
    for word in words:
        first = line.index(word)
        for n in range(len(word)):
            at = 10.0 * (101 - first - len(word) + n)
            boxes[first + n] = (at, 0, at + 10, 10)
    return boxes


def test_a_word_whose_letters_go_from_left_to_right_is_turned_round() -> None:
    line = "دقع الإيجار يف لزنملا"
    turned = rightwards(line, "دقع", "يف", "لزنملا")
    assert mended(line, turned, leftwards=True) == "عقد الإيجار في المنزل"
    text, indices = repaired(line, range(len(line)), Glyphs(line, turned, leftwards=True))
    assert (text[:3], indices[:3]) == ("عقد", [2, 1, 0])


def test_what_goes_leftwards_or_nowhere_keeps_its_order() -> None:
    assert mended("شهر و سنة", leftwards=True) == "شهر و سنة"
    over: dict[int, Rect] = {0: (500, 0, 510, 10), 1: (498, 5, 514, 10)}  # the tail of one is below the other
    assert mended("في", over) == "في"


def test_arabic_digits_are_not_turned_with_the_word_that_they_are_put_to() -> None:
    line = "مقر١٢٣"
    assert mended(line, rightwards(line, "مقر", "١٢٣"), leftwards=True) == "رقم١٢٣"


def test_a_mark_says_nothing_of_the_order_of_letters() -> None:
    line = "ش\u064eه\u064e"
    boxes: dict[int, Rect] = {0: (520, 0, 530, 10), 1: (530, 0, 531, 2), 2: (510, 0, 520, 10), 3: (521, 0, 522, 2)}
    assert mended(line, boxes) == line


def test_a_vowel_mark_stands_behind_its_letter() -> None:
    boxes: dict[int, Rect] = {2: (990, 0, 990, 10), 3: (982, 0, 985, 5), 4: (980, 0, 990, 10)}
    assert mended("أي \u064bض", boxes, leftwards=True) == "أيض\u064b"


def test_a_gap_where_the_direction_changes_is_a_space() -> None:
    boxes: dict[int, Rect] = {2: (960, 0, 966, 10), 3: (966, 0, 972, 10)}
    assert mended("منPy", boxes, leftwards=True) == "من Py"
    near: dict[int, Rect] = {2: (970, 0, 980, 10), 3: (980, 0, 990, 10)}
    assert mended("منPy", near, leftwards=True) == "منPy"
