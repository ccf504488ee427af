"""The parts of the page that are drawn by our own JavaScript, because they show text from documents.

Streamlit reads Markdown in most labels; these parts get their texts as data and set them as `textContent`.
Each takes JSON data and returns what was clicked since the last run, as triggers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).with_name("components")
Data = dict[str, Any]


def pieces(text: str, ranges: Sequence[Sequence[int]]) -> list[Data]:
    """`text` in pieces, those at `ranges` (in order, apart from each other) with `exact` true.

    Cut here and not in JavaScript, whose strings count other characters.
    """
    found, at = [], 0
    for start, end in ranges:
        found += [{"text": text[at:start], "exact": False}, {"text": text[start:end], "exact": True}]
        at = end
    return [*found, {"text": text[at:], "exact": False}]


def _nothing() -> None:
    """Streamlit knows a trigger by its callback; what was clicked is read from the result instead."""


def _read(name: str) -> str:
    return (HERE / name).read_text("utf-8")


@st.cache_resource
def _component(name: str, css: str) -> Callable[..., Any]:
    # One registration for the life of the server: registering again on every rerun would reset what is shown.
    return st.components.v2.component(f"footnote_{name}", css=_read(css), js=_read(f"{name}.js"))


def answer(data: Data, key: str) -> Any:
    """An answer with its sources.

    What is clicked is {"chat": the data's own, "value"}: of `.open` the marker of a source, of `.look` the rank of a
    passage, of `.ask` a question put in place of this one; of `.everywhere` true, where it is to be looked for there.
    """
    return _component("answer", "answer.css")(
        data=data,
        key=key,
        on_open_change=_nothing,
        on_look_change=_nothing,
        on_ask_change=_nothing,
        on_everywhere_change=_nothing,
    )


def scroll(data: Data, key: str) -> None:
    """Bring the page's picture to `at`, from 0 (its top) to 1, once for each value of `opened`."""
    _component("scroll", "text.css")(data=data, key=key)


def text_page(data: Data, key: str) -> None:
    """A page of a text document, given in five pieces: before, the quote's start, exact words and end, after."""
    _component("text", "text.css")(data=data, key=key)


def library(data: Data, key: str) -> Any:
    """The list of documents; `.remove` and `.report` are names, `.choose` {"document", "chosen"}."""
    return _component("library", "library.css")(
        data=data, key=key, on_remove_change=_nothing, on_choose_change=_nothing, on_report_change=_nothing
    )


def jobs(data: Data, key: str) -> Any:
    """The files on their way in; `.cancel` and `.dismiss` are a job's id."""
    return _component("jobs", "library.css")(data=data, key=key, on_cancel_change=_nothing, on_dismiss_change=_nothing)


def conversations(data: Data, key: str) -> Any:
    """The list of conversations; `.visit` and `.manage` are a conversation's id, `.all` is true."""
    return _component("conversations", "conversations.css")(
        data=data, key=key, on_visit_change=_nothing, on_manage_change=_nothing, on_all_change=_nothing
    )


def clicked(key: str, what: str) -> Any:
    """What was clicked in the part `key` since the last run, before it is drawn in this one; None for nothing."""
    return (st.session_state.get(key) or {}).get(what)
