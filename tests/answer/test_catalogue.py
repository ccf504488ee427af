"""Questions about the library itself are told from those about what its documents say."""

import pytest

from answer.catalogue import LISTED, of_library
from index.nouns import Entry


def entry(name: str, pages: int = 1) -> Entry:
    return Entry(
        name=name, title="", id=name, kind="text", pages=pages, passages=1, vectors=1, size=1, added="", source=""
    )


TWO = [entry("Lease 2024.pdf", 3), entry("minutes.txt")]


@pytest.mark.parametrize(
    "question",
    [
        "How many documents are there?",
        "How many files do I have?",
        "how many documents are in the library",
        "Which documents do you have?",
        "What files have I uploaded?",
        "List all documents",
        "Please show me my files.",
        "List the documents in my library",
    ],
)
def test_what_the_library_holds_is_told(question: str) -> None:
    assert of_library(question, TWO) == "The library holds 2 documents: Lease 2024.pdf, minutes.txt."
    assert of_library(question, TWO[1:]) == "The library holds 1 document: minutes.txt."
    assert of_library(question, []) is None


def test_of_many_documents_the_first_are_named() -> None:
    told = of_library("List all documents", [entry(f"{n}.txt") for n in range(LISTED + 5)])
    assert told is not None
    assert told.endswith("18.txt, 19.txt, and 5 more.")


@pytest.mark.parametrize(
    "question",
    [
        "How many pages has Lease 2024.pdf?",
        "How many pages does the lease 2024 have?",
        "how many pages are in Lease 2024",
    ],
)
def test_a_document_that_is_named_has_so_many_pages(question: str) -> None:
    assert of_library(question, TWO) == "Lease 2024.pdf has 3 pages."


@pytest.mark.parametrize(
    "question",
    [
        "How many documents were signed?",
        "Which documents do I need for a visa?",
        "List all documents that the tenant must hand in",
        "How many pages has the treaty?",
        "How many pages of Lease 2024.pdf speak of rent?",
        "How long is the lease 2024?",
        "Which documents mention bicycles?",
        "What are the minutes about?",
    ],
)
def test_what_documents_may_say_is_not_told_of_the_library(question: str) -> None:
    assert of_library(question, TWO) is None
