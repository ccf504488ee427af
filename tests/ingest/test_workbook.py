"""Workbooks: rows as they are shown, found again by sheet and row."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest

from ingest import workbook
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


def test_formulas_without_a_saved_result_are_said() -> None:
    document = read(files.workbook({"A": [["Seats", 12], ["Total", "=SUM(B1:B1)"]]}), "a.xlsx", Limits())
    assert document.pages[0].text == "Seats | 12\n\nTotal"
    assert document.warnings[0].startswith("1 formula has no saved result")


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
