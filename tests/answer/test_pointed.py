"""What a noun phrase points at is found among the names, and said in a way that claims no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.conversation import standalone
from answer.nouns import Turn
from answer.pointed import pointed

SAID = [
    Turn("user", "What did Holm record next?"),
    Turn("assistant", "Holm finished the album Ebb Gate in Port Marlow."),
]


def readings(question: str, history: list[Turn]) -> list[str]:
    return [way.text for way in pointed(question, history, question)]


def test_every_name_is_a_reading_and_the_first_is_as_it_stands() -> None:
    found = readings("Was the album sold?", SAID)
    assert found[0] == "Was the album sold?"
    assert set(found[1:]) == {
        "Was the Holm album sold?",
        "Was the Ebb Gate album sold?",
        "Was the Port Marlow album sold?",
    }


def test_a_name_that_holds_the_noun_takes_its_place() -> None:
    history = [Turn("user", "What came of the Harbour War?"), Turn("assistant", "Ada fled from the Harbour War.")]
    assert "Who won the Harbour War?" in readings("Who won the war?", history)


def test_what_is_a_persons_takes_a_genitive() -> None:
    history = [Turn("user", "Who is Ada Holm?"), Turn("assistant", "She taught a method.")]
    assert readings("Was this method new?", history)[1:] == ["Was Ada Holm’s method new?"]


@pytest.mark.parametrize(
    "question",
    [
        "What does the museum cost?",  # a museum was not spoken of
        "Was this sold?",  # no noun
        "Was he there at this time?",
        "Was the Album sold?",
        "When was the Ebb Gate album by Holm sold in Port Marlow?",
    ],
)
def test_nothing_points_where_nothing_was_spoken_of_or_all_is_said(question: str) -> None:
    assert readings(question, SAID) == [question]


def test_what_was_put_in_points_at_nothing() -> None:
    assert [w.text for w in pointed("Was the album sold?", SAID, "Was it sold?")] == ["Was the album sold?"]


def test_the_name_said_beside_the_noun_is_chosen() -> None:
    said = "The second album, Ebb Gate, was made in Port Marlow."
    history = [Turn("user", "What came next?"), Turn("assistant", said)]
    assert standalone("Was this album sold?", history) == "Was the Ebb Gate album sold?"


def test_a_new_thing_with_an_article_is_left_alone() -> None:
    history = [Turn("user", "What is the Harbour Act?"), Turn("assistant", "A law on the lease of boats.")]
    assert standalone("Can I end the contract early?", history) == "Can I end the contract early?"


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_strings_are_legal_and_signs_are_between_none_and_all(question: str, said: list[str]) -> None:
    history = [Turn("assistant" if i % 2 else "user", text) for i, text in enumerate(said)]
    found = pointed(question, history, question)
    assert found[0].text == question
    assert all(0 <= value <= 1 for way in found for value in way.signs.values())
