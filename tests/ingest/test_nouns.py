"""What pages say of themselves."""

import pytest

from ingest.nouns import is_place, printed


@pytest.mark.parametrize(("label", "is_one"), [("slide 4", True), ("message", True), ("12", False), ("A-3", False)])
def test_a_label_tells_a_place_or_what_is_printed(label: str, is_one: bool) -> None:
    assert is_place(label) is is_one


@pytest.mark.parametrize(("label", "said"), [("3", ""), ("iii", ", printed as iii"), ("1", ", printed as 1")])
def test_the_printed_number_is_said_where_it_is_another(label: str, said: str) -> None:
    assert printed(3, label) == said
