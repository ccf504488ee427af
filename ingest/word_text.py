"""What is written in an element of a Word file (WordprocessingML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from .drawings import M

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same again, for old programs
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# What was deleted, and what stands for itself elsewhere in the order.
LEFT_OUT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}txbxContent", FALLBACK})
EXPONENTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
OFF = ("0", "false", "off")
FORMULA = {f"{M}sup": "^", f"{M}den": "/", f"{M}rad": "√"}  # what is drawn, not written, in a formula
# Characters of fonts that draw others than their numbers say, by the last two digits of those.
BOXES = {"6F": "☐", "A8": "☐", "FB": "✗", "FC": "✓", "FD": "☒", "FE": "☑"}
MORE_BOXES = {"4F": "✗", "50": "✓", "51": "☒", "52": "☑", "53": "☒", "54": "☒", "A3": "☐"}
SIGNS = dict(zip("44 57 61 62 6D 70 73 A3 A5 AE B0 B1 B3 B4 B7 B8 B9 BB".split(), "ΔΩαβµπσ≤∞→°±≥×•÷≠≈", strict=True))
SYMBOLS = {"wingdings": BOXES, "wingdings 2": MORE_BOXES, "symbol": SIGNS}


def text_of(element: _Element) -> str:
    """The text as it stands after all changes: what was inserted in it; not what was deleted, or is not to be seen."""
    parts: list[str] = []
    stack = [element]
    while stack:
        at = stack.pop()
        if at.tag in (f"{W}t", f"{M}t"):
            parts.append(_raised(at, parts[-1]) if parts else at.text or "")
        elif at.tag in BREAKS:
            parts.append(BREAKS[at.tag])
        elif at.tag == f"{W}sym":
            parts.append(_symbol(at))
        elif at.tag == f"{W}checkBox":  # of an older form
            parts.append("☑" if says(at, "checked" if at.find(f"{W}checked") is not None else "default") else "☐")
        elif at.tag not in LEFT_OUT and not unseen(at):
            if at.tag == f"{W}p" and at is not element and parts:
                parts.append(" ")
            if at.tag in FORMULA and at.find(f".//{M}t") is not None:
                parts.append(FORMULA[at.tag])
            stack.extend(reversed(at))
    return "".join(parts)


def unseen(element: _Element) -> bool:
    """True for a run that is hidden, and for a control that only shows what is to be filled in."""
    return (element.tag == f"{W}r" and says(element, "rPr/vanish")) or (
        element.tag == f"{W}sdt" and says(element, "sdtPr/showingPlcHdr")
    )


def _raised(element: _Element, before: str) -> str:
    """The text of w:t; one that is raised behind a digit as an exponent, which would make another number of it."""
    text, run = element.text or "", element.getparent()
    if before[-1:].isdigit() and run is not None and value(run, "rPr/vertAlign") == "superscript":
        return text.translate(EXPONENTS)
    return text


def _symbol(element: _Element) -> str:
    """The character that stands for one of a font of symbols; none where that isn't known."""
    number, symbols = element.get(f"{W}char", ""), SYMBOLS.get(element.get(f"{W}font", "").casefold())
    if symbols is not None:
        return symbols.get(number[-2:].upper(), "")
    private = not re.fullmatch("[0-9A-Da-d][0-9A-Fa-f]{3}", number)  # to its font
    return "" if private else chr(int(number, 16))


def below(element: _Element, *tags: str) -> Iterator[_Element]:
    """The elements of those tags below another, in order: none within each other, or within what is left out."""
    stack = list(reversed(element))
    while stack:
        at = stack.pop()
        if at.tag in tags:
            yield at
        elif at.tag not in LEFT_OUT and not unseen(at):
            stack.extend(reversed(at))


def value(element: _Element, path: str, default: str = "") -> str:
    """The w:val of what stands at `path` ("pPr/pStyle") below the element, or `default`."""
    found = element.find(_path(path))
    return str(found.get(f"{W}val", default)) if found is not None else default


@cache
def _path(path: str) -> str:
    return "/".join(f"{W}{tag}" for tag in path.split("/"))


def count_at(element: _Element, path: str, default: int) -> int:
    """The same as a number; `default` where there is none, or one that no program writes."""
    given = value(element, path)
    return int(given) if given.isdecimal() and len(given) <= 5 else default


def says(element: _Element, path: str) -> bool:
    """True where the switch at `path` below the element is there, and on."""
    found = element.find(_path(path))
    return found is not None and found.get(f"{W}val", "on") not in OFF
