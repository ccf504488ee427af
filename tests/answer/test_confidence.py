"""The file that was fitted has a weight for every sign, and the signs say what they are named for."""

import pytest

from answer.confidence import COSTS, confidence, fitted, signs, threshold
from answer.evidence import Candidate
from index.nouns import Hit
from ingest.nouns import Passage, Span


def candidate(text: str, exact: tuple[int, int] | None, odds: float, cosine: float = 0.6) -> Candidate:
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text)
    hit = Hit(passage=passage, name="a.txt", rank=1, score=0.9, cosine=cosine, bm25=1.0)
    return Candidate(hit, 0, len(text), text, 0.5, 0.4, 0.7, True, odds, exact, odds)


READ = [
    candidate("It is 41 metres.", (6, 8), 4.0),
    candidate("A height of 41.", (12, 14), 2.0),
    candidate("Or 7.", (3, 4), 1.0),
]
CHOSEN = [candidate("It is 41 metres.", None, 4.0)]


@pytest.mark.parametrize("ranked", [READ, CHOSEN], ids=["reader", "similarity"])
def test_every_sign_has_its_weight_and_there_are_at_most_ten(ranked: list[Candidate]) -> None:
    found = signs([c.hit for c in ranked], ranked)
    way = "reader" if ranked is READ else "similarity"
    assert found.keys() == fitted()["models"][way]["coefficients"].keys() - {"intercept"}
    assert len(found) <= 10


def test_the_lead_is_over_other_words_and_agreement_over_the_same() -> None:
    found = signs([c.hit for c in READ], READ)
    assert found["lead"] == pytest.approx(0.3)
    assert found["agreement"] == pytest.approx(0.8808, abs=1e-4)


def test_what_the_reader_is_surer_of_is_more_likely() -> None:
    hits = [c.hit for c in READ]
    sure, unsure = ([candidate("It is 41 metres.", (6, 8), odds)] for odds in (5.0, -3.0))
    assert confidence(hits, sure) > confidence(hits, unsure)


def test_nothing_found_is_no_answer() -> None:
    assert confidence([], []) == 0.0


def test_a_threshold_is_where_an_answer_and_a_refusal_cost_the_same() -> None:
    for caution, cost in COSTS.items():
        p = threshold(caution)
        assert cost * (1 - p) == pytest.approx(p)
    assert threshold("generous") < threshold("balanced") < threshold("strict")
