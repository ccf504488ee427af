"""Where a quote stands, as the command prints it, and what it makes of what is no text."""

import json
from pathlib import Path

import pytest

from answer.__main__ import history, main, place
from answer.nouns import Citation, Turn
from index.library import Library
from index.settings import Settings


@pytest.mark.parametrize(
    ("label", "said"),
    [("3", "page 3"), ("iii", "page 3, printed as iii"), ("1", "page 3, printed as 1"), ("slide 3", "slide 3")],
)
def test_a_page_is_told_by_its_number_and_by_what_is_printed_on_it(label: str, said: str) -> None:
    assert place(Citation(1, "a.pdf", 3, label, "x", 0, 1, ())) == said


def test_what_no_text_can_hold_is_replaced_in_a_question_and_in_what_was_said_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Library.open(tmp_path / "library", Settings(model="hashing"), create=True).close()
    environment = {"FOOTNOTE_LIBRARY": str(tmp_path / "library"), "FOOTNOTE_MODEL": "hashing"}
    assert main(["--json", "caf\udce9?"], environment) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "caf??"
    assert history({"history": [{"role": "user", "text": "caf\udce9"}]}) == [Turn("user", "caf?")]
