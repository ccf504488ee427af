"""What a question names by number: pages, figures, tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numbered import anywhere, captions_in, captions_named, pages_meant, pages_named, with_pages_as


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("the date on page 14", {"14"}),
        ("pages 3, 4 and 7", {"3", "4", "7"}),
        ("pages 3 to 5 and 9–11", {"3", "4", "5", "9", "10", "11"}),
        ("from page 3 to page 5", {"3", "4", "5"}),
        ("pages 2-9000", {"2", "9000"}),
        ("what is on page two?", {"2"}),
        ("what is on page twenty-five or page sixty one?", {"25", "61"}),
        ("see p. 12", {"12"}),
        ("on page iv of the preface", {"iv"}),
        ("the seal on the cover page", {"1"}),
        ("the fax number on page fourteen", {"14"}),
        ("the second page, the last page", {"2", "last"}),
        ("the first slide and slide 4", {"1", "4"}),
        ("how many pages are there?", set()),
        ("the last pages of a long war", set()),
        ("a web page of 2014", set()),
    ],
)
def test_pages_are_told_by_number_word_or_label(question: str, pages: set[str]) -> None:
    assert pages_named(question) == pages


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("the date on page 14", {"14"}),
        ("What does page two say?", {"2"}),
        ("What stands on the last page?", {"last"}),
        ("Who signed on the last page of the lease?", {"last"}),
        ("What is the total on the second page of my invoice?", {"2"}),
        ("What does page 12 of Minutes 2021.pdf say?", {"12"}),
        ("Who burned the last page of the letter?", set()),
        ("What stood on the first page of his diary?", set()),
        ("What did he write on page 12 of his diary?", set()),
        ("Which paper had the storm on its front page?", set()),
        ("What staining was used on slide 3?", set()),
        ("When does the web page 404 error come up?", set()),
        ("What stands on the page after page 3, and what before page 2?", set()),
        ("How many pages has it?", set()),
    ],
)
def test_pages_are_meant_of_the_document_itself(question: str, meant: set[str]) -> None:
    assert pages_meant(question) == meant


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What changed from page 3 to page 7?", "What changed?"),
        ("What is the rent on page 12 of 20?", "What is the rent?"),
        ("the fax number on page twenty-five of the lease", "the fax number"),
        ("Who burned the last page of the letter?", "Who burned the last page of the letter?"),
    ],
)
def test_where_it_is_to_be_found_is_left_out_whole(question: str, left: str) -> None:
    assert anywhere(question) == left


def test_a_mark_stands_for_the_pages_that_are_meant() -> None:
    assert with_pages_as("#", "What does page 3 of the lease say?") == "What does # say?"


def test_a_long_row_of_commas_is_passed_over_once() -> None:
    question = "a" + "," * 200_000 + "b"  # tried at every comma, this would outlast the test's time
    assert anywhere(question) == question


@given(st.lists(st.sampled_from("on the last page pages p. 3 12 twenty-one to - , and of his diary after web".split())))
def test_what_is_meant_is_named(words: list[str]) -> None:
    question = " ".join(words)
    assert pages_meant(question) <= pages_named(question)


@pytest.mark.parametrize(
    ("question", "captions"),
    [
        ("What does Figure 7 show?", {"Figure 7": ("figure", "7")}),
        ("the sums in table 2.1 and Fig. 3", {"table 2.1": ("table", "2.1"), "Fig. 3": ("figure", "3")}),
        ("figures 3 and 4", {}),
        ("Can I book table 12a?", {}),
        ("Does the table 5.3% show?", {}),
        ("Is the figure 12 percent correct?", {}),
        ("Is the figure 12 correct?", {}),
        ("What does Figure 3-1 show?", {}),
        ("the figure 1,250", {}),
    ],
)
def test_figures_and_tables_are_told_by_their_number(question: str, captions: dict[str, tuple[str, str]]) -> None:
    assert captions_named(question) == captions


@pytest.mark.parametrize(
    ("text", "figures", "tables"),
    [
        ("Figure 7a and figure 7b.", {"7"}, set()),
        ("Tables 2, 3 and 5; see Figs. 8-10.", {"8", "9", "10"}, {"2", "3", "5"}),
        ("TABLE IV: Fares. Figure7 shows it. Tab. 2", {"7"}, {"4", "IV", "2"}),
        ("Figure 2.1, figures 3.1 & 3.2", {"2", "2.1", "3", "3.1", "3.2"}, set()),
        ("The figures for 2021 are on the table.", set(), set()),
    ],
)
def test_a_text_names_figures_and_tables(text: str, figures: set[str], tables: set[str]) -> None:
    assert captions_in(text, "figure") == figures
    assert captions_in(text, "table") == tables
