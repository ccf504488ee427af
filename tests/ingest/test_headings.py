"""Headings of plain text, and the path of headings above a place."""

import pytest

from ingest.headings import LONGEST, heading_paths, headings_by_line
from ingest.nouns import Heading, Page


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
