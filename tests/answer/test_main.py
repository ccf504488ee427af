"""Where a quote stands, as the command prints it."""

import pytest

from answer.__main__ import place
from answer.nouns import Citation


@pytest.mark.parametrize(
    ("label", "said"),
    [("3", "page 3"), ("iii", "page 3, printed as iii"), ("1", "page 3, printed as 1"), ("slide 3", "slide 3")],
)
def test_a_page_is_told_by_its_number_and_by_what_is_printed_on_it(label: str, said: str) -> None:
    assert place(Citation(1, "a.pdf", 3, label, "x", 0, 1, ())) == said
