"""What `bench.faults` finds: nothing acknowledged is lost, nothing is half there, nothing comes back.

FOOTNOTE_KILLS_IN_FORKS sets how many kills (200).
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench import faults
from index import failpoints
from index.store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("FOOTNOTE_KILLS_IN_FORKS", "200"))
MEMORY = Path("/dev/shm")


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is such a place: what dies here is a program, so no disk need be waited for."""
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


def test_kills_at_any_instant_and_place_lose_and_halve_nothing(quick: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.faults", "--kills", str(KILLS), "--json"],
        cwd=ROOT, env={**os.environ, "TMPDIR": str(quick)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)
    assert figures["faults"] == []
    assert (done.returncode, figures["tried"]) == (0, KILLS)
    assert figures["cut"] > KILLS // 3, "the kills came too late to cut anything"


def test_a_write_that_fails_leaves_the_old_state_and_a_sentence(quick: Path) -> None:
    figures = faults.errors(quick)
    assert figures.faults == []
    assert figures.cut > 100


def test_a_file_that_may_not_grow_leaves_the_old_state_and_a_sentence(quick: Path) -> None:
    figures = faults.short_files(quick)
    assert figures.faults == []
    assert figures.cut > 20


def test_a_damaged_cut_lost_or_foreign_cache_changes_no_result(quick: Path) -> None:
    figures = faults.damaged_cache(quick, flips=200, cuts=50, seed=7)
    assert (figures.faults, figures.tried) == ([], 253)


def test_unset_failpoints_leave_connections_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, create=True)
    with store.read() as connection:
        assert type(connection).__name__ == "Connection"
    store.close()
    reached: list[str] = []
    monkeypatch.setattr(failpoints, "act", reached.append)
    store = Store(tmp_path)
    reached.clear()
    with store.read() as connection:
        connection.execute("SELECT value FROM meta").fetchall()
    with store.write() as connection:
        connection.execute("INSERT INTO meta VALUES ('a', 1)")
    store.close()
    assert reached == ["BEGIN IMMEDIATE", "INSERT INTO meta VALUES ('a', 1)", "COMMIT", "committed"]
