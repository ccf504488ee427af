"""The names and numbers that a question gives, without the words that only ask."""

import pytest

from answer.named import named


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did Ada Holm build in 1874?", ["Ada", "Holm", "1874"]),
        ("Which years did “Marrow Point” close, and did Marrow reopen?", ["Marrow", "Point"]),
        ("How many boats carried more than 1,577 sacks?", ["1,577"]),
        ("What was the toll of the Holm bridge in FY2017?", ["Holm", "FY2017"]),
        ("Who lives on the Isle of Vane. Please Answer in one word.", ["Isle", "Vane"]),
        ("what is the fee for a passport", []),
    ],
)
def test_names_and_numbers_are_found_as_they_are_written(question: str, found: list[str]) -> None:
    assert named(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "Describe the fee. Nobody pays it?",
        "What is on page 42?",
        "WHO BUILT THE BRIDGE OF HOLM?",
        "Does it rise by 15%?",
        "What does the Report say, and Why?",
        "What is the EBITDA, in USD millions?",
    ],
)
def test_what_only_asks_or_says_where_is_no_name(question: str) -> None:
    assert named(question) == []
