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


@pytest.mark.parametrize("value", ["nan", "2", "-1", "high"])
def test_without_a_threshold_the_caution_says_how_sure_to_be(value: str) -> None:
    with pytest.raises(SettingError, match=r"from 0 to 1, or unset it for what FOOTNOTE_CAUTION says$"):
        AnswerSettings.of({"FOOTNOTE_THRESHOLD": value})
