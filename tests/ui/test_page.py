"""The page's logic without a browser: what is asked is kept, what is chosen is searched, what fails is said."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import streamlit as st
from streamlit.config import set_option
from streamlit.testing.v1 import AppTest

from index.library import Library
from tests.ui.page import ROOT, Click, add, conversations, page, said
from ui.sidebar import LATEST


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


def test_only_the_chosen_documents_are_asked(library: Library) -> None:
    add(library, harbour="The harbour master is Jon Vane.", castle="The castle master is Ida Holm.")
    shown = page()
    shown.session_state["left_out"] = {"harbour.txt"}
    shown.chat_input(key="question").set_value("Who is the master?").run()
    (conversation,) = library.conversations.list()
    answer = library.conversations.turns(conversation.id)[1]
    assert {p["document"] for p in answer.payload["passages"]} == {"castle.txt"}


@pytest.mark.parametrize("chat", ["41", "9" * 18, "9" * 20, "9" * 5000, "-1", "x", "²", "\0"])
def test_a_conversation_that_is_not_there_opens_as_a_fresh_one(library: Library, chat: str) -> None:
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    shown.query_params["chat"] = chat
    shown.run()
    assert not shown.exception
    assert not shown.error
    assert shown.session_state["chat"] is None


def test_a_setting_that_can_not_be_used_is_said_in_one_sentence(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_THRESHOLD", "seven")
    shown = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not shown.exception
    assert "FOOTNOTE\\_THRESHOLD" in shown.error[0].value
    assert "seven" in shown.error[0].value


def test_the_page_leaves_it_to_the_embedder_whether_a_model_may_be_fetched(tmp_path: Path) -> None:
    """It forbade it for all, whatever FOOTNOTE_ALLOW_DOWNLOAD said; the model libraries look when they are imported."""
    code = (
        "import os, sys; from streamlit.testing.v1 import AppTest\n"
        "shown = AppTest.from_file('app.py', default_timeout=60).run(); assert shown.chat_input\n"
        "print('huggingface_hub' in sys.modules, os.environ.get('HF_HUB_OFFLINE'))"
    )
    kept = {k: v for k, v in os.environ.items() if k not in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")}
    own = {
        "FOOTNOTE_LIBRARY": str(tmp_path),
        "FOOTNOTE_MODEL": "hashing",
        "FOOTNOTE_CORPUS": "",
        "FOOTNOTE_READER": "off",
    }
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**kept, **own}, capture_output=True, text=True, timeout=120
    )
    assert told.stdout.split() == ["False", "None"], told.stderr


@pytest.mark.parametrize(("given", "taken"), [("", 100), ("0.5", 1), ("300", 300)])
def test_the_page_takes_files_as_large_as_the_setting_says(
    library: Library, monkeypatch: pytest.MonkeyPatch, given: str, taken: int
) -> None:
    """It took 100 megabytes, whatever FOOTNOTE_MAX_FILE_MB said."""
    monkeypatch.setenv("FOOTNOTE_MAX_FILE_MB", given)
    before = st.get_option("server.maxUploadSize")
    try:
        shown = page()
        assert st.get_option("server.maxUploadSize") == taken
    finally:
        set_option("server.maxUploadSize", before)
    assert shown.file_uploader[0].proto.max_upload_size_mb == taken
    assert shown.chat_input[0].proto.max_upload_size_mb == taken


def test_a_job_goes_on_without_the_page(library: Library) -> None:
    page()
    library.jobs.submit("late.txt", b"The ferry leaves at nine.")
    end = time.monotonic() + 30
    while not any(job.state == "done" for job in library.jobs.list()) and time.monotonic() < end:
        time.sleep(0.05)
    assert [e.name for e in library.entries()] == ["late.txt"]


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


def test_the_latest_conversations_are_listed_and_the_rest_on_demand(library: Library, click: Click) -> None:
    made = [library.conversations.create(f"Question {number}") for number in range(LATEST + 3)]
    shown = page()
    assert [c["id"] for c in conversations(shown)] == made[:2:-1]
    click(shown, "all", True)
    assert [c["id"] for c in conversations(shown)] == made[::-1]
