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
                assert any(cell in row for cell in (" ".join(c.split()) for c in cells[number - 1]) if cell)
            at += len(row) + 2
    assert placed == [number for number, _ in rows_of(cells)]
