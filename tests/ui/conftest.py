"""A library that the page opens, and clicks that AppTest can't make."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from index.library import Library
from index.settings import Settings
from tests.ui.page import Click
from ui import parts


@pytest.fixture(autouse=True)
def main_module() -> Iterator[None]:
    """Streamlit makes the page it runs the main module, which new processes of later tests would run."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library that the page opens, to look into."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("FOOTNOTE_MODEL", "hashing")
    monkeypatch.setenv("FOOTNOTE_CORPUS", "")
    monkeypatch.setenv("FOOTNOTE_THRESHOLD", "0.01")
    monkeypatch.setenv("FOOTNOTE_ALLOWED", "@example.org")
    st.cache_resource.clear()
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as opened:
        yield opened
    st.cache_resource.clear()


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Click:
    """Click on something in the list of conversations, which AppTest can't: (page, what, value).

    A dialog stays open, as AppTest runs the whole page where a browser would run the dialog alone.
    """
    drawn = parts.conversations
    clicked: dict[str, int | bool] = {}

    def seen(key: str, what: str) -> Any:
        return clicked.pop(what, None) if key == "conversations" else None

    def draw(data: parts.Data, key: str) -> Any:
        drawn(data, key)
        return SimpleNamespace(manage=clicked.get("manage"), all=clicked.pop("all", None))

    def act(shown: AppTest, what: str, value: int | bool) -> None:
        clicked[what] = value
        shown.run()
        assert not shown.exception
        assert set(clicked) <= {"manage"}  # the page has looked at it

    monkeypatch.setattr(parts, "clicked", seen)
    monkeypatch.setattr(parts, "conversations", draw)
    return act
