"""The second reader: pypdf's text of the pages whose fonts PDFium can't decode, put where PDFium sees the glyphs.

A font without a usable table of characters comes out of PDFium as control characters, or with glyphs
missing; pypdf tries other tables.  It is slow, so only suspicious pages go there, within a budget.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice

from .pdf_draft import Draft, Drawn, Rect
from .pdf_repair import Glyphs

# Controls that PDFium itself does not write, what has no meaning of its own, and private characters.
STRANGE = re.compile("[\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")
EXTENDED = re.compile("[\u0100-\u024f]")
MOST = 5_000  # glyphs that are compared with a text; the time grows with their square
MUCH = 0.1  # of the characters
TOUCHING = 0.08  # of a glyph's height: what is nearer belongs to one word


def suspicious(raw: str) -> bool:
    """True where so much of PDFium's raw text means nothing that a font must be broken."""
    strange = len(STRANGE.findall(raw))
    return strange > 0 and strange > MUCH * len(raw.split()) and strange > MUCH * len("".join(raw.split()))


def flat(raw: str, glyphs: Glyphs) -> bool:
    """True where a letter beyond Latin-1 has no height: the font in use lacks it, and PDFium loses such letters."""
    for found in islice(EXTENDED.finditer(raw), 20):
        box = glyphs.box(found.start())
        if box and box[3] - box[1] < 0.02:
            return True
    return False


def better(text: str, raw: str) -> bool:
    """True where `text` has more letters and digits than PDFium's raw text."""
    return _readable(text) > _readable(raw)


def _readable(text: str) -> int:
    return sum(unicodedata.category(c)[0] in "LN" for c in text if not STRANGE.match(c))


def placed(text: str, glyphs: Sequence[tuple[str, Rect]]) -> list[Draft]:
    """The lines of `text`, each word where its characters are among the `glyphs` of the page.

    As many glyphs as characters are the same ones in the same order; else those that are alike are.
    """
    letters = [c for c in text if not c.isspace()]
    where = dict(_pairs(letters, glyphs))
    sure = len(letters) == len(glyphs)
    drafts: list[Draft] = []
    at = 0
    for line in text.split("\n"):
        found = ""
        words: list[Drawn] = []
        for word in line.split():
            boxes = [where.get(n) for n in range(at, at + len(word))]
            at += len(word)
            known = [b for b in boxes if b]
            box = _around(known) if 2 * len(known) > len(word) else None
            if found and not (sure and box and words and words[-1][1] == len(found) and _touch(words[-1], box)):
                found += " "
            if box:
                words.append((len(found), len(found) + len(word), *box))
            found += word
        if found:
            heights = sorted(w[5] - w[3] for w in words)
            drafts.append(Draft(found, words, round(heights[len(heights) // 2], 2) if heights else 0.0))
    return drafts


def _pairs(letters: Sequence[str], glyphs: Sequence[tuple[str, Rect]]) -> Iterator[tuple[int, Rect]]:
    if len(letters) == len(glyphs):
        yield from ((n, box) for n, (_, box) in enumerate(glyphs))
        return
    if len(glyphs) > MOST:
        return
    signs = [sign for sign, _ in glyphs]
    for block in SequenceMatcher(None, letters, signs, autojunk=False).get_matching_blocks():
        yield from ((block.a + n, glyphs[block.b + n][1]) for n in range(block.size))


def _around(boxes: Sequence[Rect]) -> Rect:
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _touch(word: Drawn, box: Rect) -> bool:
    height = max(word[5] - word[3], box[3] - box[1])
    return -height < box[0] - word[4] < TOUCHING * height and box[1] < word[5] and word[3] < box[3]
