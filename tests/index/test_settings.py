from pathlib import Path

import pytest

from index.settings import Settings
from ingest.errors import SettingError


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.of({}) == Settings(Path(".footnote"), "all-MiniLM-L6-v2", "auto", False)


def test_the_environment_sets_all() -> None:
    found = Settings.of(
        {
            "FOOTNOTE_LIBRARY": "/x",
            "FOOTNOTE_MODEL": "hashing",
            "FOOTNOTE_DEVICE": "cpu",
            "FOOTNOTE_ALLOW_DOWNLOAD": "1",
            "FOOTNOTE_MAX_PAGES": "7",
        }
    )
    assert (found.folder, found.model, found.device, found.download) == (Path("/x"), "hashing", "cpu", True)
    assert found.limits.pages == 7


def test_a_device_that_is_none_is_named() -> None:
    with pytest.raises(SettingError, match="FOOTNOTE_DEVICE is 'toaster'"):
        Settings.of({"FOOTNOTE_DEVICE": "toaster"})
