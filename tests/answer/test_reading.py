"""The best exact words of a reading are those of the naive search over all spans."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answer.reading import LONGEST, Reading

OFFSETS = np.array([(i * 4, i * 4 + 3) for i in range(40)])
LOGITS = st.lists(st.integers(-8, 8), min_size=40, max_size=40).map(lambda x: np.array(x, np.float32))


@given(LOGITS, LOGITS, st.integers(0, 160), st.integers(0, 160))
def test_the_best_words_are_the_naive_ones(starts: np.ndarray, ends: np.ndarray, a: int, b: int) -> None:
    low, high = min(a, b), max(a, b)
    inside = [i for i in range(40) if OFFSETS[i][0] >= low and OFFSETS[i][1] <= high]
    scores = [starts[i] + ends[j] for i in inside for j in inside if i <= j < i + LONGEST]
    found = Reading(OFFSETS, starts, ends).best(low, high)
    if not scores:
        assert found is None
    else:
        assert found is not None
        assert found.odds == max(scores) / 2
        assert low <= found.start < found.end <= high


def test_the_odds_of_a_passage_sum_over_its_tokens() -> None:
    reading = Reading(OFFSETS[:2], np.zeros(2, np.float32), np.zeros(2, np.float32))
    assert math.isclose(reading.odds, math.log(2), rel_tol=1e-6)
