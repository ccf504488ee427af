"""Kills, failing writes, full disks and damaged caches, and what is left of the library after each.

    python -m bench.faults                     2,000 kills and all the rest, a row each
    python -m bench.faults --kills 200 --json  kills only

Status 1 where anything was lost, half there or risen from the dead.
"""

from __future__ import annotations

import argparse
import errno
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from index import failpoints
from index.vectors import FILE as CACHE
from ingest.errors import FootnoteError

from .workload import Act, Oracle, opened

ACTS = 6  # between two kills


@dataclass
class Figures:
    """What was tried, and every fault that was found, in words."""

    what: str
    tried: int = 0
    cut: int = 0  # of them, how many struck while an act was under way, or made one fail
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


def kills(folder: Path, count: int, seed: int) -> Figures:
    """SIGKILL at random instants and at random failpoints, again and again on one library."""
    figures, oracle, chance = Figures("kills"), Oracle(), random.Random(seed)
    (folder / "files").mkdir()
    opened(folder / "library").close()
    usual, places = 0.2, 150.0  # seconds and failpoints that a round takes when nobody kills it
    for turn in range(count):
        acts = list(oracle.acts(chance, ACTS, f"mark{turn}"))
        at_place = turn % 2 == 0
        instant = chance.uniform(0, places if at_place else usual)
        began = time.monotonic()
        done, begun, ended, reached = _killed(folder, acts, instant, at_place)
        if ended:  # it came to its end before the kill
            usual = 0.8 * usual + 0.2 * (time.monotonic() - began)
            places = 0.8 * places + 0.2 * max(reached, 20)
        for act in acts[:done]:
            oracle.done(act)
        under_way = acts[done] if begun > done else None
        figures.tried += 1
        figures.cut += under_way is not None
        with opened(folder / "library") as library:
            oracle.settle(library)
            touched = set(oracle.texts) if turn % 20 == 0 else {act.name for act in acts}
            figures.faults += [f"kill {turn}: {fault}" for fault in oracle.faults(library, under_way, touched)]
    return figures


def _killed(folder: Path, acts: list[Act], instant: float, at_place: bool) -> tuple[int, int, bool, int]:
    """Do `acts` in a fork that is killed; how many were done and begun, whether all ended, failpoints reached."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _work(folder, acts, writing, instant if at_place else float("inf"))
    os.close(writing)
    if not at_place:
        time.sleep(instant)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading) as pipe:
        said = pipe.read().split()
    os.waitpid(child, 0)
    reached = next((int(word[1:]) for word in said if word.startswith("r")), 0)
    return said.count("done"), said.count("begun"), bool(reached), reached


def _work(folder: Path, acts: list[Act], pipe: int, last_place: float) -> None:
    """The fork: do the acts, say so, die at the failpoint `last_place`."""
    reached = 0

    def place(_: str) -> None:
        nonlocal reached
        reached += 1
        if reached > last_place:
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        failpoints.act = place
        with opened(folder / "library") as library:
            for act in acts:
                os.write(pipe, b"begun ")
                act.do(library, folder / "files")
                os.write(pipe, b"done ")
            os.write(pipe, b"r%d " % reached)
    except BaseException as error:  # noqa: BLE001 - a fork must never come back to the code of its parent
        print(f"the work failed: {error!r}", file=sys.stderr)
    os._exit(0)


FIRST = ["\n\n".join(f"first{n}mark{p} " + "Ferries leave at nine. " * 12 for p in range(3)) for n in range(2)]
TEXT = FIRST[0].replace("first0", "second")
FAILING = [
    Act("add", "d1.txt", TEXT),
    Act("upload", "new.txt", TEXT),
    Act("remove", "d0.txt", ""),
    Act("talk", "Ferries?", TEXT),
    Act("job", "new.txt", TEXT),
    Act("rebuild", "", ""),
    Act("backup", "", ""),
]


def errors(folder: Path) -> Figures:
    """Every write of every act fails once, as on a full disk and as on a broken one."""
    figures = Figures("failing writes")
    for act in FAILING:
        for kind in (_full, _broken):
            number = 0
            while _strikes(figures, folder, act, _At(number, kind)):
                number += 1
    return figures


def short_files(folder: Path) -> Figures:
    """No file may grow beyond a size, for size after size: the system's own errors within SQLite's writes."""
    figures = Figures("files that may not grow")
    for act in FAILING:
        for kilobytes in (1, *range(8, 120, 12), 150, 200, 300):
            _strikes(figures, folder, act, _Short(kilobytes * 1024 + 500))
    return figures


def _full(place: str) -> None:
    if place.startswith(("cache", "upload", "backup")):
        raise OSError(errno.ENOSPC, "No space left on device")
    raise sqlite3.OperationalError("database or disk is full")


def _broken(place: str) -> None:
    if place.startswith(("cache", "upload", "backup")):
        raise OSError(errno.EIO, "Input/output error")
    raise sqlite3.OperationalError("disk I/O error")


class _Trouble(Protocol):
    """A stretch of time in which writes fail; `struck` once one did, where it can tell."""

    struck: bool

    def __enter__(self) -> None: ...
    def __exit__(self, *_: object) -> None: ...


class _At:
    """Makes the write number `number` fail, and all after it."""

    def __init__(self, number: int, fail: Callable[[str], None]) -> None:
        self.left, self.fail, self.struck = number, fail, False

    def __call__(self, place: str) -> None:
        if place in ("committed", "cache: renamed"):
            return  # it has happened: there is nothing to fail
        self.left -= 1
        if self.left < 0:
            self.struck = True
            self.fail(place)

    def __enter__(self) -> None:
        failpoints.act = self

    def __exit__(self, *_: object) -> None:
        failpoints.act = None


class _Short:
    """No file of this process may grow beyond `size` bytes."""

    def __init__(self, size: int) -> None:
        self.size, self.struck = size, False

    def __enter__(self) -> None:
        self.before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.before[1]))

    def __exit__(self, *_: object) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self.before)


def _strikes(figures: Figures, folder: Path, act: Act, trouble: _Trouble) -> bool:
    """Do `act` in `trouble` on a fresh library, and look at what it left; whether the trouble was met."""
    oracle = _fresh(folder)
    said, library = "", None
    try:
        with trouble:
            try:
                library = opened(folder / "library")
                act.do(library, folder / "files")
            finally:
                if library:
                    library.close()
    except FootnoteError as error:
        said = str(error)
    except BaseException as error:  # noqa: BLE001 - whatever else comes is a fault
        figures.faults.append(f"{act.kind}: {error!r}")
    figures.tried += 1
    figures.cut += bool(said)
    with opened(folder / "library") as again:
        oracle.settle(again)
        if not said:
            oracle.done(act)
        found = oracle.faults(again, act if said else None, set(oracle.texts))
    if said and ("\n" in said or not any(word in said for word in (";", "can't"))):
        found.append(f"not a sentence with a remedy: {said}")
    found += [f"left behind: {left}" for left in folder.rglob("*.tmp")]
    figures.faults += [f"{act.kind} in trouble ({said}): {fault}" for fault in found]
    return trouble.struck


def _fresh(folder: Path) -> Oracle:
    """A library of two documents in `folder`, copied from one that is made once; what it must hold."""
    first, oracle = folder / "first", Oracle()
    (folder / "files").mkdir(exist_ok=True)
    if not first.exists():
        with opened(first) as library:
            for number in (0, 1):
                Act("add", f"d{number}.txt", FIRST[number]).do(library, folder / "files")
    shutil.rmtree(folder / "library", ignore_errors=True)
    shutil.copytree(first, folder / "library")
    for number in (0, 1):
        oracle.done(Act("add", f"d{number}.txt", FIRST[number]))
    return oracle


def damaged_cache(folder: Path, flips: int, cuts: int, seed: int) -> Figures:
    """The cache file flipped, cut, deleted, another's: the results are those of a library made again."""
    figures, chance = Figures("damaged caches"), random.Random(seed)
    _fresh(folder)
    cache = folder / "library" / CACHE

    def results() -> list[tuple[str, int, float]]:
        with opened(folder / "library") as library:
            return [(h.name, h.passage.number, h.score) for h in library.search("ferries first0mark1 first1mark2", 9)]

    with opened(folder / "library") as library:
        library.rebuild()
        right, whole = results(), cache.read_bytes()
    for damage in _damages(whole, flips, cuts, chance):
        cache.unlink(missing_ok=True)
        if damage is not None:
            cache.write_bytes(damage)
        figures.tried += 1
        if results() != right:
            figures.faults.append(f"other results from a cache of {len(damage or b'')} bytes")
    return figures


def _damages(whole: bytes, flips: int, cuts: int, chance: random.Random) -> Iterator[bytes | None]:
    for _ in range(flips):
        at = chance.randrange(len(whole))
        yield whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :]
    for _ in range(cuts):
        yield whole[: chance.randrange(len(whole))]
    yield None
    yield b""
    yield _of_another_model(whole)


def _of_another_model(whole: bytes) -> bytes:
    """A sound file of the same number of vectors, but other ones."""
    import faiss
    import numpy as np

    index: Any = faiss.deserialize_index(np.frombuffer(whole, np.uint8))
    rows = np.random.default_rng(1).normal(size=(index.ntotal, index.d)).astype(np.float32)
    other = faiss.IndexIDMap2(faiss.IndexFlatIP(index.d))
    other.add_with_ids(rows, faiss.vector_to_array(index.id_map))
    return bytes(faiss.serialize_index(other).tobytes())


def full_disk(folder: Path) -> Figures:
    """A small disk of its own (where the system lets one be mounted), filled up to each of many sizes."""
    inside = [sys.executable, "-m", "bench.faults", "--inside", str(folder)]
    script = 'mount -t tmpfs -o size=8m footnote "$1" && shift && exec "$@"'
    command = ["unshare", "-rm", "sh", "-c", script, "sh", str(folder), *inside]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        print(f"no disk of its own: {done.stderr.strip()[-200:]}", file=sys.stderr)
        return Figures("full disks")
    return Figures(**json.loads(done.stdout))


def _full_disk_inside(folder: Path) -> Figures:
    figures = Figures("full disks")
    for act in FAILING:
        for kilobytes in (0, 4, *range(8, 150, 12), 200, 300, 500):
            _strikes(figures, folder, act, _Ballast(folder, kilobytes * 1024))
    return figures


class _Ballast:
    """Fills the disk of `folder` but for `left` bytes."""

    def __init__(self, folder: Path, left: int) -> None:
        self.path, self.left, self.struck = folder / "ballast", left, False

    def __enter__(self) -> None:
        disk = os.statvfs(self.path.parent)
        self.path.write_bytes(bytes(max(0, disk.f_bavail * disk.f_frsize - self.left)))

    def __exit__(self, *_: object) -> None:
        self.path.unlink()


def main() -> int:
    """The whole program; its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, help="only so many kills")
    parser.add_argument("--seed", type=int, default=20251025)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        print(json.dumps(asdict(_full_disk_inside(given.inside))))
        return 0
    runs: list[Callable[[Path], Figures]] = [lambda folder: kills(folder, given.kills or 2000, given.seed)]
    if not given.kills:
        runs += [errors, short_files, full_disk, lambda folder: damaged_cache(folder, 200, 50, given.seed)]
    status = 0
    for run in runs:
        with tempfile.TemporaryDirectory(prefix="footnote-faults-") as place:
            began = time.monotonic()
            figures = run(Path(place))
        figures.seconds = round(time.monotonic() - began, 1)
        status |= bool(figures.faults)
        if given.json:
            print(json.dumps(asdict(figures)), flush=True)
        else:
            print(f"{figures.what}: {figures.tried} tried, {figures.cut} of them struck an act, "
                  f"{len(figures.faults)} faults, {figures.seconds} s", flush=True)  # fmt: skip
            print("".join(f"  {fault}\n" for fault in figures.faults[:20]), end="", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
