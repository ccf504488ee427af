"""Where the paragraphs of printed pages begin."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.marking import Word
from ingest.nouns import Document, Line, Page, Span
from ingest.paragraphs import AT_ONCE, paragraph_starts
from ingest.passages import passages
from tests.drawn import Row, page

PROSE = "We employed about 566,000 people at the end of the year,"
MORE = "counting those who worked part of their time, and those"
LAST = "who came for the holidays."


def begun(*rows: Row) -> list[str]:
    """The lines that begin a paragraph."""
    drawn = page(*rows)
    return [drawn.text[start:].split("\n")[0] for _, start in paragraph_starts([drawn])]


def test_a_short_line_above_full_ones_is_apart() -> None:
    rows: list[Row] = [("Employees", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36)]
    assert begun(*rows) == [PROSE]


def test_a_full_line_goes_on_whatever_the_next_begins_with() -> None:
    rows: list[Row] = [("It was told to the whole staff of the ferries by one", 50, 0)]
    rows += [("Ada Holm, who had led the company since its first", 50, 12), ("years, and by others.", 50, 24)]
    assert begun(*rows) == []


def test_lines_of_a_quotation_that_is_narrower_than_what_follows_go_on() -> None:
    rows: list[Row] = [
        ("to conclude that what is seen up here", 50, 0),
        ("is the same as what was seen by Wells", 50, 12),
    ]
    rows += [("Fargo is a stretch.", 50, 24)]
    rows += [(PROSE + " and more than before", 20, 36), (PROSE + " and more", 20, 48)]
    assert "Fargo is a stretch." not in begun(*rows)


def test_a_line_further_away_than_the_others_is_apart() -> None:
    rows: list[Row] = [
        ("Our members may be harmed by what we do and they could", 50, 0),
        ("leave us for others", 50, 12),
    ]
    rows += [("We face risks that we have told of in this report, and", 50, 32), ("some that we have not.", 50, 44)]
    assert begun(*rows) == ["We face risks that we have told of in this report, and"]


def test_a_line_of_another_size_is_apart_but_not_for_its_bullet() -> None:
    assert begun(("Powering on the watch quickly", 50, 0, 13.0), ("Press the upper button and", 50, 15)) == [
        "Press the upper button and"
    ]
    bulleted = page(("• Music is played by apps of others, and by one called", 50, 0), ("NetEase Music.", 50, 12))
    bullet, rest = bulleted.lines
    assert list(paragraph_starts([replace(bulleted, lines=(replace(bullet, size=7.0), rest))])) == []


def test_rows_of_columns_that_no_table_was_made_of_are_apart() -> None:
    rows: list[Row] = [("Net sales  152,283  187,890", 50, 0), ("Net income  2,148  2,940", 50, 12)]
    assert begun(*rows) == ["Net income  2,148  2,940".replace("  ", " ")]
    assert begun(("31.1  A certificate pursuant to the Securities", 50, 0), ("Exchange Act of 1934.", 50, 12)) == []


@pytest.mark.parametrize("last", ["and", "of", "the", "such as", "1934,", "a long-"])
def test_nothing_ends_in_a_word_or_sign_that_wants_more(last: str) -> None:
    assert begun((f"Ada {last}", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36)) == []


def test_what_goes_on_in_small_letters_is_not_apart() -> None:
    assert begun(("Employees", 50, 0), (PROSE.lower(), 50, 12), (MORE, 50, 24), (LAST, 50, 36)) == []


def test_a_line_is_no_lower_for_what_is_left_of_its_hyphenated_word() -> None:
    rows: list[Row] = [("The paper was written in the year before by Yu Liu, Hongyu", 50, 0)]
    rows += [("Lin, and Hua Wu, who had worked with them on Unified structure", 50, 12), ("and on meaning.", 100, 24)]
    drawn = page(("It was the first of all papers on this, and so it is said:", 50, -12), *rows)
    *before, cut, after = drawn.lines
    *words, last = cut.words
    parts = [last._replace(end=last.start + 5), last._replace(start=last.start + 5, x0=50, y0=24, x1=75, y1=30)]
    lines = (*before, replace(cut, words=[*words, *parts]), after)
    assert list(paragraph_starts([replace(drawn, lines=lines)])) == []


def test_the_top_of_the_next_column_is_not_judged_by_the_first() -> None:
    rows: list[Row] = [
        (PROSE, 50, 700),
        ("It was Ada who came, then", 50, 712),
        ("Bo Lind and others came too, and", 350, 0),
    ]
    assert begun(*rows, ("all were glad of that and said so", 350, 12), ("to Ada Holm.", 350, 24)) == []


def test_rows_of_tables_and_text_without_places_are_left_alone() -> None:
    rows: list[Row] = [("Employees", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36)]
    assert list(paragraph_starts([page(*rows, table=1)])) == []
    assert list(paragraph_starts([Page(1, "1", page(*rows).text)])) == []


def test_a_label_above_a_paragraph_is_no_part_of_its_first_sentence() -> None:
    drawn = page(("Employees", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36))
    document = Document("d", "d.pdf", "", "pdf", (drawn,))
    (found,) = passages(document, lambda texts: [len(text.split()) for text in texts])
    assert [found.text[a:b] for a, b in found.sentences] == ["Employees", f"{PROSE}\n{MORE}\n{LAST}"]


def test_a_page_number_parts_no_sentence_that_goes_on_overleaf() -> None:
    drawn = page((PROSE, 50, 0), (MORE, 50, 12), ("Page 12", 50, 40))
    foot = Span(1, drawn.lines[2].start, drawn.lines[2].end)
    after = Page(2, "2", "who came for the holidays.")
    document = Document("d", "d.pdf", "", "pdf", (drawn, after), furniture=(foot,))
    (found,) = passages(document, lambda texts: [len(text.split()) for text in texts])
    assert [found.text[a:b] for a, b in found.sentences] == [f"{PROSE}\n{MORE}\n{LAST}"]


def test_each_page_is_judged_by_itself() -> None:
    rows: list[Row] = [("Employees", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36)]
    pages = [replace(page(*rows), number=n) for n in range(1, AT_ONCE + 3)]
    assert list(paragraph_starts(pages)) == [(p.number, pages[0].text.index(PROSE)) for p in pages]


def test_lines_of_the_next_page_do_not_tell_how_far_those_of_this_one_reach() -> None:
    short, wide = page(("It was told by Bo", 50, 0), ("Ada Holm came", 50, 12)), page((PROSE, 50, 24), (MORE, 50, 36))
    assert list(paragraph_starts([short, replace(wide, number=2)])) == []


def test_what_stands_beside_a_line_is_not_below_it() -> None:
    assert begun(("It was", 50, 0), ("Ada Holm", 100, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36)) == [PROSE]


def test_a_line_below_one_in_the_middle_of_the_page_is_apart() -> None:
    assert begun(("PART I", 250, 0), ("Item 1. Business", 50, 12)) == ["Item 1. Business"]
    assert begun(("PART I", 250, 0), ("Item 1. Business", 50, 60)) == []


def test_an_empty_cell_wants_no_more() -> None:
    assert begun(("International  1,496 -", 50, 0), ("Other Properties", 50, 30)) == ["Other Properties"]
    assert begun(("International  1,496 –", 50, 0), ("Other Properties", 50, 30)) == []


def test_a_line_that_ends_in_a_space_is_judged_by_its_last_word() -> None:
    drawn = page(("Employees of", 50, 0), (PROSE, 50, 12), (MORE, 50, 24), (LAST, 50, 36))
    first, second, *rest = drawn.lines
    spaced = [replace(line, start=line.start + 1, end=line.end + 1) for line in (second, *rest)]
    text = drawn.text.replace("of\n", "of \n")
    words = [[w._replace(start=w.start + 1, end=w.end + 1) for w in line.words] for line in (second, *rest)]
    lines = (
        replace(first, end=first.end + 1),
        *(replace(line, words=its) for line, its in zip(spaced, words, strict=True)),
    )
    assert list(paragraph_starts([Page(1, "1", text, lines)])) == []


TEXT = st.text(st.sampled_from("aB1 -.●,ñ中ش"), max_size=12)


@given(st.lists(st.tuples(TEXT, st.integers(-99, 999), st.integers(-99, 999), st.sampled_from([0.0, 8.0, 12.5]))))
def test_whatever_stands_on_a_page_paragraphs_begin_where_lines_do(rows: list[tuple[str, int, int, float]]) -> None:
    text, lines = "", []
    for said, x, y, size in rows:
        at = len(text)
        spots = [(at + m.start(), at + m.end()) for m in re.finditer(r"\S+", said)]
        words = [Word(a, b, x + 5.0 * (a - at), y, x + 5.0 * (b - at), y + 9.0) for a, b in spots]
        lines.append(Line(at, at + len(said), words, size))
        text += said + "\n"
    found = list(paragraph_starts([Page(7, "7", text, tuple(lines))]))
    assert set(found) <= {(7, line.start) for line in lines if line.words}
    assert found == sorted(set(found))
