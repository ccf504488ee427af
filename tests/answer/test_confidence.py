"""The file that was fitted has a weight for every sign, and the signs say what they are named for."""

import pytest

from answer.confidence import COSTS, confidence, fitted, signs, threshold
from answer.evidence import Candidate
from index.nouns import Hit
from ingest.nouns import Passage, Span


def candidate(text: str, exact: tuple[int, int] | None, odds: float, rank: int = 1, meaning: float = 0.5) -> Candidate:
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text)
    hit = Hit(passage=passage, name="a.txt", rank=rank, score=0.9, cosine=0.6, bm25=1.0)
    return Candidate(hit, 0, len(text), text, meaning, 0.4, 0.7, True, odds, exact, odds, odds - 1.0)


READ = [
    candidate("It is 41 metres.", (6, 8), 4.0, rank=2),
    candidate("A height of 41.", (12, 14), 2.0, rank=1),
    candidate("Or 7.", (3, 4), 1.0, rank=3, meaning=0.8),
]
CHOSEN = [candidate("It is 41 metres.", None, 4.0)]


@pytest.mark.parametrize("ranked", [READ, CHOSEN], ids=["reader", "similarity"])
def test_every_sign_has_its_weight_and_there_are_at_most_ten(ranked: list[Candidate]) -> None:
    found = signs([c.hit for c in ranked], ranked)
    way = "reader" if ranked is READ else "similarity"
    assert found.keys() == fitted()["models"][way]["coefficients"].keys() - {"intercept"}
    assert len(found) <= 10


def test_the_signs_look_at_the_first_passage_the_best_one_and_the_sentence_chosen() -> None:
    found = signs([c.hit for c in READ], READ)
    assert found["first_passage"] == pytest.approx(0.1)
    assert found["best_passage"] == pytest.approx(0.3)
    assert found["answering_meaning"] == pytest.approx(0.953 * 0.5, abs=1e-3)
    assert found["sentence_meaning"] == 0.8


def test_what_the_reader_is_surer_of_is_more_likely() -> None:
    hits = [c.hit for c in READ]
    sure, unsure = ([candidate("It is 41 metres.", (6, 8), odds)] for odds in (5.0, -3.0))
    assert confidence(hits, sure) > confidence(hits, unsure)


def test_a_name_that_no_document_has_is_a_sign_against_an_answer() -> None:
    hits = [c.hit for c in READ]
    assert signs(hits, READ, ["Vane"])["names_absent"] == 1.0
    assert signs(hits, READ)["names_absent"] == 0.0
    assert confidence(hits, READ, ["Vane"]) < confidence(hits, READ)


def test_nothing_found_is_no_answer() -> None:
    assert confidence([], []) == 0.0


def test_a_threshold_is_where_an_answer_and_a_refusal_cost_the_same() -> None:
    for caution, cost in COSTS.items():
        p = threshold(caution)
        assert cost * (1 - p) == pytest.approx(p)
    assert threshold("generous") < threshold("balanced") < threshold("strict")
