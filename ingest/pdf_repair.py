"""What PDFium's characters of a line lack: accents on their letters, and the order of Arabic and Hebrew.

TeX draws "é" as an accent and an "e" over each other, which come as two characters.  Of right-to-left
lines PDFium puts the letters in reading order, but not in every word, turns ligatures round and loses
spaces where the direction changes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Protocol

Rect = tuple[float, float, float, float]

# Accents that stand alone, and the same as combining characters.
ACCENTS = {
    "`": "\u0300", "\u00b4": "\u0301", "\u02c6": "\u0302", "\u02dc": "\u0303", "\u00af": "\u0304", "\u02d8": "\u0306",
    "\u02d9": "\u0307", "\u00a8": "\u0308", "\u02da": "\u030a", "\u02dd": "\u030b", "\u02c7": "\u030c",
    "\u00b8": "\u0327", "\u02db": "\u0328",
}  # fmt: skip
DOTLESS = {"\u0131": "i", "\u0237": "j"}
RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RTL = re.compile(f"[{RIGHT_TO_LEFT}]")
NEEDED = re.compile(f"[{''.join(ACCENTS)}{RIGHT_TO_LEFT}]")
ALEFS = "\u0627\u0622\u0623\u0625\u0671"
LAM = "\u0644"
GAP = 0.12  # of a letter's height: what is wider is a space


class Glyphs(Protocol):
    """The characters of a page, by PDFium's index."""

    def box(self, index: int) -> Rect | None:
        """(left, top, right, bottom) on the page as shown; None where the character is drawn nowhere."""
        ...

    def generated(self, index: int) -> bool:
        """True where the character is not in the file: a space that was guessed."""
        ...


def repaired(line: str, indices: Sequence[int], glyphs: Glyphs) -> tuple[str, list[int]]:
    """The line as a person reads it, and the index of each of its characters (-1: drawn nowhere)."""
    chars = list(zip(line, indices, strict=True))
    if any(c in ACCENTS for c in line):
        chars = _composed(chars, glyphs)
    if RTL.search(line):
        chars = _spaced(_ordered(_turned(chars, glyphs), glyphs), glyphs)
    return "".join(c for c, _ in chars), [i for c, i in chars for _ in c]


Chars = list[tuple[str, int]]


def _composed(chars: Chars, glyphs: Glyphs) -> Chars:
    """Each accent that is drawn over a letter of the line put onto that letter."""
    found: list[tuple[str, int] | None] = list(chars)
    letters = [
        (n, box) for n, (c, i) in enumerate(chars) if c.isalpha() and c not in ACCENTS and (box := glyphs.box(i))
    ]
    for n, (char, index) in enumerate(chars):
        accent = glyphs.box(index) if char in ACCENTS else None
        under = [at for at, box in letters if _over(accent, box)] if accent else []
        if not under:
            continue
        at = min(under, key=lambda under: abs(under - n))
        letter = chars[at][0]
        found[at] = unicodedata.normalize("NFC", DOTLESS.get(letter, letter) + ACCENTS[char]), chars[at][1]
        found[n] = None
        for beside in (n - 1, n + 1):  # the spaces that were guessed around it stand inside the word
            if 0 <= beside < len(chars) and chars[beside][0].isspace() and glyphs.generated(chars[beside][1]):
                found[beside] = None
    return [char for char in found if char]


def _over(accent: Rect, letter: Rect) -> bool:
    """True where the middle of the accent is above, on or below the letter, and near it."""
    middle, height = (accent[0] + accent[2]) / 2, letter[3] - letter[1]
    slack = 0.15 * (letter[2] - letter[0])
    beside = letter[0] - slack <= middle <= letter[2] + slack
    return beside and accent[1] < letter[3] + height / 4 and letter[1] < accent[3] + height / 2


def _turned(chars: Chars, glyphs: Glyphs) -> Chars:
    """The letters of a right-to-left word that PDFium gives from left to right, turned round."""
    found: Chars = []
    for letters, run in groupby(chars, lambda char: _is_letter(char[0])):
        part = list(run)
        found += part[::-1] if letters and _rightwards(part, glyphs) else part
    return found


def _is_letter(char: str) -> bool:
    """True of a right-to-left letter or its mark; Arabic digits go from left to right."""
    return bool(RTL.match(char)) and unicodedata.category(char)[0] in "LM"


def _rightwards(part: Chars, glyphs: Glyphs) -> bool:
    """True where more letters stand to the right of the one before them than to its left."""
    boxes = [box for char, index in part if char.isalpha() and (box := glyphs.box(index))]
    steps = [(other[0] > one[0]) - (other[2] < one[2]) for one, other in pairwise(boxes)]
    return sum(steps) > 0


def _ordered(chars: Chars, glyphs: Glyphs) -> Chars:
    """Lam and alef of one ligature in their order; a vowel mark behind its letter, not before."""
    found = list(chars)
    for n in range(len(found) - 1):
        (one, i), (other, j) = found[n], found[n + 1]
        ligature = one in ALEFS and other == LAM and glyphs.box(i) == glyphs.box(j) is not None
        alone = n == 0 or found[n - 1][0].isspace()
        if ligature or (alone and unicodedata.category(one) == "Mn" and unicodedata.category(other) == "Lo"):
            found[n], found[n + 1] = found[n + 1], found[n]
    return found


def _spaced(chars: Chars, glyphs: Glyphs) -> Chars:
    """Spaces where there is a gap at a change of direction, and none that was guessed where there is no gap."""
    runs = _runs(chars)
    boxes = [_around(run, glyphs) for run in runs]
    found: Chars = []
    for n, run in enumerate(runs):
        if 0 < n < len(runs) - 1 and run[0][0].isspace():
            guessed = len(run) == 1 and glyphs.generated(run[0][1])
            if guessed and _is_rtl(runs[n - 1]) and _is_rtl(runs[n + 1]) and not _apart(boxes[n - 1], boxes[n + 1]):
                continue
        elif n and not runs[n - 1][-1][0].isspace() and _apart(boxes[n - 1], boxes[n]):
            found.append((" ", -1))
        found += run
    return found


def _runs(chars: Chars) -> list[Chars]:
    """The characters in runs of one direction, or of white space."""
    runs: list[Chars] = []
    before = ""
    for char, index in chars:
        kind = " " if char.isspace() else "R" if RTL.match(char) else "L" if char.isalnum() else before
        if runs and (kind == before or (kind != " " and before == "")):
            runs[-1].append((char, index))
        else:
            runs.append([(char, index)])
        before = kind
    return runs


def _is_rtl(run: Chars) -> bool:
    return any(RTL.match(char) for char, _ in run)


def _around(run: Chars, glyphs: Glyphs) -> Rect | None:
    """What the run fills."""
    boxes = [box for _, index in run if (box := glyphs.box(index))]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _apart(one: Rect | None, other: Rect | None) -> bool:
    """True where there is room for a space between the two, whichever is on the left."""
    if one is None or other is None:
        return False
    gap = max(one[0], other[0]) - min(one[2], other[2])
    return gap > GAP * max(one[3] - one[1], other[3] - other[1])
