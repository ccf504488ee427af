"""Headings: found by the size of their type and by how they stand where a PDF has no outline, in plain text by how they
stand; and the path of them above a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from .nouns import Heading, Line, Page, Span
from .paragraphs import paragraph_starts
from .sentences import lines_are_paragraphs

LARGER = 1.15  # times the body's size
WORDS = 15  # a heading has no more
LEVELS = 3
LONGEST = 300  # characters of a heading; what is longer is a paragraph, or is cut in a path
JOIN = " › "
NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})[.)]?[ \t]")
# In no heading: columns, what somebody says ("Ada: Why?", “Why?”), a label ("Date: 4 May").
UNLIKE_A_HEADING = re.compile(r"\t|  |[\"“”„«»「」『』]|^[^:：]{2,40}[:：]\s")
SHORT, FEW = 80, 10  # characters and words of a heading in plain text
CROWDED = 20  # its characters where words are not set apart, or are written without capitals
ASKS = "?？؟"
ENDS = ".!…。！｡।：:"
OPEN = ",;،؛，、；"  # what nothing ends in
FEWEST = 0.25  # of the pages; where fewer have headings in large type, others are looked for
STACKED = 3  # headings right below each other
LETTERS = 0.6  # of the characters of a heading that is no larger than the text
FORMAL = re.compile(
    r"(?:part|item|article|section|chapter|schedule|annex|appendix|note) (?:\d|[ivx]+\b)", re.IGNORECASE
)


def headings_of_print(pages: Sequence[Page], furniture: Iterable[Span] = ()) -> tuple[Heading, ...]:
    """Those in large type; below them, where they are few, lines that stand by themselves above a paragraph."""
    gone = tuple(furniture)
    large = headings_by_size(pages, gone)
    if len({h.page for h in large}) >= FEWEST * len(pages):
        return large
    known = {(h.page, h.start) for h in large} | {(s.page, s.start) for s in gone}
    found = [h for h in _above_paragraphs(pages) if (h.page, h.start) not in known]
    above = max((h.level for h in large), default=0)
    loud = any(h.text.isupper() or FORMAL.match(h.text) for h in found)
    small = [Heading(above + _level(h.text, loud), h.text, h.page, h.start) for h in found]
    return tuple(sorted([*large, *small], key=lambda h: (h.page, h.start)))


def _above_paragraphs(pages: Sequence[Page]) -> Iterator[Heading]:
    """The lines that look like headings, with a paragraph of their column, or another one of them, right below them."""
    starts = set(paragraph_starts(pages))
    for page in pages:
        # What stands in a picture heads nothing but the picture; a scanned sheet is no picture in that sense.
        lines = [line for line in page.lines if line.words and not (line.recognised and page.origin == "text")]
        found: list[list[int]] = []  # the numbers of lines right below each other, the last first

        def begins(n: int, page: Page = page, lines: list[Line] = lines) -> bool:
            return n == len(lines) or (page.number, lines[n].start) in starts

        for n in range(len(lines) - 2, -1, -1):
            line, after = lines[n], lines[n + 1]
            text = page.text[line.start : line.end]
            formal = _is_formal(text)
            likely = formal or (begins(n + 1) and _stands_above(text) and _is_lettering(text))
            if not likely or line.table or after.table:
                continue
            before = page.text[lines[n - 1].start : lines[n - 1].end] if n and not lines[n - 1].table else "."
            if not (begins(n) or before[-1] in ENDS + ASKS):
                continue
            if found and found[-1][-1] == n + 1:
                found[-1].append(n)
            elif formal or _is_paragraph(page.text[after.start : after.end if begins(n + 2) else lines[n + 2].end]):
                found.append([n])
        for run in reversed(found):
            for n in reversed(run):
                text = " ".join(page.text[lines[n].start : lines[n].end].split())
                if len(run) <= STACKED or n == run[0] or _is_formal(text):  # else they are a list
                    yield Heading(1, text, page.number, lines[n].start)


def _is_formal(text: str) -> bool:
    """True of "Item 1A. Risk Factors", which may end in a full stop, but not of "Section 4 is left out."."""
    if not FORMAL.match(text) or "\t" in text or len(text.split()) > WORDS:
        return False
    words = [word for word in text.split() if len(word) > 3 and word.isalpha()]
    return sum(word[0].isupper() for word in words) > len(words) / 2


def _is_lettering(text: str) -> bool:
    """False for a row of figures or a formula."""
    return "=" not in text and sum(c.isalpha() for c in text) >= LETTERS * len("".join(text.split()))


def headings_by_size(pages: Sequence[Page], furniture: Iterable[Span] = ()) -> tuple[Heading, ...]:
    """The short lines set clearly larger than the body, but for furniture; lines of one size in a row are one."""
    exact: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            exact[line.size] += line.end - line.start
    sizes: Counter[float] = Counter()
    for size, characters in exact.items():
        sizes[round(size, 1)] += characters
    del sizes[0.0]
    if not sizes:
        return ()
    body = sizes.most_common(1)[0][0]
    gone = {(s.page, s.start) for s in furniture}
    found: list[tuple[float, Heading]] = []
    for page in pages:
        for size, start, end in _runs(page.lines, body * LARGER):
            text = " ".join(page.text[start:end].split())
            if (page.number, start) not in gone and _is_title(text):
                found.append((size, Heading(1, text, page.number, start)))
    ranks = sorted({size for size, _ in found}, reverse=True)
    level = {size: min(i, LEVELS) for i, size in enumerate(ranks, 1)}
    return tuple(Heading(level[size], h.text, h.page, h.start) for size, h in found)


def _runs(lines: Sequence[Line], least: float) -> list[tuple[float, int, int]]:
    """(size, start, end) of the lines of at least that size, neighbours of one size together."""
    runs: list[tuple[float, int, int]] = []
    near = False
    for line in lines:
        size = round(line.size, 1)
        if size < least or line.upright:
            near = False
        elif near and runs[-1][0] == size:
            runs[-1] = (size, runs[-1][1], line.end)
        else:
            runs.append((size, line.start, line.end))
            near = True
    return runs


def _is_title(text: str) -> bool:
    return 0 < len(text.split()) <= WORDS and sum(c.isalpha() for c in text) >= 3 and text[-1] not in ".,;"


def headings_by_line(pages: Sequence[Page]) -> tuple[Heading, ...]:
    """Short lines that stand by themselves above a paragraph: after a blank line, or where each line is a paragraph."""
    apart = lines_are_paragraphs("\n\n".join(page.text for page in pages))
    found: list[tuple[str, int, int]] = []
    for page in pages:
        at, before = 0, ""
        lines = page.text.split("\n")
        for line, next_, after in zip(lines, [*lines[1:], ""], [*lines[2:], "", ""], strict=False):
            alone = not before.strip() or (apart and before.rstrip()[-1] in ENDS + ASKS)
            below = after if not next_.strip() else next_ if apart else ""
            if alone and _stands_above(line) and _is_paragraph(below):
                found.append((line.strip(), page.number, at + len(line) - len(line.lstrip())))
            at += len(line) + 1
            before = line
    loud = any(text.isupper() for text, _, _ in found)
    return tuple(Heading(_level(text, loud), " ".join(text.split()), page, start) for text, page, start in found)


def _stands_above(line: str) -> bool:
    line = line.strip()
    return (
        _is_title(line)
        and len(line.split()) <= FEW
        and len(line) <= (SHORT if line[0].isupper() or line[0].isdigit() else CROWDED)
        and line[-1] not in ENDS + OPEN
        and not line[0].islower()
        and line[0].isalnum()
        and not UNLIKE_A_HEADING.search(line)
    )


def _is_paragraph(line: str) -> bool:
    line = line.strip()
    return len(line) > SHORT or (len(line) > SHORT // 2 and line[-1] in ENDS + ASKS)


def _level(text: str, loud: bool) -> int:
    """By its number ("2.1 Scope"); else capitals go above what is not all capitals."""
    number = NUMBERED.match(text)
    if number:
        return min(number[1].count(".") + 1, 6)
    return 2 if loud and not (text.isupper() or FORMAL.match(text)) else 1


def heading_paths(headings: Sequence[Heading]) -> Callable[[int, int], str]:
    """A function of (page, start): the headings above that place, outermost first, joined with " › ".

    Each is cut to its first `LONGEST` characters, at a space.
    """
    ordered = sorted(headings, key=lambda h: (h.page, h.start))
    keys = [(h.page, h.start) for h in ordered]
    above: list[int] = []  # of each: the index of the one that it stands under, or -1
    stack: list[int] = []
    for i, heading in enumerate(ordered):
        while stack and ordered[stack[-1]].level >= heading.level:
            stack.pop()
        above.append(stack[-1] if stack else -1)
        stack.append(i)

    def path(page: int, start: int) -> str:
        i = bisect_right(keys, (page, start)) - 1
        texts: list[str] = []
        while i >= 0:
            texts.append(_cut(ordered[i].text))
            i = above[i]
        return JOIN.join(reversed(texts))

    return path


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    first = text[:LONGEST]
    return (first.rpartition(" ")[0] or first[:-1]) + "…"
