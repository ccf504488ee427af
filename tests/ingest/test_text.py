import pytest

from ingest.nouns import Document, Heading
from ingest.settings import Limits
from ingest.text import GUESSED, PAGE, read_text


def read(data: bytes, name: str = "my_notes.txt") -> Document:
    return read_text(data, name, Limits(), None, lambda _: None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_is_read_without_a_warning(encoding: str) -> None:
    document = read("Café\r\nline. ".encode(encoding))
    assert (document.pages[0].text, document.warnings) == ("Café\nline. ", ())


def test_western_bytes_are_read_with_a_warning() -> None:
    document = read("It’s a small café in a street that has no name.".encode("cp1252"))
    assert (document.pages[0].text, document.warnings) == (
        "It’s a small café in a street that has no name.",
        (GUESSED,),
    )


def test_form_feeds_and_length_make_pages_that_lose_nothing() -> None:
    assert [p.text for p in read(b"one\x0ctwo").pages] == ["one", "two"]
    text = "A paragraph of words.\n\n" * 3000
    pages = read(text.encode()).pages
    assert "".join(p.text for p in pages) == text
    assert max(len(p.text) for p in pages) <= PAGE


def test_markdown_headings_of_both_kinds_outside_fences() -> None:
    text = "---\ntitle: Named\n---\n# One #\n```\n# no\n```\nTwo\n---\ntext\n"
    document = read(text.encode(), "a.md")
    assert document.title == "Named"
    assert document.headings == (Heading(1, "One", 1, 23), Heading(2, "Two", 1, text.index("Two")))


def test_short_lines_above_a_paragraph_are_headings_of_a_plain_text() -> None:
    text = (
        "TENANCY AGREEMENT\n\nThis agreement is made between Ada Holm, the landlord, and Bo Lind, the tenant.\n\n"
        "1. Rent\n\nThe rent is 900 crowns a month, due on the first day of each month.\n\n"
        "1.1 Late payment\n\nA tenant who pays late owes a further 20 crowns for each week.\n"
    )
    document = read(text.encode())
    assert [(h.level, h.text) for h in document.headings] == [
        (1, "TENANCY AGREEMENT"),
        (1, "1. Rent"),
        (2, "1.1 Late payment"),
    ]
    assert all(document.pages[0].text.startswith(h.text, h.start) for h in document.headings)


def test_a_heading_needs_no_blank_line_where_each_line_is_a_paragraph() -> None:
    text = (
        "FERRIES\nThe island has two ferries, which run in summer.\n"
        "What does it cost?\nA crossing costs 12 crowns; children below six travel free of charge on both of them.\n"
        "Season tickets are sold on board.\nThey cost 90 crowns.\n"
    )
    assert [(h.level, h.text) for h in read(text.encode()).headings] == [(1, "FERRIES"), (2, "What does it cost?")]


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
    assert read(text.encode()).headings == ()


def test_lines_of_a_text_set_to_a_width_are_no_headings() -> None:
    text = (
        "The island has two ferries, which run from May\nuntil October. A crossing costs 12 crowns, and\n"
        "children travel free of charge, which the\nIsland Council decided in the spring of last year.\n"
    )
    assert read(text.encode()).headings == ()


def test_a_text_is_called_by_its_first_line_or_its_file() -> None:
    assert read(b"A fine title\n\nBody.").title == "A fine title"
    assert read(b"It begins at once, with a sentence.\nMore.").title == "my notes"
