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
SLACK = 2.0  # points by which a word may stand out of its field


def settled(
    lines: Sequence[Draft], fields: Sequence[Rect], ticks: Sequence[tuple[Rect, str]], width: float
) -> list[Draft]:
    """The lines of a page `width` points wide, the words within each of `fields` where they are to be read.

    In those that are in `ticks`, the sign given stands instead of what a font draws there.
    """
    page: list[Draft] = []
    filled: defaultdict[int, list[Draft]] = defaultdict(list)
    for line in lines:
        for field, part in _parts(line, fields):
            (page if field is None else filled[field]).append(part)
    for rect, sign in ticks:
        filled[fields.index(rect)] = [Draft(sign, [(0, len(sign), *rect)], rect[3] - rect[1])]
    for field in sorted(filled, key=lambda n: (fields[n][1], fields[n][0])):
        _settle(page, filled[field], width)
    return page


def _parts(line: Draft, fields: Sequence[Rect]) -> Iterator[tuple[int | None, Draft]]:
    """The line in parts, each with the number of the field that its words are within."""
    runs = [(field, list(words)) for field, words in groupby(line.words, lambda word: _field_of(word, fields))]
    if len(runs) < 2:
        yield (runs[0][0] if runs else None), line
        return
    starts = [words[0][0] for _, words in runs[1:]]
    for (field, _), start, end in zip(runs, [0, *starts], [*starts, len(line.text)], strict=True):
        part = line.part(start, start + len(line.text[start:end].rstrip()))
        yield field, part


def _field_of(word: Drawn, fields: Sequence[Rect]) -> int | None:
    """The smallest field that the word is within."""
    _, _, x0, y0, x1, y1 = word
    around = [
        ((right - left) * (bottom - top), n)
        for n, (left, top, right, bottom) in enumerate(fields)
        if left - SLACK <= x0 and x1 <= right + SLACK and top - SLACK <= (y0 + y1) / 2 <= bottom + SLACK
    ]
    return min(around)[1] if around else None


def _settle(page: list[Draft], parts: list[Draft], width: float) -> None:
    """Put the lines of one field into those of the page."""
    if len(parts) == 1 and (found := _beside(page, parts[0], width)):
        at, behind = found
        page[at] = _inserted(page[at], parts[0], behind)
        return
    first = parts[0]
    above = [n for n, line in enumerate(page) if line.placed and line.y1 <= first.y0 + SLACK]
    at = max(above, key=lambda n: (_share(page[n], first), page[n].y1), default=-1) + 1
    page[at:at] = parts


def _beside(page: Sequence[Draft], part: Draft, width: float) -> tuple[int, int] | None:
    """The line that the part of a field belongs to, and how many of its words stand before it."""
    best: tuple[float, int, int] | None = None
    for n, line in enumerate(page):
        shared = min(line.y1, part.y1) - max(line.y0, part.y0)
        if not line.placed or shared < LEVEL * min(line.y1 - line.y0, part.y1 - part.y0):
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


def _inserted(line: Draft, part: Draft, before: int) -> Draft:
    """The line with a part in it, behind `before` of its words."""
    if before == 0:
        return part.followed_by(line, " ")
    if before == len(line.words):
        return line.followed_by(part, " ")
    start = line.words[before][0]
    left = line.part(0, len(line.text[:start].rstrip()))
    return left.followed_by(part, " ").followed_by(line.part(start, len(line.text)), " ")


def _share(one: Draft, other: Draft) -> bool:
    """True where the two lines stand in one column."""
    return one.x0 < other.x1 and other.x0 < one.x1
