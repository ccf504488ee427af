"""CSV files: whatever the separator, a row is found again by its number."""

import pytest

from ingest.delimited import separator_of
from ingest.reader import read
from ingest.settings import Limits


@pytest.mark.parametrize(
    ("sample", "separator"),
    [
        ("a,b\n1,2", ","),
        ("a;b\n1,5;2,5\n3,5;4,5", ";"),
        ("a\tb\n1\t2", "\t"),
        ('a|b\n"1,2,3"|2', "|"),
        ("only one column\nof words", ""),
        ("Comment\nGreat service, would buy again\nToo slow, too dear, never again\nOkay", ""),
    ],
)
def test_the_separator_is_the_one_that_makes_even_rows_and_there_may_be_none(sample: str, separator: str) -> None:
    assert separator_of(sample) == separator


def test_rows_name_their_columns_and_have_their_places() -> None:
    document = read(b'Hive;Keeper\n1;"Lund, Siri"\n\n2;"two\nlines"\n', "bees.csv", Limits())
    assert [(p.label, p.text) for p in document.pages] == [
        ("rows 1-4", "Hive | Keeper\n\nHive: 1; Keeper: Lund, Siri\n\n\n\nHive: 2; Keeper: two lines"),
    ]
    assert document.pages[0].place(20) == "row 2"
    assert document.pages[0].place(document.pages[0].text.index("Hive: 2")) == "row 4"


@pytest.mark.parametrize("mark", ["\v", "\u2028", "\x1e", "\x85"])
def test_a_break_within_a_cell_parts_no_row_and_shifts_none(mark: str) -> None:
    text = f"Name,Notes,City\nAda,call{mark}back,Paris\nBob,x,Rome\n"
    (page,) = read(text.encode(), "a.csv", Limits()).pages
    assert page.text.split("\n\n")[1:] == [
        "Name: Ada; Notes: call back; City: Paris",
        "Name: Bob; Notes: x; City: Rome",
    ]
    assert page.place(page.text.index("Bob")) == "row 3"


def test_one_column_of_sentences_is_not_cut_at_its_commas() -> None:
    text = 'Comment\nGreat, would buy again\n"Slow,\nand dear, too"\nOkay\n'
    (page,) = read(text.encode(), "a.csv", Limits()).pages
    assert page.text == "Comment\n\nGreat, would buy again\n\nSlow, and dear, too\n\nOkay"


def test_the_first_line_of_excel_names_the_separator() -> None:
    assert read(b"sep=|\na|b\nx|1,5|\n", "a.csv", Limits()).pages[0].text == "a | b\n\na: x; b: 1,5"


def test_other_encodings_are_read_and_said() -> None:
    document = read("Ort,Zahl\nKöln,3\n".encode("cp1252"), "a.csv", Limits())
    assert "Ort: Köln; Zahl: 3" in document.pages[0].text
    assert document.warnings[0].startswith("The file is not UTF-8")
