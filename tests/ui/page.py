"""The page as AppTest runs it, and what is seen on it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from index.library import Library

ROOT = Path(__file__).resolve().parents[2]


Click = Callable[[AppTest, str, int | bool], None]


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


def add(library: Library, **texts: str) -> None:
    for stem, text in texts.items():
        library.add_upload(f"{stem}.txt", text.encode())


def asked(library: Library) -> list[str]:
    return [t.text for c in library.conversations.list() for t in library.conversations.turns(c.id) if t.role == "user"]
