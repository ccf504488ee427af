"""Reads files in a child process, so that one that hangs, explodes or crashes its reader harms nothing else.

The child is started when it is first needed, used for file after file, and replaced after a crash, a
timeout or a cancel.  It gets a minimal environment, and answers in JSON (`ingest.child`).
"""

from __future__ import annotations

import base64
import json
import os
import selectors
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .child import out_of_memory
from .errors import PasswordError, PictureError, ReadError
from .limits import check_size
from .nouns import Document, Progress
from .settings import Limits
from .wire import Json, document_from_json, page_from_json

ROOT = Path(__file__).resolve().parent.parent
ERRORS = {"password": PasswordError, "picture": PictureError}
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH", "SYSTEMROOT")
TICK = 0.1  # seconds between two looks at `cancelled`
BYTES_A_CHARACTER = 64  # of an answer: the character itself and its share of a word's six numbers
RAISE = "raise the limit with FOOTNOTE_MAX_TOTAL_SECONDS"
CANCELLED = "reading it was cancelled"


class Sandbox:
    """One child process that reads and draws; safe to use from several threads, which take turns."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._child: _Child | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next call starts another."""
        with self._lock:
            self._replace()

    def read(
        self,
        path: Path,
        *,
        name: str | None = None,
        password: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        recognise: bool = True,
    ) -> Document:
        """The document at `path`, under `name` (default: the file's own); pictures only where `recognise` is true.

        Raises PasswordError where it is encrypted and `password` does not open it; ReadError where it
        can't be read, is over a limit, or `cancelled` turns true.
        """
        # A file's name need not be Unicode, but what is shown and stored has to be.
        name = (path.name if name is None else name).encode("utf-8", "replace").decode()
        try:
            found = path.stat()
        except OSError as error:
            raise ReadError(f"the file cannot be opened: {error.strerror}") from error
        if not stat.S_ISREG(found.st_mode):
            raise ReadError("it is not a file that can be read: a folder, a pipe or a device")
        check_size(found.st_size, self.limits)
        limits = self.limits if recognise else replace(self.limits, ocr=False)
        request: Json = {"do": "read", "path": str(path.absolute()), "name": name, "password": password}
        request["limits"] = asdict(limits)
        pages = []
        for row in self._answers(request, cancelled):
            if "progress" in row and progress:
                progress(Progress(name, *row["progress"]))
            elif "page" in row:
                pages.append(page_from_json(row["page"]))
            elif "document" in row:
                return document_from_json(row["document"], pages)
        raise ReadError("the reader gave no answer; add the file again")

    def render(self, data: bytes, page: int, *, scale: float, password: str | None = None) -> bytes:
        """Page `page` (from 1) of the PDF, or the picture, in `data` as PNG, `scale` pixels a point.

        One over limits.megapixels is made smaller to fit.  Raises ReadError where it can't be drawn.
        """
        check_size(len(data), self.limits)
        with tempfile.NamedTemporaryFile(prefix="footnote-", suffix=".pdf") as file:
            file.write(data)
            file.flush()
            request = {"do": "render", "path": file.name, "page": page, "scale": scale, "password": password}
            for row in self._answers(request, None):
                if "png" in row:
                    return base64.b64decode(row["png"])
        raise ReadError("the page could not be drawn; try again")

    def _answers(self, request: Json, cancelled: Callable[[], bool] | None) -> Iterator[Json]:
        """Every answer to `request`, the last one included; the child is replaced unless it can be used again."""
        with self._lock:
            fit = False
            try:
                if self._child is None or not self._child.alive():
                    self._replace()
                    self._child = _Child()
                child = self._child
                child.ask({"limits": asdict(self.limits), **request})
                for row in child.rows(self.limits, cancelled):
                    final = "last" in row
                    fit = final and not row["last"]
                    if "error" in row:
                        raise ERRORS.get(row["error"], ReadError)(row["message"])
                    yield row
                    if final:
                        return
            finally:
                if not fit:
                    self._replace()

    def _replace(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Child:
    """The process itself, and the lines that it writes."""

    def __init__(self) -> None:
        environment = {key: os.environ[key] for key in KEPT if key in os.environ}
        # numpy's threads would take memory that the limit is not for, and it is given nothing to share out.
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}
        process = subprocess.Popen(
            # -P: nothing is imported from the current folder, which may hold anything.
            [sys.executable, "-P", "-m", "ingest.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C in the terminal is for the parent alone
        )
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process with pipes has both")
        self.process, self.requests, self.answers = process, process.stdin, process.stdout
        self.rest = bytearray()

    def alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, request: Json) -> None:
        """Send one request."""
        try:
            self.requests.write(json.dumps(request).encode() + b"\n")
            self.requests.flush()
        except OSError:
            return  # it has just died; the reading of its answers will tell how

    def rows(self, limits: Limits, cancelled: Callable[[], bool] | None) -> Iterator[Json]:
        """The answers as they come.  Raises ReadError at a limit, a cancel, or the child's death."""
        began = heard = time.monotonic()
        most = int(limits.characters * BYTES_A_CHARACTER + limits.megapixels * 8e6 + 16e6)
        got = 0
        with selectors.DefaultSelector() as selector:
            selector.register(self.answers, selectors.EVENT_READ)
            while True:
                if cancelled is not None and cancelled():
                    raise ReadError(CANCELLED)
                now = time.monotonic()
                _check_time(now - heard, limits.idle_seconds, "made no progress for", "FOOTNOTE_MAX_IDLE_SECONDS")
                _check_time(now - began, limits.total_seconds, "took more than", "FOOTNOTE_MAX_TOTAL_SECONDS")
                if not selector.select(TICK):
                    continue
                block = os.read(self.answers.fileno(), 1 << 20)
                if not block:
                    raise ReadError(self._death(limits))
                heard = time.monotonic()
                got += len(block)
                if got > most:
                    raise ReadError("what it holds is larger than the limit; set it with FOOTNOTE_MAX_CHARACTERS")
                yield from self._lines(block)

    def _lines(self, block: bytes) -> Iterator[Json]:
        """The whole lines that `block` completes."""
        self.rest += block
        if b"\n" not in block:
            return
        *lines, rest = bytes(self.rest).split(b"\n")
        self.rest = bytearray(rest)
        for line in lines:
            row: Any = json.loads(line)
            yield row

    def _death(self, limits: Limits) -> str:
        """Why the child is gone, for a person."""
        try:
            status = self.process.wait(5)
        except subprocess.TimeoutExpired:
            status = 0
        if status == -signal.SIGKILL:
            return "the system stopped the reader, most likely for want of memory; free some and try again"
        if status == -signal.SIGXCPU:
            return f"reading it took more processor time than {limits.total_seconds:g} seconds of this machine; {RAISE}"
        # PDFium traps, and Python aborts, where memory is refused to it.
        if status in (-signal.SIGTRAP, -signal.SIGILL, -signal.SIGABRT):
            return f"it crashed the reader: it is damaged, or {out_of_memory(limits)}"
        return "it crashed the reader; it is damaged, or made to do so"

    def end(self) -> None:
        """Kill it and wait for its end."""
        self.process.kill()
        self.answers.close()
        with suppress(OSError):  # what was still to be sent has no reader any more
            self.requests.close()
        self.process.wait()


def _check_time(spent: float, limit: float, what: str, variable: str) -> None:
    """Raises ReadError where more than `limit` seconds are spent."""
    if spent > limit:
        raise ReadError(f"reading it {what} {limit:g} seconds, the limit; raise it with {variable}")
