"""The elements of web pages: what they are called, and which of them a person is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

HEADINGS = {f"h{level}": level for level in range(1, 7)}
# What is no part of the text: code, controls, and the menus around it.
SKIPPED = frozenset("script style noscript template svg iframe object embed select nav head".split())
TITLES = (*HEADINGS, "summary", "dt")
TYPED = ("", "text", "email", "tel", "url", "number", "date", "time", "datetime-local", "month", "week")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def tag_of(element: _Element) -> str:
    """Its name, in small letters and without a namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def typed(field: _Element) -> str:
    """What stands in a field that a person types text into."""
    value = field.get("value") or ""
    return f" {value}" if (field.get("type") or "").casefold() in TYPED else ""


def left_out(element: _Element, tag: str) -> bool:
    """True for what is no part of the text, or isn't shown."""
    if tag == "button" and not _entitles(element):
        return True
    return not tag or tag in SKIPPED or hidden(element)


def _entitles(button: _Element) -> bool:
    """True where it opens what stands below it, as questions and their answers are often arranged."""
    if button.get("aria-expanded") is not None and button.get("aria-haspopup") is None:
        return True
    title = next((above for above in button.iterancestors() if tag_of(above) in TITLES), None)
    # Beside the words of a title it does something else, such as to copy them.
    return title is not None and words_of(title) == words_of(button)


def words_of(element: _Element) -> str:
    """All text in it, on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


def hidden(element: _Element) -> bool:
    """True where it is in the page and not shown."""
    if element.get("hidden") is not None or HIDDEN.search(element.get("style") or ""):
        # A formula is hidden where a picture of it is shown.
        return not (len(element) == 1 and tag_of(element[0]) == "math")
    if element.get("aria-hidden") == "true":  # a formula once more, as signs that are put in their places
        twin = element.getprevious()
        return twin is not None and next(twin.iter("math"), None) is not None
    return False
