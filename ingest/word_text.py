"""What is written in an element of a Word file (WordprocessingML)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again, for old programs
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# What was deleted, and what stands for itself elsewhere in the order.
LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", FALLBACK})


def text_of(element: _Element) -> str:
    """The text as it stands after all changes: what was inserted in it, what was deleted not."""
    parts: list[str] = []
    stack = [element]
    while stack:
        at = stack.pop()
        if at.tag == f"{W}t":
            parts.append(at.text or "")
        elif at.tag in BREAKS:
            parts.append(BREAKS[at.tag])
        elif at.tag not in LEFT_OUT:
            if at.tag == f"{W}p" and at is not element and parts:
                parts.append(" ")
            stack.extend(reversed(at))
    return "".join(parts)


def below(element: _Element, tag: str) -> Iterator[_Element]:
    """The elements of that tag below another, in their order: none within each other, or within what is left out."""
    stack = list(reversed(element))
    while stack:
        at = stack.pop()
        if at.tag == tag:
            yield at
        elif at.tag not in LEFT_OUT:
            stack.extend(reversed(at))


def value(element: _Element, path: str, default: str = "") -> str:
    """The w:val of what stands at `path` ("pPr/pStyle") below the element, or `default`."""
    found = element.find("/".join(f"{W}{tag}" for tag in path.split("/")))
    return str(found.get(f"{W}val", default)) if found is not None else default


def count_at(element: _Element, path: str, default: int) -> int:
    """The same as a number; `default` where there is none, or one that no program writes."""
    given = value(element, path)
    return int(given) if given.isdecimal() and len(given) <= 5 else default
