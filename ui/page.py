"""The page as a whole: sidebar, chat, and the cited page beside it."""

from __future__ import annotations

import streamlit as st

from answer.assistant import Assistant
from index.library import Library

from . import chat, sidebar, viewer

STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding-top: 2.2rem; max-width: 92rem; }
.st-key-chat_column { max-width: 50rem; margin: 0 auto; }
.st-key-page_picture { overflow-x: auto; }
.st-key-page_picture img { max-width: none; border-radius: .3rem; box-shadow: 0 1px 6px rgb(0 0 0 / .18); }
.st-key-viewer { position: sticky; top: 3.5rem; }
[data-testid="stChatMessage"] [data-testid="stText"] { font-family: inherit; white-space: pre-wrap; }
@media (max-width: 640px) { .st-key-viewer { position: static; } }
</style>
"""


def show(library: Library, assistant: Assistant) -> None:
    """Draw the page for one browser tab."""
    st.html(STYLE)
    if "chat" not in st.session_state:
        given = st.query_params.get("chat", "")
        st.session_state.chat = int(given) if given.isdecimal() else None
    sidebar.show(library)
    shown: viewer.Shown | None = st.session_state.get("shown")
    if shown is None:
        with st.container(key="chat_column"):
            chat.show(library, assistant)
    else:
        left, right = st.columns([1, 1], gap="large")
        with left, st.container(key="chat_column"):
            chat.show(library, assistant)
        with right:
            following = viewer.show(library, shown)
        if following != shown:
            st.session_state.shown = following
            st.rerun()
    chat.question_box(library)
