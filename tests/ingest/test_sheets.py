"""Blocks of rows as pages; every row can be found again by its number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import sheets
from ingest.settings import Limits
from ingest.sheets import rows_of, sheet_pages


def test_rows_get_their_own_place_within_a_page() -> None:
    rows = rows_of([["Costs"], [], ["Item", "Price"], *([f"Chair {n}", str(n)] for n in range(60))])
    pages = sheet_pages(rows, 4, Limits(), "Costs")
    assert [(p.number, p.label) for p in pages] == [(4, 'sheet "Costs" rows 1-51'), (5, 'sheet "Costs" rows 52-63')]
    at = pages[0].text.index("Item: Chair 7;")
    assert pages[0].place(at) == 'sheet "Costs" row 11'
    assert pages[0].place(pages[0].text.index("Item | Price")) == 'sheet "Costs" row 3'
    assert pages[0].place(0) == 'sheet "Costs" row 1'


def test_a_long_gap_begins_a_page_and_a_short_one_does_not() -> None:
    pages = sheet_pages([(1, ["a"]), (5, ["b"]), (10, ["c"])], 1, Limits())
    assert [(p.label, p.text) for p in pages] == [("rows 1-5", "a" + 4 * "\n\n" + "b"), ("row 10", "c")]


def test_rows_with_a_blank_line_between_them_fill_their_pages() -> None:
    rows = rows_of([cells for n in range(301) for cells in ([f"Hive {n}"], [])])
    pages = sheet_pages(rows, 1, Limits())
    assert [p.label for p in pages] == [*(f"rows {100 * n + 1}-{100 * n + 99}" for n in range(6)), "row 601"]
    assert pages[2].place(pages[2].text.index("Hive 149")) == "row 299"


def test_a_sheet_of_many_rows_has_longer_pages_instead_of_too_many() -> None:
    rows = rows_of([[f"Hive {n}"] for n in range(1_000)])
    assert len(sheet_pages(rows, 1, Limits(pages=10))) == 5


def test_rows_whose_numbers_go_back_lose_nothing() -> None:
    pages = sheet_pages([(7, ["a"]), (2, ["b"]), (2, ["c"])], 1, Limits())
    assert [(p.label, p.text) for p in pages] == [("row 7", "a"), ("row 2", "b"), ("row 2", "c")]


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        # Labels and values above a table
        (
            [["Prepared by", "Jane"], ["Status", "Draft"], [], ["Item", "Maker", "Cost"], ["Desk", "Dell", "5"]],
            "Item: Desk; Maker: Dell; Cost: 5",
        ),
        (
            [["Prepared by", "Jane"], [], ["Item", "Maker", "City"], ["Desk", "Dell", "Rome"]],
            "Item: Desk; Maker: Dell; City: Rome",
        ),
        (
            [
                ["Owner", "Ada"],
                ["Bank", "Post"],
                ["From", "1.1.24"],
                ["To", "2.1.24"],
                ["To", "On", "Sum"],
                ["Gas", "2.1.24", "-8"],
            ],
            "To: Gas; On: 2.1.24; Sum: -8",
        ),
        # Two tables, one below the other
        (
            [["Name", "Role", "City"], ["Ada", "Dev", "Rome"], [], ["Boat", "Fee"], ["East", "9"]],
            "Boat: East; Fee: 9",
        ),
        ([["Name", "Fee"], ["Ada", "5"], [], ["Boat", "Crew"], ["East", "9"]], "Boat: East; Crew: 9"),
        ([["Name", "Fee"], ["Ada", "5"], [], ["Boat", "Berth"], ["Heron", "East"]], "Heron | East"),
        (
            [["Name", "Role", "City"], ["Ada", "Dev", "Rome"], [], ["Boat", "Crew", "Port"], ["Heron", "Bo", "Oslo"]],
            "Heron | Bo | Oslo",
        ),
        # A table that goes on below a blank row
        ([["Item", "Cost"], ["Desk", "5"], [], ["Lamp", "8"], ["Rug", "–"]], "Item: Rug; Cost: –"),
        (
            [["Name", "Role", "City"], ["Ada", "Dev", "Rome"], [], ["Bo", "Ops", "Oslo"]],
            "Name: Bo; Role: Ops; City: Oslo",
        ),
        ([["Item", "Cost"], ["Desk", "5"], [], ["Checked by Ada"]], "Checked by Ada"),
        # Names that stand apart from what they name
        ([["Item", "Cost"], [], ["Desk", "5"], [], ["Lamp", "8"]], "Item: Lamp; Cost: 8"),
        ([["Team"], [], ["Name", "Role", "City"], [], ["Ada", "Dev", "Rome"]], "Name: Ada; Role: Dev; City: Rome"),
        # An empty cell between others
        ([["Rent", "9", "9"], ["Power", "", "8"]], "Power | – | 8"),
    ],
)
def test_names_are_said_only_with_the_rows_of_their_table(cells: list[list[str]], last: str) -> None:
    (page,) = sheet_pages(rows_of(cells), 1, Limits())
    assert page.text.rpartition("\n\n")[2] == last
    assert page.place(len(page.text) - 1) == f"row {len(cells)}"


@pytest.mark.parametrize(
    ("cells", "headers", "last"),
    [
        ([["Term", "Meaning"], ["Word", "Sense"], ["Lessee", "Tenant"]], {1, 2}, "Word: Lessee; Sense: Tenant"),
        ([["Term", "Meaning"], ["Lessor", "Owner"], ["Lessee", "Tenant"]], {1}, "Term: Lessee; Meaning: Tenant"),
        ([["Leases"], ["Term", "Meaning"], ["Lessor", "Owner"]], {1}, "Lessor | Owner"),
        ([["Desk", "5", "x"], ["Lamp", "8", "x"], ["Rug", "9", "x"]], {2}, "Rug | 9 | x"),
        ([["Item", "2023", "2024"], ["Desk", "2001", "2002"]], {1}, "Item: Desk; 2023: 2001; 2024: 2002"),
        ([["Leases"], ["Term", "Meaning"], [], ["Lessor", "Owner"]], {2}, "Term: Lessor; Meaning: Owner"),
        (
            [["", "Q1", "", "Q2"], ["", "Units", "Fee", "Units", "Fee"], ["East", "a", "b", "c", "d"]],
            {2},
            "East; Q1 Units: a; Q1 Fee: b; Q2 Units: c; Q2 Fee: d",
        ),
    ],
)
def test_a_declared_header_names_the_rows_below_it(cells: list[list[str]], headers: set[int], last: str) -> None:
    (page,) = sheet_pages(rows_of(cells), 1, Limits(), headers=headers)
    assert page.text.rpartition("\n\n")[2] == last


@given(st.lists(st.lists(st.text("ab1 \n;|é", max_size=5), max_size=3), max_size=40), st.integers(1, 7))
def test_every_row_is_there_and_placed_at_its_own_number(cells: list[list[str]], size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "ROWS", size)
        pages = sheet_pages(rows_of(cells), 1, Limits())
    placed = []
    for page in pages:
        at = 0
        for row in page.text.split("\n\n"):
            number = int(page.place(at).rpartition(" ")[2])
            if row:
                placed.append(number)
                assert all(cell in row for cell in (" ".join(c.split()) for c in cells[number - 1]))
            at += len(row) + 2
    assert placed == [number for number, _ in rows_of(cells)]
