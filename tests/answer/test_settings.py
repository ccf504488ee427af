"""Settings of answering come from the environment; a wrong one is named with what is allowed."""

import pytest

from answer.settings import AnswerSettings
from ingest.errors import SettingError


def test_an_empty_environment_gives_the_defaults() -> None:
    assert AnswerSettings.of({}) == AnswerSettings(threshold=None, caution="balanced", passages=10, reader=True)


def test_the_environment_sets_all() -> None:
    given = {
        "FOOTNOTE_THRESHOLD": "0.7",
        "FOOTNOTE_CAUTION": "Strict",
        "FOOTNOTE_PASSAGES": "5",
        "FOOTNOTE_READER": "off",
    }
    assert AnswerSettings.of(given) == AnswerSettings(0.7, "strict", 5, False)


@pytest.mark.parametrize(
    ("key", "value"), [("FOOTNOTE_CAUTION", "bold"), ("FOOTNOTE_READER", "no"), ("FOOTNOTE_THRESHOLD", "2")]
)
def test_a_value_that_is_none_is_named(key: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"{key} is '{value}'"):
        AnswerSettings.of({key: value})
