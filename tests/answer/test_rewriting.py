"""The readings of a follow-up, what speaks for them, and the choice."""

import pytest

from answer.mentions import Mention
from answer.nouns import Turn
from answer.rewriting import Way, chosen, exceptions, leaning, model, put, ways

HISTORY = [Turn("user", "Who is Ada Holm?"), Turn("assistant", "Holm built boats in Port Marlow.")]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Where did she live?", "person"),
        ("What are their aims?", "group"),
        ("When was it built?", "thing"),
        ("Why is that?", "thing"),
        ("Any others?", "topic"),
        ("What happened in 1990?", "topic"),
        ("What happened to the boat?", None),
        ("What is rent?", None),
        ("Who is Ada?", None),
        ("Is that boat old?", None),
        ("Was this successful?", "thing"),
        ("Is that a club?", "thing"),
        ("Was this club large?", None),
        ("Which were the boats that were sold?", None),
        ("When did the war end?", None),
        ("Is it possible to cancel?", None),
        ("Did Ada sell her boat?", None),
        ("Has Mr Holm sold it?", "thing"),
        ("Did Prof Ada Holm and Dr Lind repair it?", "thing"),
        ("Did Dr. Lind repair it?", "thing"),
        ("Did Mrs Holm sell her boat?", None),
        ("Has the Harbour Trust sold it?", None),
        ("If a boat sinks, who raises it?", None),
    ],
)
def test_what_a_question_leans_on(question: str, kind: str | None) -> None:
    assert leaning(question) == kind


def test_there_is_a_reading_for_everything_spoken_of_and_the_first_is_as_asked() -> None:
    found = [way.text for way in ways("Where did she live?", HISTORY)]
    assert found == ["Where did she live?", "Where did Ada Holm live?", "Where did Port Marlow live?"]


def test_signs_are_between_none_and_all() -> None:
    assert all(0 <= value <= 1 for way in ways("Where did she live?", HISTORY) for value in way.signs.values())


def test_the_reading_with_the_most_weight_is_chosen_and_as_asked_where_none_has_any() -> None:
    found = [Way("as asked", {}), Way("one", {"a": 1.0}), Way("two", {"b": 0.5})]
    assert chosen(found, {"a": 1.0, "b": 4.0}) == "two"
    assert chosen(found, {"a": -1.0}) == "as asked"


def test_every_weight_is_of_a_class_that_exists() -> None:
    kinds = {"person", "group", "thing", "topic", "pointed", "other"}
    assert {name.partition(": ")[0] for name in model()} == kinds


@pytest.mark.parametrize(
    ("question", "kind", "changed"),
    [
        ("did she sell her boat?", "person", "Did Ada Holms sell her boat?"),
        ("where is his boat?", "person", "Where is Ada Holms’ boat?"),
        ("who met her?", "person", "Who met Ada Holms?"),
    ],
)
def test_the_first_pronoun_becomes_the_name_and_a_possessive_a_genitive(question: str, kind: str, changed: str) -> None:
    assert put(question, kind, Mention("Ada Holms", True)) == changed


def test_a_noun_phrase_keeps_its_article() -> None:
    assert (
        put("Where was it signed?", "thing", Mention("treaty", False, article="the")) == "Where was the treaty signed?"
    )


def test_a_topic_goes_in_front_or_behind_happened() -> None:
    treaty = Mention("treaty", False, article="the")
    assert put("any others?", "topic", treaty) == "The treaty: any others?"
    assert put("what happened next?", "topic", treaty) == "what happened to the treaty next?"


def test_left_out_can_be_what_the_last_answers_named() -> None:
    found = [way.text for way in exceptions("Did Holm live anywhere else?", HISTORY)]
    assert found == ["Did Holm live anywhere else?", "Did Holm live anywhere else besides Port Marlow?"]


@pytest.mark.parametrize("question", ["Where did Holm live?", "Where else, other than Bay, did Holm live?"])
def test_nothing_is_left_out_where_nothing_else_is_asked_for_or_it_is_said(question: str) -> None:
    assert [way.text for way in exceptions(question, HISTORY)] == [question]
