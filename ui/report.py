"""The report on one document: what was read of it, how, what was not and why; each page's text beside its picture."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from index.library import Library
from index.nouns import Entry, Sheet
from ingest.errors import FootnoteError
from ingest.nouns import DRAWN, Kind
from ingest.numbers import counted, some

from . import navigation, parts, places, private, viewer
from .plain import plain

ADDRESS = "report"
NAMES: dict[Kind, str] = {
    "pdf": "PDF",
    "docx": "Word document",
    "pptx": "presentation",
    "xlsx": "workbook",
    "csv": "CSV file",
    "html": "web page",
    "epub": "book",
    "eml": "e-mail",
    "image": "picture",
    "text": "text file",
    "markdown": "Markdown file",
}
# What reading leaves out by rule, said where nothing in the file itself was counted.
LEFT_OUT: dict[Kind, str] = {
    "pdf": "Drawings on pages that have text of their own are not read, nor are files pinned to a page.",
    "html": "Menus, forms, scripts and hidden parts are not read.",
}


def go(name: str) -> None:
    """Open the report on the document of that name."""
    navigation.go(ADDRESS, {"document": name})


def show(library: Library) -> None:
    """Draw the page for the document that the address names."""
    navigation.back_to_chat()
    name = st.query_params.get("document", "")
    try:
        entry, sheets = library.entry(name), library.sheets(name)
    except FootnoteError as error:
        st.info(plain(str(error)))
        return
    st.markdown(f"## {plain(entry.title or entry.name)}")
    size = f"{entry.size / 1e6:.1f} MB" if entry.size >= 1e5 else f"{entry.size / 1e3:.1f} kB"
    st.caption(plain(f"{entry.name} · {NAMES[entry.kind]} · {size} · added {entry.added[:16].replace('T', ' ')} UTC"))
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("#### What was read")
        for sentence in read(entry, sheets):
            st.markdown(f"- {plain(sentence)}")
    with right:
        st.markdown("#### What was not, and why")
        for sentence in unread(entry, sheets) or ["Nothing was left out."]:
            st.markdown(f"- {plain(sentence)}")
    if sheets:
        _page(library, entry, sheets)


def read(entry: Entry, sheets: list[Sheet]) -> Iterator[str]:
    """What was read and how, a sentence each."""
    recognised = [s for s in sheets if s.origin == "ocr"]
    text = [s for s in sheets if s.characters and s.origin == "text"]
    if text:
        yield f"{counted(len(text), 'page')} read as text, {sum(s.characters for s in text):,} characters."
    if recognised:
        worst = min(recognised, key=lambda s: s.confidence)
        sure = sum(s.confidence * s.characters for s in recognised) / max(1, sum(s.characters for s in recognised))
        least = f"; least on page {worst.number}, {worst.confidence:.0%}" if len(recognised) > 1 else ""
        numbers = some("page", [s.number for s in recognised])
        yield f"{counted(len(recognised), 'page')} recognised from pictures ({numbers}), {sure:.0%} sure{least}."
    if mixed := [s.number for s in sheets if s.mixed]:
        yield f"Pictures on {some('page', mixed)} hold words, which were recognised and stand in the page's text."
    if not text and not recognised:
        yield "Nothing: there is no text in it that can be read."
    whole = entry.vectors >= entry.passages
    meaning = "by words and by meaning" if whole else f"by words, {entry.vectors} of them by meaning so far"
    yield f"{counted(entry.passages, 'passage')} can be found {meaning}."


def unread(entry: Entry, sheets: list[Sheet]) -> list[str]:
    """What was not read and why, a sentence each."""
    by_rule = [LEFT_OUT[entry.kind]] if entry.kind in LEFT_OUT and any(s.origin == "text" for s in sheets) else []
    return [*entry.warnings, *entry.notes, *by_rule]


def _page(library: Library, entry: Entry, sheets: list[Sheet]) -> None:
    """One page: its picture, and beside it the text that is searched and quoted."""
    st.divider()
    number = 1
    if len(sheets) > 1:
        number = int(st.number_input(f"Page, 1 to {len(sheets)}", 1, len(sheets), key=f"report_page_{entry.id[:12]}"))
    page = library.page(entry.name, number)
    st.caption(plain(places.title(page, len(sheets))))
    drawn = entry.kind in DRAWN and page.width > 0
    sides = st.columns(2, gap="large") if drawn else [st.container()]
    if drawn:
        with sides[0]:
            try:
                picture = private.picture(library.render(entry.name, number, viewer.ZOOMS["Fit"]))
                st.image(picture, width="stretch", alt=f"Page {number} of {entry.name}")
            except FootnoteError as error:
                st.info(plain(str(error)))
    with sides[-1]:
        if page.text.strip():
            alt = f"Text of page {number} of {entry.name}"
            parts.text_page({"pieces": [page.text, "", "", "", ""], "alt": alt}, key="report_text")
        else:
            st.info("No text was read on this page, so nothing on it can be found.")
    with st.expander("All pages"):
        st.dataframe(
            [
                {
                    "Page": s.number,
                    "Place": s.label if s.label != str(s.number) else "",
                    "Read as": _read_as(s),
                    "Sure": f"{s.confidence:.0%}" if s.origin == "ocr" or s.mixed else "",
                    "Characters": s.characters,
                }
                for s in sheets
            ],
            hide_index=True,
        )


def _read_as(sheet: Sheet) -> str:
    """How a page was read, in a word or three."""
    if not sheet.characters:
        return "nothing"
    return "recognised" if sheet.origin == "ocr" else "text and pictures" if sheet.mixed else "text"
