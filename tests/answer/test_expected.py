"""The kind of answer asked for is told from the question's words."""

import pytest

from answer.expected import asks_for_steps, expected, fits, parts


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many states signed?", "number"),
        ("What percentage of firms declined?", "number"),
        ("When was it adopted?", "date"),
        ("In what year was it proposed?", "date"),
        ("Who leads it?", "person"),
        ("Where was it signed?", "place"),
        ("Why do critics object?", ""),
        ("谁签署了公约？", ""),
    ],
)
def test_the_kind_asked_for(question: str, kind: str) -> None:
    assert expected(question) == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "holds"),
    [
        ("number", "More than sixty states signed.", True),
        ("number", "Many states signed.", False),
        ("date", "It was signed on 25 October.", True),
        ("date", "It was signed last week.", False),
        ("person", "It is led by Nick Ashton-Hart.", True),
        ("person", "It is led by a director.", False),
        ("", "Anything at all.", True),
    ],
)
def test_whether_a_sentence_holds_that_kind(kind: str, sentence: str, holds: bool) -> None:
    assert fits(kind, sentence) is holds


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who built it, and when?", ["Who built it", "when?"]),
        ("What is the fee and when is it due?", ["What is the fee", "when is it due?"]),
        ("In which year did Ada and Jon meet?", ["In which year did Ada and Jon meet?"]),
        ("Who signed, where the fee was paid?", ["Who signed", "where the fee was paid?"]),
    ],
)
def test_a_question_is_cut_into_its_parts(question: str, found: list[str]) -> None:
    assert parts(question) == found


@pytest.mark.parametrize(
    ("question", "steps"), [("How do I reset it?", True), ("How many are there?", False), ("Who leads it?", False)]
)
def test_how_something_is_done_may_take_several_sentences(question: str, steps: bool) -> None:
    assert asks_for_steps(question) is steps
