"""The page as a whole: the sidebar, and beside it the chat with the cited page, or another page."""

from __future__ import annotations

import streamlit as st

from answer.assistant import Assistant
from index.library import Library

from . import chat, navigation, quality, report, sidebar, viewer
from .navigation import CHAT, Place

DIGITS = 18  # of a conversation in the address, at most: a number of SQLite has 64 bits

STYLE = """
<style>
[data-testid="stMainBlockContainer"] { padding: 2.2rem clamp(1rem, 3vw, 3rem) 1rem; max-width: 100rem; }
[data-testid="stSidebarHeader"] { height: auto; padding-bottom: 0; margin-bottom: 0; }
.st-key-chat_column, .st-key-quality_column { max-width: 50rem; margin: 0 auto; }
.st-key-page_picture { overflow-x: auto; }
.st-key-page_picture img { max-width: none; border-radius: .3rem; box-shadow: 0 1px 6px rgb(0 0 0 / .18); }
[data-testid="stChatMessage"] [data-testid="stText"] { font-family: inherit; white-space: pre-wrap; }
[data-testid="stChatMessage"] { background: transparent; padding: .9rem 1rem; }
[data-testid="stChatMessage"]:has([aria-label="Chat message from user"]) { background: rgb(128 120 100 / .1); }
@media (min-width: 641px) {
  [data-testid="stColumn"]:has(.st-key-viewer) > [data-testid="stVerticalBlock"] {
    position: sticky; top: 3.75rem; max-height: calc(100vh - 10.5rem); overflow-y: auto; }
}
</style>
"""


def show(library: Library, assistant: Assistant) -> None:
    """Draw the app for one browser tab."""
    st.html(STYLE)
    if "chat" not in st.session_state:
        given = st.query_params.get("chat", "")
        st.session_state.chat = int(given) if given.isdecimal() and len(given) <= DIGITS else None
    # Set anew on every run: Streamlit forgets a widget's value while another page doesn't draw it.
    st.session_state.caution = st.session_state.get("caution") or assistant.settings.caution
    navigation.run(pages(library, assistant), lambda: sidebar.show(library))


def pages(library: Library, assistant: Assistant) -> dict[str, Place]:
    """The pages by their address."""
    return {
        CHAT: Place("Footnote", lambda: conversation(library, assistant)),
        report.ADDRESS: Place("Report · Footnote", lambda: report.show(library)),
        "quality": Place("Quality · Footnote", lambda: quality.show(library, assistant)),
    }


def conversation(library: Library, assistant: Assistant) -> None:
    """The chat, and beside it the cited page where one is open."""
    chat.question_box(library)  # Streamlit puts it at the foot; first, so that nothing that draws anew loses a question
    shown: viewer.Shown | None = st.session_state.get("shown")
    if shown is None:
        with st.container(key="chat_column"):
            chat.show(library, assistant)
    else:
        left, right = st.columns([5, 6], gap="medium")
        with left, st.container(key="chat_column"):
            chat.show(library, assistant)
        with right:
            following = viewer.show(library, shown)
        if following != shown:
            st.session_state.shown = following
            st.rerun()
