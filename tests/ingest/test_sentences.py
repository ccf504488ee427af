"""Sentences: where they end, and what a line break says of that."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import SAMPLE, each_sentence, lines_are_paragraphs, sentences

WIKI = (
    "Ferries\nThe island has two ferries, which run from May to October, weather permitting.\n"
    "Fares\nA crossing costs 12 crowns; children below six travel free of charge on both of them.\n\n"
    "Trivia\nThe older ferry was a minesweeper.\nIts horn is heard in the film Low Tide, of which it was the star."
)
WRAPPED = (
    "The island has two ferries, which run from May to\nOctober, weather permitting. A crossing costs 12\n"
    "crowns; children below six travel free of charge\non both of them.\n\n"
    "The older ferry was a minesweeper, and its horn is\nheard in the film Low Tide."
)
GERMAN = (
    "Die Insel hat zwei Fähren, die von Mai bis Oktober\nfahren, wenn das Wetter es erlaubt. Die\n"
    "Überfahrt kostet zwölf Kronen für Erwachsene, und\nKinder fahren frei."
)
CHINESE = (
    "这个岛有两艘渡轮,从五月到十月运行,\n视天气而定。单程票价为十二克朗,六岁以\n下儿童免费乘坐这两艘渡轮,狗也可以上船。"
)


def texts(text: str) -> list[str]:
    return [text[a:b] for a, b in each_sentence(text, paragraphs=lines_are_paragraphs(text))]


@pytest.mark.parametrize("text", [WRAPPED, GERMAN, CHINESE, "One line.", "", "\n\n"])
def test_text_set_to_a_width_has_no_paragraph_on_each_line(text: str) -> None:
    assert not lines_are_paragraphs(text)


def test_a_heading_above_a_long_line_is_no_part_of_its_sentence() -> None:
    assert texts(WIKI) == [
        "Ferries",
        "The island has two ferries, which run from May to October, weather permitting.",
        "Fares",
        "A crossing costs 12 crowns; children below six travel free of charge on both of them.",
        "Trivia",
        "The older ferry was a minesweeper.",
        "Its horn is heard in the film Low Tide, of which it was the star.",
    ]


def test_a_sentence_goes_on_over_the_breaks_of_a_text_set_to_a_width() -> None:
    assert texts(WRAPPED)[0] == "The island has two ferries, which run from May to\nOctober, weather permitting."


def test_long_paragraphs_apart_do_not_make_the_wrapped_ones_beside_them_lists() -> None:
    assert not lines_are_paragraphs("\n\n".join([*["A paragraph on one line. " * 20] * 5, CHINESE, WRAPPED]))


@pytest.mark.parametrize("wrapped", [WRAPPED, CHINESE])
def test_wrapped_paragraphs_among_a_long_list_stay_whole(wrapped: str) -> None:
    items = "\n".join(f"Item {n} of the list of screws, {'long ' * (n % 60)}" for n in range(300))
    text = f"{items}\n\n{wrapped}"
    assert lines_are_paragraphs(text)
    assert texts(text)[300:] == [wrapped[a:b] for a, b in sentences(wrapped)]


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    listed, wrapped = f"{WIKI}\n\n" * 4_000, f"{WRAPPED}\n\n" * 12_000
    assert len(listed) > SAMPLE
    assert lines_are_paragraphs(listed + wrapped)
    assert not lines_are_paragraphs(wrapped + listed)


@given(st.text(alphabet="aB .\n#-:!9字", max_size=200), st.booleans())
def test_sentences_hold_all_that_is_no_white_space_once_and_in_order(text: str, paragraphs: bool) -> None:
    found = list(each_sentence(text, paragraphs=paragraphs))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert paragraphs or found == sentences(text)


def test_initials_do_not_end_the_sentence_before_the_name() -> None:
    assert texts("It was written by C.E. McGill. A. B. Holm and J.R.R. Tolkien liked it. He had plan B. The end.") == [
        "It was written by C.E. McGill.",
        "A. B. Holm and J.R.R. Tolkien liked it.",
        "He had plan B.",
        "The end.",
    ]
