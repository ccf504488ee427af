"""What a reading is worth, and that a fit prefers what a person would say."""

import pytest

from answer.rewriting import Way
from bench.fit_antecedent import Example, f1, fit, fit_all, follow_up, words

ROW = {
    "history": ["Who is Ada Holm?", "Holm built boats in Port Marlow."],
    "question": "Where did she live?",
    "rewrite": "Where did Ada Holm live?",
}


def test_word_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert f1(words("Where did she live?"), words("Where did Ada Holm live?")) == pytest.approx(2 * 3 / (4 + 5))
    assert f1(words("Who?"), words("Where?")) == 0


def test_turns_are_the_persons_and_the_answers_in_turn() -> None:
    one = follow_up(ROW)
    assert [turn.role for turn in one.history] == ["user", "assistant"]
    assert one.worth("Where did Ada Holm live?") == 1


def test_a_sign_of_gains_gets_weight_and_one_of_losses_is_held_against() -> None:
    readings = [Way("as asked", {}), Way("good", {"good": 1.0}), Way("bad", {"bad": 1.0})]
    weights = fit([Example(readings, [0.0, 0.3, -0.3])] * 5)
    assert weights["good"] > 0 > weights["bad"]


def test_all_choices_are_fitted() -> None:
    pointing = {
        "history": ["What came next?", "The second album, Ebb Gate, was made by Ada Holm in Port Marlow."],
        "question": "Did she win any other prize for the album?",
        "rewrite": "Did Ada Holm win any other prize for the Ebb Gate album?",
    }
    kinds = {name.partition(": ")[0] for name in fit_all([follow_up(ROW), follow_up(pointing)])}
    assert kinds == {"person", "pointed", "other"}
