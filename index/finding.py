"""Searching: the candidates of both sides from one consistent state of the library, weighed to hits."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryError, ModelMismatch

from . import records, word_search
from .embedder import Embedder
from .fusion import Scored, Signs, Weights, fuse, share
from .nouns import Hit
from .question import asks_of_front, pages_named, sought
from .store import Store, meta, set_meta
from .vectors import FILE, Faiss
from .word_search import Rarities, Scope, rarities_within, scope_of, telling
from .words import any_of, labelled, terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 80  # fetched from each side
SHORTLIST = 60  # looked at closely
FEW = 20  # documents; among so many, a page that the question names is looked at whatever is on it


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
        self._rarities = Rarities()
        self._guard = threading.Lock()
        self._snapshot: _Snapshot | None = None

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
            scope = None if documents is None else scope_of(connection, documents)
            signs = self.signs(connection, question, vector, max(k, CANDIDATES), scope)
            return _hits(connection, fuse(signs, self.weights)[:k])

    def signs(
        self,
        connection: sqlite3.Connection,
        question: str,
        vector: NDArray[np.float32] | None,
        count: int,
        scope: Scope | None,
    ) -> dict[int, Signs]:
        """Every candidate of either side by passage id; the best of them looked at closely."""
        words = terms(sought(question))
        rarity = self._rarities.of(connection, words)
        asked = telling(rarity)
        pages = pages_named(question)
        few = scope.documents if scope is not None and len(scope.documents) <= FEW else ()
        on_page = word_search.on_pages(connection, pages, few) if pages else set()
        found = self._candidates(connection, asked, vector, count, scope, on_page)
        short = [s.id for s in fuse(found, self.weights)[:SHORTLIST]]
        short += [key for key in on_page if key not in short]
        if scope is not None:
            rarity = rarities_within(connection, asked, scope)
        close = self._closely(connection, question, {word: rarity[word] for word in asked}, short, pages)
        for key, signs in close.items():
            found[key] = replace(signs, cosine=found[key].cosine, bm25=found[key].bm25)
        return found

    def _candidates(
        self,
        connection: sqlite3.Connection,
        words: Sequence[str],
        vector: NDArray[np.float32] | None,
        count: int,
        scope: Scope | None,
        more: Collection[int],
    ) -> dict[int, Signs]:
        """Cosine and bm25 of the `count` best of either side, and of the passages `more`."""
        among = None if scope is None else scope.passages
        bm25s = word_search.best(connection, words, count, among)
        cosines: dict[int, float] = {}
        if vector is not None:
            vectors = self.vectors(connection)
            cosines = dict(vectors.search(vector, count, among))
            cosines |= vectors.cosines(vector, [i for i in {*bm25s, *more} if i not in cosines])
        late = sorted(i for i in {*cosines, *more} if i not in bm25s)
        if late:
            bm25s |= word_search.best(connection, words, len(late), late)
        return {i: Signs(cosines.get(i), bm25s.get(i, 0.0)) for i in {*bm25s, *cosines, *more}}

    def _closely(
        self,
        connection: sqlite3.Connection,
        question: str,
        rarity: Mapping[str, float],
        short: Sequence[int],
        pages: Collection[str],
    ) -> dict[int, Signs]:
        """The signs of the shortlist that cost a closer look."""
        places = word_search.places(connection, short)
        beside = word_search.beside(connection, places)
        holds: dict[int, set[str]] = {}
        for word in rarity:
            for key in word_search.holders(connection, any_of([word]), {*short, *beside}):
                holds.setdefault(key, set()).add(word)
        around = {key: set(holds.get(key, ())) for key in places}
        for key, centres in beside.items():
            for centre in centres:
                around[centre] |= holds.get(key, set())
        total = self._rarities.total(connection)
        pairs, pair_holders = word_search.close_pairs(connection, list(rarity), total, short)
        serials = {place.document for place in places.values()}
        documents = word_search.documents_holding(connection, {w: any_of([w]) for w in rarity}, serials)
        named = word_search.documents_holding(connection, {w: labelled(w) for w in rarity}, serials)
        on_page = word_search.on_pages(connection, pages, serials) if pages else set()
        front = asks_of_front(question)
        return {
            key: Signs(
                around=share(rarity, around[key]),
                together=share(pairs, pair_holders.get(key, ())),
                document=share(rarity, documents[place.document]),
                named=share(rarity, named[place.document]),
                page=float(key in on_page),
                front=float(front and place.page == 1),
            )
            for key, place in places.items()
        }

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is in the library, as in BM25; see `index.word_search.Rarities`."""
        with self._store.read() as connection:
            return self._rarities.of(connection, words)

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


def _near(saved: dict[str, int], known: _Snapshot) -> bool:
    return saved["removed"] == known.removed and known.last - saved["last"] <= known.last // 20


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
