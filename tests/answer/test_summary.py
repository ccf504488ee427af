"""A summary is asked for in many ways, of a document that is named or the only one."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from answer.summary import (
    asks_for_summary,
    asks_of_pages,
    central,
    named_document,
    of_nothing_else,
    said_on,
    subject,
    unnamed,
)
from index.embedder import HashingEmbedder
from ingest.nouns import Passage, Span
from ingest.sentences import sentences


class Corpus:
    """Meaning by the hashing embedder."""

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        return dict.fromkeys(words, 1.0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return HashingEmbedder().encode(texts)


@pytest.mark.parametrize(
    "question",
    [
        "Summarise this document",
        "Can you summarize report.pdf?",
        "Give me a short overview",
        "What is this document about?",
        "What is this about?",
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


@pytest.mark.parametrize(
    "question",
    ["What is Signing in Hanoi about?", "What's Hanoi.txt about", "Can you tell me what the paper “notes” is about?"],
)
def test_what_a_document_that_is_named_is_about_is_its_summary(question: str) -> None:
    assert asks_for_summary(question, ["Signing in Hanoi.pdf", "Hanoi.txt", "notes.md"])
    assert not asks_for_summary(question, ["minutes.pdf"])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Summarise this in three short sentences, for a child", []),
        ("Give me a detailed summary of the harbour report", []),
        ("Summarise page 5", []),
        ("Give me an overview of the risks of nuclear power", ["risks", "nuclear", "power"]),
        ("Summarise the fees in the harbour report", ["fees"]),
    ],
)
def test_a_summary_may_be_asked_of_something_in_a_document(question: str, words: list[str]) -> None:
    assert subject(question, "harbour-report.pdf") == words


def test_what_is_expressly_asked_about_is_told_from_the_documents_own_name() -> None:
    assert said_on("Summarise what zoo.txt says about llama farms", "zoo.txt") == ["llama", "farms"]
    assert said_on("Summarise the text on the zoo", "zoo.txt The zoo") == []
    assert said_on("Summarise the llama farms of zoo.txt", "zoo.txt") == []


def test_a_document_is_named_with_or_without_its_ending() -> None:
    names = ["Signing in Hanoi.pdf", "Hanoi.txt", "notes.md"]
    assert named_document("summarise signing in hanoi", names) == "Signing in Hanoi.pdf"
    assert named_document("Summarise notes.md, please", names) == "notes.md"
    assert named_document("Summarise this", names) is None
    assert named_document("Summarise notes.md", ["notes.docx", "notes.md"]) == "notes.md"


@pytest.mark.parametrize(
    ("question", "nothing"),
    [
        ("Summarise this document, please", True),
        ("Could you give me a short summary of the contract?", True),
        ("tl;dr", True),
        ("Give me a summary of the harbour fees", False),
        ("Summarise page 5", False),
        ("Give me an overview of chapter 3", False),
        ("Summarize chapter two of the Marlow report", False),
    ],
)
def test_a_summary_of_nothing_else_than_a_document_is_told(question: str, nothing: bool) -> None:
    assert of_nothing_else(question) is nothing


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What is on page 3?", True),
        ("What's written on pages 3 to 5?", True),
        ("What does page 3 of lease 2021.pdf say?", True),
        ("Please describe page four", True),
        ("What stands on the last page of the document?", True),
        ("Page 3", True),
        ("What does page 3 say of the rent?", False),
        ("Who is mentioned on page 4?", False),
        ("Is there a table on page 4?", False),
        ("What is the answer to question 3 on page 14?", False),
        ("What does Figure 2 on page 12 show?", False),
        ("What is on the page after page 3?", False),
        ("How much is it on page 3?", False),
        ("What is on slide 3?", False),
        ("What is it about?", False),
        ("Who burned the last page of the letter?", False),
    ],
)
def test_a_question_for_nothing_but_a_page_asks_for_what_stands_there(question: str, asked: bool) -> None:
    assert asks_of_pages(question, ["Lease 2021.pdf", "zoo.txt"]) is asked


def test_the_name_of_a_document_says_nothing_of_its_parts() -> None:
    names = ["Chapter 3.md", "Minutes_page 2.txt"]
    assert unnamed("Summarise Chapter 3.md", names) == "Summarise"
    assert unnamed("What does page 4 of “Minutes page 2” say?", names) == "What does page 4 say?"
    assert unnamed("Summarise page 4", names) == "Summarise page 4"


def test_rows_of_tables_and_contents_are_left_out_of_a_summary() -> None:
    text = (
        "The harbour board met on Monday to settle the fees. Total of all harbour fees 12 14 15 18 20 22. "
        "Item 7 of the harbour board and its discussion of the fees 17 \nThe boats pay for the new harbour wall again."
    )
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text, sentences=tuple(sentences(text)))
    said = [text[s.start : s.end] for s in central(Corpus(), "a.txt", [passage])]
    assert said[0] == "The harbour board met on Monday to settle the fees."
    assert not any("12 14" in s for s in said)


def test_a_document_of_lines_without_stops_has_a_summary_too() -> None:
    lines = [f"Master of the harbour at Port Number {n} for so many years" for n in "ABCDEF"]
    text = "\n\n".join([*lines, "References of all the persons named here are given on request only."])
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text, sentences=tuple(sentences(text)))
    assert len(central(Corpus(), "a.txt", [passage])) == 4


def test_the_marks_of_headings_are_none_of_a_summary() -> None:
    text = "# Port\n\nThe boats.\n\n## Mill\n\nThe gull."
    places = tuple((text.index(s), text.index(s) + len(s)) for s in ("#", "The boats.", "##", "The gull."))
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text, sentences=places)
    said = [text[s.start : s.end] for s in central(Corpus(), "a.md", [passage])]
    assert said == ["The boats.", "The gull."]


def test_a_summary_is_of_whole_sentences_in_reading_order_none_twice() -> None:
    text = (
        "The harbour board met on Monday to settle the fees. The harbour fees for boats will rise by a tenth. "
        "The board of the harbour asked the boats to pay the fees. A gull was seen on the roof of the old mill. "
        "The fees pay for the new harbour wall and its lamps. Too short."
    )
    passage = Passage("id", 0, (Span(1, 0, len(text)),), text, sentences=tuple(sentences(text)))
    said = [text[s.start : s.end] for s in central(Corpus(), "a.txt", [passage])]
    whole = [text[a:b] for a, b in passage.sentences]
    assert said == [s for s in whole if s in said]
    assert len(said) == len(set(said)) == 4
    assert "Too short." not in said
