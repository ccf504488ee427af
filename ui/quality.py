"""The page that tells how well the library answers questions whose answers are known."""

from __future__ import annotations

import streamlit as st

from answer.assistant import Assistant
from index.library import Library

from . import navigation


def show(library: Library, assistant: Assistant) -> None:
    """Draw the page."""
    navigation.back_to_chat()
    st.markdown("## Quality")
