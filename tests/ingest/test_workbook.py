"""Workbooks: rows as they are shown, found again by sheet and row."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from ingest import workbook
from ingest.errors import ReadError
from ingest.reader import read
from ingest.settings import Limits
from ingest.workbook import shown_as
from tests import files


@pytest.mark.parametrize(
    ("value", "pattern", "shown"),
    [
        (1200.5, "General", "1200.5"),
        (0.1 + 0.2, "General", "0.3"),
        (12, "0.00", "12.00"),
        (1200.5, "#,##0.00", "1,200.50"),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (1200, '"€"#,##0', "€1,200"),
        (1200, "[$kr-414] #,##0", "kr 1,200"),
        (5, '0" pcs."', "5 pcs."),
        (1e20, "0.00E+00", "1e+20"),
        (True, "General", "TRUE"),
        ("007", "General", "007"),
        (datetime(2025, 3, 1), "yyyy", "2025-03-01"),
        (datetime(2025, 3, 1, 9, 30), "yyyy", "2025-03-01 09:30"),
        (date(2025, 3, 1), "", "2025-03-01"),
        (time(9, 30), "", "09:30:00"),
        (timedelta(hours=2), "", "2:00:00"),
        (datetime(2025, 3, 1, 9, 30, 15), "yyyy-mm-dd hh:mm:ss", "2025-03-01 09:30:15"),
        (1234.5, "[$-10409]#,##0.00", "1,234.50"),
        (1234.5, "[$-409]0.0", "1234.5"),
        (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (1234.5, '[$-409]"$"#,##0.00', "$1,234.50"),
        (-1234.5, '_("$"* #,##0.00_);_("$"* (#,##0.00)', "-$1,234.50"),
        (-12, "#,##0;[Red]-#,##0", "-12"),
        (2134, "00000", "02134"),
        (501, "00000", "00501"),
        (-42, "0000.00", "-0042.00"),
        (12, "0,000", "0,012"),
        (12, "#,##0", "12"),
        (2.5, "# ?/?", "2.5"),
        (0.5, "# ??/??", "0.5"),
        (2.5, "0", "3"),
        (1.005, "0.00", "1.01"),
        (0.285, "0%", "29%"),
        (-0.256, "0.0%", "-25.6%"),
        (4111111111111111, "General", "4111111111111111"),
        (4111111111111111, "0", "4111111111111111"),
        (1234567, '#,##0,"k"', "1,235k"),
    ],
)
def test_values_are_shown_nearly_as_the_sheet_shows_them(value: object, pattern: str, shown: str) -> None:
    assert shown_as(value, pattern) == shown


def test_every_sheets_rows_have_their_place() -> None:
    costs = [["Office costs"], [], ["Item", "Price"], ["Desk", 1200.5], [None, None], ["Lamp", 80]]
    data = files.workbook(
        {"Costs": costs, "Empty": [], "Rooms": [["Room", "Seats"], ["Birch", 12]]}, {"B4": "#,##0.00"}
    )
    document = read(data, "office.xlsx", Limits())
    assert document.title == "office"
    assert [(p.label, p.text) for p in document.pages] == [
        (
            'sheet "Costs" rows 1-6',
            "Office costs\n\n\n\nItem | Price\n\nItem: Desk; Price: 1,200.50\n\n\n\nItem: Lamp; Price: 80",
        ),
        ('sheet "Rooms" rows 1-2', "Room | Seats\n\nRoom: Birch; Seats: 12"),
    ]
    text = document.pages[0].text
    assert document.pages[0].place(text.index("Item: Desk")) == 'sheet "Costs" row 4'
    assert document.pages[0].place(text.index("Item: Lamp")) == 'sheet "Costs" row 6'


def made(rows: list[list[object]], *merged: str, table: str = "", filtered: str = "", frozen: str = "") -> list[str]:
    """The lines of a sheet of these rows: these cells merged, a range a table or filtered, what is above one frozen."""
    book = openpyxl.load_workbook(io.BytesIO(files.workbook({"A": rows})))
    for cells in merged:
        book.active.merge_cells(cells)
    if table:
        book.active.add_table(Table(displayName="Terms", ref=table))
    book.active.auto_filter.ref = filtered or None
    book.active.freeze_panes = frozen or None
    (page,) = read(files.saved(book), "a.xlsx", Limits()).pages
    return page.text.split("\n\n")


def test_a_cell_merged_over_several_rows_is_in_each_and_two_rows_of_names_are_joined() -> None:
    rows = [
        ["Region", "Q1", None, "Q2", None],
        [None, "Units", "Sales", "Units", "Sales"],
        ["North", 10, 100, 20, 200],
        [None, 11, 110, None, 210],
        ["South", 5, 50, 6, 60],
    ]
    assert made(rows, "B1:C1", "D1:E1", "A1:A2", "A3:A4") == [
        "Region | Q1 | Q2",
        "Region | Units | Sales | Units | Sales",
        "Region: North; Q1 Units: 10; Q1 Sales: 100; Q2 Units: 20; Q2 Sales: 200",
        "Region: North; Q1 Units: 11; Q1 Sales: 110; Q2 Sales: 210",
        "Region: South; Q1 Units: 5; Q1 Sales: 50; Q2 Units: 6; Q2 Sales: 60",
    ]


def test_a_merged_cell_at_the_end_of_a_row_is_in_the_next_and_in_no_later_one() -> None:
    assert made([["Ada", "5", "Oslo"], ["Bob", "6"], ["Cid", "7"]], "C1:C2") == [
        "Ada | 5 | Oslo",
        "Bob | 6 | Oslo",
        "Cid | 7",
    ]


def test_what_merged_cells_hold_counts_in_every_row() -> None:
    rows = [["x" * 1_000, "y" * 1_000], *[[None, None, n] for n in range(40)]]
    book = openpyxl.load_workbook(io.BytesIO(files.workbook({"A": rows})))
    book.active.merge_cells("A1:A41")
    with pytest.raises(ReadError, match="characters"):
        read(files.saved(book), "a.xlsx", Limits(characters=20_000))


@pytest.mark.parametrize("declared", [{"table": "A2:B3"}, {"filtered": "$A$2:$B$3"}, {"frozen": "B3"}])
def test_the_first_row_of_a_table_or_filter_and_the_last_frozen_one_name_the_columns(declared: dict[str, str]) -> None:
    rows = [["Lease"], ["Term", "Meaning"], ["Lessor", "Owner"]]
    assert made(rows)[2] == "Lessor | Owner"
    assert made(rows, **declared) == ["Lease", "Term | Meaning", "Term: Lessor; Meaning: Owner"]


def test_formulas_without_a_saved_result_are_said() -> None:
    document = read(files.workbook({"A": [["Seats", 12], ["Total", "=SUM(B1:B1)"]]}), "a.xlsx", Limits())
    assert document.pages[0].text == "Seats | 12\n\nTotal"
    assert document.warnings[0].startswith("1 formula has no saved result")


def drawing(*shapes: str) -> str:
    return f'<xdr:wsDr xmlns:xdr="x" xmlns:a="a" xmlns:c="c">{"".join(shapes)}</xdr:wsDr>'


def with_parts(data: bytes, **changed: str) -> bytes:
    """The workbook with more parts of the name, or others in their place."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    return files.archive({**parts, **changed})


def test_what_stands_beside_the_cells_and_which_sheets_are_hidden_is_said() -> None:
    book = openpyxl.load_workbook(io.BytesIO(files.workbook({"A": [["Rent"]], "Pay": [["Ada"]], "B": [["x"]]})))
    book["Pay"].sheet_state = "hidden"
    book["B"].sheet_state = "veryHidden"
    book["A"]["A1"].comment = Comment("950 from June", "Ada")
    shapes = "<xdr:sp><a:t>Approved</a:t></xdr:sp>", "<xdr:sp><a:t> </a:t></xdr:sp>", "<xdr:sp/>"
    inside = drawing(*shapes, "<c:chart/>", "<c:chart />", "<xdr:pic/>")
    document = read(with_parts(files.saved(book), **{"xl/drawings/drawing7.xml": inside}), "a.xlsx", Limits())
    assert [page.text for page in document.pages] == ["Rent", "Ada", "x"]
    assert document.notes == (
        "1 comment is not read: only cells are.",
        "1 text box is not read: only cells are.",
        "2 charts are not read: only cells are.",
        "1 picture is not read: only cells are.",
        '2 sheets are hidden, and read all the same: "Pay", "B".',
    )


def test_a_chart_on_a_sheet_of_its_own_is_counted_once() -> None:
    book = openpyxl.load_workbook(io.BytesIO(files.workbook({"A": [[1]]})))
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("Chart").add_chart(chart)
    assert read(files.saved(book), "a.xlsx", Limits()).notes == ("1 sheet holds only a chart, which is not read.",)


def test_formulas_with_0_for_a_result_are_said() -> None:
    data = files.workbook({"A": [["Total", "=SUM(B2:B3)"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        sheet = opened.read("xl/worksheets/sheet1.xml").decode()
    written = with_parts(
        data, **{"xl/worksheets/sheet1.xml": re.sub(r"</f><v\s*/>|</f><v></v>", "</f><v>0</v>", sheet)}
    )
    document = read(written, "a.xlsx", Limits())
    assert document.warnings[0].startswith("1 formula has 0 for a result")


@pytest.mark.parametrize(
    ("cell", "unsaved"),
    [
        ('<c r="B2"><f>SUM(A1)</f><v></v></c>', 1),
        ('<c r="B2"><f>SUM(A1)</f></c>', 1),
        ('<c r="B2"><f t="shared" si="0"/><v/></c>', 1),
        ('<c r="B2"><f>SUM(A1)</f><v>3</v></c>', 0),
        ('<c r="B2" t="str"><f>IF(A1,"x","")</f><v></v></c>', 0),  # Excel's result without a letter
        ('<c t="str" r="B2"><f>A1</f><v/></c><c r="C2"><f>A1</f><v/></c>', 1),
        ("<f<c" * 300_000, 0),  # took quadratic time
    ],
)
def test_a_formula_whose_result_is_an_empty_text_has_one(cell: str, unsaved: int) -> None:
    with zipfile.ZipFile(io.BytesIO(files.archive({"xl/worksheets/sheet1.xml": cell}))) as parts:
        assert workbook.unsaved(parts) == unsaved
