"""What a workbook's parts say beside the values of its cells."""

import io
import zipfile

import pytest

from ingest.workbook_parts import layout, uncalculated
from tests import files

SHEET = "xl/worksheets/sheet1.xml"


def opened(**parts: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(files.archive(parts)))


@pytest.mark.parametrize(
    ("asked", "cells", "said"),
    [
        (' fullCalcOnLoad="1"', "<c><f>B1</f><v>0</v></c><c><f t='shared'/><v>0</v></c>", 2),
        (' fullCalcOnLoad="1"', "<c><f>B1</f><v>0</v></c><c><f>B2</f><v>7</v></c>", 0),
        (' fullCalcOnLoad="1"', "<c><v>0</v></c>", 0),
        ("", "<c><f>B1</f><v>0</v></c>", 0),
    ],
)
def test_formulas_that_no_program_has_calculated_are_counted(asked: str, cells: str, said: int) -> None:
    parts = {"xl/workbook.xml": f"<workbook><calcPr{asked}/></workbook>", "xl/worksheets/sheet1.xml": cells}
    with opened(**parts) as made:
        assert uncalculated(made) == said


@pytest.mark.parametrize(
    ("ending", "merged", "headers"),
    [
        ('<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/></mergeCells>', {3: [(3, 1, 4)]}, set()),
        ("<x:mergeCells><x:mergeCell ref='AB10:AC12'/></x:mergeCells>", {10: [(10, 28, 12)]}, set()),
        ('<autoFilter ref="$A$2:$C$9"/>', {}, {2}),
        ('<autoFilter ref="A2:C2"/>', {}, set()),  # of nothing
        ('<pane ySplit="2" topLeftCell="A3" state="frozen"/>', {}, {2}),
        ('<x:pane xSplit="1" ySplit="1.0" state="frozenSplit"/>', {}, {1}),
        ('<pane xSplit="1" state="frozen"/><pane ySplit="2100" state="split"/>', {}, set()),
        ('<mergeCell ref="A1"/><mergeCell ref="nowhere"/><mergeCell/>', {}, set()),
        ("<mergeCell " * 200_000, {}, set()),
    ],
)
def test_merged_cells_and_rows_that_are_filtered_by_or_stay_in_view_are_found(
    ending: str, merged: dict[int, list[tuple[int, int, int]]], headers: set[int]
) -> None:
    with opened(**{SHEET: f"<worksheet>{ending}</worksheet>"}) as made:
        found = layout(made, SHEET)
    assert (found.merged, found.headers) == (merged, headers)


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        ('<table ref="B4:C9" headerRowCount="1">', {4}),
        ('<table headerRowCount="0" ref="B4:C9">', set()),
        ("<nothing/>", set()),
        (None, set()),  # the part is missing
    ],
)
def test_the_first_row_of_a_table_is_a_header_unless_it_has_none(table: str | None, headers: set[int]) -> None:
    related = '<Relationships><Relationship Target="../tables/table3.xml"/></Relationships>'
    parts = {SHEET: "<worksheet/>", "xl/worksheets/_rels/sheet1.xml.rels": related}
    if table is not None:
        parts["xl/tables/table3.xml"] = table
    with opened(**parts) as made:
        assert layout(made, SHEET).headers == headers
