"""What was filled into a form, put where a person reads it: behind its label, not behind all the page's text.

PDFium gives the words of fields after all others, those of several fields as one line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from .pdf_draft import Draft, Drawn, Rect

LEVEL = 0.5  # of the lower of two lines that the other shares: they are read as one
LABEL = 0.4  # of the page's width that a field may stand away from its label
AFTER = 4.0  # of the type size between a field and the words that go on behind it
NEAR = 2.0  # times a field's line between it and the label above it, at most
SLACK = 2.0  # points by which a word may stand out of its field


def settled(lines: Sequence[Draft], fields: Sequence[tuple[Rect, str]], width: float) -> list[Draft]:
    """The lines of a page `width` points wide, the words within each field where they are to be read.

    In a field that comes with a sign, the sign stands instead of what a font draws there.
    """
    page: list[Draft] = []
    within: defaultdict[int, list[Draft]] = defaultdict(list)
    boxes = [box for box, _ in fields]
    for line in lines:
        for field, part in _parts(line, boxes):
            (page if field is None else within[field]).append(part)
    for field, (box, sign) in enumerate(fields):
        if sign and lines:  # alone it says nothing, and the page may be a picture of text
            within[field] = [Draft(sign, [(0, len(sign), *box)], box[3] - box[1])]
    parts = [within[field] for field in sorted(within, key=lambda n: (boxes[n][1], boxes[n][0]))]
    for alone in [part for part in parts if not _joined(page, part, width)]:
        before = [n for n, line in enumerate(page) if line.placed and _is_before(line, alone[0])]
        at = max(before, key=lambda n: (_heads(page[n], alone[0]), page[n].y1), default=-1) + 1
        page[at:at] = alone
    return page


def filled(lines: Sequence[Draft], fields: Sequence[tuple[Rect, str]]) -> list[Draft]:
    """What of the lines stands within a field."""
    boxes = [box for box, _ in fields]
    return [part for line in lines for field, part in _parts(line, boxes) if field is not None]


def around(glyphs: Sequence[tuple[str, Rect]], fields: Sequence[tuple[Rect, str]]) -> list[tuple[str, Rect]]:
    """The glyphs that stand in no field."""
    boxes = [box for box, _ in fields]
    return [(sign, rect) for sign, rect in glyphs if _field_of((0, 1, *rect), boxes) is None]


def _parts(line: Draft, boxes: Sequence[Rect]) -> Iterator[tuple[int | None, Draft]]:
    """The line in parts, each with the number of the field that its words are within."""
    runs = [(field, list(words)) for field, words in groupby(line.words, lambda word: _field_of(word, boxes))]
    if len(runs) < 2:
        yield (runs[0][0] if runs else None), line
        return
    starts = [words[0][0] for _, words in runs[1:]]
    for (field, _), start, end in zip(runs, [0, *starts], [*starts, len(line.text)], strict=True):
        part = line.part(start, start + len(line.text[start:end].rstrip()))
        yield field, part


def _field_of(word: Drawn, boxes: Sequence[Rect]) -> int | None:
    """The smallest field that the word is within."""
    _, _, x0, y0, x1, y1 = word
    around = [
        ((right - left) * (bottom - top), n)
        for n, (left, top, right, bottom) in enumerate(boxes)
        if left - SLACK <= x0 and x1 <= right + SLACK and top - SLACK <= (y0 + y1) / 2 <= bottom + SLACK
    ]
    return min(around)[1] if around else None


def _joined(page: list[Draft], parts: Sequence[Draft], width: float) -> bool:
    """True where the lines of one field belong to a line of the page, and were put there."""
    first, *rest = parts
    found = _beside(page, first, width)
    if not found or (rest and found[1] < len(page[found[0]].words)):
        return False
    at, behind = found
    page[at] = _inserted(page[at], first, behind)
    page[at + 1 : at + 1] = rest
    return True


def _beside(page: Sequence[Draft], part: Draft, width: float) -> tuple[int, int] | None:
    """The line that the part of a field belongs to, and how many of its words stand before it."""
    best: tuple[float, int, int] | None = None
    for n, line in enumerate(page):
        if not line.placed or not _level(line, part):
            continue
        before = [word for word in line.words if (word[2] + word[4]) / 2 < part.x0]
        after = line.words[len(before) :]
        if before != list(line.words[: len(before)]) or any(word[2] < part.x1 - SLACK for word in after):
            continue
        if before:
            gap = part.x0 - before[-1][4]
            near = gap <= LABEL * width
        else:
            gap = after[0][2] - part.x1
            near = gap <= AFTER * max(line.size, part.size)
        if near and (best is None or gap < best[0]):
            best = gap, n, len(before)
    return best and best[1:]


def _level(one: Draft, other: Draft) -> bool:
    """True where the two are read as one line."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= LEVEL * min(one.y1 - one.y0, other.y1 - other.y0)


def _is_before(line: Draft, part: Draft) -> bool:
    """True where the line is read before the part of a field: above it, or on its level to the left."""
    return line.y1 <= part.y0 + SLACK or (_level(line, part) and line.x1 <= part.x0 + SLACK)


def _heads(line: Draft, part: Draft) -> bool:
    """True where the line stands right above the part of a field, as the label of a column does."""
    return line.x0 < part.x1 and part.x0 < line.x1 and part.y0 - line.y1 < NEAR * (part.y1 - part.y0)


def _inserted(line: Draft, part: Draft, before: int) -> Draft:
    """The line with a part in it, behind `before` of its words."""
    if before == 0:
        return part.followed_by(line, " ")
    if before == len(line.words):
        return line.followed_by(part, " ")
    start = line.words[before][0]
    left = line.part(0, len(line.text[:start].rstrip()))
    return left.followed_by(part, " ").followed_by(line.part(start, len(line.text)), " ")
