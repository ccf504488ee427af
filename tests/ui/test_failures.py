"""What fails within a part of the page that Streamlit runs by itself is said there, and the rest goes on."""

from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from index.conversations import Conversations
from index.jobs import Jobs
from index.library import Library
from ingest.errors import LibraryError
from tests.ui.page import Click, add, page
from ui import failures, parts
from ui.plain import plain


def told(shown: AppTest) -> list[str]:
    """What the page says went wrong, where that is all that it says."""
    assert not shown.exception
    assert shown.chat_input, "the rest of the page is drawn"
    return [error.value for error in shown.error]


def full(*given: object) -> None:
    raise LibraryError("the disk is full; free some space")


def test_what_fails_while_the_documents_are_looked_at_is_said_in_the_sidebar(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "renewing", full)
    shown = page()
    assert told(shown) == [plain("the disk is full; free some space")]
    assert len(shown.sidebar.error) == 1


def test_a_document_that_another_tab_removed_first_is_said_to_be_gone(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    removing = Library.remove

    def late(self: Library, name: str) -> None:
        removing(self, name)
        removing(self, name)

    monkeypatch.setattr(Library, "remove", late)
    click = SimpleNamespace(choose=None, report=None, remove="harbour.txt")
    monkeypatch.setattr(parts, "library", lambda data, key: click)
    shown = page()
    shown.button(key="remove_yes").click().run()
    (said,) = told(shown)
    assert said.startswith(plain("no document named 'harbour.txt'"))
    assert shown.button(key="remove_no"), "the dialog is drawn to its end"


def test_what_can_not_be_added_is_said_and_the_page_stays(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "submit", full)
    shown = page()
    shown.text_area[0].set_value("The ferry leaves at nine.")
    next(b for b in shown.button if b.label == "Add text").click().run()
    assert told(shown) == [plain("the disk is full; free some space")]


@pytest.mark.parametrize("what", ["rename", "remove"])
def test_what_can_not_be_done_with_a_conversation_is_said_in_its_dialog(
    library: Library, monkeypatch: pytest.MonkeyPatch, click: Click, what: str
) -> None:
    chat = library.conversations.create("What can you do?")
    monkeypatch.setattr(Conversations, what, full)
    shown = page()
    click(shown, "manage", chat)
    if what == "rename":
        shown.text_input(key="chat_name").set_value("Beginnings").run()
    else:
        shown.button(key="chat_forget").click().run()
    assert told(shown) == [plain("the disk is full; free some space")]
    assert shown.button(key="chat_forget"), "the dialog is drawn to its end"
    assert [c.title for c in library.conversations.list()] == ["What can you do?"]


def test_an_error_that_nobody_foresaw_is_not_taken_for_a_sentence_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "error", lambda text: pytest.fail("nothing is to be said"))
    with pytest.raises(KeyError), failures.said():
        raise KeyError("x")
