"""`kill -9` at random instants while files are added.  FOOTNOTE_KILLS=50 makes it fifty."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.library import Library
from index.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("FOOTNOTE_KILLS", "4"))
FILES = 30


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    for number in range(FILES):
        text = "\n\n".join(f"Paragraph {i} of file {number} holds mark{number}x{i}. " * 12 for i in range(30))
        (folder / f"{number:02}.txt").write_text(text)
    return folder


def seconds_to_add(library: Path, docs: Path) -> float:
    """How long adding the files takes here and now, from the first sign of a library on."""
    started = time.monotonic()
    killed(library, docs, None)
    return time.monotonic() - started


def killed(library: Path, docs: Path, after: float | None) -> list[str]:
    """Add the files, kill all of it `after` seconds from the library's first sign (None: never); the names reported."""
    command = [sys.executable, "-m", "ingest", "--library", str(library), "--json", str(docs)]
    child = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "FOOTNOTE_MODEL": "hashing"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert child.stdout is not None
    while not library.exists() and child.poll() is None:
        time.sleep(0.001)
    if after is not None:
        time.sleep(after)
        os.killpg(child.pid, signal.SIGKILL)
    rows, _ = child.communicate()
    whole = [line for line in rows.split("\n")[:-1] if line]
    return [json.loads(line)["document"] for line in whole]


@pytest.mark.timeout(60 + 20 * KILLS)
def test_nothing_reported_is_lost_and_nothing_is_half_there(docs: Path, tmp_path: Path) -> None:
    chance, cut = random.Random(20251025), 0
    whole = seconds_to_add(tmp_path / "whole", docs)
    for turn in range(KILLS):
        folder = tmp_path / str(turn)
        reported = killed(folder, docs, chance.uniform(0, 0.8 * whole))
        cut += len(reported) < FILES
        with Library.open(folder, Settings(model="hashing"), create=True) as library:
            assert library.check().problems == ()
            entries = {e.name: e for e in library.entries()}
            for name in reported:
                assert entries[name].vectors == entries[name].passages > 0
                assert library.search(f"mark{int(name[:2])}x7", 1)[0].name == name
            for name in entries:
                assert library.original(name) == (docs / name).read_bytes()
            outcomes = list(library.add([docs]))  # and it can go on
            assert {o.status for o in outcomes} <= {"added", "unchanged"}
            health = library.check()
            assert (health.documents, health.vectors, health.problems) == (FILES, health.passages, ())
    assert cut, "no kill came before the end: the instants are too late"
