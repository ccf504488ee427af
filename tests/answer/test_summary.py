"""A summary is asked for in many ways, of a document that is named or the only one."""

import pytest

from answer.summary import asks_for_summary, named_document


@pytest.mark.parametrize(
    "question",
    [
        "Summarise this document",
        "Can you summarize report.pdf?",
        "Give me a short overview",
        "What is this document about?",
        "tl;dr",
    ],
)
def test_a_request_for_a_summary(question: str) -> None:
    assert asks_for_summary(question)


@pytest.mark.parametrize(
    "question", ["Who wrote the summary?", "What is the treaty about?", "How is the data summarised?"]
)
def test_other_questions_are_not(question: str) -> None:
    assert not asks_for_summary(question)


def test_a_document_is_named_with_or_without_its_ending() -> None:
    names = ["Signing in Hanoi.pdf", "Hanoi.txt", "notes.md"]
    assert named_document("summarise signing in hanoi", names) == "Signing in Hanoi.pdf"
    assert named_document("Summarise notes.md, please", names) == "notes.md"
    assert named_document("Summarise this", names) is None
