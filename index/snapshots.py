"""The vectors that a search sees: kept in memory, in a cache file, and in SQLite, which alone is the truth."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ingest.errors import LibraryError

from .embedder import Embedder
from .store import Store, meta, set_meta
from .vectors import FILE, Faiss

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Vectors up to serial `last`, after `removed` removals."""

    removed: int
    last: int
    vectors: Faiss


class Snapshots:
    """The newest vectors of one library for every transaction.  Thread-safe."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store, self._embedder = store, embedder
        self._guard = threading.Lock()
        self._snapshot: _Snapshot | None = None

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
            if meta(connection, "model") not in (None, self._embedder.name):
                return  # the library was renewed for another model meanwhile
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
