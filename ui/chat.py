"""The conversation: what was said, the question box, and the answer to what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from textwrap import shorten
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from answer.assistant import Assistant
from answer.nouns import Answer, Turn
from answer.summary import named_document
from index.conversations import Said
from index.library import Library
from index.nouns import Leaning
from ingest.errors import FootnoteError

from . import parts
from .adding import KINDS, submit
from .places import place
from .plain import plain
from .sidebar import open_chat, scope
from .viewer import Shown

SAMPLES = {  # in the folder `corpus` beside the app
    "Background.txt",
    "Compared with Budapest.txt",
    "Rights groups and industry.pdf",
    "Signing in Hanoi.pdf",
    "Timeline.md",
}
SAMPLE_QUESTIONS = (
    "How many states signed the convention?",
    "Why do human rights groups object?",
    "Who declined to attend the signing?",
)
ABOUT_FOOTNOTE = ("What can you do?", "What kinds of files can I add?", "Does anything leave my machine?")
LABEL = 44  # characters of a question on its button, at most: about a line on a phone
AVATARS = {"user": ":material/person:", "assistant": ":material/format_quote:"}
LOOKING = "Looking through your documents…"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that waits, and the conversation that it was asked in (None: a new one).

    `as_typed`: it stands alone as it is; `everywhere`: what it names is not looked at first.
    """

    text: str
    chat: int | None
    as_typed: bool = False
    everywhere: bool = False


@dataclass(frozen=True, slots=True)
class Failed:
    """The last question that could not be answered, and why."""

    asked: Asked
    why: str


def turns(library: Library) -> tuple[Said, ...]:
    """What was said in the open conversation; a conversation that is gone is left."""
    chat = st.session_state.get("chat")
    if chat is None:
        return ()
    try:
        return library.conversations.turns(chat)
    except FootnoteError:
        open_chat(None)
        return ()


def message(role: str) -> DeltaGenerator:
    """A message of the conversation, to draw within."""
    return st.chat_message(role, avatar=AVATARS[role])


def show(library: Library, assistant: Assistant) -> None:
    """Draw the conversation and answer what is asked."""
    said = turns(library)
    with st.empty():  # which is emptied at once where there is something else to show
        if not said and not waits():
            with st.container():
                welcome(library)
    for number, turn in enumerate(said):
        with message(turn.role):
            if turn.role == "user":
                st.text(turn.text)
            else:
                _answer(turn.payload, st.session_state.chat, number)
    failed: Failed | None = st.session_state.get("failed")
    if failed and failed.asked.chat == st.session_state.get("chat"):
        st.text(failed.asked.text)
        st.warning(plain(failed.why))
    if waiting := line():
        ask(library, assistant, said, waiting)


def question_box(library: Library) -> None:
    """The question box at the foot of the page; files dropped on it are added to the library."""
    given = st.chat_input("Ask your documents", accept_file="multiple", file_type=KINDS, key="question")
    if given is None:
        return
    if given.text.strip():
        next_question(given.text.strip())
    if given.files:
        submit(library, given.files)
        st.rerun()


def waits() -> bool:
    """Whether the next question to answer was asked in the open conversation."""
    return bool(line()) and line()[0].chat == st.session_state.get("chat")


def line() -> list[Asked]:
    """The questions of this tab that are not answered yet, the next one first."""
    waiting: list[Asked] = st.session_state.setdefault("asked", [])
    return waiting


def next_question(text: str, *, as_typed: bool = False, everywhere: bool = False) -> None:
    """Ask this in the open conversation as soon as what was asked before is answered."""
    st.session_state.failed = None
    line().append(Asked(text, st.session_state.get("chat"), as_typed, everywhere))


def ask(library: Library, assistant: Assistant, said: Sequence[Said], waiting: list[Asked]) -> None:
    """Answer the first question that waits, keep both in its conversation, and show them where that is open.

    A click meanwhile ends this run at its next touch of the page or of its state; then the next run answers.  So
    the question is taken off only once it is answered, and what is kept of both is kept without such a touch between.
    """
    asked = waiting[0]
    here = waits()  # else another conversation was opened meanwhile
    number = len(said) + 1
    if here:
        with message("user"):
            st.text(asked.text)
    try:
        with message("assistant") if here else nullcontext():
            place = st.empty()
            with place, st.spinner(LOOKING):
                history = _history(library, said if here else None, asked)
                caution = st.session_state.get("caution")
                answer = assistant.ask(asked.text, history, scope(library), caution, everywhere=asked.everywhere)
            del waiting[0]
            chat = _kept(library, asked, answer, waiting)
            if here:
                st.session_state.fresh = (chat, number)
                if asked.chat is None:
                    _begun(chat)
                with place:
                    _answer(answer.to_json(), chat, number)
    except FootnoteError as error:
        if waiting and waiting[0] is asked:
            del waiting[0]
        st.session_state.failed = Failed(asked, str(error))
        st.rerun()
    if waiting or not here:
        st.rerun()


def _begun(chat: int) -> None:
    """Open the conversation that began with an answer; what failed before it, in none yet, belongs to it."""
    open_chat(chat)
    failed: Failed | None = st.session_state.get("failed")
    if failed and failed.asked.chat is None:
        st.session_state.failed = replace(failed, asked=replace(failed.asked, chat=chat))


def _history(library: Library, said: Sequence[Said] | None, asked: Asked) -> list[Turn]:
    """What was said before a question; nothing before one that a person put right, which stands alone as it is."""
    if asked.as_typed:
        return []
    if said is None:
        said = () if asked.chat is None else library.conversations.turns(asked.chat)
    return [Turn(turn.role, turn.text) for turn in said]


def _kept(library: Library, asked: Asked, answer: Answer, waiting: list[Asked]) -> int:
    """The conversation that question and answer are kept in: a new one, and those that wait for it too, where it
    was asked in none."""
    chat = library.conversations.exchange(asked.chat, asked.text, answer.text, answer.to_json())
    if asked.chat is None:
        waiting[:] = [replace(a, chat=chat) if a.chat is None else a for a in waiting]
    return chat


def _answer(payload: dict[str, Any], chat: int, number: int) -> None:
    """Draw an answer, the turn `number` of that conversation, and do what is clicked in it.

    Its key is its place alone: Streamlit keeps something of every key that a tab has ever used.
    """
    if not payload:
        st.caption("This answer quoted a document that was removed.")
        return
    fresh = st.session_state.get("fresh") == (chat, number)
    closest = [] if payload["found"] else payload["passages"][:3]
    clicked = parts.answer({**_drawn(payload, closest), "fresh": fresh, "chat": chat}, key=f"answer_{number}")
    if fresh:
        st.session_state.fresh = None
    opened, looked, put, wide = (
        what["value"] if what and what["chat"] == chat else None
        for what in (clicked.open, clicked.look, clicked.ask, clicked.everywhere)
    )
    if opened is not None:
        st.session_state.shown = Shown.of(next(c for c in payload["citations"] if c["marker"] == opened))
        st.rerun()
    if looked is not None:
        st.session_state.shown = Shown.of_passage(next(p for p in closest if p["rank"] == looked))
        st.rerun()
    if put and str(put).strip():
        next_question(str(put).strip(), as_typed=True)
    if wide:
        next_question(payload["standalone_question"], as_typed=True, everywhere=True)


def _drawn(payload: dict[str, Any], closest: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the page's part is told of an answer and, where it is a refusal, of the closest passages."""
    shown: Shown | None = st.session_state.get("shown")
    asked, alone = payload["question"], payload["standalone_question"]
    return {
        "pieces": parts.pieces(payload["answer"], payload.get("bold", [])),
        "differ": payload.get("differ", False),
        "cited": bool(payload["citations"]),
        "sources": [
            {
                "marker": c["marker"],
                "document": c["document"],
                "page": c["page"],
                "place": place(c),
                "open": shown is not None and shown.is_of(c),
            }
            for c in payload["citations"]
        ],
        "closest": [
            {
                **p,
                "text": shorten(p["text"], 300, placeholder=" …"),
                "opens": "start" in p,  # not in what was said before passages could be opened
                "open": shown is not None and shown.is_of(p),
            }
            for p in closest
        ],
        "first": looking_first(payload.get("looking_first", {})),
        "asked": asked,
        "understood": alone if alone != asked else "",
        "meta": f"Confidence {round(100 * sure)} %" if payload["passages"] and (sure := payload["confidence"]) else "",
    }


def looking_first(row: dict[str, Any]) -> str:
    """Where an answer was looked for first, for a person, from its JSON row; empty where nothing was preferred."""
    documents = tuple((d["document"], d["title"] or d["document"]) for d in row.get("documents", []))
    return Leaning(documents, tuple(row.get("places", []))).described


def welcome(library: Library) -> None:
    """What to do with an empty conversation: three questions to click, or how to add a document."""
    st.markdown("## Ask your documents")
    entries = library.entries()
    if not entries:
        st.write(
            "Add a document in the sidebar, or drop it on the question box below: PDF, Word, PowerPoint, Excel, "
            "web pages, e-mails, books, pictures or text. "
            "Then ask what it says. Until then, ask about Footnote itself:"
        )
    else:
        st.write("Answers are quotes. Each comes with the page it stands on, the words marked.")
    for number, question in enumerate(questions(library)):
        label = question if len(question) <= LABEL else question[: LABEL - 1].rstrip() + "…"
        st.button(plain(label), key=f"example_{number}", on_click=next_question, args=(question,))


def questions(library: Library) -> list[str]:
    """Three questions that are answered from the documents to ask in; of Footnote itself where there are none."""
    chosen = scope(library)
    names = [e.name for e in library.entries() if e.passages and (chosen is None or e.name in chosen)]
    if not names:
        return list(ABOUT_FOOTNOTE)
    if SAMPLES.issuperset(names) and (len(names) == len(SAMPLES) or library.jobs.following):
        return list(SAMPLE_QUESTIONS)
    own_first = sorted(names, key=lambda name: name in SAMPLES)
    # A name without letters can't be told from a question.
    clear = (q for name in own_first if named_document(q := f"Summarise {name}", names) == name)
    return [*islice(clear, 2), "What can you do?"]
