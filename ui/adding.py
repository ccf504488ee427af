"""Adding in the sidebar: files, pasted text, and the passwords of files that are locked."""

from __future__ import annotations

import codecs
import re
from typing import Any

import streamlit as st

from index.library import Library
from index.nouns import Job
from ingest.errors import ReadError
from ingest.kinds import ENDINGS, kind_of

KINDS = [ending.lstrip(".") for ending in ENDINGS]
PASTED = {"html": ".html", "markdown": ".md", "eml": ".eml"}


def submit(library: Library, files: list[Any]) -> None:
    """Hand files to the library's jobs; reading goes on without the page."""
    for file in files:
        library.jobs.submit(file.name, file.getvalue())


def uploads(library: Library) -> None:
    """The file picker and the box for text; fresh ones after each use, so that nothing is handed in twice."""
    turn = st.session_state.setdefault("upload_turn", 0)
    files = st.file_uploader("Add documents", type=KINDS, accept_multiple_files=True, key=f"files_{turn}")
    text, title = "", ""
    with st.expander("Paste text"), st.form(f"paste_{turn}", border=False):
        title = st.text_input("Title", placeholder="What to call it", key=f"paste_title_{turn}")
        text = st.text_area("Text, or the source of a web page", height=140, key=f"paste_text_{turn}")
        pasted = st.form_submit_button("Add text", width="stretch") and bool(text.strip())
    if files:
        submit(library, files)
    if pasted:
        library.jobs.submit(*pasted_file(title, text))
    if files or pasted:
        st.session_state.upload_turn = turn + 1
        st.rerun()


def pasted_file(title: str, text: str) -> tuple[str, bytes]:
    """Pasted text as a file, called by its title or its first words; the ending says what it is."""
    data = text.encode("utf-8", "replace")
    try:
        ending = PASTED.get(kind_of(data, "pasted"), ".txt")
    except ReadError:  # it begins as files do that can't be read; with a mark it is text all the same
        ending, data = ".txt", codecs.BOM_UTF8 + data
    words = " ".join(re.sub(r"[^\w\s.,'’&()-]", " ", re.sub(r"<[^>]*>", " ", title or text)).split())
    short = words if len(words) <= 60 else words[:60].rpartition(" ")[0] or words[:60]
    return f"{short.strip('. ') or 'Pasted text'}{ending}", data


def passwords(library: Library, jobs: list[Job]) -> None:
    """A field for each file that needs a password; the password is kept in memory only."""
    for job in jobs:
        if job.state != "locked":
            continue
        with st.form(f"unlock_{job.id}", border=False):
            given = st.text_input(f"Password of {job.name}", type="password", key=f"password_{job.id}")
            if st.form_submit_button("Open", width="stretch") and given:
                library.jobs.unlock(job.id, given)
                st.rerun()
