"""Charts and diagrams in Office files: every kind's figures and words."""

from types import SimpleNamespace
from typing import Any

import pytest
from lxml import etree

from ingest.drawings import Drawings
from tests.ingest import charts
from tests.ingest.charts import chart, numbers, series, texts


def lines(held: bytes, tag: str = "c:chart") -> list[str]:
    part: Any = SimpleNamespace(rels={"rId1": SimpleNamespace(target_part=SimpleNamespace(blob=held))})
    return Drawings().lines(etree.fromstring(charts.reference(tag, "rId1")), part)


def plot(kind: str, *of: str) -> str:
    return f"<c:{kind}>{''.join(of)}</c:{kind}>"


def test_the_series_of_all_plots_are_columns_and_each_row_names_them() -> None:
    quarters = texts(["Q1", "Q2"])
    bars = plot("barChart", series("2023", cat=quarters, val=numbers([10, None])))
    line = plot("lineChart", series("Margin", cat=quarters, val=numbers([0.25, 0.5], "0%")))
    assert lines(chart(bars, line, called="Sales")) == [
        "Sales | 2023 | Margin",
        "Sales: Q1; 2023: 10; Margin: 25%",
        "Sales: Q2; Margin: 50%",
    ]


def test_the_points_of_a_scatter_or_bubble_chart_are_rows() -> None:
    axis = f'<c:valAx>{charts.title("Hours")}<c:axPos val="b"/></c:valAx><c:valAx><c:axPos val="l"/></c:valAx>'
    speed = series("Speed", xVal=numbers([1, 2]), yVal=numbers([2.5, 5]), bubbleSize=numbers([7]))
    assert lines(chart(plot("bubbleChart", speed, series("", xVal=numbers([3]), yVal=numbers([4]))), axis)) == [
        *("Hours | Speed | Size", "Hours: 1; Speed: 2.5; Size: 7", "Hours: 2; Speed: 5"),
        *("Hours | y", "Hours: 3; y: 4"),
    ]


def test_categories_that_are_days_are_dates_and_those_of_two_levels_are_both_said() -> None:
    days = plot("lineChart", series("Rain", cat=numbers([45292], "mmm\\-yy"), val=numbers([3])))
    levels = "".join(f"<c:lvl>{charts.points(level)}</c:lvl>" for level in (["Q1", "Q2", "Q1"], [2023, None, 2024]))
    years = series("Fee", cat=f"<c:multiLvlStrRef>{levels}</c:multiLvlStrRef>", val=numbers([1, 2, 3]))
    assert lines(chart(days))[1:] == ["Category: 2024-01-01; Rain: 3"]
    assert lines(chart(plot("barChart", years)))[1:] == [
        "Category: 2023 Q1; Fee: 1",
        "Category: 2023 Q2; Fee: 2",
        "Category: 2024 Q1; Fee: 3",
    ]


def test_series_without_categories_are_counted_and_those_with_others_are_a_table_of_their_own() -> None:
    two = [series("a", val=numbers([5, "n/a"])), series("b", cat=texts(["North"]), val=numbers([6]))]
    assert lines(chart(plot("barChart", *two))) == [
        *("Category | a", "Category: 1; a: 5", "Category: 2; a: n/a"),
        *("Category | b", "Category: North; b: 6"),
    ]


def test_a_long_name_stands_before_the_rows_and_not_in_each_of_them() -> None:
    long = "Sales of all the shops that were open through the whole of the year"
    assert lines(chart(charts.bars(), called=long)) == [f"{long} | Tonnes", "2024; Tonnes: 62.5"]


def test_the_words_of_a_diagram_are_those_of_its_nodes() -> None:
    held = charts.diagram("Collect within 48 hours", "Send", others={"pres": "drawn", "parTrans": "arrow"})
    assert lines(held, "dgm:relIds") == ["Collect within 48 hours", "Send"]


@pytest.mark.parametrize("held", [b"<damaged", chart(), b"<x/>", chart("<c:pieChart><c:ser/></c:pieChart>")])
def test_a_chart_without_anything_that_can_be_read_is_counted(held: bytes) -> None:
    drawings = Drawings()
    part: Any = SimpleNamespace(rels={"rId1": SimpleNamespace(target_part=SimpleNamespace(blob=held))})
    for related in ("rId1", "rId2"):
        assert drawings.lines(etree.fromstring(charts.reference("c:chart", related)), part) == []
    assert list(drawings.notes()) == [
        "2 charts, diagrams or embedded files are not read: empty, or of a kind unknown here; "
        "add a PDF of the file to have the words read."
    ]
