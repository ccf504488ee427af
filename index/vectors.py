"""Nearest vectors: `Exact` in numpy, the oracle, and `Faiss`, the quick one with a file as its cache.

SQLite holds the vectors; everything here can be made again from it.  A snapshot is never changed once
made: readers keep theirs while a newer one takes its place.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from . import failpoints

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ids = NDArray[np.int64]

FILE = "vectors.faiss"
# Float32 sums in another order differ by about 1e-7; cosines this near are ties, and go by passage id.
DIGITS = 6
MANY = 200_000  # vectors from which on one search is shared by all processors


class Nearest(Protocol):
    """Vectors of unit length by passage id."""

    def __len__(self) -> int: ...

    def search(self, vector: Floats, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """The `k` best (id, cosine), best first, ties by id; only ids in `among` where it is given."""
        ...

    def cosines(self, vector: Floats, ids: Sequence[int]) -> dict[int, float]:
        """The cosine of each of `ids` that has a vector."""
        ...


def cosine(rows: Floats, vector: Floats) -> NDArray[np.float64]:
    """The cosine of each row with `vector`, rounded so that every backend agrees to the last digit."""
    return np.round(rows.astype(np.float64) @ vector.astype(np.float64), DIGITS)


def _ordered(ids: Ids, scores: NDArray[np.float64], k: int) -> list[tuple[int, float]]:
    order = np.lexsort((ids, -scores))[:k]
    return [(int(ids[i]), float(scores[i])) for i in order]


class Exact:
    """Every vector compared: slow, simple and right."""

    def __init__(self, ids: Ids, rows: Floats) -> None:
        self._ids, self._rows = ids, rows
        self._at = {int(key): i for i, key in enumerate(ids)}

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, vector: Floats, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        keep = np.ones(len(self._ids), bool) if among is None else np.isin(self._ids, among)
        return _ordered(self._ids[keep], cosine(self._rows[keep], vector), k)

    def cosines(self, vector: Floats, ids: Sequence[int]) -> dict[int, float]:
        known = [i for i in ids if i in self._at]
        rows = self._rows[[self._at[i] for i in known]].reshape(len(known), self._rows.shape[1])
        return dict(zip(known, cosine(rows, vector).tolist(), strict=True))


class Faiss:
    """A flat inner-product index under passage ids; the same order as `Exact`, ties included."""

    def __init__(self, index: Any) -> None:
        import faiss

        self._faiss: Any = faiss
        self._index = index
        self._known = frozenset(faiss.vector_to_array(index.id_map).tolist())

    @classmethod
    def of(cls, ids: Ids, rows: Floats, dimension: int) -> Faiss:
        """A snapshot of these vectors: `ids` (n,), `rows` (n, dimension)."""
        import faiss

        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))
        if len(ids):
            index.add_with_ids(np.ascontiguousarray(rows, np.float32), np.ascontiguousarray(ids, np.int64))
        return cls(index)

    def grown(self, ids: Ids, rows: Floats) -> Faiss:
        """A new snapshot with more vectors; this one stays as it is."""
        index = self._faiss.clone_index(self._index)
        index.add_with_ids(np.ascontiguousarray(rows, np.float32), np.ascontiguousarray(ids, np.int64))
        return Faiss(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: Floats, k: int, among: Ids | None = None) -> list[tuple[int, float]]:
        """FAISS leaves ties at the edge to chance, so it is asked for more until the edge is clearly worse."""
        size = len(self)
        want = min(size, k + 16)
        parameters = None
        if among is not None:
            selected = np.ascontiguousarray(among, np.int64)
            want = min(want, len(selected))
            parameters = self._faiss.SearchParameters(sel=self._faiss.IDSelectorBatch(selected))
        question = np.ascontiguousarray(vector, np.float32).reshape(1, -1)
        while want > 0:
            with self._threads(1 if size < MANY else os.cpu_count() or 1):
                scores, ids = self._index.search(question, want, params=parameters)
            good = ids[0] >= 0
            scores, ids = scores[0][good], ids[0][good]
            most = size if among is None else min(size, len(among))
            if len(ids) < want or want >= most or scores[-1] < scores[min(k, len(scores)) - 1] - 3 * 10**-DIGITS:
                return _ordered(ids, cosine(self._rows(ids), vector), k)
            want = min(most, want * 4)
        return []

    @contextmanager
    def _threads(self, count: int) -> Iterator[None]:
        """Run what is within on so many threads: for one small search, more cost more than they give.

        FAISS and torch share an OpenMP, so the number is put back: the models that run after it need them.
        """
        before = self._faiss.omp_get_max_threads()
        self._faiss.omp_set_num_threads(count)
        try:
            yield
        finally:
            self._faiss.omp_set_num_threads(before)

    def cosines(self, vector: Floats, ids: Sequence[int]) -> dict[int, float]:
        known = [i for i in ids if i in self._known]
        return dict(zip(known, cosine(self._rows(np.array(known, np.int64)), vector).tolist(), strict=True))

    def _rows(self, ids: Ids) -> Floats:
        if not len(ids):
            return np.zeros((0, self._index.d), np.float32)
        rows: Floats = self._index.reconstruct_batch(np.ascontiguousarray(ids, np.int64))
        return rows

    def save(self, folder: Path) -> str:
        """Write the cache file whole or not at all; its SHA-256.

        The bytes are synced before the rename and the folder after it: `faiss.write_index` does neither,
        and does not notice a full disk.
        """
        data = self._faiss.serialize_index(self._index).tobytes()
        temporary = folder / f"{FILE}.{os.getpid()}.tmp"
        try:
            failpoints.reach("cache: write")
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                failpoints.reach("cache: sync")
                os.fsync(file.fileno())
            failpoints.reach("cache: rename")
            temporary.replace(folder / FILE)
            failpoints.reach("cache: renamed")
        finally:
            temporary.unlink(missing_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return hashlib.sha256(data).hexdigest()

    @classmethod
    def load(cls, folder: Path, sha256: str, dimension: int) -> Faiss | None:
        """The snapshot in the cache file, or None where it is missing or not the file it should be."""
        import faiss

        try:
            data = (folder / FILE).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(data).hexdigest() != sha256:
            return None
        index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        return cls(index) if index.d == dimension else None
