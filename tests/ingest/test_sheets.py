"""Blocks of rows as pages; every row can be found again by its number."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.sheets import rows_of, sheet_pages


def test_rows_get_their_own_place_within_a_page() -> None:
    rows = rows_of([["Costs"], [], ["Item", "Price"], *([f"Chair {n}", str(n)] for n in range(60))])
    pages = sheet_pages(rows, 4, "Costs")
    assert [(p.number, p.label) for p in pages] == [
        (4, 'sheet "Costs" row 1'),
        (5, 'sheet "Costs" rows 3-52'),
        (6, 'sheet "Costs" rows 53-63'),
    ]
    at = pages[1].text.index("Item: Chair 7;")
    assert pages[1].place(at) == 'sheet "Costs" row 11'
    assert pages[1].place(0) == 'sheet "Costs" row 3'
    assert pages[0].place(2) == 'sheet "Costs" row 1'


@given(st.lists(st.lists(st.text("ab1 \n;|é", max_size=5), max_size=3), max_size=30), st.integers(1, 7))
def test_every_rows_text_is_placed_at_its_own_number(cells: list[list[str]], size: int) -> None:
    for page in sheet_pages(rows_of(cells), 1, size=size):
        at = 0
        for row in page.text.split("\n\n"):
            number = int(page.place(at).rpartition(" ")[2])
            assert any(cell in row for cell in (" ".join(c.split()) for c in cells[number - 1]) if cell)
            at += len(row) + 2
