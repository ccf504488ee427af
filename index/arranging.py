"""The order in which hits are shown: the best first, but not the same thing five times.  Pure.

A passage that says what a better one said already, and contents or a list of references that nobody asked for, go
behind the others; where a question sets documents side by side, each has its passages among the first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .fusion import Scored

FIRST = 5  # hits that most people, and all that answers, look at
SAME = 0.9  # of the runs of three words are the same
LEAST_LINES = 5
_WORDS = re.compile(r"\w+")
_ENTRY = re.compile(r"[^\W\d_].*?(?P<leader>[ .\u2026·]{4,}|[ \t,]+)(?P<page>\d{1,4})$")
_ASKS_CONTENTS = re.compile(
    r"\b(?:contents?|chapters?|sections?|parts?|append\w+|index|pages?|outline)\b", re.IGNORECASE
)
# A list of what other works are called, which are about all that its document is about.
_REFERENCES = re.compile(
    r"(?:^|› )\W*(?:[\dIVX]+\W+)?"
    r"(?:references|bibliography|(?:works|literature|references) cited|literatur(?:verzeichnis)?|bibliographie"
    r"|referencias)"
    r"\W*(?:$| ›)",
    re.IGNORECASE,
)
_ASKS_REFERENCES = re.compile(
    r"\b(?:referenc\w*|bibliograph\w*|cit(?:e[sd]?|ing|ations?)|papers?|articles?|authors?|wrote|written|published?"
    r"|journals?|proceedings|conference|doi|arxiv|et al)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what is needed to arrange it: its document's serial, its text and the headings above it."""

    scored: Scored
    document: int
    text: str
    heading: str = ""


def arranged(ranked: Sequence[Ranked], question: str, groups: Sequence[Sequence[int]] = ()) -> list[Scored]:
    """The candidates in the order to show; each has the score that belongs to its rank.

    `groups` are the documents (by serial) that the question sets side by side.
    """
    asks = bool(_ASKS_CONTENTS.search(question))
    behind = repeats([r.text for r in ranked])
    behind |= {i for i, r in enumerate(ranked) if not asks and is_contents(r.text)}
    if not _ASKS_REFERENCES.search(question):
        behind |= {i for i, r in enumerate(ranked) if _REFERENCES.search(r.heading)}
    order = [r for i, r in enumerate(ranked) if i not in behind] + [ranked[i] for i in sorted(behind)]
    if len(groups) > 1:
        order = _dealt(order, groups)
    scores = sorted((r.scored.score for r in ranked), reverse=True)
    return [replace(r.scored, score=score) for r, score in zip(order, scores, strict=True)]


def _dealt(order: list[Ranked], groups: Sequence[Sequence[int]]) -> list[Ranked]:
    """The same with an equal share of the first for each group, as far as it has any."""
    share = max(1, (FIRST - 1) // len(groups))
    first: set[int] = set()
    for group in groups[: FIRST - 1]:
        first.update([i for i, r in enumerate(order) if r.document in group][:share])
    for i in range(len(order)):
        if len(first) >= FIRST:
            break
        first.add(i)
    return [order[i] for i in sorted(first)] + [r for i, r in enumerate(order) if i not in first]


def repeats(texts: Sequence[str]) -> set[int]:
    """Which of the texts say almost word for word what an earlier one says."""
    seen: list[frozenset[tuple[str, ...]]] = []
    found: set[int] = set()
    for i, text in enumerate(texts):
        words = _WORDS.findall(text.casefold())
        runs = frozenset(zip(words, words[1:], words[2:], strict=False)) or frozenset([tuple(words)])
        if any(_same(runs, other) for other in seen):
            found.add(i)
        else:
            seen.append(runs)
    return found


def _same(runs: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    shorter, longer = sorted((len(runs), len(other)))
    return shorter >= SAME * longer and len(runs & other) >= SAME * len(runs | other)


def is_contents(text: str) -> bool:
    """Whether the text is mostly a table of contents: entries that end in page numbers which only grow."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    entries = [found for found in map(_ENTRY.match, lines) if found]
    if len(entries) < max(LEAST_LINES, 0.6 * len(lines)):
        return False
    pages = [int(entry["page"]) for entry in entries]
    leaders = sum("." in entry["leader"] or "\u2026" in entry["leader"] for entry in entries)
    return leaders >= len(entries) / 2 or (pages == sorted(pages) and len(set(pages)) > len(pages) / 2)
