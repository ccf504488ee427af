"""Questions on the page: answered where they were asked, in their order, and none lost."""

import json
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from answer.assistant import Assistant
from answer.nouns import Answer
from index.jobs import Jobs
from index.library import Library
from ingest.errors import LibraryError
from tests.ui.page import ROOT, Click, add, asked, page, said
from ui import parts, sidebar
from ui.chat import ABOUT_FOOTNOTE, SAMPLE_QUESTIONS, SAMPLES, Asked, looking_first


def test_a_question_with_markdown_in_it_is_shown_as_it_was_typed(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    typed = "Who is **the** ![x](http://example.org/x.png) master?"
    shown.chat_input(key="question").set_value(typed).run()
    assert said(shown) == [typed]


def test_a_question_is_answered_in_the_run_that_it_is_asked_in(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three runs of the page for each question were most of what it cost among many people."""
    add(library, harbour="The harbour master is Jon Vane.")
    shown, runs = page(), []
    drawing = sidebar.show
    monkeypatch.setattr(sidebar, "show", lambda library: runs.append(1) or drawing(library))
    for _ in range(2):
        shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    shown.button(key="new_chat").click().run()
    assert len(runs) == 2 + 2  # the button's own run, and the one that draws the fresh conversation
    shown.button(key="example_0").click().run()
    assert len(runs) == 5


def test_the_tab_keeps_no_more_for_many_conversations_than_for_one(library: Library) -> None:
    """Streamlit keeps the making of every part that a tab has ever shown: 12 kB for each answer."""
    add(library, harbour="The harbour master is Jon Vane.")
    shown, keys = page(), list[set[str]]()
    for _ in range(3):
        for _ in range(2):
            shown.chat_input(key="question").set_value("Who is the harbour master?").run()
        keys.append({part.proto.id for part in shown.get("bidi_component") if "_answer" in part.proto.component_name})
        shown.button(key="new_chat").click().run()
    assert len(keys[0]) == 2
    assert keys == keys[:1] * 3


@pytest.mark.parametrize("here", [True, False])
def test_a_click_counts_in_the_conversation_that_it_was_made_in(
    library: Library, monkeypatch: pytest.MonkeyPatch, here: bool
) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    chat = shown.session_state["chat"] + (not here)
    clicks = iter([{"chat": chat, "value": 1}])
    monkeypatch.setattr(
        parts,
        "answer",
        lambda data, key: SimpleNamespace(open=next(clicks, None), look=None, ask=None, everywhere=None),
    )
    shown.run()
    assert not shown.exception
    assert (shown.session_state["shown"] is not None) is here


def test_confidence_is_shown_of_what_was_looked_for_alone(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.", castle="The castle lies inland.")
    shown = page()
    for question in ("Who is the harbour master?", "Summarise this document", "Hello"):
        shown.chat_input(key="question").set_value(question).run()
    drawn = [
        json.loads(part.proto.json) for part in shown.get("bidi_component") if "_answer" in part.proto.component_name
    ]
    assert [bool(answer["meta"]) for answer in drawn] == [True, False, False]


def test_what_to_ask_goes_when_something_is_asked(library: Library) -> None:
    shown = page()
    shown.button(key="example_1").click().run()
    assert [str(b.key) for b in shown.button if str(b.key).startswith("example_")] == []
    assert shown.main.markdown == []


def offered(shown: AppTest) -> list[str]:
    assert not shown.exception
    return [b.label.replace("\\", "") for b in shown.button if str(b.key).startswith("example_")]


def test_the_samples_questions_are_offered_where_the_samples_are_all_there_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They were offered for whatever else lay in the folder of the corpus."""
    for path in (ROOT / "corpus").iterdir():
        library.add_upload(path.name, path.read_bytes())
    assert {e.name for e in library.entries()} == SAMPLES
    shown = page()
    assert offered(shown) == list(SAMPLE_QUESTIONS)
    library.remove("Timeline.md")
    some = ["Summarise Background.txt", "Summarise Compared with Budapest.txt", "What can you do?"]
    assert offered(shown.run()) == some
    monkeypatch.setattr(Library, "unread", lambda library: True)
    assert offered(shown.run()) == some, "what is being read is something else"
    monkeypatch.setattr(Jobs, "following", property(lambda jobs: True, lambda jobs, value: None), raising=False)
    assert offered(shown.run()) == list(SAMPLE_QUESTIONS), "the rest of the corpus is being read"
    add(library, lease="The rent is twelve crowns.")
    assert offered(shown.run()) == ["Summarise lease.txt", "Summarise Background.txt", "What can you do?"]


@pytest.mark.parametrize(
    "name",
    [
        "lease.txt",
        "page 3.txt",
        "Überblick (neu), Teil 1.txt",
        "合同 2024.txt",
        "what is new.txt",
        "2021.txt",
        "*a*_b.md",
    ],
)
def test_what_is_offered_is_answered_from_the_document_that_it_names(library: Library, name: str) -> None:
    library.add_upload("Other.txt", b"The castle lies inland of the harbour and is a ruin on a hill.")
    library.add_upload(name, b"The rent is twelve crowns and is due on the first day of each month.")
    shown = page()
    shown.button(key=f"example_{offered(shown).index(f'Summarise {name}')}").click().run()
    (conversation,) = library.conversations.list()
    question, answer = library.conversations.turns(conversation.id)
    assert question.text == f"Summarise {name}"
    assert {c["document"] for c in answer.payload["citations"]} == {name}


def test_a_document_that_can_not_be_named_is_not_offered_and_a_long_name_is_cut(library: Library) -> None:
    library.add_upload("???.txt", b"The castle lies inland.")
    library.add_upload("a.txt", b"The castle lies inland too.")
    library.add_upload(f"{'long ' * 20}.txt", b"The rent is twelve crowns.")
    assert offered(page()) == ["Summarise a.txt", "Summarise long long long long long long lon…", "What can you do?"]


def test_only_documents_that_are_asked_in_are_offered(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.", castle="It lies inland.")
    shown = page()
    shown.session_state["left_out"] = {"castle.txt"}
    assert offered(shown.run()) == ["Summarise harbour.txt", "What can you do?"]
    shown.session_state["left_out"] = {"castle.txt", "harbour.txt"}
    assert offered(shown.run()) == list(ABOUT_FOOTNOTE)


def test_a_question_that_was_put_right_is_asked_as_it_stands(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane. Jon Vane lives in Port Marlow.", castle="It lies inland.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is Jon Vane?").run()
    shown.chat_input(key="question").set_value("Where does he live?").run()
    shown.session_state["asked"] = [Asked("Where does he live?", shown.session_state["chat"], as_typed=True)]
    shown.run()
    assert not shown.exception
    (conversation,) = library.conversations.list()
    asked = [t.payload["standalone_question"] for t in library.conversations.turns(conversation.id) if t.payload]
    assert asked == ["Who is Jon Vane?", "Where does Jon Vane live?", "Where does he live?"]
    assert not shown.session_state["asked"]


def test_a_question_is_asked_again_everywhere(library: Library) -> None:
    add(library, harbour="The master is Jon Vane.", castle="The castle lies inland.", zoo="It is open.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    question = Asked("Who is the harbour master?", shown.session_state["chat"], everywhere=True)
    shown.session_state["asked"] = [question]
    shown.run()
    assert not shown.exception
    (conversation,) = library.conversations.list()
    answers = [t.payload for t in library.conversations.turns(conversation.id) if t.payload]
    named = [{"document": "harbour.txt", "title": "harbour"}]
    assert [a["looking_first"]["documents"] for a in answers] == [named, []]
    assert looking_first(answers[0]["looking_first"]) == "harbour"
    assert looking_first(answers[1]["looking_first"]) == looking_first({}) == ""
    assert not shown.session_state["asked"]


def test_a_question_is_not_lost_to_news_of_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed was gone where a document came or went just as the page was drawn."""
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    ticks = count()
    monkeypatch.setattr("ui.sidebar.bool", lambda found: next(ticks) % 2, raising=False)
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    assert asked(library) == ["Who is the harbour master?"]


def test_a_question_is_answered_once_though_a_click_interrupts_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    answering, tries = Assistant.ask, []

    def interrupted(self: Assistant, *given: Any, **more: Any) -> Answer:
        tries.append(given)
        if len(tries) == 1:
            raise RerunException(RerunData())
        return answering(self, *given, **more)

    monkeypatch.setattr(Assistant, "ask", interrupted)
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    assert len(tries) == 2
    assert asked(library) == ["Who is the harbour master?"]


def test_a_question_typed_while_another_is_answered_comes_after_it(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.session_state["asked"] = [Asked("Who is Jon Vane?", None)]
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    assert asked(library) == ["Who is Jon Vane?", "Who is the harbour master?"]
    assert len(library.conversations.list()) == 1


def test_an_example_clicked_while_a_question_waits_comes_after_it(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.session_state["asked"] = [Asked("Who is Jon Vane?", None)]
    shown.button(key="example_0").click().run()
    assert asked(library) == ["Who is Jon Vane?", "Summarise harbour.txt"]


def test_a_question_that_waits_goes_into_the_conversation_it_was_asked_in(library: Library, click: Click) -> None:
    """One asked in a new conversation went into whichever was opened next."""
    add(library, harbour="The harbour master is Jon Vane.")
    other = library.conversations.create("Other talk")
    library.conversations.append(other, "user", "Other talk")
    shown = page()
    shown.session_state["asked"] = [Asked("Who is the harbour master?", None)]
    click(shown, "visit", other)
    assert {c.title: len(library.conversations.turns(c.id)) for c in library.conversations.list()} == {
        "Other talk": 1,
        "Who is the harbour master?": 2,
    }
    assert shown.session_state["chat"] == other


def test_after_a_question_that_failed_the_next_is_asked(
    library: Library, monkeypatch: pytest.MonkeyPatch, click: Click
) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    answering = Assistant.ask

    def failing(self: Assistant, question: str, *given: Any, **more: Any) -> Answer:
        if question == "Who fails?":
            raise LibraryError("the disk is full")
        return answering(self, question, *given, **more)

    monkeypatch.setattr(Assistant, "ask", failing)
    shown = page()
    shown.session_state["asked"] = [Asked("Who fails?", None), Asked("Who is the harbour master?", None)]
    shown.run()
    assert asked(library) == ["Who is the harbour master?"]
    assert [w.value for w in shown.warning] == ["the disk is full"]
    other = library.conversations.create("Other")
    here = shown.session_state["chat"]
    click(shown, "visit", other)
    assert not shown.warning, "it was asked in another conversation"
    click(shown, "visit", here)
    assert [w.value for w in shown.warning] == ["the disk is full"]
    shown.chat_input(key="question").set_value("Who is Jon Vane?").run()
    assert not shown.warning
