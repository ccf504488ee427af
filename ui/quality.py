"""The page that tells how well the library answers questions whose answers are known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from answer.assistant import Assistant
from answer.draft import draft
from answer.quality import COLUMNS, PAGES, Checked, Known, calibration, check, figures, read, write
from index.library import Library
from ingest.errors import FootnoteError, SettingError

from . import navigation, private
from .plain import plain

ABOUT = (
    "Ask your library questions whose answers you know, and see how often it finds the right place, cites it, "
    "and declines. Only the question is needed; each further column makes more of it measurable. Where the documents "
    "hold no answer, let the expected answer be “none”."
)
DRAFTED = 20


def show(library: Library, assistant: Assistant) -> None:
    """Draw the page."""
    with st.container(key="quality_column"):
        navigation.back_to_chat()
        st.markdown("## Quality")
        st.write(ABOUT)
        _source(library)
        questions = _questions()
        if questions is None:
            return
        with st.container(horizontal=True):
            asked = st.button("Check these questions", type="primary", key="check", disabled=not questions)
            kind = private.download("text/csv")
            st.download_button("Save as CSV", write(questions), "questions.csv", kind, key="save_questions")
        if asked:
            _run(assistant, questions)
        done: list[Checked] | None = st.session_state.get("checked")
        if done:
            _report(done)


def _source(library: Library) -> None:
    """Where the questions come from: a file, a draft, or an empty table to fill."""
    file = st.file_uploader("Questions as CSV", type=["csv"], key="questions_file", help=", ".join(COLUMNS))
    drafted, empty, _ = st.columns([2, 2, 3])
    if file is not None and st.session_state.get("questions_of") != file.file_id:
        st.session_state.questions_of = file.file_id
        try:
            _set(read(file.getvalue().decode("utf-8-sig")))
        except UnicodeDecodeError:
            st.error("The file is not in UTF-8; save it as “CSV UTF-8” and choose it again.")
        except SettingError as error:
            st.error(plain(str(error)))
    if drafted.button("Draft questions", key="draft", width="stretch", disabled=not library.entries()):
        _set(draft(library, DRAFTED))
    if empty.button("Start empty", key="empty", width="stretch"):
        _set([])


def _set(questions: Sequence[Known]) -> None:
    """Put questions in the table; the widget gets a new key, else it would keep what was typed into the old ones."""
    rows = [[k.question, k.answer, k.document, k.page] for k in questions]
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"page": "Int64"})
    st.session_state.questions_table = table.astype(dict.fromkeys(COLUMNS[:3], "string"))
    st.session_state.questions_turn = st.session_state.get("questions_turn", 0) + 1
    st.session_state.checked = None


def _questions() -> list[Known] | None:
    """The table, to be corrected; None where there is none yet."""
    table = st.session_state.get("questions_table")
    if table is None:
        return None
    edited = st.data_editor(
        table,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key=f"questions_{st.session_state.questions_turn}",
        column_config={
            "question": st.column_config.TextColumn(width="medium"),
            "expected answer": st.column_config.TextColumn(width="medium"),
            "document": st.column_config.TextColumn(width="small"),
            "page": st.column_config.NumberColumn(min_value=1, max_value=PAGES, step=1, width="small"),
        },
    )
    return [known for known in map(_known, edited.itertuples(), range(2, 2 + len(edited))) if known]


def _known(row: Any, line: int) -> Known | None:
    _, *cells = row
    question, answer, document = ("" if pd.isna(cell) else str(cell).strip() for cell in cells[:3])
    return Known(question, answer, document, None if pd.isna(cells[3]) else int(cells[3]), line) if question else None


def _run(assistant: Assistant, questions: Sequence[Known]) -> None:
    bar = st.progress(0.0, "Asking…")

    def tell(done: int, total: int) -> None:
        bar.progress(done / total, f"Asked {done} of {total}")

    try:
        st.session_state.checked = check(assistant, questions, tell)
    except FootnoteError as error:
        st.session_state.checked = None
        st.error(plain(str(error)))
    bar.empty()


def _report(done: Sequence[Checked]) -> None:
    st.markdown("### Figures")
    rows = [
        {"figure": f.name, "value": f"{f.value:.2f} s" if "seconds" in f.name else f"{100 * f.value:.0f} %", "of": f.n}
        for f in figures(done)
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", key="figures")
    bins = calibration(done)
    if bins:
        st.markdown("### Confidence")
        st.caption("What the confidence said, and how often the answer was there and found. On the line, both agree.")
        st.altair_chart(_plot(pd.DataFrame([{"said": b.said, "true": b.true, "questions": b.n} for b in bins])))
    failed = [c for c in done if c.failure]
    st.markdown(f"### Failed · {len(failed)} of {len(done)}")
    if failed:
        table = pd.DataFrame([{"question": c.known.question, "what went wrong": c.failure} for c in failed])
        st.dataframe(table, hide_index=True, width="stretch", key="failed")
    else:
        st.caption("None.")


def _plot(bins: pd.DataFrame) -> alt.LayerChart | alt.FacetChart:
    """The reliability diagram: a dot for each fifth of the confidence, as large as it has questions."""
    share = alt.Scale(domain=[0, 1])
    line = alt.Chart(pd.DataFrame({"said": [0, 1], "true": [0, 1]})).mark_line(strokeDash=[4, 4], opacity=0.5)
    dots = alt.Chart(bins).mark_circle(opacity=0.85)
    said = alt.X("said:Q", title="confidence said", scale=share, axis=alt.Axis(format="%", tickCount=5))
    true = alt.Y("true:Q", title="came true", scale=share, axis=alt.Axis(format="%", tickCount=5))
    size = alt.Size("questions:Q", scale=alt.Scale(range=[60, 600], zero=True), legend=None)
    return alt.layer(line.encode(x=said, y=true), dots.encode(x=said, y=true, size=size)).properties(height=280)
