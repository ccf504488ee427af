from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Signs, Weights, fuse, known_language, share

PART = st.floats(0, 1)
SIGNS = st.builds(Signs, st.none() | st.floats(-1, 1), st.floats(0, 40), PART, PART, PART, PART, PART, PART)
PLAIN = Weights(meaning=1, words=1, around=0, together=0, document=0, named=0, page=0, front=0, row=0)


@given(st.dictionaries(st.integers(1, 30), SIGNS, max_size=20))
def test_every_candidate_is_scored_once_from_zero_to_one_best_first(candidates) -> None:
    found = fuse(candidates, Weights())
    assert sorted(s.id for s in found) == sorted(candidates)
    assert all(0 <= s.score <= 1 for s in found)
    assert found == sorted(found, key=lambda s: (-s.score, s.id))


def test_the_score_is_the_weighted_mean_with_the_best_bm25_as_one() -> None:
    weights = Weights(meaning=6, words=4, around=0, together=0, document=0, named=0, page=0, front=0, row=0)
    found = fuse({1: Signs(0.8, 5.0), 2: Signs(0.4, 10.0)}, weights)
    assert [(s.id, round(s.score, 9)) for s in found] == [(1, 0.68), (2, 0.64)]


def test_without_words_the_cosine_alone_counts() -> None:
    found = fuse({3: Signs(0.5), 1: Signs(0.5), 2: Signs(-0.2)}, Weights())
    assert [(s.id, s.score) for s in found] == [(1, 0.5), (3, 0.5), (2, 0.0)]


def test_a_passage_without_vector_yet_is_carried_by_its_words() -> None:
    found = fuse({1: Signs(0.6, 5.0), 2: Signs(None, 10.0)}, PLAIN)
    assert [(s.id, s.score, s.cosine) for s in found] == [(2, 0.5 * 0.6 + 0.5, 0.0), (1, 0.5 * 0.6 + 0.25, 0.6)]


@pytest.mark.parametrize("sign", [field.name for field in fields(Signs)[2:]])
def test_each_sign_lifts_the_passage_that_has_it(sign: str) -> None:
    found = fuse({1: Signs(0.5, 5.0), 2: Signs(0.5, 5.0, **{sign: 1.0})}, Weights())
    assert [s.id for s in found] == [2, 1]
    assert found[0].score > found[1].score


def test_the_share_is_by_rarity() -> None:
    assert share({"treaty": 3.0, "the": 1.0}, ["treaty"]) == 0.75
    assert share({}, []) == 0.0


def test_meaning_counts_less_in_a_language_that_the_model_spells_out_or_cannot_cut() -> None:
    usual = Weights()
    assert known_language(usual, "Who signed the treaty?", 5) == usual
    assert known_language(usual, "من وقع المعاهدة", 13).meaning == usual.meaning / 4
    assert known_language(usual, "ใครลงนามในสนธิสัญญา", 1).meaning == usual.meaning / 4
    assert known_language(usual, "من وقع المعاهدة", 13).around == usual.around * 3
    assert known_language(usual, "?!", 2).words == usual.words
