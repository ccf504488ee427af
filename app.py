"""Footnote's page: `streamlit run app.py`.  Puts the parts together, and holds no logic."""

from __future__ import annotations

import math
import os
from pathlib import Path

import streamlit as st
from streamlit.config import set_option

from answer.desks import Desk, Desks
from answer.settings import AnswerSettings
from index.owner import Owner
from index.quota import SIGNED_IN, UNLIMITED
from index.settings import Settings
from ui import delivered, failures, page, sign_in
from ui.access import refusal
from ui.allowed import Allowed
from ui.plain import plain

st.set_page_config("Footnote", page_icon="📑", layout="wide")


def corpus(*, shared: bool) -> Path | None:
    """The folder that is kept in every library: FOOTNOTE_CORPUS; unset, `corpus` beside this file where only one is
    served; empty: none."""
    given = os.environ.get("FOOTNOTE_CORPUS", "" if shared else str(Path(__file__).parent / "corpus"))
    return Path(given) if given else None


@st.cache_resource(show_spinner=False)
def desks(shared: bool) -> Desks:
    """All that is open, for all tabs; `shared`: among people who sign in."""
    settings = Settings.of(os.environ, SIGNED_IN if shared else UNLIMITED)
    made = Desks(settings, AnswerSettings.of(os.environ), corpus(shared=shared))
    made.warm()
    # What the pickers say and the server takes; st.set_option doesn't set it.
    set_option("server.maxUploadSize", math.ceil(settings.limits.megabytes))
    return made


@st.cache_resource(scope="session", on_release=lambda desk: desk.close(), show_spinner="Opening the library…")
def desk(owner: tuple[str, str] | None) -> Desk:
    """The library of this tab's person (issuer and subject), until the tab is closed; of the program where None."""
    return desks(owner is not None).take(Owner(*owner) if owner else None)


def serve() -> None:
    """Whatever this visitor may see."""
    auth = sign_in.configured()
    refused = refusal(
        st.get_option("server.address"),
        same_origin=st.get_option("server.enableCORS"),
        forgery_checked=st.get_option("server.enableXsrfProtection"),
        sign_in=auth is not None,
    )
    if auth is not None:
        refused = refused or sign_in.trouble(auth, trusted_headers=bool(st.get_option("server.trustedUserHeaders")))
        refused = refused or Allowed.of(os.environ).trouble
    if refused:
        st.error(plain(refused))
        return
    owner = None if auth is None else sign_in.signed_in()
    if auth is not None and owner is None:
        sign_in.show(auth)
        return
    if owner is not None and (reason := sign_in.turned_away()):
        sign_in.refuse(reason)
        return
    mine = desk((owner.issuer, owner.subject) if owner else None)
    page.show(mine.library, mine.assistant)


with failures.said():
    serve()
delivered.wait()
