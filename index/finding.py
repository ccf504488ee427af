"""Searching: the candidates of both sides from one consistent state of the library, fused to hits."""

from __future__ import annotations

import json
import math
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryError, ModelMismatch, UnknownDocument

from . import records
from .embedder import Embedder
from .fusion import Scored, Weights, fuse
from .nouns import Hit
from .store import Store, meta, set_meta
from .vectors import FILE, Faiss
from .words import any_of, query, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Vectors up to serial `last`, after `removed` removals."""

    removed: int
    last: int
    vectors: Faiss


class Finder:
    """Search over one library.  Thread-safe; a search never blocks a writer, nor the other way round."""

    def __init__(self, store: Store, embedder: Embedder, weights: Weights | None = None) -> None:
        self._store, self._embedder = store, embedder
        self.weights = weights or Weights()
        self._guard = threading.Lock()
        self._snapshot: _Snapshot | None = None
        self._rarity: tuple[int, int, dict[str, float]] = (-1, 0, {})

    def search(self, question: str, k: int, documents: Sequence[str] | None) -> list[Hit]:
        """The `k` best passages, in the documents of these names or in all.

        Raises UnknownDocument for a name that is not in the library, ModelMismatch where its vectors
        are another model's.
        """
        if not question.strip() or k < 1 or documents == []:
            return []
        with self._store.read() as connection:
            check_model(connection, self._embedder)
            any_vector = connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone()
        vector = self._embedder.encode([records.clean(question)])[0] if any_vector else None
        with self._store.read() as connection:
            among = None if documents is None else self._passages_of(connection, documents)
            scored = self._candidates(connection, question, vector, max(k, self.weights.candidates), among)
            return _hits(connection, scored[:k])

    def _passages_of(self, connection: sqlite3.Connection, names: Sequence[str]) -> NDArray[np.int64]:
        found: list[int] = []
        for name in dict.fromkeys(names):
            row = connection.execute("SELECT serial FROM documents WHERE name = ?", (records.clean(name),)).fetchone()
            if row is None:
                raise unknown(connection, name)
            found += [i for (i,) in connection.execute("SELECT id FROM passages WHERE document = ?", row)]
        return np.array(sorted(found), np.int64)

    def _candidates(
        self,
        connection: sqlite3.Connection,
        question: str,
        vector: NDArray[np.float32] | None,
        count: int,
        among: NDArray[np.int64] | None,
    ) -> list[Scored]:
        """Every candidate of either side, with what both sides say of it."""
        words = any_of(self._telling(connection, terms(question)))
        bm25s = self._by_words(connection, words, count, among) if words else {}
        cosines: dict[int, float] = {}
        if vector is not None:
            vectors = self.vectors(connection)
            cosines = dict(vectors.search(vector, count, among))
            late = [i for i in cosines if i not in bm25s]
            cosines |= vectors.cosines(vector, [i for i in bm25s if i not in cosines])
            if words and late:
                bm25s |= self._by_words(connection, words, len(late), np.array(sorted(late), np.int64))
        return fuse(cosines, bm25s, self.weights)

    def _by_words(
        self, connection: sqlite3.Connection, words: str, count: int, among: NDArray[np.int64] | None
    ) -> dict[int, float]:
        """bm25 by passage id of the `count` best.  Raises LibraryError (through the store) for SQLite's errors."""
        # The unary plus keeps SQLite from looking each id up in the word index one by one.
        only = "" if among is None else "AND +rowid IN (SELECT value FROM json_each(?))"
        given = () if among is None else (json.dumps(among.tolist()),)
        # Not `ORDER BY rank`: it would work out the rank of every match before the ids are looked at.
        found = connection.execute(
            "SELECT rowid, bm25(words, ?, ?) AS cost FROM words "  # noqa: S608
            f"WHERE words MATCH ? {only} ORDER BY cost, rowid LIMIT ?",
            (self.weights.heading, self.weights.body, words, *given, count),
        )
        return {key: -cost for key, cost in found}

    def _telling(self, connection: sqlite3.Connection, words: list[str]) -> list[str]:
        """The words that at most half of the passages hold, or all where there is none: bm25 gives others no weight."""
        rarity = self._rarities(connection, words)
        return [word for word in words if rarity[word] >= math.log(2) - 1e-9] or words

    def vectors(self, connection: sqlite3.Connection) -> Faiss:
        """The vectors as this transaction sees them, made from the last snapshot, the cache file or SQLite."""
        removed = int(meta(connection, "removed", 0))
        last = int(connection.execute("SELECT coalesce(max(serial), 0) FROM vectors").fetchone()[0])
        with self._guard:
            known = self._snapshot
            if known is None or known.removed != removed:
                known = self._from_file(connection, removed)
            if known.last < last:
                ids, rows = self._since(connection, known.last)
                known = _Snapshot(removed, last, known.vectors.grown(ids, rows))
            self._snapshot = known
            return known.vectors

    def _from_file(self, connection: sqlite3.Connection, removed: int) -> _Snapshot:
        saved = json.loads(meta(connection, "cache", "null"))
        if saved and saved["removed"] == removed:
            found = Faiss.load(self._store.folder, saved["sha256"], self._embedder.dimension)
            if found is not None:
                return _Snapshot(removed, saved["last"], found)
        ids, rows = np.zeros(0, np.int64), np.zeros((0, self._embedder.dimension), np.float32)
        return _Snapshot(removed, 0, Faiss.of(ids, rows, self._embedder.dimension))

    def _since(self, connection: sqlite3.Connection, serial: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Passage ids and vectors written after `serial`, in that order."""
        found = connection.execute(
            "SELECT passage, vector FROM vectors WHERE serial > ? ORDER BY serial", (serial,)
        ).fetchall()
        ids = np.array([i for i, _ in found], np.int64)
        rows = np.frombuffer(b"".join(v for _, v in found), "<f4").reshape(len(found), self._embedder.dimension)
        return ids, rows

    def save(self, *, always: bool = False) -> None:
        """Write the cache file where it is worth it: after a removal, or when a twentieth of it is new."""
        with suppress(LibraryError), self._store.write() as connection:  # a cache: without it all still works
            if not connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone():
                set_meta(connection, "cache", "null")
                (self._store.folder / FILE).unlink(missing_ok=True)
                return
            vectors, known = self.vectors(connection), self._snapshot
            saved = json.loads(meta(connection, "cache", "null"))
            if known is None or (saved and not always and _near(saved, known)):
                return
            for left in self._store.folder.glob(f"{FILE}.*.tmp"):
                left.unlink(missing_ok=True)
            row = {"removed": known.removed, "last": known.last, "sha256": vectors.save(self._store.folder)}
            set_meta(connection, "cache", json.dumps(row))

    def forget(self) -> None:
        """Drop the vectors held in memory."""
        with self._guard:
            self._snapshot = None

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is: ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N passages (as in BM25)."""
        with self._store.read() as connection:
            return self._rarities(connection, words)

    def _rarities(self, connection: sqlite3.Connection, words: Sequence[str]) -> dict[str, float]:
        """The same within a transaction; kept until documents change."""
        generation = int(meta(connection, "generation", 0))
        with self._guard:
            if self._rarity[0] != generation or len(self._rarity[2]) > 200_000:
                total = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
                self._rarity = (generation, total, {})
            _, total, known = self._rarity
        for word in words:
            if word not in known:
                known[word] = _rarity(connection, word, total)
        return {word: known[word] for word in words}


def _near(saved: dict[str, int], known: _Snapshot) -> bool:
    return saved["removed"] == known.removed and known.last - saved["last"] <= known.last // 20


def _rarity(connection: sqlite3.Connection, word: str, total: int) -> float:
    looked_for = query(word)
    held = 0
    if looked_for:
        held = connection.execute("SELECT count(*) FROM words WHERE words MATCH ?", (looked_for,)).fetchone()[0]
    return math.log(1 + (max(total, held) - held + 0.5) / (held + 0.5))


def _hits(connection: sqlite3.Connection, scored: Sequence[Scored]) -> list[Hit]:
    found: list[Hit] = []
    for s in scored:
        row = connection.execute(f"{records.PASSAGE} WHERE p.id = ?", (s.id,)).fetchone()
        if row:  # a snapshot of another thread may be newer than this transaction
            _, name, passage = records.passage_of(row)
            found.append(Hit(passage, name, len(found) + 1, s.score, s.cosine, s.bm25))
    return found


def check_model(connection: sqlite3.Connection, embedder: Embedder) -> None:
    """Raises ModelMismatch where the library's vectors were made by another model than `embedder`."""
    model = meta(connection, "model")
    if model is not None and model != embedder.name:
        raise ModelMismatch(
            f"this library was made with the embedding model {model!r}, and {embedder.name!r} is configured; set "
            f"FOOTNOTE_MODEL={model}, or make all vectors again with: python -m index rebuild"
        )
    dimension = meta(connection, "dimension")
    if dimension is not None and int(dimension) != embedder.dimension:
        raise ModelMismatch(
            f"the embedding model {embedder.name!r} now makes vectors of {embedder.dimension} dimensions, the library "
            f"holds {dimension}; make all vectors again with: python -m index rebuild"
        )


def unknown(connection: sqlite3.Connection, name: str) -> UnknownDocument:
    """The error for a name that is not in the library, with the nearest names."""
    import difflib

    names = [row[0] for row in connection.execute("SELECT name FROM documents")]
    near = difflib.get_close_matches(name, names, 3, 0.5)
    hint = f"did you mean {', '.join(map(repr, near))}?" if near else "python -m index list shows the names"
    return UnknownDocument(f"no document named {name!r} is in the library; {hint}")
