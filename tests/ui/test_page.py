"""The page's logic without a browser: what is asked is kept, what is chosen is searched, what fails is said."""

import json
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from streamlit.config import set_option
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest

from answer.assistant import Assistant
from answer.nouns import Answer
from index.library import Library
from index.settings import Settings
from ingest.errors import LibraryError
from ui import parts, sidebar
from ui.chat import Asked, looking_first
from ui.sidebar import LATEST

ROOT = Path(__file__).resolve().parents[2]
Click = Callable[[AppTest, str, int | bool], None]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The library that the page opens, to look into."""
    monkeypatch.setenv("FOOTNOTE_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("FOOTNOTE_MODEL", "hashing")
    monkeypatch.setenv("FOOTNOTE_CORPUS", "")
    monkeypatch.setenv("FOOTNOTE_THRESHOLD", "0.01")
    monkeypatch.setenv("FOOTNOTE_ALLOWED", "@example.org")
    st.cache_resource.clear()
    with Library.open(tmp_path / "library", Settings(model="hashing"), create=True) as opened:
        yield opened
    st.cache_resource.clear()


def page() -> AppTest:
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not shown.exception
    return shown


def said(shown: AppTest) -> list[str]:
    return [text.value for text in shown.text]


def conversations(shown: AppTest) -> list[dict[str, Any]]:
    """The conversations in the sidebar, as the page's own part is given them."""
    found = [part.proto for part in shown.get("bidi_component") if "_conversations" in part.proto.component_name]
    return json.loads(found[0].json)["conversations"] if found else []


@pytest.fixture
def click(monkeypatch: pytest.MonkeyPatch) -> Click:
    """Click on something in the list of conversations, which AppTest can't: (page, what, value).

    A dialog stays open, as AppTest runs the whole page where a browser would run the dialog alone.
    """
    drawn = parts.conversations
    clicked: dict[str, int | bool] = {}

    def seen(key: str, what: str) -> Any:
        return clicked.pop(what, None) if key == "conversations" else None

    def draw(data: parts.Data, key: str) -> Any:
        drawn(data, key)
        return SimpleNamespace(manage=clicked.get("manage"), all=clicked.pop("all", None))

    def act(shown: AppTest, what: str, value: int | bool) -> None:
        clicked[what] = value
        shown.run()
        assert not shown.exception
        assert set(clicked) <= {"manage"}  # the page has looked at it

    monkeypatch.setattr(parts, "clicked", seen)
    monkeypatch.setattr(parts, "conversations", draw)
    return act


def add(library: Library, **texts: str) -> None:
    for stem, text in texts.items():
        library.add_upload(f"{stem}.txt", text.encode())


def test_an_empty_library_offers_questions_that_are_answered(library: Library) -> None:
    shown = page()
    shown.button(key="example_1").click().run()
    assert not shown.exception
    (conversation,) = library.conversations.list()
    question, answer = library.conversations.turns(conversation.id)
    assert question.text == "What kinds of files can I add?"
    assert answer.text.startswith("PDF")


def test_what_is_asked_is_kept_and_shown_again_in_a_new_tab(library: Library, click: Click) -> None:
    add(library, harbour="The harbour master is Jon Vane. Boats pay twelve crowns.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    assert not shown.exception
    (conversation,) = library.conversations.list()
    assert conversation.title == "Who is the harbour master?"
    turns = library.conversations.turns(conversation.id)
    assert turns[1].text == "The harbour master is Jon Vane.[1]"
    assert turns[1].payload["citations"][0]["document"] == "harbour.txt"
    other = page()
    click(other, "visit", conversation.id)
    assert said(other) == ["Who is the harbour master?"]


def test_a_question_with_markdown_in_it_is_shown_as_it_was_typed(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    typed = "Who is **the** ![x](http://example.org/x.png) master?"
    shown.chat_input(key="question").set_value(typed).run()
    assert said(shown) == [typed]


def test_new_chat_begins_a_fresh_one_and_removing_takes_it_away(library: Library, click: Click) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    shown.button(key="new_chat").click().run()
    assert said(shown) == []
    (conversation,) = library.conversations.list()
    click(shown, "visit", conversation.id)
    assert conversations(shown) == [{"id": conversation.id, "title": "Who is the harbour master?", "open": True}]
    click(shown, "manage", conversation.id)
    shown.button(key="chat_forget").click().run()
    assert library.conversations.list() == []
    assert said(shown) == []
    assert conversations(shown) == []


def test_a_conversation_gets_another_name(library: Library, click: Click) -> None:
    chat = library.conversations.create("What can you do?")
    shown = page()
    click(shown, "manage", chat)
    shown.text_input(key="chat_name").set_value("Beginnings").run()
    assert [c.title for c in library.conversations.list()] == ["Beginnings"]
    assert [c["title"] for c in conversations(shown)] == ["Beginnings"]


def test_a_new_conversation_is_listed_as_soon_as_it_is_answered(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.chat_input(key="question").set_value("Who is the harbour master?").run()
    assert [(c["title"], c["open"]) for c in conversations(shown)] == [("Who is the harbour master?", True)]


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


def test_what_to_ask_goes_when_something_is_asked(library: Library) -> None:
    shown = page()
    shown.button(key="example_1").click().run()
    assert [str(b.key) for b in shown.button if str(b.key).startswith("example_")] == []
    assert shown.main.markdown == []


def test_only_the_chosen_documents_are_asked(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.", castle="The castle master is Ida Holm.")
    shown = page()
    shown.session_state["left_out"] = {"harbour.txt"}
    shown.chat_input(key="question").set_value("Who is the master?").run()
    (conversation,) = library.conversations.list()
    answer = library.conversations.turns(conversation.id)[1]
    assert {p["document"] for p in answer.payload["passages"]} == {"castle.txt"}


def test_a_conversation_that_is_gone_opens_as_a_fresh_one(library: Library) -> None:
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown.query_params["chat"] = "41"
    shown.run()
    assert not shown.exception
    assert shown.session_state["chat"] is None


def test_a_setting_that_can_not_be_used_is_said_in_one_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_THRESHOLD", "seven")
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not shown.exception
    assert "FOOTNOTE\\_THRESHOLD" in shown.error[0].value
    assert "seven" in shown.error[0].value


def test_a_job_goes_on_without_the_page(library: Library) -> None:
    page()
    library.jobs.submit("late.txt", b"The ferry leaves at nine.")
    end = time.monotonic() + 30
    while not any(job.state == "done" for job in library.jobs.list()) and time.monotonic() < end:
        time.sleep(0.05)
    assert [e.name for e in library.entries()] == ["late.txt"]


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


def test_no_address_but_this_machines_is_served(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    set_option("server.address", "0.0.0.0")
    try:
        shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    finally:
        set_option("server.address", "127.0.0.1")
    assert "there is no sign\\-in" in shown.error[0].value
    assert len(shown.main) == 1
    assert not shown.sidebar.children


def test_no_trace_reaches_the_page_and_other_sites_are_kept_out() -> None:
    assert st.get_option("client.showErrorDetails") == "none"
    assert st.get_option("server.enableXsrfProtection") is True
    assert st.get_option("server.enableCORS") is True


AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "7f1d0c36b5e94a82d6c01b7e88f2a943",
    "client_id": "footnote",
    "client_secret": "word",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}


def visited(subject: str = "", **auth: str) -> AppTest:
    """The page as a person sees it, who has signed in where a subject is given."""
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown.secrets["auth"] = AUTH | auth
    shown.user = {"is_logged_in": False}
    if subject:
        claims = {"iss": "https://id.example.org", "sub": subject, "iat": time.time(), "name": f"*{subject}*"}
        shown.user = {"is_logged_in": True, "email": f"{subject}@example.org", "email_verified": True, **claims}
    return shown.run()


def test_with_sign_in_nothing_is_shown_before_it(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = visited()
    assert not shown.exception
    assert [button.label for button in shown.button] == ["Sign in"]
    assert not shown.sidebar.children
    assert not shown.chat_input


def test_two_people_have_a_library_each(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.")  # nobody's, and nobody's who signs in
    ada = visited("ada")
    ada.chat_input(key="question").set_value("What can you do?").run()
    assert not ada.exception
    assert said(ada) == ["What can you do?"]
    ben = visited("ben")
    assert conversations(ben) == []
    assert "No documents yet." in [c.value for c in ben.sidebar.caption]
    assert "Signed in as \\*ben\\*" in [c.value for c in ben.sidebar.caption]
    assert library.conversations.list() == []
    again = visited("ada")
    assert [c["title"] for c in conversations(again)] == ["What can you do?"]


def test_a_conversation_of_another_is_not_opened_by_its_number(library: Library) -> None:
    visited("ada").chat_input(key="question").set_value("What can you do?").run()
    ben = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    ben.secrets["auth"] = AUTH
    ben.user = {"is_logged_in": True, "iss": "https://id.example.org", "sub": "ben", "iat": time.time()}
    ben.user |= {"email": "ben@example.org", "email_verified": True}
    ben.query_params["chat"] = "1"
    ben.run()
    assert not ben.exception
    assert said(ben) == []


def test_signing_out_ends_it(library: Library) -> None:
    ada = visited("ada")
    ada.button(key="sign_out").click().run()
    assert not ada.exception
    assert not ada.user.get("is_logged_in")
    assert [button.label for button in ada.run().button] == ["Sign in"]


def test_whoever_is_not_on_the_list_reads_so_and_gets_no_library(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_ALLOWED", "ben@example.org")
    ada = visited("ada")
    assert not ada.exception
    assert "example\\.org is not among those" in ada.warning[0].value
    assert [button.label for button in ada.button] == ["Sign out"]
    assert not ada.chat_input
    assert not ada.sidebar.children
    assert not (library.folder / "users").exists()
    ada.button(key="sign_out").click().run()
    assert not ada.user.get("is_logged_in")


def test_until_the_list_is_set_nobody_may_sign_in(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOOTNOTE_ALLOWED")
    for shown in (visited(), visited("ada")):
        assert "nobody may sign in yet\\: set FOOTNOTE\\_ALLOWED" in shown.error[0].value
        assert not shown.button
    assert not (library.folder / "users").exists()


def test_a_weak_cookie_secret_serves_nobody(library: Library) -> None:
    shown = visited("ada", cookie_secret="xxx")
    assert "cookie\\_secret" in shown.error[0].value
    assert len(shown.main) == 1
    assert not shown.sidebar.children


def test_with_sign_in_another_address_is_served(library: Library) -> None:
    set_option("server.address", "0.0.0.0")
    try:
        shown = visited("ada")
    finally:
        set_option("server.address", "127.0.0.1")
    assert not shown.error
    assert shown.chat_input


def test_the_latest_conversations_are_listed_and_the_rest_on_demand(library: Library, click: Click) -> None:
    made = [library.conversations.create(f"Question {number}") for number in range(LATEST + 3)]
    shown = page()
    assert [c["id"] for c in conversations(shown)] == made[:2:-1]
    click(shown, "all", True)
    assert [c["id"] for c in conversations(shown)] == made[::-1]


def asked(library: Library) -> list[str]:
    return [t.text for c in library.conversations.list() for t in library.conversations.turns(c.id) if t.role == "user"]


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
    assert asked(library) == ["Who is Jon Vane?", "What is harbour about?"]


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
