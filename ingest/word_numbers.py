"""The numbers of a Word file's lists and headings: "2.", "2.1", "(a)", which are not in its text but counted.

As ECMA-376 part 1, 17.9 has it: all lists of one abstract definition are counted together, level by level; a level
begins anew where one above it goes on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .word_text import W, count_at, says, value

if TYPE_CHECKING:
    from lxml.etree import _Element

BULLET = "•"
DEEPEST = 8  # the last of nine levels
LONGEST = 80  # characters of a number; Word itself takes fewer
PLACE = re.compile(r"%([1-9])")  # of a level's count in a number
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")),
    *((9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level counts: anew after each of the first `renewed` levels.  `style` is that of its paragraphs."""

    start: int
    form: str
    text: str
    legal: bool
    renewed: int
    style: str


class Numbering:
    """The lists that a numbering part defines, by their ids, and how far each is counted."""

    def __init__(self, part: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counted_as: dict[str, str] = {}  # the abstract definition of each list
        self._restarts: dict[str, dict[int, int]] = {}  # what the levels of a list begin with
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()
        if part is None:
            return
        abstract = {a.get(f"{W}abstractNumId", ""): a for a in part.iterchildren(f"{W}abstractNum")}
        by_style = {style: name for name, a in abstract.items() if (style := value(a, "styleLink"))}
        levels = {name: _levels(a) for name, a in abstract.items()}
        for one in part.iterchildren(f"{W}num"):
            listed, name = one.get(f"{W}numId", ""), value(one, "abstractNumId")
            if name not in abstract:
                continue
            name = by_style.get(value(abstract[name], "numStyleLink"), name)
            overrides = list(one.iterchildren(f"{W}lvlOverride"))
            self._counted_as[listed] = name
            self._levels[listed] = levels[name] | {n: lv for o in overrides for n, lv in _levels(o).items()}
            restarts = {_number(o): count_at(o, "startOverride", -1) for o in overrides}
            self._restarts[listed] = {level: start for level, start in restarts.items() if start >= 0}

    def level_of(self, style: str, listed: str) -> int | None:
        """The level of a list at which the paragraphs of a style are, where the list says so."""
        return next((n for n, level in self._levels.get(listed, {}).items() if level.style == style), None)

    def following(self, listed: str, level: int) -> str:
        """The number of the list's next paragraph at a level from 0; BULLET where it has none but is an item."""
        levels = self._levels.get(listed, {})
        level = min(level, DEEPEST)
        own = levels.get(level)
        if own is None or own.form == "bullet":
            return BULLET
        starts = {n: lv.start for n, lv in levels.items()} | self._restarts[listed]
        counts = self._counts.setdefault(self._counted_as[listed], {})
        restarts = level in self._restarts[listed] and (listed, level) not in self._used
        self._used.add((listed, level))
        counts[level] = counts[level] + 1 if level in counts and not restarts else starts[level]
        for deeper in [n for n in counts if n > level]:
            if deeper not in levels or level < levels[deeper].renewed:
                del counts[deeper]

        def place(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            if at > level or at not in levels:
                return ""
            return _shown(counts.get(at, starts[at]), "decimal" if own.legal else levels[at].form)

        return " ".join(PLACE.sub(place, own.text).split())[:LONGEST]


def _levels(element: _Element) -> dict[int, _Level]:
    """The levels that an abstract definition, or what overrides one, gives."""
    found = {}
    for level in element.iterchildren(f"{W}lvl"):
        at = _number(level)
        # Word has no w:start where a level begins with 0; a form of its own stands beside one for old programs.
        forms = [form.get(f"{W}val", "") for form in level.iter(f"{W}numFmt")]
        found[at] = _Level(
            count_at(level, "start", 0),
            forms[-1] if forms else "decimal",
            value(level, "lvlText")[:LONGEST],
            says(level, "isLgl"),
            count_at(level, "lvlRestart", at),
            value(level, "pStyle"),
        )
    return found


def _number(level: _Element) -> int:
    given = level.get(f"{W}ilvl", "")
    return min(int(given), DEEPEST) if given.isdecimal() and len(given) <= 5 else 0


def _shown(count: int, form: str) -> str:
    """A count as a list's form has it; forms that aren't known here are given as digits."""
    letters = form in ("lowerLetter", "upperLetter")
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02}"
    if not (letters or form in ("lowerRoman", "upperRoman")) or not 0 < count < 4000:
        return str(count)
    text = ""
    if letters:  # after z come aa, bb, cc
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    else:
        for size, numeral in ROMAN:
            text += numeral * (count // size)
            count %= size
    return text.upper() if form.startswith("upper") else text
