"""What a person can do something about, said in one sentence where it happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from ingest.errors import FootnoteError

from .plain import plain


@contextmanager
def said() -> Iterator[None]:
    """Show a FootnoteError that is raised within, and go on after it.

    Around the page, and around each fragment and dialog: Streamlit catches what leaves one of these, shows a text of
    its own that says nothing, and ends the run.
    """
    try:
        yield
    except FootnoteError as error:
        st.error(plain(str(error)))
