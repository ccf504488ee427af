"""Small talk is answered without searching; a question never counts as small talk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.smalltalk import small_talk


@pytest.mark.parametrize("said", ["Hi", "hello!", "Good morning", "Hey there", "Bonjour"])
def test_a_greeting_is_returned(said: str) -> None:
    assert (small_talk(said, 3) or "").startswith("Hello. Ask me something about your 3 documents")


@pytest.mark.parametrize("said", ["thanks", "Thank you so much!", "ok, thanks", "Great"])
def test_thanks_are_accepted(said: str) -> None:
    assert (small_talk(said, 3) or "").startswith("You're welcome")


@pytest.mark.parametrize("said", ["What can you do?", "help", "who are you?", "How does this work?"])
def test_it_says_what_it_can_do(said: str) -> None:
    assert "from your own documents" in (small_talk(said, 1) or "")


def test_an_empty_library_is_invited_to_be_filled() -> None:
    assert small_talk("hello", 0) == "Hello. Add a document first, then ask me about it."


def test_what_the_empty_page_offers_to_ask_is_answered() -> None:
    assert (small_talk("What kinds of files can I add?", 0) or "").startswith("PDF")
    assert (small_talk("Does anything leave my machine?", 0) or "").startswith(
        "Nothing leaves the machine that I run on"
    )


@pytest.mark.parametrize(
    "question",
    ["Hello, who signed the convention?", "What can states do?", "thanks to whom?", "Who are you Diya?", "good faith?"],
)
def test_a_question_is_not_small_talk(question: str) -> None:
    assert small_talk(question, 3) is None


@given(st.text())
def test_any_string_is_a_legal_message(said: str) -> None:
    reply = small_talk(said, 1)
    assert reply is None or reply.strip()


@pytest.mark.parametrize("said", ["yes", "Yes, please", "tell me more"])
def test_a_yes_to_nothing_asks_for_a_question_and_later_is_no_small_talk(said: str) -> None:
    assert (small_talk(said, 1) or "").startswith("Ask a question first")
    assert small_talk(said, 1, begun=True) is None


@pytest.mark.parametrize("said", ["no", "No thanks", "never mind"])
def test_a_no_is_accepted(said: str) -> None:
    assert (small_talk(said, 1, begun=True) or "").startswith("All right")
