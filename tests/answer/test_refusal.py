"""A refusal says that it is one, and what was looked for where."""

import pytest

from answer.refusal import NOT_HERE, refusal, telling


def test_a_refusal_names_the_kind_and_the_words_looked_for() -> None:
    assert refusal("When does the lease of Marrow Point end?", 3) == (
        "The answer is not in your documents. Looked in 3 documents for a date about “lease”, “Marrow”, “Point”, “end”."
    )


def test_a_question_of_empty_words_is_refused_without_a_list() -> None:
    assert refusal("What is it?", 1) == NOT_HERE


def test_words_that_questions_are_made_of_are_not_looked_for() -> None:
    assert refusal("Hello, how many bedrooms may the flat have, please?", 3) == (
        "The answer is not in your documents. Looked in 3 documents for a number about “bedrooms”, “flat”."
    )


def test_words_that_no_document_holds_are_named() -> None:
    assert refusal("Who owns the old mill at Marrow Point?", 3, ["mill", "Marrow", "Point"]) == (
        "The answer is not in your documents. Looked in 3 documents for a name about “owns”, “old”, “mill”, “Marrow”, "
        "“Point”. None of them mentions “mill”, “Marrow” or “Point”."
    )


def test_where_none_of_the_words_is_there_they_are_said_once() -> None:
    assert refusal("Who owns Marrow Point?", 3, ["owns", "Marrow", "Point"]) == (
        "The answer is not in your documents. Looked in 3 documents. None of them mentions “owns”, “Marrow” or “Point”."
    )
    assert refusal("Who owns it?", 1, ["owns"]).endswith("Looked in 1 document. It doesn’t mention “owns”.")


def test_what_is_named_by_number_and_not_there_is_said_to_be_lacking() -> None:
    asked = "What does Figure 7 on page 90 show?"
    assert refusal(asked, 1, ["show"], ["Figure 7", "page 90"]).endswith(
        "in 1 document. It has no Figure 7 or page 90."
    )
    assert refusal(asked, 2, (), ["page 90"]).endswith("in 2 documents. None of them has a page 90.")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What does the document say about Jon Vane?", ["Jon", "Vane"]),
        ("How many kestrels nest on page 3?", ["kestrels", "nest"]),
        ("What does the report mention of C in 2035, e.g. its cost?", ["2035", "cost"]),
        ("What's the harbour's fee, and why doesn’t Elm's vary?", ["harbour", "fee", "Elm", "vary"]),
        ("Why can't tenants sublet, and won’t they?", ["tenants", "sublet"]),
        ("合同何时结束？", ["合同何时结束"]),
        (
            "Is the deposit 1,200, or 3.5 million, or 800, as agreed?",
            ["deposit", "1,200", "3.5", "million", "800", "agreed"],
        ),
    ],
)
def test_only_words_that_say_something_are_told_to_be_absent(question: str, words: list[str]) -> None:
    assert telling(question) == words
