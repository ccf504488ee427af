"""What Streamlit would serve at an address of its own, kept from those who could guess it.

Streamlit serves pictures and downloads at /media/HASH to whoever asks, and the hash is of the contents alone: who
can write down what a page may say could try each, and see which one somebody has open.
"""

from __future__ import annotations

import base64
import secrets

import streamlit as st


def picture(png: bytes) -> str:
    """A picture as a data URL: it goes to its own tab, and is served to nobody else."""
    return "data:image/png;base64," + base64.b64encode(png).decode()


def download(kind: str) -> str:
    """The MIME type `kind` of a download, with a parameter that only this tab knows; the hash is of the type too."""
    return f"{kind}; tab={st.session_state.setdefault('secret', secrets.token_hex(16))}"
