"""The pages of one long PDF read by several processes at once: this one, and copies of it (fork).

A copy has the file, the libraries and the confinement of the process that it is made of, and starts in
milliseconds.  All take the pages that are left a few at a time; this process, the first, also counts what is read
and puts it together, and what it gives is what it gives alone.  The copies end with the first, however it ends.
Where one of them fails, for whatever reason, the first begins again alone, so that a bad file fails as it always does.

Memory: the first may take what it may take alone, and its copies, each with an equal share, as much again.

Only a process that is made for reading may be copied (`at_once`): in one that has threads of its own, a copy may
wait for ever for a lock that nobody holds.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, NoReturn

from .memory import address_space, limit_memory, memory_limit
from .nouns import Page
from .pdf_part import Part
from .pdf_pictures import regions_from_json, regions_to_json
from .wire import page_from_json, page_to_json

MOST = 4  # processes; by then what is not shared out takes longer than what is
SOON = 0.008  # seconds that the first reads alone, to see how long a page takes
WORTH = 0.04  # seconds of work that is left; to share out less takes longer than to do it
BLOCK = 4  # pages that are taken at a time
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)

Count = Callable[[int, int, int], None]  # told of the characters of a page, how many pages are read, and of how many


class Failed(Exception):
    """Several could not read it."""


_processes: ContextVar[int] = ContextVar("processes", default=0)


@contextmanager
def at_once(processes: int | None = None) -> Iterator[None]:
    """Let so many processes (default: as many as there are cores, up to MOST) read a PDF within the block."""
    if processes is None:
        processes = min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 0
    token = _processes.set(processes if processes > 1 else 0)
    try:
        yield
    finally:
        _processes.reset(token)


def processes() -> int:
    """How many may read at once; 0 where only this process may."""
    return _processes.get()


def worth_it(seconds: float, done: int, total: int) -> bool:
    """True where it pays to share out what is left, if `done` of `total` pages took so many seconds."""
    left = total - done
    return left > 1 and seconds >= SOON and seconds / done * left >= WORTH


def read(part: Part, total: int, count: Count) -> list[Page]:
    """All pages of the file, of which `part` holds those up to `part.last`.

    It is told of the broken ones, and of the pictures.

    Raises Failed where a process does not do its share, and what `count` raises.
    """
    share = _Share(processes() - 1)
    helpers: list[_Helper] = []
    queue = _Queue(part.last + 1, total)
    tally = _Tally(part.last, total, count)
    try:
        for _ in range(processes() - 1):
            helpers.append(_Helper(part, queue, share))
        for number in queue:
            tally.add(part.read(number))
            tally.ask(helpers, 0)
        return _together(part, helpers, tally)
    except (OSError, EOFError, ValueError, MemoryError) as error:
        raise Failed(str(error)) from error
    finally:
        for helper in helpers:
            helper.end()
        queue.close()


class _Tally:
    """How many pages are read, by whomever."""

    def __init__(self, done: int, total: int, count: Count) -> None:
        self._done, self._total, self._count = done, total, count
        self.hyphens = False

    def add(self, characters: int) -> None:
        """Count a page."""
        self._done += 1
        self._count(characters, self._done, self._total)

    def ask(self, helpers: list[_Helper], seconds: float | None) -> None:
        """Count what the helpers say within so many seconds (None: as soon as one says something)."""
        busy = {helper.answers: helper for helper in helpers if helper.busy}
        for connection in wait(list(busy), seconds) if busy else ():
            helper = busy[connection]  # type: ignore[index]
            answer = helper.answer()
            if isinstance(answer, bool):  # it has read all that there was to read
                self.hyphens, helper.busy = self.hyphens or answer, False
            else:
                self.add(answer)


def _together(part: Part, helpers: list[_Helper], tally: _Tally) -> list[Page]:
    """The pages of all, once each has read its own."""
    hyphens = part.arrange()
    while any(helper.busy for helper in helpers):
        tally.ask(helpers, None)
    words: set[str] | None = None
    if hyphens or tally.hyphens:
        _say(helpers, True)
        words = part.words().union(*(helper.answer() for helper in helpers))
    _say(helpers, None if words is None else list(words))
    pages = part.pages(words)
    for helper in helpers:
        rows, broken, regions = helper.answer()
        pages += map(page_from_json, rows)
        part.broken += broken
        part.regions |= regions_from_json(regions)
    part.broken.sort()
    return sorted(pages, key=lambda page: page.number)


class _Share:
    """An equal share of the memory that this process may still take, for each of so many copies."""

    def __init__(self, among: int) -> None:
        limit = memory_limit()
        self._room = None if limit is None else max(0, limit - address_space()) // among

    def take(self) -> None:
        """Let this process grow by the share and no more."""
        if self._room is not None:
            limit_memory(address_space() + self._room)


class _Queue:
    """The pages that are left, for whoever asks first: a pipe that holds where each block begins, in four bytes."""

    def __init__(self, first: int, total: int) -> None:
        self._total = total
        few = (total + 1 - first) // (4 * processes())  # so that all are done at about the same time
        self._step = max(1, min(BLOCK, few), total // 4_000)  # a pipe has room for so many numbers
        self._out, into = os.pipe()
        with os.fdopen(into, "wb") as pipe:
            for number in range(first, total + 1, self._step):
                pipe.write(number.to_bytes(4, "little"))

    def __iter__(self) -> Iterator[int]:
        """The pages that fall to this process, as long as there are any."""
        while block := os.read(self._out, 4):
            first = int.from_bytes(block, "little")
            yield from range(first, min(first + self._step, self._total + 1))

    def close(self) -> None:
        os.close(self._out)


def _say(helpers: list[_Helper], what: Any) -> None:
    for helper in helpers:
        helper.requests.send_bytes(json.dumps(what).encode())


class _Helper:
    """One copy of this process, and the pipes to it and from it."""

    def __init__(self, part: Part, queue: _Queue, share: _Share) -> None:
        self.busy = True  # with reading
        self.answers, answers = Pipe(duplex=False)
        requests, self.requests = Pipe(duplex=False)
        first = os.getpid()
        self._pid = os.fork()
        if not self._pid:
            _help(part.other(), queue, share, requests, answers, first)
        answers.close()
        requests.close()

    def answer(self) -> Any:
        """The next thing that it says.  Raises EOFError where it is dead."""
        return json.loads(self.answers.recv_bytes())

    def end(self) -> None:
        """Kill it and wait for its end."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self.answers.close()
        self.requests.close()


def _help(part: Part, queue: _Queue, share: _Share, requests: Connection, answers: Connection, first: int) -> NoReturn:
    """All that a copy does; it never returns into the program that it is a copy of."""
    try:
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == first:  # else it has ended before it could be asked to take this one along
            share.take()
            _do_share(part, queue, requests, answers)
    finally:
        os._exit(0)


def _do_share(part: Part, queue: _Queue, requests: Connection, answers: Connection) -> None:
    def say(what: Any) -> None:
        answers.send_bytes(json.dumps(what).encode())

    for number in queue:
        say(part.read(number))
    say(part.arrange())
    words = json.loads(requests.recv_bytes())
    if words is True:
        say(list(part.words()))
        words = json.loads(requests.recv_bytes())
    pages = part.pages(None if words is None else set(words))
    say(([page_to_json(page) for page in pages], part.broken, regions_to_json(part.regions)))
