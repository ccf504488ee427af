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


def test_a_vowel_mark_stands_behind_its_letter() -> None:
    boxes: dict[int, Rect] = {2: (990, 0, 990, 10), 3: (982, 0, 985, 5), 4: (980, 0, 990, 10)}
    assert mended("أي \u064bض", boxes, leftwards=True) == "أيض\u064b"


def test_a_gap_where_the_direction_changes_is_a_space() -> None:
    boxes: dict[int, Rect] = {2: (960, 0, 966, 10), 3: (966, 0, 972, 10)}
    assert mended("منPy", boxes, leftwards=True) == "من Py"
    near: dict[int, Rect] = {2: (970, 0, 980, 10), 3: (980, 0, 990, 10)}
    assert mended("منPy", near, leftwards=True) == "منPy"
