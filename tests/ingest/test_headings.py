"""Headings of pages and of plain text, and the path of headings above a place."""

from dataclasses import replace

import pytest

from ingest.headings import LONGEST, heading_paths, headings_by_line, headings_by_size, headings_of_print
from ingest.nouns import Heading, Page, Span
from tests.drawn import Row, page


def test_a_long_heading_is_cut_at_a_space_in_each_path_below_it() -> None:
    long = " ".join(["harbour"] * 1_000)
    path = heading_paths([Heading(1, long, 1, 0), Heading(2, "Fees", 1, 9_000)])
    cut = " ".join(["harbour"] * 37) + "…"  # 37 words with their spaces are 296 characters
    assert path(1, 0) == cut
    assert path(1, 9_001) == f"{cut} › Fees"


def test_a_heading_of_one_long_word_is_cut_within_it() -> None:
    path = heading_paths([Heading(1, "x" * 301, 1, 0)])
    assert path(1, 0) == "x" * (LONGEST - 1) + "…"


def test_a_heading_that_just_fits_is_whole() -> None:
    assert heading_paths([Heading(1, "x" * LONGEST, 1, 0)])(1, 0) == "x" * LONGEST


def test_short_lines_above_a_paragraph_are_headings_of_a_plain_text() -> None:
    text = (
        "TENANCY AGREEMENT\n\nThis agreement is made between Ada Holm, the landlord, and Bo Lind, the tenant.\n\n"
        "1. Rent\n\nThe rent is 900 crowns a month, due on the first day of each month.\n\n"
        "1.1 Late payment\n\nA tenant who pays late owes a further 20 crowns for each week.\n"
    )
    pages = [Page(1, "1", text)]
    assert [(h.level, h.text) for h in headings_by_line(pages)] == [
        (1, "TENANCY AGREEMENT"),
        (1, "1. Rent"),
        (2, "1.1 Late payment"),
    ]
    assert all(text.startswith(h.text, h.start) for h in headings_by_line(pages))


def test_a_heading_needs_no_blank_line_where_each_line_is_a_paragraph() -> None:
    text = (
        "FERRIES\nThe island has two ferries, which run in summer.\n"
        "What does it cost?\nA crossing costs 12 crowns; children below six travel free of charge on both of them.\n"
        "Season tickets are sold on board.\nThey cost 90 crowns.\n"
    )
    assert [(h.level, h.text) for h in headings_by_line([Page(1, "1", text)])] == [
        (1, "FERRIES"),
        (2, "What does it cost?"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Dear Mr Holm,",
        "Ada: Why did you never write to me?",
        "“Why did you never write?”",
        "Date: 4 May 2021",
        "Item  Price",
        "and so it goes on",
        "- milk",
        "1,234.50",
        "It rained.",
        "A line with very many words in it is a sentence that lacks its stop",
        "船长是李明。",
        "船长是李明、",
        "岛上的两艘渡轮从五月到十月每天运行并且冬天停在港口里休息",
        "مدير الميناء هو السيد أحمد منذ عام",
        "Total price: 900 crowns",
        "Prix : 900 euros",
    ],
)
def test_other_short_lines_are_no_headings(line: str) -> None:
    text = f"{line}\n\nThe island has two ferries, which run from May to October, weather permitting.\n"
    assert headings_by_line([Page(1, "1", text)]) == ()


def test_lines_of_a_text_set_to_a_width_are_no_headings() -> None:
    text = (
        "The island has two ferries, which run from May\nuntil October. A crossing costs 12 crowns, and\n"
        "children travel free of charge, which the\nIsland Council decided in the spring of last year.\n"
    )
    assert headings_by_line([Page(1, "1", text)]) == ()


def prose(y: float) -> list[Row]:
    """A paragraph of two lines."""
    return [
        ("We serve people on the islands with ferries of three kinds,", 50, y),
        ("and we carry their letters and parcels as well.", 50, y + 12),
    ]


def of_print(*rows: Row) -> list[tuple[int, str]]:
    return [(h.level, h.text) for h in headings_of_print([page(*rows), *(Page(n, str(n), "") for n in range(2, 6))])]


def test_lines_that_stand_by_themselves_above_a_paragraph_are_headings_of_a_filing() -> None:
    rows: list[Row] = [("PART I", 250, 0), ("Item 1. Business", 50, 20), ("General", 50, 40), *prose(60)]
    rows += [("Employees", 50, 92), *prose(104), ("Item 1A. Risk Factors.", 50, 140), *prose(160)]
    assert of_print(*rows) == [
        (1, "PART I"),
        (1, "Item 1. Business"),
        (2, "General"),
        (2, "Employees"),
        (1, "Item 1A. Risk Factors."),
    ]


def test_headings_in_large_type_go_above_those_that_are_no_larger_than_the_text() -> None:
    rows: list[Row] = [("Annual report", 50, 0, 20.0), *prose(40), ("2.1 Employees", 50, 72), *prose(84)]
    assert of_print(*rows) == [(1, "Annual report"), (3, "2.1 Employees")]


def test_where_a_quarter_of_the_pages_has_large_headings_no_others_are_looked_for() -> None:
    rows: list[Row] = [("Annual report", 50, 0, 20.0), *prose(40), ("Employees", 50, 72), *prose(84)]
    pages = [page(*rows), *(Page(n, str(n), "") for n in (2, 3, 4))]
    assert [h.text for h in headings_of_print(pages)] == ["Annual report"]
    assert [h.text for h in headings_of_print([*pages, Page(5, "5", "")])] == ["Annual report", "Employees"]


@pytest.mark.parametrize(
    "line", ["Section 4 is left out of this one.", "Net income 596 2,371 3,033", "PE = E(D, s)", "and their employees"]
)
def test_a_sentence_a_row_of_figures_or_a_formula_heads_nothing(line: str) -> None:
    assert of_print((line, 50, 0), *prose(30)) == []


def test_the_end_of_a_sentence_above_a_paragraph_heads_nothing() -> None:
    rows: list[Row] = [("We serve people on the islands with ferries that belong to", 50, 0), ("Ada Holm", 50, 12)]
    assert of_print(*rows, *prose(36)) == []


def test_of_a_list_above_a_paragraph_the_last_line_alone_may_be_a_heading() -> None:
    rows: list[Row] = [
        (f"{name} Holm Limited  Ireland", 50, 12.0 * n) for n, name in enumerate(["Ada", "Bo", "Cy", "Di"])
    ]
    assert of_print(*rows, *prose(60)) == [(1, "Di Holm Limited Ireland")]


def test_furniture_is_no_heading() -> None:
    drawn = page(("Table of Contents", 50, 0), *prose(40))
    gone = [Span(1, drawn.lines[0].start, drawn.lines[0].end)]
    pages = [drawn, Page(2, "2", ""), Page(3, "3", ""), Page(4, "4", ""), Page(5, "5", "")]
    assert headings_of_print(pages, gone) == ()
    assert [h.text for h in headings_of_print(pages)] == ["Table of Contents"]


def test_a_line_up_the_margin_heads_nothing_however_large_it_is() -> None:
    drawn = page(("Stamp of the archive", 10, 0, 20.0), *prose(40))
    stamp = drawn.lines[0]
    upright = [word._replace(x0=10, x1=30, y0=100.0 * n, y1=100.0 * n + 90) for n, word in enumerate(stamp.words)]
    assert [h.text for h in headings_by_size([drawn])] == ["Stamp of the archive"]
    assert headings_by_size([replace(drawn, lines=(replace(stamp, words=upright), *drawn.lines[1:]))]) == ()
