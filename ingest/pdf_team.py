"""The pages of one long PDF read by several processes at once: this one, and copies of it (fork).

A copy has the libraries and the confinement of the process that it is made of.  It is made for the first file that is
long enough, is sent that file and those after it, and ends where none has come for a while: to copy the memory that
both go on to write takes longer than to send a file.  All take the pages that are left a few at a time; this process,
the first, also counts what is read and puts it together, and what it gives is what it gives alone.  The copies end
with the first, however it ends.  Where one of them fails, for whatever reason, all of them are ended and the first
begins again alone, so that a bad file fails as it always does.

Memory: the first may take what it may take alone, and its copies, each with an equal share, as much again.

Only a process that is made for reading may be copied (`at_once`): in one that has threads of its own, a copy may
wait for ever for a lock that nobody holds.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import json
import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from multiprocessing.connection import Connection, Pipe
from typing import Any, NoReturn

from . import pdf_text
from .confinement import limit_processor, processor_left
from .memory import address_space, limit_memory, memory_limit
from .nouns import Page
from .pdf_part import Part
from .pdf_pictures import regions_from_json, regions_to_json
from .wire import page_from_json, page_to_json

MOST = 4  # processes; by then what is not shared out takes longer than what is
SOON = 0.004  # seconds that the first reads alone, to see how long a page takes
WORTH = 0.04  # seconds of work that is left; to share out less takes longer than to do it
BLOCK = 4  # pages that are taken at a time
ROOM = 1 << 20  # bytes that a pipe has room for, so that the one who writes need not wait for the one who reads
PINNED = 4_000_000  # bytes: a copy made beside a larger file is not kept, since it holds that as long as it lives
REST = 60  # seconds that a copy waits for the next file
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)

Count = Callable[[int, int, int], None]  # told of the characters of a page, how many pages are read, and of how many


class Failed(Exception):
    """Several could not read it."""


class _Team:
    """This process and its copies, as many as they are together; what they share is made when it is first needed."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.helpers: list[_Helper] = []
        self.queue: _Queue | None = None

    def gathered(self, size: int) -> tuple[list[_Helper], _Queue]:
        """All copies, those made anew that have ended meanwhile, and the queue that they take pages from.

        `size` is that of the file at hand, in bytes.
        """
        queue = self.queue = self.queue or _Queue()
        ended = [helper for helper in self.helpers if not helper.alive()]
        self.helpers = [helper for helper in self.helpers if helper not in ended]
        while len(self.helpers) < self.processes - 1:
            self.helpers.append(_Helper(queue, size))
        return self.helpers, queue

    def end(self) -> None:
        """End the copies; the next file finds none."""
        for helper in self.helpers:
            helper.end()
        if self.queue:
            self.queue.close()
        self.helpers, self.queue = [], None


_team: ContextVar[_Team | None] = ContextVar("team", default=None)


@contextmanager
def at_once(processes: int | None = None) -> Iterator[None]:
    """Let so many processes (default: as many as there are cores, up to MOST) read each PDF within the block."""
    if processes is None:
        processes = min(MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" else 0
    team = _Team(processes) if processes > 1 else None
    token = _team.set(team)
    try:
        yield
    finally:
        _team.reset(token)
        if team:
            team.end()


def processes() -> int:
    """How many may read at once; 0 where only this process may."""
    team = _team.get()
    return team.processes if team else 0


def worth_it(seconds: float, done: int, total: int) -> bool:
    """True where it pays to share out what is left, if `done` of `total` pages took so many seconds."""
    left = total - done
    return left > 1 and seconds >= SOON and seconds / done * left >= WORTH


def read(part: Part, total: int, count: Count) -> list[Page]:
    """All pages of the file, of which `part` holds those up to `part.last`.

    It is told of the broken ones, of the pictures, and of what doesn't show on the pages.

    Raises Failed where a process does not do its share, and what `count` raises.
    """
    team = _team.get()
    if team is None:
        raise Failed("only this process may read")
    try:
        helpers, queue = team.gathered(len(part.data))
        step = queue.fill(part.last + 1, total, team.processes)
        for helper in helpers:
            helper.begin(part, step, total, team.processes - 1)
        tally = _Tally(part.last, total, count, helpers)
        for number in queue.numbers(step, total):
            tally.add(part.read(number))
            tally.ask(0)
        pages = _together(part, helpers, tally)
    except BaseException as error:
        team.end()
        if isinstance(error, (OSError, EOFError, ValueError, MemoryError)):
            raise Failed(str(error)) from error
        raise
    return pages


class _Tally:
    """How many pages are read, by whomever."""

    def __init__(self, done: int, total: int, count: Count, helpers: list[_Helper]) -> None:
        self._done, self._total, self._count = done, total, count
        self.hyphens = False
        self._busy = {helper.answers.fileno(): helper for helper in helpers}  # with reading
        self._poll = select.poll()
        for number in self._busy:
            self._poll.register(number, select.POLLIN)

    def add(self, characters: int) -> None:
        """Count a page."""
        self._done += 1
        self._count(characters, self._done, self._total)

    def ask(self, seconds: float | None) -> None:
        """Count what the helpers say within so many seconds (None: as soon as one says something)."""
        for number, _ in self._poll.poll(seconds) if self._busy else ():
            answer = self._busy[number].answer()
            if isinstance(answer, bool):  # it has read all that there was to read
                self.hyphens = self.hyphens or answer
                self._poll.unregister(number)
                del self._busy[number]
            else:
                self.add(answer)

    def rest(self) -> None:
        """Count until all have read what there was to read."""
        while self._busy:
            self.ask(None)


def _together(part: Part, helpers: list[_Helper], tally: _Tally) -> list[Page]:
    """The pages of all, once each has read its own."""
    hyphens = part.arrange()
    tally.rest()
    words: set[str] | None = None
    if hyphens or tally.hyphens:
        _say(helpers, True)
        words = part.words().union(*(helper.answer() for helper in helpers))
    _say(helpers, None if words is None else list(words))
    pages = part.pages(words)
    for helper in helpers:
        rows, broken, regions, pinned, comments, fit = helper.answer()
        pages += map(page_from_json, rows)
        part.broken += broken
        part.pinned += pinned
        part.comments |= dict(comments)
        part.regions |= regions_from_json(regions)
        if not fit or helper.pinned > PINNED:
            helper.end()
    part.broken.sort()
    part.pinned.sort()
    return sorted(pages, key=lambda page: page.number)


class _Queue:
    """The pages that are left, for whoever asks first: a pipe that holds where each block begins, in four bytes."""

    def __init__(self) -> None:
        self._out, self._into = os.pipe()

    def fill(self, first: int, total: int, processes: int) -> int:
        """Put in the pages from `first` on, and a 0 for each process; how many pages are a block."""
        few = (total + 1 - first) // (4 * processes)  # so that all are done at about the same time
        step = max(1, min(BLOCK, few), total // 4_000)  # a pipe has room for so many numbers
        numbers = [*range(first, total + 1, step), *[0] * processes]
        os.write(self._into, b"".join([number.to_bytes(4, "little") for number in numbers]))
        return step

    def numbers(self, step: int, total: int) -> Iterator[int]:
        """The pages that fall to this process, as long as there are any."""
        while first := int.from_bytes(os.read(self._out, 4), "little"):
            yield from range(first, min(first + step, total + 1))

    def close(self) -> None:
        os.close(self._out)
        os.close(self._into)


def _say(helpers: list[_Helper], what: Any) -> None:
    for helper in helpers:
        helper.requests.send_bytes(json.dumps(what).encode())


class _Helper:
    """One copy of this process, and the pipes to it and from it."""

    def __init__(self, queue: _Queue, pinned: int) -> None:
        self.pinned = pinned
        self.answers, answers = Pipe(duplex=False)
        requests, self.requests = Pipe(duplex=False)
        for pipe in (answers, requests):
            with suppress(OSError):
                fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, ROOM)
        first = os.getpid()
        self._pid = os.fork()
        if not self._pid:
            _help(queue, requests, answers, first)
        answers.close()
        requests.close()

    def begin(self, part: Part, step: int, total: int, among: int) -> None:
        """Let it read a part of the file, with its share of the memory, which is equal `among` so many."""
        limit = memory_limit()
        room = None if limit is None else max(0, limit - address_space()) // among
        job = (part.password, list(part.units.items()), step, total, room, processor_left())
        _say([self], job)
        self.requests.send_bytes(part.data)

    def answer(self) -> Any:
        """The next thing that it says.  Raises EOFError where it is dead."""
        return json.loads(self.answers.recv_bytes())

    def alive(self) -> bool:
        """False once it has ended."""
        if self._pid and os.waitpid(self._pid, os.WNOHANG)[0]:
            self._pid = 0
            self.end()
        return self._pid != 0

    def end(self) -> None:
        """Kill it and wait for its end."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0
        self.answers.close()
        self.requests.close()


def _help(queue: _Queue, requests: Connection, answers: Connection, first: int) -> NoReturn:
    """All that a copy does; it never returns into the program that it is a copy of."""
    try:
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == first:  # else it has ended before it could be asked to take this one along
            gc.disable()
            gc.freeze()
            base = address_space()
            while requests.poll(REST):
                _do_share(queue, requests, answers, base)
                gc.collect()  # when nobody waits for it
    finally:
        os._exit(0)


def _do_share(queue: _Queue, requests: Connection, answers: Connection, base: int) -> None:
    """Read a part of one file; `base` is the address space that this process took before the first."""

    def say(what: Any) -> None:
        answers.send_bytes(json.dumps(what).encode())

    password, units, step, total, room, seconds = json.loads(requests.recv_bytes())
    if room is not None:
        limit_memory(base + room)
    if seconds is not None:
        limit_processor(seconds)
    data = requests.recv_bytes()
    with pdf_text.opened(data, password) as handle:
        part = Part(handle, data, password, dict(units))
        for number in queue.numbers(step, total):
            say(part.read(number))
        say(part.arrange())
        words = json.loads(requests.recv_bytes())
        if words is True:
            say(list(part.words()))
            words = json.loads(requests.recv_bytes())
        pages = part.pages(None if words is None else set(words))
        fit = room is None or address_space() - base <= room / 2
        rows, regions = [page_to_json(page) for page in pages], regions_to_json(part.regions)
        say((rows, part.broken, regions, part.pinned, list(part.comments.items()), fit))
