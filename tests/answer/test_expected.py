"""The kind of answer asked for is told from the question's words."""

import pytest

from answer.expected import expected, fits


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
