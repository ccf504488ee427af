"""Formulas of web pages (MathML Core) on one line: (a+b)/c, x^2, x_1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .elements import tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# What stands before the second part of each, and before the third.
SIGNS = {"mfrac": "/", "msub": "_", "msup": "^", "msubsup": "_^", "munder": "_", "munderover": "_^"}
GROUPS = ("mrow", "mstyle", "mpadded", "mfrac")
NOTES = ("annotation", "annotation-xml")  # the same again, for programs
CELLS = ("mtd", "mtr")


def formula(math: _Element) -> str:
    """What a <math> element shows."""
    from lxml import etree

    said: list[str] = []
    walk = etree.iterwalk(math, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        inside = element is not math and tag_of(element.getparent()) in SIGNS
        grouped = tag == "msqrt" or (inside and tag in GROUPS and len(element) > 1)
        if event == "end":
            said.append(")" if grouped else " " if tag in CELLS else "")
        elif tag in NOTES:
            walk.skip_subtree()
        else:
            said.append(_sign(element) if inside else "")
            said.append("√(" if tag == "msqrt" else "(" if grouped else "")
            said.append(element.text or "" if tag == "mtext" else (element.text or "").strip())
    return "".join(said)


def _sign(part: _Element) -> str:
    """What stands between a part and the one before it."""
    before = part.getprevious()
    if before is None:
        return ""
    return SIGNS[tag_of(part.getparent())][0 if before.getprevious() is None else -1]
