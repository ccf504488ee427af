"""What people who sign in see of the page, and of each other."""

import time

import pytest
from streamlit.config import set_option
from streamlit.testing.v1 import AppTest

from index.library import Library
from tests.ui.page import ROOT, add, conversations, said

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
