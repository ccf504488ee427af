"""Rows carry the names of their columns."""

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
