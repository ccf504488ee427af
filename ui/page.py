"""The page as a whole: the sidebar, and beside it the chat with the cited page, or another page."""

from __future__ import annotations

import streamlit as st

from answer.assistant import Assistant
from index.library import Library

from . import chat, navigation, quality, sidebar, viewer
from .navigation import CHAT, Place

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
    """Draw the app for one browser tab."""
    st.html(STYLE)
    if "chat" not in st.session_state:
        given = st.query_params.get("chat", "")
        st.session_state.chat = int(given) if given.isdecimal() else None
    navigation.run(pages(library, assistant), lambda: sidebar.show(library))


def pages(library: Library, assistant: Assistant) -> dict[str, Place]:
    """The pages by their address."""
    return {
        CHAT: Place("Footnote", lambda: conversation(library, assistant)),
        "quality": Place("Quality · Footnote", lambda: quality.show(library, assistant)),
    }


def conversation(library: Library, assistant: Assistant) -> None:
    """The chat, and beside it the cited page where one is open."""
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
