"""What a file of requests may hold."""

from pathlib import Path

import pytest

from index.command import requests
from ingest.errors import SettingError


def test_what_no_text_can_hold_is_replaced_in_a_question(tmp_path: Path) -> None:
    (tmp_path / "q").write_text('{"question": "caf\\udce9?", "documents": null}\n\n{"question": "Who?"}\n', "utf-8")
    assert [request["question"] for request in requests(str(tmp_path / "q"))] == ["caf??", "Who?"]


@pytest.mark.parametrize("names", ["5", '"report.pdf"', "[5]", '["report.pdf", null]', '{"report.pdf": 1}'])
def test_documents_that_are_no_list_of_names_are_named_with_their_line(tmp_path: Path, names: str) -> None:
    (tmp_path / "q").write_text(f'{{"question": "Who?"}}\n{{"question": "Who?", "documents": {names}}}\n', "utf-8")
    with pytest.raises(SettingError, match=r'line 2 of .*"documents" must be a list of names'):
        list(requests(str(tmp_path / "q")))
