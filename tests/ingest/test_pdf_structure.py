"""Titles, headings from outlines."""

import time

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject

from ingest import pdf_structure
from ingest.nouns import Heading, Line, Page, Word
from ingest.pdf_structure import Entry, best_title, located, read_structure
from ingest.pdf_text import opened

from .drawing import changed, made, words


def page(*lines: tuple[str, float]) -> Page:
    """A page of lines of (text, type size)."""
    text, made = "", []
    for line, size in lines:
        text += "\n" if text else ""
        start = len(text)
        text += line
        made.append(Line(start, len(text), (Word(start, len(text), 0, 0, 50, size),), size))
    return Page(1, "1", text, tuple(made), 100, 100)


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("The Annual Report", "The Annual Report"),
        ("Microsoft Word - The Annual Report", "The Annual Report"),
        ("Microsoft Word - report_final2.doc", "Big Words"),
        ("untitled", "Big Words"),
        ("Untitled-1", "Big Words"),
        ("(untitled)", "Big Words"),
        ("Untitled Document", "Big Words"),
        ("(anonymous)", "Big Words"),
        ("Anonymous", "Anonymous"),
        ("about:blank", "Big Words"),
        ("PowerPoint Presentation", "Big Words"),
        ("Slide 1", "Big Words"),
        ("a\x00b\ufeff  c", "a b c"),
        ("", "Big Words"),
    ],
)
def test_a_title_that_a_program_wrote_gives_way_to_the_largest_line(given: str, title: str) -> None:
    first = page(("small words", 10), ("Big Words", 20), ("more words", 10))
    assert best_title(given, (first,), "file.pdf") == title


def test_without_a_larger_line_the_name_is_the_title() -> None:
    assert best_title("", (page(("some words", 10), ("more words", 10)),), "my file.v2.pdf") == "my file.v2"


def test_words_up_the_margin_are_no_title() -> None:
    side = Line(0, 9, (Word(0, 9, 0, 0, 20, 90),), 20)
    text = [Line(at, at + 5, (Word(at, at + 5, 0, 0, 50, 10),), 10) for at in (10, 16)]
    both = Page(1, "1", "sideways.\nwords\nwords", (side, *text), 100, 100)
    assert best_title("", (both,), "a.pdf") == "a"


def test_an_outline_entry_is_found_across_a_line_break_and_in_any_case() -> None:
    pages = (page(("see the long heading", 10), ("The Long", 14), ("Heading", 14)),)
    (heading,) = located([Entry(1, "THE LONG HEADING", 1)], pages)
    assert heading == Heading(1, "THE LONG HEADING", 1, len("see the long heading\n"))


def test_an_outline_entry_is_found_with_or_without_its_number() -> None:
    pages = (page(("1.2 Aims", 14), ("Origins", 14)),)
    found = located([Entry(1, "Aims", 1), Entry(1, "2 Origins", 1)], pages)
    assert [heading.start for heading in found] == [0, len("1.2 Aims\n")]


def test_a_letter_that_is_two_in_lower_case_moves_nothing() -> None:
    pages = (page(("İhracat 2024", 10), ("İlan", 14), ("Kredi", 14)),)
    found = located([Entry(1, "İLAN", 1), Entry(1, "KREDI", 1)], pages)
    assert [heading.start for heading in found] == [len("İhracat 2024\n"), len("İhracat 2024\nİlan\n")]


def test_an_entry_that_points_past_the_last_page_is_left_out() -> None:
    assert located([Entry(1, "Nowhere", 2)], (page(("words", 10)),)) == ()


def outlined(titles: int) -> bytes:
    def change(writer: PdfWriter) -> None:
        for n in range(titles):
            writer.add_outline_item(title=f"Part {n}", page_number=0)

    return changed(made(words("Part 0")), change)


def test_over_the_budget_the_structure_is_left_out_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_structure, "SECONDS", 0.05)
    monkeypatch.setattr(pdf_structure, "one_line", lambda text: time.sleep(60))
    with opened(outlined(1), None) as handle:
        (warning,) = read_structure(handle).warnings
    assert "took too long" in warning


def test_an_outline_that_goes_round_in_a_circle_is_read_once() -> None:
    def circle(writer: PdfWriter) -> None:
        outline = writer.root_object["/Outlines"]
        outline["/Last"].get_object()[NameObject("/Next")] = outline.raw_get("/First")  # type: ignore[index]

    with opened(changed(outlined(3), circle), None) as handle:
        assert [entry.text for entry in read_structure(handle).outline] == ["Part 0", "Part 1", "Part 2"]


def test_no_more_headings_are_read_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_structure, "MOST_HEADINGS", 2)
    with opened(outlined(3), None) as handle:
        assert len(read_structure(handle).outline) == 2
