from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.arranging import Ranked, arranged, is_contents, repeats
from index.fusion import Scored

CONTENTS = "Contents\nOverview ....... 3\nSigning ....... 9\nParties ....... 14\nCosts ....... 21\nNotes ....... 30"
TABLE = "Item 2021 2022\nCash 412 390\nGoods 55 61\nLand 1203 1100\nOther 7 3\nTotal 1677 1554"


def ranked(*passages: tuple[int, str]) -> list[Ranked]:
    """Passages (document, text) of falling scores, with ids from 1."""
    return [Ranked(Scored(i, 1 - i / 100, 0.0, 0.0), d, t) for i, (d, t) in enumerate(passages, 1)]


def ids(found: list[Scored]) -> list[int]:
    return [s.id for s in found]


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(["one a b", "two a b", CONTENTS])), max_size=12))
def test_nothing_is_lost_and_scores_fall_with_rank(passages) -> None:
    given_ = ranked(*passages)
    found = arranged(given_, "compare", [[1], [2]])
    assert sorted(ids(found)) == [r.scored.id for r in given_]
    assert [s.score for s in found] == [r.scored.score for r in given_]


def test_a_passage_that_says_the_same_again_goes_behind_the_others() -> None:
    same = "The quick brown fox jumps over the lazy dog by the river"
    found = arranged(ranked((1, same), (2, same + "."), (3, "Ships sail at dawn.")), "fox")
    assert ids(found) == [1, 3, 2]


def test_what_differs_in_one_figure_of_many_words_is_no_repeat() -> None:
    assert repeats(["Costs rose to 12 in the north of the land", "Costs rose to 14 in the north of the land"]) == set()


def test_a_page_of_contents_goes_behind_unless_it_is_asked_for() -> None:
    passages = ranked((1, CONTENTS), (1, "Signing took place in Hanoi."))
    assert ids(arranged(passages, "Where was the signing?")) == [2, 1]
    assert ids(arranged(passages, "Which chapter is on signing?")) == [1, 2]


@pytest.mark.parametrize(
    "heading", ["References", "6 Ends › 7. REFERENCES", "Works Cited › A. Holm", "Literaturverzeichnis"]
)
def test_a_list_of_references_goes_behind_unless_it_is_asked_for(heading: str) -> None:
    first, second = ranked((1, "A. Holm. 2019. How ferries are moored."), (1, "A ferry is moored by two ropes."))
    passages = [replace(first, heading=heading), replace(second, heading="2 Mooring")]
    assert ids(arranged(passages, "How are ferries moored?")) == [2, 1]
    assert ids(arranged(passages, "Which paper is on how ferries are moored?")) == [1, 2]
    assert ids(arranged([replace(first, heading="Terms of reference"), second], "How are ferries moored?")) == [1, 2]


def test_a_table_of_figures_is_no_page_of_contents() -> None:
    assert is_contents(CONTENTS)
    assert is_contents("Preface 1\nAims 4\nMeans 9\nEnds 15\nThanks 22")
    assert not is_contents(TABLE)
    assert not is_contents("Ships sail at dawn.")


def test_documents_set_side_by_side_each_have_passages_among_the_first() -> None:
    passages = ranked(*((1, f"first document {i} {i * 7}") for i in range(7)), (2, "second a"), (2, "other b"))
    assert ids(arranged(passages, "compare", [[1], [2]]))[:5] == [1, 2, 3, 8, 9]
    assert ids(arranged(passages, "compare"))[:5] == [1, 2, 3, 4, 5]
