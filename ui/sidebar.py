"""The sidebar: conversations, adding documents with true progress, and the library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answer.settings import Caution
from index.conversations import Conversation
from index.library import Library
from index.nouns import Entry, Job

from . import adding, failures, navigation, parts, private, report, sign_in
from .export import as_markdown
from .navigation import CHAT, go
from .plain import plain

LOOK = 2.0  # seconds between two looks for news, each of about 4 ms: with fifty tabs, a tenth of a core
LATEST = 20  # conversations that are listed at first


def show(library: Library) -> Callable[[], None]:
    """Draw the sidebar, but for the conversations: a question that is asked in this run may add one.

    What comes back draws them.
    """
    if (chat := parts.clicked("conversations", "visit")) is not None:
        visit(int(chat))
    with st.sidebar:
        st.markdown("### Footnote")
        if st.button("New chat", key="new_chat", icon=":material/edit_square:", width="stretch"):
            visit(None)
        with failures.said():
            adding.uploads(library)
        contents(library)
        caution()
        place = st.container()
        navigation.link("quality", "Quality", icon=":material/monitoring:")
        sign_in.account()
    return lambda: conversations(library, place)


def caution() -> None:
    """How sure to be before answering; what is chosen stays for this tab."""
    st.segmented_control(
        "Answer when",
        get_args(Caution),
        key="caution",
        required=True,
        help="strict: seldom wrong, declines more often. generous: answers more, and is wrong more often.",
    )


def open_chat(chat: int | None) -> None:
    """Make `chat` the open conversation (None: a fresh one); it is in the address, so a reload finds it."""
    st.session_state.chat = chat
    st.session_state.shown = None
    if chat is None:
        st.query_params.pop("chat", None)
    else:
        st.query_params["chat"] = str(chat)


def visit(chat: int | None) -> NoReturn:
    """Open `chat` from whatever page this is."""
    open_chat(chat)
    go(CHAT, {} if chat is None else {"chat": str(chat)})


def contents(library: Library) -> None:
    """The jobs and the documents, looked at again and again without the rest of the page."""
    st.session_state.drawing = True
    try:
        st.fragment(_contents, run_every=LOOK)(library, bool(library.entries()))
    finally:
        st.session_state.drawing = False


@failures.said()
def _contents(library: Library, filled: bool) -> None:
    # Never a new run while the whole page is drawn: what was typed or clicked for parts further down would be lost.
    # Closed while the connection was lost, or signed in too long ago: the whole page knows what to do.
    if (library.closed or sign_in.over()) and not st.session_state.drawing:
        st.rerun()
    _jobs(library)
    documents(library)
    if bool(library.entries()) != filled and not st.session_state.drawing:  # the chat says what to do with none
        st.rerun()


def _jobs(library: Library) -> None:
    jobs = library.jobs.list()
    if library.jobs.trouble:
        st.warning(plain(library.jobs.trouble))
    if renewing := library.renewing():
        done, total = renewing
        st.caption(f"The model has changed: {done} of {total} passages are made again; until then the old ones serve.")
    if jobs:
        clicked = parts.jobs({"jobs": [row(job) for job in jobs]}, key="jobs")
        if clicked.cancel is not None:
            library.jobs.cancel(int(clicked.cancel))
        if clicked.dismiss is not None:
            library.jobs.dismiss(int(clicked.dismiss))
            st.rerun()
        adding.passwords(library, jobs)


def row(job: Job) -> dict[str, Any]:
    """A job as the page shows it: a sentence that names the file, and how far it is."""
    texts = {
        "waiting": f"{job.name}: waiting",
        "reading": f"Reading {job.name}" + (f": page {job.done} of {job.total}" if job.total else ""),
        "words": f"{job.name}: searchable by words, {job.done} of {job.total} passages by meaning",
        "done": f"Added {job.name}{_listed(job)}",
        "failed": job.message,
        "locked": f"Could not add {job.name}: {_locked(job)}; give it below",
        "cancelled": f"{job.name}: cancelled, nothing was added",
    }
    text = texts[job.state]
    if job.state == "words" and job.later and job.done >= job.total:
        text = f"{job.name}: its text can be asked about; what is written in its pictures is still being read"
    if job.state == "done" and job.outcome:
        if job.outcome.status == "unchanged":
            text = f"Added {job.name}: it was in the library already{_listed(job)}"
        for warning in job.outcome.warnings:
            text += f". {warning}"
    return {
        "id": job.id,
        "name": job.name,
        "text": text,
        "done": job.done,
        "total": job.total,
        "over": job.over,
        "failed": job.state in ("failed", "locked"),
    }


def _listed(job: Job) -> str:
    """The name that it is listed by, where that isn't its own."""
    name = job.outcome.name if job.outcome else None
    return f" as {name}" if name and name != job.name else ""


def _locked(job: Job) -> str:
    wrong = "does not open" in job.message
    return "that password does not open it, so the right one is needed" if wrong else "it is protected by a password"


def documents(library: Library) -> None:
    """Every document with its state; which to ask in; a button to remove each."""
    entries = library.entries()
    left_out: set[str] = st.session_state.setdefault("left_out", set())
    st.markdown(f"#### Library · {len(entries)}" if entries else "#### Library")
    if not entries:
        st.caption("The first documents are being read." if library.unread() else "No documents yet.")
        return
    st.caption(_asked_in(len([e for e in entries if e.name not in left_out]), len(entries)))
    clicked = parts.library({"documents": [_entry(e, e.name not in left_out) for e in entries]}, key="library")
    if clicked.choose:
        name = clicked.choose["document"]
        (left_out.discard if clicked.choose["chosen"] else left_out.add)(name)
        st.rerun()
    if clicked.report:
        report.go(clicked.report)
    if clicked.remove:
        confirm_removal(library, clicked.remove)


def _asked_in(chosen: int, of: int) -> str:
    if not chosen:
        return "Asking in no document: choose one below"
    return "Asking in all documents" if chosen == of else f"Asking in {chosen} of {of} documents"


def scope(library: Library) -> list[str] | None:
    """The names of the documents to ask in; None for all of them."""
    left_out: set[str] = st.session_state.get("left_out", set())
    names = [e.name for e in library.entries()]
    chosen = [n for n in names if n not in left_out]
    return None if not left_out or len(chosen) == len(names) else chosen


def _entry(entry: Entry, chosen: bool) -> dict[str, Any]:
    pages = f"{entry.pages} page{'s' if entry.pages != 1 else ''}"
    if entry.vectors < entry.passages:
        state = f"searchable by words, {entry.vectors} of {entry.passages} passages by meaning"
    else:
        state = "ready" if entry.passages else "no text"
    return {"name": entry.name, "detail": f"{pages} · {state}", "warnings": list(entry.warnings), "chosen": chosen}


@st.dialog("Remove this document?")
@failures.said()
def confirm_removal(library: Library, name: str) -> None:
    """Ask before removing; a removal can't be taken back."""
    st.text(name)
    st.write("Nothing of it is left in the library afterwards. The file that you added it from is not touched.")
    yes, no = st.columns(2)
    keep = no.button("Keep", key="remove_no", width="stretch")
    if yes.button("Remove", type="primary", key="remove_yes", width="stretch"):
        library.remove(name)
        st.session_state.shown = None
        st.rerun()
    if keep:
        st.rerun()


def conversations(library: Library, place: DeltaGenerator) -> None:
    """The earlier conversations by their first question, and what can be done with the open one.

    One part for all of them: buttons of their own were most of what a run of the page cost, and Streamlit keeps
    something of each that a tab has ever drawn.
    """
    found = library.conversations.list()
    if not found:
        return
    shown = found if st.session_state.get("all_conversations") else found[:LATEST]
    rows = [{"id": c.id, "title": c.title[:200] or "…", "open": c.id == st.session_state.chat} for c in shown]
    with place:
        st.markdown("#### Conversations")
        clicked = parts.conversations(
            {"conversations": rows, "more": len(found) if len(shown) < len(found) else 0}, key="conversations"
        )
    if clicked.all:
        st.session_state.all_conversations = True
        st.rerun()
    if clicked.manage is not None:
        for conversation in found:
            if conversation.id == int(clicked.manage):
                manage(library, conversation)


@st.dialog("Conversation")
@failures.said()
def manage(library: Library, conversation: Conversation) -> None:
    """Rename, export or remove a conversation."""
    name = st.text_input("Name", conversation.title, key="chat_name")
    st.download_button(
        "Export as Markdown",
        lambda: as_markdown(conversation.title, library.conversations.turns(conversation.id)),
        "conversation.md",
        private.download("text/markdown"),
        key="chat_export",
        width="stretch",
    )
    if st.button("Remove conversation", key="chat_forget", width="stretch"):
        library.conversations.remove(conversation.id)
        if st.session_state.get("chat") == conversation.id:
            open_chat(None)
        st.rerun()
    if name.strip() and name != conversation.title:
        library.conversations.rename(conversation.id, name.strip())
        st.rerun()
