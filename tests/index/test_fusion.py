from hypothesis import given
from hypothesis import strategies as st

from index.fusion import Weights, fuse, reciprocal_ranks

SIDE = st.dictionaries(st.integers(1, 30), st.floats(-1, 1), max_size=20)
WORDS = st.dictionaries(st.integers(1, 30), st.floats(0.01, 40), max_size=20)


@given(SIDE, WORDS)
def test_every_candidate_is_scored_once_from_zero_to_one_best_first(cosines, bm25s) -> None:
    for found in (fuse(cosines, bm25s, Weights()), reciprocal_ranks(cosines, bm25s)):
        assert sorted(s.id for s in found) == sorted(cosines.keys() | bm25s.keys())
        assert all(0 <= s.score <= 1 for s in found)
        assert found == sorted(found, key=lambda s: (-s.score, s.id))


def test_the_score_is_the_weighted_sum() -> None:
    found = fuse({1: 0.8, 2: 0.4}, {1: 5.0, 2: 10.0}, Weights(meaning=0.6))
    assert [(s.id, round(s.score, 9)) for s in found] == [(1, 0.68), (2, 0.64)]


def test_without_words_the_cosine_alone_counts() -> None:
    assert [(s.id, s.score) for s in fuse({3: 0.5, 1: 0.5, 2: -0.2}, {}, Weights())] == [(1, 0.5), (3, 0.5), (2, 0.0)]


def test_a_passage_without_vector_yet_is_carried_by_its_words() -> None:
    found = fuse({1: 0.6}, {1: 5.0, 2: 10.0}, Weights(meaning=0.5))
    assert [s.id for s in found] == [2, 1]
    assert found[0].score == 0.5 * 0.6 + 0.5
