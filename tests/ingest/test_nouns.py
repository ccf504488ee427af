"""What pages say of themselves."""

import pytest

from ingest.nouns import is_place


@pytest.mark.parametrize(("label", "is_one"), [("slide 4", True), ("message", True), ("12", False), ("A-3", False)])
def test_a_label_tells_a_place_or_what_is_printed(label: str, is_one: bool) -> None:
    assert is_place(label) is is_one
