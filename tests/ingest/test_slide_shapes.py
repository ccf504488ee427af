"""The shapes of slides: where they stand, and in which order they are read."""

from collections.abc import Sequence
from typing import Any

import pptx
import pytest
from pptx.util import Inches

from ingest.slide_shapes import DEEPEST, Placed, in_order, placed

Box = tuple[str, float, float, float, float]  # text, left, top, width, height in inches


def slide() -> Any:
    made = pptx.Presentation()
    return made.slides.add_slide(made.slide_layouts[6])


def add(shapes: Any, text: str, left: float, top: float, wide: float = 3, high: float = 0.5) -> None:
    shapes.add_textbox(*map(Inches, (left, top, wide, high))).text_frame.text = text


def read(boxes: Sequence[Box]) -> list[str]:
    return [box.shape for box in in_order(Placed(text, x, y, x + w, y + h) for text, x, y, w, h in boxes)]


@pytest.mark.parametrize(
    "boxes",
    [
        [("a", 0, 2.02, 3, 0.5), ("b", 5, 2, 3, 0.5), ("c", 0, 3, 3, 0.5), ("d", 5, 2.98, 3, 0.5)],
        [("a", 0, 2.4, 3, 0.4), ("b", 5, 2, 3, 1.2), ("c", 0, 3.4, 3, 0.4), ("d", 5, 3.1, 3, 1.2)],
        [("a", 0, 2.02, 3, 4), ("b", 5, 2, 3, 0.5), ("c", 5, 3, 2, 0.5), ("d", 4.9, 4, 3, 0.5)],
        [("a", 0, 2, 9, 0.5), ("b", 0, 2.4, 9, 0.5), ("c", 1, 2.8, 9, 0.5), ("d", 0, 3.2, 9, 0.5)],
        [("a", 0, 2, 9, 4), ("b", 1, 2.1, 9, 4), ("c", 0, 2.2, 9, 4), ("d", 1, 2.3, 9, 4)],
        [("a", 0, 0, 0, 0), ("b", 1, 0, 0, 0), ("c", 0, 0.1, 0, 0), ("d", 1, 0.1, 0, 0)],
    ],
    ids=["labels and values", "values in larger type", "two columns", "lines", "a stack", "points"],
)
def test_shapes_are_read_by_rows_and_those_beside_a_tall_one_as_a_column(boxes: list[Box]) -> None:
    assert read(boxes[::-1]) == ["a", "b", "c", "d"]


def test_shapes_within_each_other_without_end_are_read_in_their_order() -> None:
    stairs: list[Box] = []
    for n in range(3 * DEEPEST):  # a row above, then a column beside what is left
        stairs += [(f"{n} above", n, n, 99 - n, 0.9), (f"{n} beside", n, n + 1, 0.9, 99 - n)]
    assert len(read(stairs[::-1])) == len(stairs)
    assert read(stairs[::-1])[:4] == ["0 above", "0 beside", "1 above", "1 beside"]


def test_shapes_in_a_group_stand_where_the_group_was_moved_and_drawn_larger() -> None:
    made = slide()
    outer = made.shapes.add_group_shape()
    inner = outer.shapes.add_group_shape()
    add(inner.shapes, "deep", 1, 1, 2, 1)
    add(outer.shapes, "flat", 5, 3, 2, 1)
    outer.left, outer.top = Inches(2), Inches(5)  # from 1, 1
    outer.width, outer.height = outer.width * 2, outer.height // 2
    boxes = {
        at.shape.text_frame.text: [round(v / Inches(1), 2) for v in (at.left, at.top, at.right, at.bottom)]
        for at in placed(made)
    }
    assert boxes == {"deep": [2, 5, 6, 5.5], "flat": [10, 6, 14, 6.5]}


def test_a_group_that_does_not_say_where_it_stands_leaves_its_shapes_where_they_say() -> None:
    made = slide()
    group = made.shapes.add_group_shape()
    add(group.shapes, "a", 1, 2)
    group._element.grpSpPr.remove(group._element.grpSpPr.xfrm)
    assert [(at.left, at.top) for at in placed(made)] == [(Inches(1), Inches(2))]


def test_a_shape_whose_place_is_no_number_stands_at_the_corner() -> None:
    made = slide()
    add(made.shapes, "a", 1, 2)
    made.shapes[0]._element.spPr.xfrm.off.set("y", "x")
    assert [(at.left, at.top, at.bottom) for at in placed(made)] == [(0, 0, 0)]
