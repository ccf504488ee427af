"""Many people on one page: real Streamlit sessions over real websockets, while documents come and go.

Each person speaks as the browser does: runs the page, lets it look for news as often as it asks to, types a
question, waits until the answer is there, reads for a while, and now and then begins a new chat.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from websockets.exceptions import WebSocketException

from answer.assistant import NOT_ALL_READ
from index.library import Library
from index.settings import Settings
from ingest.errors import FootnoteError

from .load_processes import text_of
from .tab import Tab

ROOT = Path(__file__).resolve().parent.parent
A_CHAT = 4  # questions in one conversation, about
EVERY = 5.0  # seconds between two documents that are added; each stays for `STAY` times that
STAY = 6
WARM = 0.25  # of the time: memory is looked at after it
QUESTIONS = (
    "How many states signed the convention?",
    "Who declined to attend the signing?",
    "Why do human rights groups object?",
    "What did Guterres call the treaty?",
    "Where does the Budapest Convention date from?",
    "When was the treaty signed?",
    "What is the boiling point of tungsten?",
    "How many ratifications does it need?",
)


@dataclass
class Figures:
    """What the people met with; `waits` in seconds, `memory` as (seconds from the start, megabytes)."""

    users: int
    seconds: float
    think: float
    alone: list[float] = field(default_factory=list)  # the waits of one person, nobody else there
    waits: list[float] = field(default_factory=list)
    compared: int = 0  # first answers of a conversation, which nothing said before bears on
    otherwise: int = 0  # of them, those that are told in neither way one person alone was; see `_alone`
    changes: int = 0  # documents added or removed
    errors: list[str] = field(default_factory=list)
    served: float = 0.0  # processor time of the app while they were all there, in seconds
    visited: float = 0.0  # and that of the people themselves, which the app doesn't get
    memory: list[tuple[float, float]] = field(default_factory=list)


def run(folder: Path, seconds: float, users: int, think: float, seed: int) -> Figures:
    """People on the app with the sample corpus, and a library in `folder`."""
    figures = Figures(users, seconds, think)
    with served(folder) as (port, pid):
        told = asyncio.run(_alone(port, figures))
        ended = threading.Event()
        changing = threading.Thread(target=_change, args=(folder / "library", ended, figures))
        changing.start()
        try:
            time.sleep((STAY + 1) * EVERY)
            for question, answers in asyncio.run(_alone(port, figures)).items():  # in the company of documents that go
                told[question] |= answers
            asyncio.run(_together(port, pid, figures, told, seed))
        finally:
            ended.set()
            changing.join()
    log = "".join(path.read_text() for path in folder.glob("server*.log"))
    figures.errors[:0] = [f"the server's log: {trace}" for trace in traces(log)]
    return figures


def row(figures: Figures) -> dict[str, Any]:
    """The figures as JSON."""
    waits, alone = (np.array(found or [np.nan]) for found in (figures.waits, figures.alone))
    floor = kept(figures.memory)
    slope, error = rise([(minute, m) for minute, m in enumerate(floor) if minute >= WARM * figures.seconds / 60])
    return {
        "users": figures.users,
        "seconds": figures.seconds,
        "think": figures.think,
        "answers": len(figures.waits),
        "compared": figures.compared,
        "otherwise": figures.otherwise,
        "changes": figures.changes,
        "errors": len(figures.errors),
        "alone_p50": round(float(np.median(alone)), 3),
        "p50": round(float(np.quantile(waits, 0.5)), 3),
        "p95": round(float(np.quantile(waits, 0.95)), 3),
        "most": round(float(waits.max()), 3),
        "app_cores": round(figures.served / figures.seconds, 2),
        "people_cores": round(figures.visited / figures.seconds, 2),
        "memory_mb": [round(m) for m in floor],
        "memory_most_mb": round(max((m for _, m in figures.memory), default=0)),
        "memory_slope_mb_a_minute": slope and round(slope, 2),
        "memory_slope_error": error and round(error, 2),
        "examples": list(dict.fromkeys(figures.errors))[:5],
    }


def kept(memory: Sequence[tuple[float, float]]) -> list[float]:
    """The least of each whole minute, in megabytes: what is kept, without what is at work at the moment.

    The last one is left out: looked at for a few seconds only, it has no moment of rest.
    """
    minutes: dict[int, float] = {}
    for t, m in memory:
        minutes[int(t // 60)] = min(m, minutes.get(int(t // 60), m))
    return [minutes[minute] for minute in sorted(minutes)[:-1]]


def rise(floor: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    """The slope of a straight line through these points, and its standard error; None for fewer than four."""
    if len(floor) < 4:
        return None, None
    line, spread = np.polyfit([t for t, _ in floor], [m for _, m in floor], 1, cov=True)
    return float(line[0]), float(np.sqrt(spread[0, 0]))


@contextmanager
def served(folder: Path, script: str = "app.py", *arguments: str) -> Iterator[tuple[int, int]]:
    """The app, or another page, on a free port, with a library in `folder`; (port, process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "FOOTNOTE_LIBRARY": str(folder / "library")}
    options = ["--server.headless", "true", "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", script, *options, "--", *arguments]
    with (folder / f"server{port}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close())
        yield port, process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(ready: Callable[[], None], patience: float = 90.0) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            return ready()
        except (OSError, FootnoteError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


async def _alone(port: int, figures: Figures) -> dict[str, set[str]]:
    """What one person is told (see `told_of`), once all the sample documents are read; it also warms everything up."""
    tab = Tab(port, figures.errors)
    async with tab.connected():
        while not tab.ready:
            await tab.rest(0.5)
        for question in QUESTIONS:
            await tab.ask(question)
        told = {}
        for question in QUESTIONS:
            await tab.begin_anew()
            figures.alone.append(await tab.ask(question))
            told[question] = {told_of(tab.answer)}
    return told


async def _together(port: int, pid: int, figures: Figures, told: dict[str, set[str]], seed: int) -> None:
    started = time.monotonic()
    end = started + figures.seconds
    people = [_live(port, figures, told, end, random.Random(seed + n)) for n in range(figures.users)]
    watching = asyncio.create_task(_watch(pid, figures, started))
    served, visited = processor_time(pid), time.thread_time()
    await asyncio.gather(*people)
    figures.served, figures.visited = processor_time(pid) - served, time.thread_time() - visited
    watching.cancel()


def processor_time(pid: int) -> float:
    """What a process has used so far, in seconds, its threads included; see proc(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _watch(pid: int, figures: Figures, started: float) -> None:
    while True:
        status = Path(f"/proc/{pid}/status").read_text()
        resident = int(status.partition("VmRSS:")[2].split()[0]) / 1000
        figures.memory.append((time.monotonic() - started, resident))
        await asyncio.sleep(2)


async def _live(port: int, figures: Figures, told: dict[str, set[str]], end: float, chance: random.Random) -> None:
    """One person until `end`; comes within the time of one thought, as not all come at once."""
    await asyncio.sleep(chance.uniform(0, min(figures.think, figures.seconds / 3)))
    tab = Tab(port, figures.errors)
    try:
        async with tab.connected():
            begun = False
            while time.monotonic() < end:
                question = chance.choice(QUESTIONS)
                figures.waits.append(await tab.ask(question))
                figures.compared += not begun
                figures.otherwise += not begun and told_of(tab.answer) not in told[question]
                begun = True
                await tab.rest(min(chance.uniform(0.5, 1.5) * figures.think, max(0, end - time.monotonic())))
                if chance.random() < 1 / A_CHAT:
                    await tab.begin_anew()
                    begun = False
    except (OSError, TimeoutError, WebSocketException) as error:
        figures.errors.append(f"{type(error).__name__}: {error}")


def told_of(answer: str) -> str:
    """An answer without what a refusal says of the number of documents and of those on their way: they come and go."""
    return re.sub(r"Looked in \d+ documents?", "Looked", answer).removesuffix(f" {NOT_ALL_READ}")


def _change(folder: Path, ended: threading.Event, figures: Figures) -> None:
    """Documents come and go, as if somebody added them on the page."""
    names: list[str] = []
    try:
        with Library.open(folder, Settings.of(os.environ)) as library:
            while not ended.wait(EVERY):
                names.append(f"coming{len(names)}.txt")
                library.jobs.submit(names[-1], text_of(names[-1]).encode())
                figures.changes += 1
                gone = names[-STAY - 1] if len(names) > STAY else ""
                if gone in {e.name for e in library.entries()}:
                    library.remove(gone)
                    figures.changes += 1
    except FootnoteError as error:
        figures.errors.append(str(error))


def traces(log: str) -> list[str]:
    """The end of each stack trace in a log, with the error that it leads to."""
    found = re.findall(r"^ *Traceback.*\n(?:[ \t].*\n|\n)*\S.*", log, re.MULTILINE)
    return [trace[-600:] for trace in found]
