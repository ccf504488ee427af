"""Words of a question that no document holds, led to those that the documents do hold.

"Guterrez" finds Guterres, "cybercrime" finds "cyber crime" and the other way round.  A word that any
passage holds is taken as it is meant.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from itertools import pairwise

SHORTEST = 5  # letters of a word that may be misspelt
TWO_EDITS = 8  # letters from which on two edits are forgiven
PART = 3  # letters of either part of a word that is cut in two
MOST = 3  # words that one misspelt word may stand for
ENDINGS = frozenset(["", "s", "es", "e", "ed", "ing", "y", "ly", "er", "al", "ion", "ions", "ies", "ity"])


def as_written(connection: sqlite3.Connection, word: str, known: Callable[[str], bool]) -> list[str]:
    """What to look for in the place of a word; itself where the library holds it, or nothing nearer does.

    `known` says whether any passage holds a word, or a phrase of several.
    """
    return [word] if known(word) else _others(connection, word, known) or [word]


def joined(words: Sequence[str], known: Callable[[str], bool]) -> list[str]:
    """Neighbours of the question that the library writes as one word: "cyber", "crime" as "cybercrime"."""
    pairs = [a + b for a, b in pairwise(words) if a.isalpha() and b.isalpha() and len(a + b) >= 2 * PART]
    return [pair for pair in pairs if pair not in words and known(pair)]


def _others(connection: sqlite3.Connection, word: str, known: Callable[[str], bool]) -> list[str]:
    if not word.isalpha() or len(word) < SHORTEST:
        return []
    cuts = (f"{word[:i]} {word[i:]}" for i in range(PART, len(word) - PART + 1))
    found = [cut for cut in cuts if all(map(known, cut.split())) and known(cut)]
    return found[:1] or _nearest(connection, word)


def _nearest(connection: sqlite3.Connection, word: str) -> list[str]:
    """The words of the index that differ least from `word`, the commonest first; all begin as it does."""
    edits = 2 if len(word) >= TWO_EDITS else 1
    begin = word[:edits]
    connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'words', 'row')")
    rows = connection.execute(
        "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
        (begin, begin[:-1] + chr(ord(begin[-1]) + 1), len(word) - edits - 3, len(word) + edits),
    )
    twos = {word[i : i + 2] for i in range(len(word) - 1)}
    near: list[tuple[int, int, str]] = []
    for term, count in rows:
        # An edit changes at most three neighbouring pairs of letters; most words are told apart by that.
        if len(twos & {term[i : i + 2] for i in range(len(term) - 1)}) >= len(term) - 1 - 3 * edits:
            apart = distance(word, term)
            if apart <= edits:
                near.append((apart, -count, term))
    near.sort()
    return [term for apart, _, term in near if apart == near[0][0]][:MOST]


def distance(word: str, stem: str) -> int:
    """Edits (insert, delete, replace, swap neighbours) from `word`, a usual ending aside, to `stem`.

    The word index holds stems: without this, "guterres" would be two edits away from itself.
    """
    before: list[int] = []
    last = list(range(len(stem) + 1))
    best = len(stem) if word in ENDINGS else len(word) + len(stem)
    for i, letter in enumerate(word, 1):
        row = [i]
        for j, other in enumerate(stem, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == stem[j - 2] and word[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if word[i:] in ENDINGS:
            best = min(best, row[-1])
        before, last = last, row
    return best
