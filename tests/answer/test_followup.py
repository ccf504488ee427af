"""Two searches for a follow-up become one list."""

import pytest

from answer.followup import BESIDE, together
from index.nouns import Hit
from ingest.nouns import Passage, Span


def hit(number: int, score: float, cosine: float = 0.0) -> Hit:
    return Hit(Passage("d", number, (Span(1, 0, 1),), "x"), "a.txt", 1, score, cosine, 0.0)


def test_a_passage_that_both_searches_find_comes_first() -> None:
    found = together([hit(1, 0.9), hit(2, 0.8), hit(3, 0.1)], [hit(2, 0.9), hit(4, 0.2)], 10)
    assert [h.passage.number for h in found] == [2, 1, 4, 3]
    assert [h.rank for h in found] == [1, 2, 3, 4]
    assert found[0].score == pytest.approx((0.8 + BESIDE * 0.9) / (1 + BESIDE))
    assert found[1].score == pytest.approx((0.9 + BESIDE * 0.2) / (1 + BESIDE))


def test_scores_fall_and_only_k_are_kept() -> None:
    found = together([hit(1, 0.9), hit(2, 0.8)], [hit(3, 0.7), hit(1, 0.1)], 2)
    assert len(found) == 2
    assert found[0].score >= found[1].score


def test_the_cosine_stays_that_of_the_question_alone() -> None:
    (found,) = together([hit(1, 0.9, cosine=0.5)], [hit(1, 0.9, cosine=0.7)], 5)
    assert found.cosine == 0.5


def test_where_one_search_finds_nothing_the_other_stands() -> None:
    assert [h.passage.number for h in together([], [hit(3, 0.7)], 5)] == [3]
    assert [h.passage.number for h in together([hit(3, 0.7)], [], 5)] == [3]
