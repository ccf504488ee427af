"""Follow-ups are made to stand alone, and what stands alone is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.conversation import standalone
from answer.nouns import Turn

ACCORD = [
    Turn("user", "What is the Cybersecurity Tech Accord?"),
    Turn("assistant", "A coalition of more than 160 companies.[1]"),
]


@pytest.mark.parametrize(
    ("before", "question", "alone"),
    [
        ("What is the Cybersecurity Tech Accord?", "and who leads it?", "Who leads Cybersecurity Tech Accord?"),
        ("Who is Deborah Brown?", "Where does she work?", "Where does Deborah Brown work?"),
        ("Who is Deborah Brown?", "What are her arguments?", "What are Deborah Brown’s arguments?"),
        ("What was the profit of Dell in 2018?", "And in 2019?", "What was the profit of Dell in 2019?"),
        ("What does the lease say about pets?", "why?", "Why: What does the lease say about pets?"),
        ("When was the treaty signed?", "Where was it signed?", "Where was the treaty signed?"),
    ],
)
def test_a_follow_up_takes_its_topic_along(before: str, question: str, alone: str) -> None:
    assert standalone(question, [Turn("user", before)]) == alone


def test_a_question_that_leans_on_nothing_stays_as_it_is() -> None:
    question = "Which countries were among the first to join the Budapest Convention?"
    assert standalone(question, ACCORD) == question


def test_the_first_question_stays_as_it_is() -> None:
    assert standalone("Who leads it?", []) == "Who leads it?"


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    history = [
        Turn("user", "Who is Deborah Brown?"),
        Turn("assistant", "She speaks for Human Rights Watch."),
        Turn("user", "Where does she work?"),
        Turn("assistant", "At Human Rights Watch."),
    ]
    assert standalone("What did she say?", history) == "What did Deborah Brown say?"


@given(st.text(max_size=80), st.lists(st.text(max_size=60), max_size=4))
def test_any_strings_are_a_legal_conversation(question: str, said: list[str]) -> None:
    history = [Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(said)]
    assert isinstance(standalone(question, history), str)
