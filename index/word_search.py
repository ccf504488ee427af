"""The word index, asked: candidates by FTS5's bm25, who holds which word, and how rare words are."""

from __future__ import annotations

import difflib
import json
import math
import sqlite3
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import UnknownDocument
from ingest.nouns import DRAWN, Kind

from .numbered import LAST
from .question import TITLE_LINES, TITLE_LONGEST, Parts, is_in_section, statement_of
from .records import clean
from .store import meta
from .words import any_of, labelled, near

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMMON = math.log(2)  # the rarity of a word that half of the passages hold
PAGED: frozenset[Kind] = DRAWN | {"pptx"}  # kinds of files whose pages people count
UNTOLD: frozenset[Kind] = frozenset(("docx", "epub"))  # those that are made into pages only when they are shown
MOST = 5_000  # passages that are looked through for the captions of figures
COLUMNS = (0.6, 0.6, 1.0)  # what a word counts in label, heading and body
UNNAMED = (0.0, 0.6, 1.0)  # the same where it does not count what a document is called
# The unary plus keeps SQLite from looking each id up in the word index one by one.
_AMONG = "AND +rowid IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that are asked, by serial, and their passages' ids in order."""

    documents: tuple[int, ...]
    passages: NDArray[np.int64]


def scope_of(connection: sqlite3.Connection, names: Sequence[str]) -> Scope:
    """The documents of these names.  Raises UnknownDocument for one that is not in the library."""
    serials: list[int] = []
    for name in dict.fromkeys(names):
        row = connection.execute("SELECT serial FROM documents WHERE name = ?", (clean(name),)).fetchone()
        if row is None:
            raise unknown(connection, name)
        serials.append(row[0])
    return scope_within(connection, serials)


def scope_within(connection: sqlite3.Connection, serials: Sequence[int]) -> Scope:
    """The documents of these serials."""
    found = connection.execute(
        "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id", (_list(serials),)
    )
    return Scope(tuple(serials), np.array([i for (i,) in found], np.int64))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands: its document by serial, its number in it, and the page that most of it is on."""

    document: int
    number: int
    page: int


def places(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, Place]:
    """Where these passages stand."""
    found = connection.execute(
        "SELECT id, document, number, spans FROM passages WHERE id IN (SELECT value FROM json_each(?))", (_list(ids),)
    )
    return {key: Place(document, number, _page(spans)) for key, document, number, spans in found}


def _page(spans: str) -> int:
    """The page that most of a passage stands on, the first of equals; as `ingest.nouns.Passage.page`."""
    length: dict[int, int] = {}
    for page, start, end in json.loads(spans):
        length[page] = length.get(page, 0) + end - start
    return max(length, key=lambda page: (length[page], -page), default=0)


def texts_holding(connection: sqlite3.Connection, expression: str, among: Collection[int] | None) -> list[str]:
    """The texts of MOST passages, in all or `among` these, that an expression of the word index finds."""
    only, given = ("", ()) if among is None else (_AMONG, (_list(among),))
    found = f"SELECT rowid FROM words WHERE words MATCH ? {only} LIMIT {MOST}"  # noqa: S608
    rows = connection.execute(f"SELECT text FROM passages WHERE id IN ({found})", (expression, *given))  # noqa: S608
    return [text for (text,) in rows]


def texts(connection: sqlite3.Connection, ids: Collection[int]) -> dict[int, str]:
    """The texts of these passages."""
    rows = "SELECT id, text FROM passages WHERE id IN (SELECT value FROM json_each(?))"
    return dict(connection.execute(rows, (_list(ids),)))


def beside(connection: sqlite3.Connection, of: Mapping[int, Place]) -> dict[int, list[int]]:
    """The neighbours of these passages in their documents: each neighbour's id, and whom it stands beside."""
    at = {(place.document, place.number): key for key, place in of.items()}
    rows = connection.execute(
        "SELECT id, document, number FROM passages WHERE id IN (SELECT value FROM json_each(?))",
        (_list({key + step for key in of for step in (-1, 1)}),),
    )  # the passages of a document are written together, so neighbours have neighbouring ids
    found: dict[int, list[int]] = {}
    for key, document, number in rows:
        centres = [at[document, n] for n in (number - 1, number + 1) if (document, n) in at]
        if centres:
            found[key] = centres
    return found


def in_parts(connection: sqlite3.Connection, named: Parts, documents: Collection[int]) -> set[int]:
    """The ids of these documents' passages in the parts that a question names."""
    found = on_pages(connection, named.pages, documents) if named.pages else set()
    found |= in_sections(connection, named.sections, documents) if named.sections else set()
    return found | (in_statements(connection, named.statements, documents) if named.statements else set())


def on_pages(connection: sqlite3.Connection, pages: Collection[str], documents: Collection[int]) -> set[int]:
    """The ids of these documents' passages that stand on pages of these numbers or printed labels."""
    return _standing_on(connection, pages_called(connection, pages, documents))


def pages_called(
    connection: sqlite3.Connection, pages: Collection[str], documents: Collection[int]
) -> set[tuple[int, int]]:
    """These documents' pages of these numbers or printed labels, each by its document and its number."""
    named, serials = json.dumps(sorted(pages)), _list(documents)
    found = connection.execute(
        "SELECT document, number FROM pages WHERE document IN (SELECT value FROM json_each(?)) AND (lower(label) IN "
        "(SELECT value FROM json_each(?)) OR CAST(number AS TEXT) IN (SELECT value FROM json_each(?)))",
        (serials, named, named),
    )
    last = connection.execute(
        "SELECT document, max(number) FROM pages WHERE document IN (SELECT value FROM json_each(?)) GROUP BY document",
        (serials if LAST in pages else "[]",),
    )
    return {*found, *last}


def paged(connection: sqlite3.Connection, documents: Sequence[int] | None) -> list[int]:
    """The serials of these documents, or of all; none where their pages can't be told, or none of them has any."""
    kinds = dict(connection.execute("SELECT serial, kind FROM documents"))
    asked = list(kinds) if documents is None else list(documents)
    of = {kinds[serial] for serial in asked}
    return asked if of & PAGED and not of & UNTOLD else []


def _standing_on(connection: sqlite3.Connection, wanted: Collection[tuple[int, int]]) -> set[int]:
    """The ids of the passages that stand on these pages, each by its document and its number."""
    rows = connection.execute(
        "SELECT id, document, spans FROM passages WHERE document IN (SELECT value FROM json_each(?))",
        (_list({document for document, _ in wanted}),),
    )
    return {key for key, document, spans in rows if (document, _page(spans)) in wanted}


def in_statements(connection: sqlite3.Connection, statements: Collection[str], documents: Collection[int]) -> set[int]:
    """The ids of these documents' passages on pages of such financial statements; see `index.question.statement_of`."""
    pages = connection.execute(
        "SELECT document, number, substr(text, 1, ?) FROM pages WHERE document IN (SELECT value FROM json_each(?))",
        (TITLE_LINES * TITLE_LONGEST, _list(documents)),
    )
    return _standing_on(connection, {(serial, n) for serial, n, text in pages if statement_of(text) in statements})


def in_sections(connection: sqlite3.Connection, sections: Collection[str], documents: Collection[int]) -> set[int]:
    """The ids of these documents' passages that stand in sections so named; see `index.question.sections_named`."""
    rows = connection.execute(
        "SELECT id, heading FROM passages WHERE heading != '' AND document IN (SELECT value FROM json_each(?))",
        (_list(documents),),
    )
    return {key for key, path in rows if is_in_section(path, sections)}


def best(
    connection: sqlite3.Connection,
    words: Sequence[str],
    count: int,
    among: Collection[int] | None,
    columns: tuple[float, float, float] = COLUMNS,
) -> dict[int, float]:
    """bm25, higher is better, of the `count` passages that are best by these words; all or `among` these ids."""
    if not words:
        return {}
    # Not `ORDER BY rank`: it would work out the rank of every match before the ids are looked at.
    found = connection.execute(
        "SELECT rowid, bm25(words, ?, ?, ?) AS cost FROM words "  # noqa: S608
        f"WHERE words MATCH ? {'' if among is None else _AMONG} ORDER BY cost, rowid LIMIT ?",
        (*columns, any_of(words), *(() if among is None else (_list(among),)), count),
    )
    return {key: -cost for key, cost in found}


def holders(connection: sqlite3.Connection, expression: str, among: Collection[int]) -> set[int]:
    """Which of the passages `among` these an expression of the word index finds."""
    found = connection.execute(
        f"SELECT rowid FROM words WHERE words MATCH ? {_AMONG}",  # noqa: S608
        (expression, _list(among)),
    )
    return {key for (key,) in found}


def held(connection: sqlite3.Connection, expression: str, among: Collection[int] | None = None) -> int:
    """How many passages, in all or `among` these, an expression of the word index finds."""
    only, given = ("", ()) if among is None else (_AMONG, (_list(among),))
    found = connection.execute(f"SELECT count(*) FROM words WHERE words MATCH ? {only}", (expression, *given))  # noqa: S608
    return int(found.fetchone()[0])


def documents_called(
    connection: sqlite3.Connection, words: Iterable[str], documents: Collection[int]
) -> dict[int, set[str]]:
    """Which words each of these documents (by serial) has in its title or file name."""
    firsts = dict(
        connection.execute(
            "SELECT min(id), document FROM passages WHERE document IN (SELECT value FROM json_each(?)) "
            "GROUP BY document",
            (_list(documents),),
        )
    )  # every passage of a document has its label
    found: dict[int, set[str]] = {serial: set() for serial in documents}
    for word in words:
        for first in holders(connection, labelled(word), firsts):
            found[firsts[first]].add(word)
    return found


def documents_holding(
    connection: sqlite3.Connection, words: Iterable[str], documents: Collection[int]
) -> dict[int, set[str]]:
    """Which words each of these documents (by serial) holds anywhere."""
    bounds = connection.execute(
        "SELECT document, min(id), max(id) FROM passages WHERE document IN (SELECT value FROM json_each(?)) "
        "GROUP BY document",
        (_list(documents),),
    ).fetchall()
    found: dict[int, set[str]] = {serial: set() for serial in documents}
    for word in words:
        expression = any_of([word])
        for serial, first, last in bounds:  # the passages of a document are written together, so their ids are too
            row = connection.execute(
                "SELECT 1 FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT 1", (expression, first, last)
            ).fetchone()
            if row:
                found[serial].add(word)
    return found


def close_pairs(
    connection: sqlite3.Connection, words: Sequence[str], total: int, among: Collection[int]
) -> tuple[dict[str, float], dict[int, set[str]]]:
    """The question's neighbouring words as pairs: how rare each is, and which passages `among` these hold it."""
    rarity: dict[str, float] = {}
    holds: dict[int, set[str]] = {}
    for first, second in pairwise(words):
        expression = near(first, second)
        if expression not in rarity:
            rarity[expression] = _rarity(held(connection, expression), total)
            for key in holders(connection, expression, among):
                holds.setdefault(key, set()).add(expression)
    return rarity, holds


def telling(rarity: Mapping[str, float]) -> list[str]:
    """The words that at most half of the passages hold, or all where there is none: others tell nothing apart."""
    return [word for word, rare in rarity.items() if rare >= COMMON - 1e-9] or list(rarity)


class Rarities:
    """How rare words are: ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N passages (as in BM25).

    What is known of the whole library is kept until its documents change.  Thread-safe.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._generation, self._total = -1, 0
        self._known: dict[str, int] = {}

    def of(self, connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, float]:
        """The rarity of each word in the library."""
        total = self.total(connection)
        return {word: _rarity(count, total) for word, count in self.counts(connection, words).items()}

    def counts(self, connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
        """How many passages hold each word, or phrase of several."""
        known, _ = self._state(connection)
        wanted = list(words)
        for word in wanted:
            if word not in known:
                expression = any_of([word])
                known[word] = held(connection, expression) if expression else 0
        return {word: known[word] for word in wanted}

    def total(self, connection: sqlite3.Connection) -> int:
        """How many passages the library has."""
        return self._state(connection)[1]

    def _state(self, connection: sqlite3.Connection) -> tuple[dict[str, int], int]:
        generation = int(meta(connection, "generation", 0))
        with self._guard:
            if self._generation != generation or len(self._known) > 200_000:
                self._generation, self._known = generation, {}
                self._total = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
            return self._known, self._total


def rarities_within(connection: sqlite3.Connection, words: Iterable[str], scope: Scope) -> dict[str, float]:
    """The rarity of each word among the passages of a scope."""
    within = scope.passages.tolist()
    return {word: _rarity(held(connection, any_of([word]), within), len(within)) for word in words}


def _rarity(n: int, total: int) -> float:
    return math.log(1 + (max(total, n) - n + 0.5) / (n + 0.5))


def _list(ids: Iterable[int]) -> str:
    return json.dumps([int(i) for i in ids])


def unknown(connection: sqlite3.Connection, name: str) -> UnknownDocument:
    """The error for a name that is not in the library, with the nearest names."""
    names = [row[0] for row in connection.execute("SELECT name FROM documents")]
    close = difflib.get_close_matches(name, names, 3, 0.5)
    hint = f"did you mean {', '.join(map(repr, close))}?" if close else "python -m index list shows the names"
    return UnknownDocument(f"no document named {name!r} is in the library; {hint}")
