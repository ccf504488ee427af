"""The documents that a question names: by their title or file name, a year, a quarter."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from . import word_search
from .store import meta
from .words import any_of, labelled, terms

MOST, LEAST = 0.2, 3  # of the documents, or so many, may be called by a word that tells documents apart
OWN = 0.5  # of the passages that a telling word stands in are those documents' own
_COMPARES = re.compile(
    r"\b(?:compar\w*|differ\w*|versus|vs|both|between|than|each|respectively|more|less|same|change[ds]?|higher|lower)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOKEN = re.compile(r"(\w+(?:['’]\w+)?)")
_JOINS = r"(?:and|or|than|to|with)"
_VERBS = r"(?:did|does|do|is|are|was|were|has|have|had)"
_LEFT_OVER = (  # what compares, and joining words with nothing left to join
    (r"^compare\s+", ""),
    (r"\bthe differences? (?:in|of) (.+?) between\b", r"\1 of"),
    (r"\bthe differences? between\s+", ""),
    (r"\b(?:vs\.?|versus)(?!\w)\s*", ""),
    (rf"\s+{_JOINS}(?: (?:of|in|for|at|by|from|the|an?))*(?=\s*(?:[,.;?!]|$)|\s+{_VERBS}\b)", ""),
    (rf"^(?:{_JOINS}\b|,)\s*", ""),
    (rf"\b(of|for|in|at|by|from|between|{_VERBS})(?: (?:the|an?))?,? {_JOINS} (?:\1 )?", r"\1 "),
    (r"\s+(?=[,.;?!])", ""),
)


@dataclass(frozen=True, slots=True)
class Named:
    """A document by serial, and the words of the question that it is called by.

    `weight` is how much they tell: their letters, each word's shared among the documents that are called by it, since
    "10" and "k" tell less than "harbourline", and "report" less than a year.
    """

    document: int
    words: frozenset[str]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things that a question sets side by side: its documents, by serial, and the question about it alone.

    `about` holds none of the words that the others are called by, `what` none that it is called by itself either.
    """

    documents: tuple[int, ...]
    about: str
    what: str


def sides(question: str, named: Sequence[Named]) -> list[Side]:
    """What the question sets side by side; none where that is not at least two things."""
    found = groups(named) if compares(question) else []
    words = {n.document: n.words for n in named}
    called = [words[documents[0]] for documents in found]
    every = frozenset[str]().union(*called)
    if len(found) < 2:
        return []
    return [
        Side(tuple(documents), without(question, every - own), without(question, every))
        for documents, own in zip(found, called, strict=True)
    ]


def groups(named: Sequence[Named]) -> list[list[int]]:
    """The documents that the question sets side by side: those called by words that others aren't called by.

    Documents that are called by the same words are one group, and a document called by fewer words than
    another, all of them the other's too, is in none.
    """
    kept = [n for n in named if not any(n.words < other.words for other in named)]
    found: dict[frozenset[str], list[int]] = {}
    for n in kept:
        found.setdefault(n.words, []).append(n.document)
    return list(found.values())


def without(question: str, words: Collection[str]) -> str:
    """The question without these words, as `index.words.terms` gives them, and without what joined them to others.

    Of "Compare the fees of A and B" without A it is "the fees of B".
    """
    asked = set(words)

    def named(part: str) -> bool:
        found = set(terms(part))  # "FY2018" is also "2018"; a run of a script without spaces is many words
        return found <= asked or (part.isascii() and not found.isdisjoint(asked))

    parts = _TOKEN.split(question)
    kept = "".join("" if i % 2 and asked and named(part) else part for i, part in enumerate(parts))
    kept = " ".join(kept.split())
    for pattern, by in _LEFT_OVER:
        kept = re.sub(pattern, by, kept, flags=re.IGNORECASE)
    return kept


def compares(question: str) -> bool:
    """Whether the question is of the kind that sets several things side by side."""
    return bool(_COMPARES.search(question)) or len(set(_YEAR.findall(question))) > 1


class Naming:
    """Finds the documents that a question names.  Thread-safe."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._generation = -1
        self._bounds: dict[int, tuple[int, int, int]] = {}

    def named(self, connection: sqlite3.Connection, counts: Mapping[str, int]) -> list[Named]:
        """The documents called by any telling word of a question; `counts` says how many passages hold each.

        A word tells documents apart where few are called by it, and where its other passages, if it has
        any, are mostly theirs: "report" may be one file's name and stand in all the others.
        """
        bounds = self._known(connection)
        if len(bounds) < 2:
            return []
        found: dict[int, set[str]] = {}
        weights: dict[int, float] = defaultdict(float)
        for word, count in counts.items():
            if _COMPARES.fullmatch(word):  # it asks for a comparison; "Compared with …" may be a title
                continue
            firsts = word_search.holders(connection, labelled(word), bounds) if count else set()
            if not 0 < len(firsts) <= min(len(bounds) - 1, max(LEAST, MOST * len(bounds))):
                continue
            own = sum(self._held(connection, word, bounds[first]) for first in firsts)
            if own >= OWN * count or _YEAR.fullmatch(word):
                for first in firsts:
                    found.setdefault(bounds[first][0], set()).add(word)
                    weights[bounds[first][0]] += len(word) / len(firsts)
        years = {serial for serial, words in found.items() if all(map(_YEAR.fullmatch, words))}
        keep = found.keys() - years or found.keys()  # a year alone names no document where a name does
        return [Named(serial, frozenset(found[serial]), weights[serial]) for serial in sorted(keep)]

    @staticmethod
    def _held(connection: sqlite3.Connection, word: str, bound: tuple[int, int, int]) -> int:
        _, first, last = bound
        row = connection.execute(
            "SELECT count(*) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?", (any_of([word]), first, last)
        ).fetchone()
        return int(row[0])

    def _known(self, connection: sqlite3.Connection) -> dict[int, tuple[int, int, int]]:
        """(serial, first id, last id) of each document by the id of its first passage."""
        generation = int(meta(connection, "generation", 0))
        with self._guard:
            if self._generation != generation:
                rows = connection.execute("SELECT document, min(id), max(id) FROM passages GROUP BY document")
                self._bounds = {first: (serial, first, last) for serial, first, last in rows}
                self._generation = generation
            return self._bounds
