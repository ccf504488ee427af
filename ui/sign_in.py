"""Signing in where Footnote serves several people: who it is, the page before, and the way out.

Streamlit does the OpenID Connect part (`st.login`), from the section [auth] of its secrets.toml:
https://docs.streamlit.io/develop/concepts/connections/authentication
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from index.owner import Owner
from ingest.errors import SettingError
from ingest.settings import number

from .access import loopback
from .allowed import Allowed
from .plain import plain

SECRET = 32  # characters of the secret that signs the cookie, at least
HOURS = 24.0  # that a sign-in lasts, where FOOTNOTE_SIGN_IN_HOURS doesn't say
NEEDED = ("client_id", "client_secret", "server_metadata_url")
DEFAULT = "default"  # Streamlit's name of the provider that is set up in [auth] itself


def configured() -> dict[str, Any] | None:
    """The section [auth]; None where there is none.  Raises SettingError where it can't be told."""
    if not st.secrets.load_if_toml_exists():
        for path in st.get_option("secrets.files"):
            if os.path.exists(path):  # a slip of the pen must not open the door
                raise SettingError(f"{path} can't be read; mend it, or remove it to use Footnote without sign-in")
        return None
    found = st.secrets.to_dict().get("auth")
    if found is not None and not isinstance(found, dict):
        raise SettingError("auth in secrets.toml is no section; write [auth], or remove it")
    return found


def providers(auth: Mapping[str, Any]) -> list[str]:
    """The names of the providers that [auth] sets up."""
    named = [name for name, section in auth.items() if isinstance(section, Mapping) and name != "client_kwargs"]
    return [DEFAULT, *named] if any(key in auth for key in NEEDED) else named


def trouble(auth: Mapping[str, Any], *, trusted_headers: bool = False) -> str:
    """Why nobody may sign in with this [auth], and what to do; empty where it will do."""
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or len(secret) < SECRET or len(set(secret)) < 8:
        return (
            "cookie_secret in [auth] of secrets.toml is missing or can be guessed, so anybody could be anybody; "
            f"set it to what this prints: python -c 'import secrets; print(secrets.token_hex({SECRET}))'"
        )
    back = urlsplit(str(auth.get("redirect_uri", "")))
    if not back.path.endswith("/oauth2callback") or not _safe(back.scheme, back.hostname):
        return (
            "redirect_uri in [auth] of secrets.toml must be the address people open, with https:// (on this machine "
            "alone http:// will do), and end in /oauth2callback"
        )
    if not (names := providers(auth)):
        return f"[auth] of secrets.toml names no provider; give it {', '.join(NEEDED)}"
    for name in names:
        section = auth.get(name, auth) if name == DEFAULT else auth[name]
        if missing := [key for key in NEEDED if not section.get(key)]:
            return f"the provider {name!r} in [auth] of secrets.toml lacks {', '.join(missing)}"
        described = urlsplit(str(section["server_metadata_url"]))
        if not _safe(described.scheme, described.hostname):
            return f"server_metadata_url of the provider {name!r} must begin with https://"
    if trusted_headers:
        return "server.trustedUserHeaders would let a header say who somebody is; unset it where [auth] is used"
    if not (find_spec("authlib") and find_spec("httpx")):
        return "the packages that sign-in needs are missing; run: pip install -r requirements-sign-in.txt"
    return ""


def _safe(scheme: str, host: str | None) -> bool:
    return scheme == "https" or (scheme == "http" and loopback(host))


def person(user: Mapping[str, Any], now: float, hours: float = HOURS) -> Owner | None:
    """Who signed in, from the claims of the identity token; None where nobody did in the last `hours`.

    Streamlit's cookie lasts 30 days, and Streamlit looks at none of the token's times.
    """
    issuer, subject, issued = (user.get(claim) for claim in ("iss", "sub", "iat"))
    if user.get("is_logged_in") is not True or not isinstance(issuer, str) or not isinstance(subject, str):
        return None
    if not issuer or not subject or isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    return Owner(issuer, subject) if now - issued < hours * 3600 else None


def signed_in() -> Owner | None:
    """Who has this page open; None where nobody has signed in."""
    hours = number(os.environ, "FOOTNOTE_SIGN_IN_HOURS", HOURS, 0.01, 24 * 30)
    return person(dict(st.user), time.time(), hours)


def over() -> bool:
    """True where the sign-in of this page has lasted its hours."""
    return st.user.get("is_logged_in") is True and signed_in() is None


def turned_away() -> str:
    """Why the person who has this page open may not use it though they signed in; empty where they may."""
    return Allowed.of(os.environ).refusal(dict(st.user))


def show(auth: Mapping[str, Any]) -> None:
    """The page before anything else."""
    with st.container(key="sign_in"):
        st.markdown("## Footnote")
        st.write("Answers from your own documents. Sign in to see yours; nobody else does.")
        for name in providers(auth):
            label = "Sign in" if name == DEFAULT else f"Sign in with {plain(name)}"
            if st.button(label, key=f"sign_in_{name}", type="primary"):
                st.login(None if name == DEFAULT else name)


def refuse(reason: str) -> None:
    """The page of somebody who may not come in: why, what to do, and the way out."""
    with st.container(key="turned_away"):
        st.markdown("## Footnote")
        st.warning(plain(f"{reason} Ask whoever runs it to let you in, or sign out and come as somebody else."))
        _way_out()


def account() -> None:
    """Who has signed in, and the way out; draws nothing without sign-in."""
    if st.user.get("is_logged_in") is not True:
        return
    st.divider()
    st.caption(plain(f"Signed in as {st.user.get('name') or st.user.get('email') or st.user.get('sub')}"))
    _way_out()


def _way_out() -> None:
    if st.button("Sign out", key="sign_out", icon=":material/logout:", width="stretch"):
        st.logout()
