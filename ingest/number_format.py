"""Numbers as a sheet shows them: the number formats of ECMA-376-1, 18.8.31.

Rounding, thousands, percent, leading zeros, and the text around and between the digits are as shown.  So is a number
in thousands or millions ("0.0,,"), since the sheet says its unit beside it or above.  A fraction or a power of ten
is given as a plain number, and a number below zero with a minus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

LONGEST = 255  # characters of a format that a spreadsheet program takes
SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])+|["\\\[]', re.DOTALL)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
# A quoted text, an escaped character, a bracket, a filling or a space as wide as a character, a sign.
TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\-\]]*)[^\]]*\]|\[[^\]]*\]|[_*].|(.)', re.DOTALL)

Token = tuple[str, str]  # a text, and a sign of the format, one of which is empty


def formatted(exact: str, pattern: str) -> str:
    """The number written in `exact` as its format shows it; `exact` itself where the format has no digits to fill."""
    number = Decimal(exact)
    if len(pattern) > LONGEST or not number.is_finite():
        return exact
    tokens = _tokens(*_section(number, pattern))
    signs = [sign for _, sign in tokens]
    places = [i for i, sign in enumerate(signs) if sign in ("0", "#", "?")]
    if not places or "E" in signs or "/" in signs:
        return exact
    point = signs.index(".") if "." in signs else len(signs)
    whole, parts = [i for i in places if i < point], [i for i in places if i > point]
    commas = [i for i, sign in enumerate(signs) if sign == ","]
    # A comma between digits parts thousands; one behind them divides by a thousand.
    parting = any(whole[0] < i < whole[-1] for i in commas if whole)
    scale = 2 * signs.count("%") - 3 * sum(i > max(whole, default=-1) for i in commas)
    with localcontext(rounding=ROUND_HALF_UP):  # as spreadsheet programs do
        shown = number.copy_abs().scaleb(scale) if scale else number.copy_abs()
        left, _, right = f"{shown:.{len(parts)}f}".partition(".")
    left = left.zfill(sum(signs[i] == "0" for i in whole))
    if parting:
        left = f"{left[:-3]},{left[-3:]}" if len(left) == 4 else re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", left)
        whole = whole[-1:]
    said = [text or (sign if sign in ".%" else "") for text, sign in tokens]
    for i, digits in (*zip(parts, right, strict=True), *_spread(left, whole)):
        said[i] = digits
    minus = "-" if number < 0 else ""
    return minus + " ".join("".join(said).split())


def _spread(digits: str, places: Sequence[int]) -> list[tuple[int, str]]:
    """The places with a digit each, from the last one on; the first takes those that are left."""
    found = []
    for i in reversed(places[1:]):
        found.append((i, digits[-1:]))
        digits = digits[:-1]
    return [*found, *((i, digits) for i in places[:1])]


def _section(number: Decimal, pattern: str) -> tuple[str, bool]:
    """The part of the format that is for this number, and whether it is for those below zero alone."""
    sections: list[str] = SECTION.findall(pattern)
    for section in sections:
        condition = CONDITION.search(section)
        if condition and _holds(number, condition[1], Decimal(condition[2])):
            return section, False
    sections = [section for section in sections if not CONDITION.search(section)]
    below = number < 0 and len(sections) > 1
    return sections[below] if sections else "", below


def _holds(number: Decimal, compared: str, with_: Decimal) -> bool:
    return (
        ("<" in compared and number < with_)
        or (">" in compared and number > with_)
        or ("=" in compared and number == with_)
    )


@lru_cache(maxsize=256)
def _tokens(section: str, below: bool) -> tuple[Token, ...]:
    """The texts and signs of one part of a format; what says `below` zero, a minus or parentheses, left out."""
    found: list[Token] = []
    for token in TOKEN.finditer(section):
        text, sign = token[1] or token[2] or token[3] or "", token[4] or ""
        if sign and sign not in "0#?.,%E/":
            text, sign = sign, ""
        if sign or (text and not (below and text in "()-+")):
            found.append((text, sign))
    return tuple(found)
