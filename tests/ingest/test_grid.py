"""Rows carry the names of their columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.grid import header_of, row_text, table_lines


def test_each_row_names_its_columns_and_the_names_stay_in_the_text() -> None:
    rows = [["Item", "Cost"], ["Hull", "410"], ["", ""], ["Cells", ""]]
    assert table_lines(rows) == ["Item | Cost", "Item: Hull; Cost: 410", "Item: Cells"]


def test_a_table_of_figures_alone_has_no_names() -> None:
    assert table_lines([["1", "2"], ["3", "4"]]) == ["1 | 2", "3 | 4"]


def test_a_title_above_the_names_is_passed_over() -> None:
    assert header_of([["Costs 2025", ""], ["Item", "Cost"], ["Hull", "410"]]) == 1


def test_a_narrow_row_above_wider_ones_names_nothing() -> None:
    assert header_of([["a", "b", ""], ["c", "d", "e"]]) == -1


def test_a_row_of_sentences_names_nothing() -> None:
    assert header_of([["word " * 20, "b"], ["c", "d"]]) == -1


def test_a_cell_beyond_the_names_is_said_without_one_and_breaks_become_spaces() -> None:
    assert row_text(["a\nb", "c"], ["Item"]) == "Item: a b; c"


def test_a_cell_of_many_digits_is_no_number_and_takes_no_time() -> None:
    assert header_of([["1" * 200_000 + "x", "b"], ["c", "d"]]) == -1  # took quadratic time


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        # Labels and values
        ([["Landlord", "Jane Doe"], ["Tenant", "Acme Ltd"], ["Monthly rent", "900 euros"]], "Monthly rent | 900 euros"),
        ([["Capital", "Paris"], ["Currency", "Euro"]], "Currency | Euro"),
        ([["Name:", "Ada"], ["Age:", "36"]], "Age: | 36"),
        ([["Name:", "Ada", "Born:", "May"], ["Dept", "HR", "Since", "June"]], "Dept | HR | Since | June"),
        ([["Customer", "Acme"], ["Invoice", "1234"], ["Date", "2024-01-02"], ["Paid", "900"]], "Paid | 900"),
        ([["Share", "Half"], ["Rent", "900"], ["Rise", "3%"]], "Rise | 3%"),
        ([["Department", "Finance"], ["Date", "2024-03-01"]], "Date | 2024-03-01"),
        ([["Client", "Acme"], ["Contact", "Ada"], ["Seats", "12"]], "Seats | 12"),
        ([["Founded", "1998"], ["Employees", "120"]], "Employees | 120"),
        # Two columns of words: whether the first row names them can't be told
        ([["Term", "Meaning"], ["Lessor", "The owner"]], "Lessor | The owner"),
        # Two columns, one of them of figures
        ([["Item", "Cost"], ["Desk", "1,200"], ["Lamp", "80"]], "Item: Lamp; Cost: 80"),
        ([["Item", "Cost"], ["Desk", "1950"], ["Lamp", "n/a"]], "Item: Lamp; Cost: n/a"),
        ([["No.", "Title"], ["1", "Scope"], ["2", "Rent"]], "No.: 2; Title: Rent"),
        ([["Milestone", "Date"], ["Start", "2024-01-02"], ["End", "2024-05-01"]], "Milestone: End; Date: 2024-05-01"),
        # Three columns and more
        ([["Name", "Role", "City"], ["Ada", "Engineer", "Paris"]], "Name: Ada; Role: Engineer; City: Paris"),
        ([["Ada", "open", "5"], ["Bob", "open", "7"]], "Bob | open | 7"),
        ([["Berth", "Fee", "Fee"], ["East", "120", "150"]], "Berth: East; Fee: 120; Fee (2): 150"),
        ([["Ada", "Yes", "Yes"], ["Bob", "No", "Maybe"]], "Bob | No | Maybe"),
        # Years, months, dates
        ([["Line item", "2022", "2023"], ["Sales", "1950", "1300"], ["Rent", "9", ""]], "Line item: Rent; 2022: 9"),
        ([["", "2023/24", "2024/25"], ["Sales", "5", "6"]], "Sales; 2023/24: 5; 2024/25: 6"),
        ([["Account", "2024-01", "2024-02"], ["Rent", "", "9"]], "Account: Rent; 2024-02: 9"),
        ([["Account", "01.2024", "02.2024"], ["Rent", "8", "9"]], "Account: Rent; 01.2024: 8; 02.2024: 9"),
        ([["Ada", "1985", "2001"], ["Bob", "1990", "unknown"]], "Bob | 1990 | unknown"),
        ([["02.01.2024", "Gas", "80"], ["03.01.2024", "Rent", "900"]], "03.01.2024 | Rent | 900"),
        ([["Ada", "2024-01-02", "ill"], ["Bob", "soon", "away"]], "Bob | soon | away"),
        (
            [["Name", "2024-01-02", "2024-01-09"], ["Bob", "ill", "away"]],
            "Name: Bob; 2024-01-02: ill; 2024-01-09: away",
        ),
        ([["2022", "2023", "2024"], ["5", "6", "7"]], "5 | 6 | 7"),
        # Cells without anything
        ([["", "Mon", "Tue", "Wed"], ["York", "closed", "", "10-16"]], "York; Mon: closed; Wed: 10-16"),
        ([["Rent", "900", "900", "950"], ["Power", "80", "", "75"]], "Power | 80 | – | 75"),
        ([["Rent", "", "900", ""], ["", "", "80", ""]], "80"),
        # Two rows of names
        (
            [["Region", "Q1", "", "Q2", ""], ["", "Units", "Sales", "Units", "Sales"], ["North", "1", "2", "3", "4"]],
            "Region: North; Q1 Units: 1; Q1 Sales: 2; Q2 Units: 3; Q2 Sales: 4",
        ),
        # Two tables, the second one wider
        (
            [["Client", "Acme"], ["Date", "2024-01-02"], ["Item", "Maker", "Cost"], ["Desk", "Dell", "5"]],
            "Item: Desk; Maker: Dell; Cost: 5",
        ),
        (
            [["Name", "Score"], ["Ada", "5"], *[["Bob", "7"]] * 10, ["Cid", "no", "ill"], ["Dan", "8"]],
            "Name: Dan; Score: 8",
        ),
        ([["Item", "Cost"], ["Desk", "5"], ["Item", "Cost"], ["Lamp", "8"]], "Item: Lamp; Cost: 8"),
    ],
)
def test_only_what_is_a_header_names_columns(rows: list[list[str]], last: str) -> None:
    assert table_lines(rows)[-1] == last


@pytest.mark.parametrize(
    ("rows", "headers", "last"),
    [
        ([["Term", "Meaning"], ["Lessor", "The owner"]], 1, "Term: Lessor; Meaning: The owner"),
        ([["Item", "Cost"], ["Desk", "5"]], 0, "Desk | 5"),
        ([["Year", "1998"], ["1998", "5"]], 1, "Year: 1998; 1998: 5"),
        ([["France", ""], ["Capital", "Paris"], ["Currency", "Euro"]], 1, "Currency | Euro"),
        (
            [["Region", "Q1", "", "Q2", ""], ["", "Units", "Sales", "Units", "Sales"], ["North", "x", "y", "", "z"]],
            2,
            "Region: North; Q1 Units: x; Q1 Sales: y; Q2 Sales: z",
        ),
        ([["Costs", ""], ["Item", "Cost"], ["Desk", "5"]], 2, "Item: Desk; Cost: 5"),
        ([["Term", "Meaning"]], 2, "Term | Meaning"),
    ],
)
def test_a_header_that_the_file_declares_is_taken_for_one(rows: list[list[str]], headers: int, last: str) -> None:
    assert table_lines(rows, headers)[-1] == last


@given(
    st.lists(st.lists(st.sampled_from(["", "a", "Item", "b c", "d:", "5", "2024", "5.1.24", "7%"]), max_size=5)),
    st.sampled_from([None, 0, 1, 2]),
)
def test_every_cell_of_a_table_is_said_in_its_order(rows: list[list[str]], headers: int | None) -> None:
    lines = iter(table_lines(rows, headers))
    for row in rows:
        cells = [cell for cell in row if cell]
        at, line = 0, next(lines) if cells else ""
        for cell in cells:
            at = line.index(cell, at) + len(cell)
    assert list(lines) == []
