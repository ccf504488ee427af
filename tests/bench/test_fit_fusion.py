import numpy as np

from bench.fit_fusion import NAMES, Case, figure, fitted
from index.fusion import Weights


def case(*rows: dict[str, float], right: int, wanted: int = 1, counts_as: list[int] | None = None) -> Case:
    signs = np.array([[row.get(name, 0.0) for name in NAMES] for row in rows])
    return Case(signs, counts_as or list(range(len(rows))), [i == right for i in range(len(rows))], wanted)


def test_only_the_first_five_count_and_a_page_once() -> None:
    rows = [{"meaning": 1 - i / 10} for i in range(8)]
    weights = np.ones(len(NAMES))
    assert case(*rows, right=4).figure(weights) == 1.0
    assert case(*rows, right=5).figure(weights) == 0.0
    assert case(*rows, right=5, counts_as=[0, 0, 1, 2, 3, 4, 5, 6]).figure(weights) == 1.0
    assert case(*rows, right=0, wanted=4).figure(weights) == 0.25


def test_the_sign_that_tells_gets_more_weight_and_what_misleads_less() -> None:
    misled = [{"meaning": 0.6, "named": 0.1}] * 5 + [{"meaning": 0.5, "named": 0.9}]
    sets = {"one": [case(*misled, right=5)]}
    start = np.array([getattr(Weights(), name) for name in NAMES])
    found = fitted(sets, start)
    assert figure(sets["one"], start) == 0.0
    assert figure(sets["one"], found) == 1.0
    before, after = start[0] / start[NAMES.index("named")], found[0] / found[NAMES.index("named")]
    assert after < before
