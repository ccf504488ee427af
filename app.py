"""Footnote's page: `streamlit run app.py`.  Puts the parts together, and holds no logic."""

from __future__ import annotations

import os

# Before any model library is imported: nothing is fetched unless the user asks for it.
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")

from pathlib import Path

import streamlit as st

from answer.assistant import Assistant
from answer.settings import AnswerSettings
from index.jobs import Worker
from index.library import Library
from index.settings import Settings
from ingest.errors import FootnoteError
from ui import page
from ui.access import refusal
from ui.plain import plain

st.set_page_config("Footnote", page_icon="📑", layout="wide")


def corpus() -> Path | None:
    """The folder that is kept in the library: FOOTNOTE_CORPUS, else `corpus` beside this file; empty: none."""
    given = os.environ.get("FOOTNOTE_CORPUS", str(Path(__file__).parent / "corpus"))
    return Path(given) if given else None


@st.cache_resource(show_spinner="Opening the library…")
def started() -> tuple[Library, Assistant]:
    """The library, opened once for all tabs, its worker under way."""
    settings = Settings.of(os.environ)
    library = Library.open(settings.folder, settings, create=True, renew=True)
    Worker(library, corpus()).start()
    return library, Assistant(library, AnswerSettings.of(os.environ))


refused = refusal(
    st.get_option("server.address"),
    same_origin=st.get_option("server.enableCORS"),
    forgery_checked=st.get_option("server.enableXsrfProtection"),
)
if refused:
    st.error(plain(refused))
    st.stop()
try:
    st.session_state.corpus = str(corpus() or "")
    page.show(*started())
except FootnoteError as error:
    st.error(plain(str(error)))
