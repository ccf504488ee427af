"""Who may sign in, how long for, and what is in the way of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.config import get_option, set_option
from streamlit.runtime.secrets import Secrets

from index.owner import Owner
from ingest.errors import SettingError
from ui import sign_in

AUTH: dict[str, Any] = {
    "redirect_uri": "https://papers.example.org/oauth2callback",
    "cookie_secret": "7f1d0c36b5e94a82d6c01b7e88f2a943",
    "client_id": "footnote",
    "client_secret": "word",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}
NAMED = {
    "redirect_uri": AUTH["redirect_uri"],
    "cookie_secret": AUTH["cookie_secret"],
    "work": {key: AUTH[key] for key in sign_in.NEEDED},
    "home": {key: AUTH[key] for key in sign_in.NEEDED},
}
CLAIMS = {"is_logged_in": True, "iss": "https://id.example.org", "sub": "ada", "iat": 1_000_000}


def test_a_whole_section_is_no_trouble() -> None:
    assert sign_in.trouble(AUTH) == sign_in.trouble(NAMED) == ""
    assert sign_in.providers(AUTH) == ["default"]
    assert sign_in.providers(NAMED) == ["work", "home"]
    local = AUTH | {"redirect_uri": "http://localhost:8501/oauth2callback"}
    assert sign_in.trouble(local) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cookie_secret": ""}, "cookie_secret"),
        ({"cookie_secret": None}, "token_hex"),
        ({"cookie_secret": "short"}, "cookie_secret"),
        ({"cookie_secret": "x" * 64}, "cookie_secret"),
        ({"redirect_uri": ""}, "redirect_uri"),
        ({"redirect_uri": "http://papers.example.org/oauth2callback"}, "https://"),
        ({"redirect_uri": "https://papers.example.org/"}, "/oauth2callback"),
        ({"client_id": ""}, "client_id"),
        ({"client_secret": ""}, "client_secret"),
        ({"server_metadata_url": "http://id.example.org/"}, "server_metadata_url"),
    ],
)
def test_what_is_missing_or_weak_is_named(change: dict[str, Any], said: str) -> None:
    assert said in sign_in.trouble(AUTH | change)


def test_an_empty_section_or_one_without_a_provider_lets_nobody_in() -> None:
    assert "cookie_secret" in sign_in.trouble({})
    assert "no provider" in sign_in.trouble({key: AUTH[key] for key in ("redirect_uri", "cookie_secret")})


def test_a_header_may_not_say_who_somebody_is() -> None:
    assert "trustedUserHeaders" in sign_in.trouble(AUTH, trusted_headers=True)


def test_missing_packages_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "find_spec", lambda name: None)
    assert "pip install -r requirements-sign-in.txt" in sign_in.trouble(AUTH)


def test_a_person_is_issuer_and_subject_of_a_fresh_token() -> None:
    assert sign_in.person(CLAIMS, now=1_000_060) == Owner("https://id.example.org", "ada")


@pytest.mark.parametrize(
    "change",
    [
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"iss": ""},
        {"iss": None},
        {"sub": ""},
        {"sub": 7},
        {"iat": None},
        {"iat": True},
        {"iat": 1_000_000 - 24 * 3600},
    ],
)
def test_anything_else_is_nobody(change: dict[str, Any]) -> None:
    assert sign_in.person(CLAIMS | change, now=1_000_060) is None
    assert sign_in.person({}, now=1_000_060) is None


@pytest.fixture
def secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file that Streamlit reads its secrets from; not there yet."""
    usual = get_option("secrets.files")
    monkeypatch.setattr(st, "secrets", Secrets())
    set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    yield tmp_path / "secrets.toml"
    set_option("secrets.files", usual)


@pytest.mark.parametrize(("text", "found"), [('[auth]\nclient_id = "a"\n', {"client_id": "a"}), ("[other]\n", None)])
def test_the_section_is_read_from_streamlits_secrets(text: str, found: object, secrets: Path) -> None:
    assert sign_in.configured() is None
    secrets.write_text(text)
    assert sign_in.configured() == found


@pytest.mark.parametrize("text", ["[auth\n", 'auth = "yes"\n'])
def test_a_file_that_can_not_be_read_does_not_turn_sign_in_off(text: str, secrets: Path) -> None:
    secrets.write_text(text)
    with pytest.raises(SettingError):
        sign_in.configured()
