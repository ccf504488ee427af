"""The pages of the app and the ways between them; the sidebar is the same on all of them.

A page is drawn by a function without arguments and has its own address (`/quality`); the chat is the
default page, at `/`.  A new page is one more line in `page.pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Place:
    """A page: what it is called and what draws it."""

    title: str
    draw: Callable[[], None]


def run(places: Mapping[str, Place], around: Callable[[], Callable[[], None]]) -> None:
    """Draw the page that the address names, after `around`, which all pages share, and before what that returns.

    The keys of `places` are their addresses.  Streamlit's own menu is hidden: `link` and `go` are the ways.
    """
    made = {
        address: st.Page(place.draw, title=place.title, url_path=address, default=address == CHAT)
        for address, place in places.items()
    }
    st.session_state.places = made
    chosen = st.navigation(list(made.values()), position="hidden")
    st.session_state.here = next(address for address, page in made.items() if page is chosen)
    st.set_page_config(chosen.title)
    rest = around()
    chosen.run()
    rest()


def here() -> str:
    """The address of the page that is drawn now."""
    return str(st.session_state.get("here", CHAT))


def link(address: str, label: str, icon: str | None = None, query: Mapping[str, str] | None = None) -> None:
    """A link to another page, with `query` in its address."""
    st.page_link(st.session_state.places[address], label=label, icon=icon, query_params=query)


def back_to_chat() -> None:
    """A link to the conversation that is open."""
    chat = st.session_state.get("chat")
    link(CHAT, "Back to the chat", ":material/arrow_back:", {} if chat is None else {"chat": str(chat)})


def go(address: str, query: Mapping[str, str] | None = None) -> NoReturn:
    """Leave this run for another page, or draw this one anew where it is the same."""
    if address == here():
        st.query_params.from_dict(dict(query or {}))
        st.rerun()
    st.switch_page(st.session_state.places[address], query_params=query)
