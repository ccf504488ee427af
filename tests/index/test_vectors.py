from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedder import normalised
from index.vectors import FILE, Exact, Faiss


def made(seed: int, count: int, dimension: int = 8, copies: int = 3):
    """Unit vectors with many exact copies among them, under ids in no order."""
    chance = np.random.default_rng(seed)
    rows = normalised(chance.normal(size=(max(1, count // copies), dimension)).astype(np.float32))
    rows = rows[chance.integers(0, len(rows), count)]
    return chance.permutation(count * 3)[:count].astype(np.int64), rows


@given(st.integers(0, 10_000), st.integers(1, 120), st.integers(1, 30), st.booleans())
def test_faiss_gives_the_order_of_the_exact_search_ties_included(seed: int, count: int, k: int, some: bool) -> None:
    ids, rows = made(seed, count)
    among = ids[::3] if some else None
    question = rows[seed % count]
    expected = Exact(ids, rows).search(question, k, among)
    assert Faiss.of(ids, rows, 8).search(question, k, among) == expected


def test_the_cosine_of_a_vector_with_itself_is_one() -> None:
    ids, rows = made(1, 30, copies=1)
    for key, row in zip(ids.tolist(), rows, strict=True):
        assert Faiss.of(ids, rows, 8).cosines(row, [key, -5]) == {key: pytest.approx(1.0, abs=1e-6)}


def test_a_grown_snapshot_has_all_and_the_first_stays_as_it_was() -> None:
    ids, rows = made(2, 40)
    first = Faiss.of(ids[:25], rows[:25], 8)
    grown = first.grown(ids[25:], rows[25:])
    assert (len(first), len(grown)) == (25, 40)
    assert grown.search(rows[30], 10) == Exact(ids, rows).search(rows[30], 10)


def test_a_saved_snapshot_comes_back_the_same(tmp_path: Path) -> None:
    ids, rows = made(3, 40)
    sha256 = Faiss.of(ids, rows, 8).save(tmp_path)
    back = Faiss.load(tmp_path, sha256, 8)
    assert back is not None
    assert back.search(rows[0], 10) == Exact(ids, rows).search(rows[0], 10)
    assert [p.name for p in tmp_path.iterdir()] == [FILE]


def test_a_damaged_missing_or_other_file_is_not_read(tmp_path: Path) -> None:
    ids, rows = made(4, 10)
    sha256 = Faiss.of(ids, rows, 8).save(tmp_path)
    assert Faiss.load(tmp_path, sha256, 9) is None
    data = bytearray((tmp_path / FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / FILE).write_bytes(data)
    assert Faiss.load(tmp_path, sha256, 8) is None
    (tmp_path / FILE).unlink()
    assert Faiss.load(tmp_path, sha256, 8) is None


def test_a_search_leaves_the_models_their_threads() -> None:
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        rows = np.eye(4, 384, dtype=np.float32)
        found = Faiss.of(np.arange(4, dtype=np.int64), rows, 384).search(rows[2], 1)
        assert found == [(2, 1.0)]
        assert faiss.omp_get_max_threads() == 3
    finally:
        faiss.omp_set_num_threads(before)
