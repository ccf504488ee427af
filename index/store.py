"""The database file: opening, versions, one writer at a time, and SQLite's errors in plain words.

Every commit and every checkpoint happens under the writer lock, and checkpoints in one place
(`Store._checkpoint`).  So the defect of SQLite 3.7.0 to 3.51.2 that loses committed pages where a commit resets
the log beside a running checkpoint (https://sqlite.org/wal.html#walresetbug) can't happen to a library, unless
the lock's file is taken away while programs use it.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError

from . import failpoints, levels, schema
from .owner import NOBODY

FILE = "library.db"
LOG = f"{FILE}-wal"
PATIENCE = 2.0  # seconds of waiting, for another program or a thread of this one, before it is said
WAIT = 60  # seconds that SQLite waits for another program's lock
LONG = 4_000_000  # bytes of the write-ahead log from which on it is taken into the database

PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "cache_size = -2000",  # kB, of each connection: 32,000 made nothing quicker, and cost 94 MB a person instead of 18
    "cache_spill = OFF",  # what isn't committed never reaches the log, however large: a transaction is written once
    "wal_autocheckpoint = 0",
)


class Store:
    """The database of one library folder.

    `read()` and `write()` give a connection inside one transaction.  Connections come from a pool, so
    any thread may use the store; readers see one consistent state and are never blocked.  Writers wait
    for each other, across threads and processes, on a lock that the system frees when its holder dies.
    """

    def __init__(self, folder: Path, *, create: bool = False, owner: str | None = None) -> None:
        """Raises LibraryError where there is no library (unless `create`), or it can't be used.

        `owner` is whose it must be, and is written into a new one: see `Library.open`.
        """
        self.folder = folder
        self._owner = owner
        self._pool: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._steady = threading.local()
        self._unwiped = False  # readers kept the log, which holds what was removed, from being emptied
        self.closed = False
        path = folder / FILE
        if not create and not path.exists():
            raise LibraryError(
                f"there is no library in {folder}; make one with: python -m ingest --library {folder} FILE…"
            )
        with _plainly(folder):
            folder.mkdir(0o700 if owner else 0o777, parents=True, exist_ok=True)
            if path.exists():
                refuse_others(path)
            with self.lock():
                self._prepare()

    def _prepare(self) -> None:
        connection = self._connect()
        try:
            version = schema.version_of(connection)
            if version:
                self._refuse_owner(connection)
            if version < schema.VERSION:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN IMMEDIATE")
                (schema.migrate if version else schema.create)(connection)
                if self._owner and not version:
                    set_meta(connection, "owner", self._owner)
                connection.execute("COMMIT")
            if levels.levels(connection) > levels.BEYOND:
                connection.execute("BEGIN IMMEDIATE")
                levels.mend(connection)
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        self._give(connection)
        with suppress(sqlite3.Error):  # it may hold what a killed program had removed
            self._checkpoint(0)

    def _refuse_owner(self, connection: sqlite3.Connection) -> None:
        """Raises LibraryError where the library is not the owner's for whom it is opened."""
        held = meta(connection, "owner", NOBODY)
        if self._owner not in (None, held):
            whose = "a person who signs in" if held else "nobody who signs in"
            raise LibraryError(
                f"the library in {self.folder} belongs to {whose}, and it was opened for somebody else; "
                "name another folder with FOOTNOTE_LIBRARY"
            )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.folder / FILE,
            timeout=WAIT,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=200,
            factory=failpoints.connection_class(),
        )
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self.closed:
                raise LibraryError(f"the library in {self.folder} is closed")
            if self._pool:
                return self._pool.pop()
        return self._connect()

    def _give(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            if not self.closed and len(self._pool) < 8:
                self._pool.append(connection)
                return
        connection.close()

    @contextmanager
    def _transaction(self, begin: str, end: str) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        try:
            connection.execute(begin)
            yield connection
            connection.execute(end)
        except BaseException:
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            connection.close()
            raise
        self._give(connection)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """One consistent state of the library.  Raises LibraryError for what SQLite can't do."""
        steady: sqlite3.Connection | None = getattr(self._steady, "connection", None)
        with _plainly(self.folder):
            if steady:
                yield steady
            else:
                with self._transaction("BEGIN", "ROLLBACK") as connection:
                    yield connection

    @contextmanager
    def steady(self) -> Iterator[None]:
        """All that this thread reads within it is of one state, whatever others write meanwhile.

        Keep it short: what is removed meanwhile can't be wiped from the log before it ends, and is then, unless
        others read as well.
        """
        before: sqlite3.Connection | None = getattr(self._steady, "connection", None)
        with self.read() as connection:
            self._steady.connection = connection
            try:
                yield
            finally:
                self._steady.connection = before
        if before is None and self._unwiped:
            with suppress(LibraryError):
                self.empty_log(patience=0.05)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes: all of it happens, or nothing.  Waits for other writers."""
        with _plainly(self.folder), self.lock():
            with self._transaction("BEGIN IMMEDIATE", "COMMIT") as connection:
                yield connection
            failpoints.reach("committed")
            with suppress(sqlite3.Error, OSError):  # what is committed is safe in the log too
                if self._unwiped or (self.folder / LOG).stat().st_size > LONG:
                    self._checkpoint(0.05)

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """A connection outside any transaction, under the writer lock."""
        with _plainly(self.folder), self.lock():
            connection = self._take()
            try:
                yield connection
            finally:
                connection.close()

    def empty_log(self, times: int = 1, patience: float = 1.0) -> bool:
        """Take the write-ahead log, which still holds pages of before, into the database.

        False where readers kept it from being emptied, as often as it was tried; it is tried again after the next
        write, and when a reader of this program that was in the way has ended.
        """
        for again in range(times):
            time.sleep(0.05 if again else 0)
            with _plainly(self.folder), self.lock():
                if self._checkpoint(patience):
                    return True
        self._unwiped = True
        return False

    def _checkpoint(self, patience: float) -> bool:
        """Empty the log, waiting up to `patience` seconds for each reader.  The writer lock must be held.

        TRUNCATE also takes the write lock within the database, unless another connection holds that as well.
        """
        connection = self._take()
        try:
            connection.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            connection.execute(f"PRAGMA busy_timeout = {1000 * WAIT}")
        except BaseException:
            connection.close()
            raise
        self._give(connection)
        self._unwiped = self._unwiped and bool(busy)
        return not busy

    @contextmanager
    def lock(self, name: str = "writer.lock") -> Iterator[None]:
        """Hold the folder's lock `name`.  Each taking opens the file anew, so threads exclude each other too."""
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _wait_for(handle, self.folder)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def alone(self, name: str, given_up: Callable[[], bool]) -> Iterator[bool]:
        """Wait quietly for the lock `name`, as long as it takes; False where `given_up` said so first."""
        handle = os.open(self.folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            mine = False
            while not mine and not given_up():
                mine = _try(handle)
                if not mine:
                    time.sleep(0.2)
            yield mine
        finally:
            os.close(handle)

    def close(self) -> None:
        """Close every pooled connection; one in use is closed when it is given back."""
        with self._guard:
            self.closed = True
            for connection in self._pool:
                connection.close()
            self._pool.clear()


def _wait_for(handle: int, folder: Path) -> None:
    started, said = time.monotonic(), False
    while not _try(handle):
        if not said and time.monotonic() - started > PATIENCE:
            said = True
            print(f"waiting for other work on the library in {folder} to end", file=sys.stderr, flush=True)
        time.sleep(0.005)


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def read_only(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing: opened to be written, even one that only looks would empty the log as it
    is closed."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=WAIT, isolation_level=None)


def refuse_others(path: Path) -> None:
    """Raises LibraryError where the database is not a library, or a newer Footnote's; it is left as it is."""
    with _plainly(path.parent), closing(read_only(path)) as connection:
        version = schema.version_of(connection)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version == 0 and application == 0 and tables == 0:
        return
    if application != schema.APPLICATION:
        raise LibraryError(f"{path} is not a Footnote library; name another folder")
    if version > schema.VERSION:
        raise LibraryError(
            f"the library in {path.parent} was made by a newer Footnote (version {version}, this one knows "
            f"{schema.VERSION}); update Footnote, or name another folder"
        )


def sqlite_note(version: tuple[int, int, int] = sqlite3.sqlite_version_info[:3]) -> str:
    """What a person should know of the SQLite in use; empty where there is nothing."""
    if version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45):
        return ""
    return (
        f"SQLite {'.'.join(map(str, version))} has a defect (https://sqlite.org/wal.html#walresetbug) that can lose "
        f"writes; Footnote never does the two things at once that it needs, but another program that opens {FILE} "
        "might: leave the file to Footnote, or use a Python with SQLite 3.51.3 or newer"
    )


@contextmanager
def _plainly(folder: Path) -> Iterator[None]:
    """Foreign errors become one sentence with a remedy."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(f"{_sentence(error, folder)} ({error})") from error


def _sentence(error: sqlite3.Error | OSError, folder: Path) -> str:
    said = str(error).lower()
    cases: list[tuple[tuple[str, ...], str]] = [
        (("disk is full", "no space left"), f"the disk that holds {folder} is full; free some space and try again"),
        (
            ("readonly", "read-only", "permission denied"),
            f"the library in {folder} can't be written; give yourself write permission, or name another folder",
        ),
        (
            ("malformed", "not a database", "corrupt"),
            f"the database of the library in {folder} is damaged; put back a copy of the folder, "
            "or delete it and add your documents again",
        ),
        (("locked", "busy"), f"another program holds the library in {folder}; close it and try again"),
        (("unable to open",), f"the library in {folder} can't be opened; check that the folder is yours to write"),
        (("not a directory", "file exists"), f"{folder} is a file, not a folder; name another folder"),
    ]
    for words, sentence in cases:
        if any(word in said for word in words):
            return sentence
    return f"the library in {folder} can't be used; run: python -m index check --library {folder}"


def meta(connection: sqlite3.Connection, key: str, default: Any = None) -> Any:
    """The value under `key` of the table meta."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else default


def set_meta(connection: sqlite3.Connection, key: str, value: Any) -> None:
    """Write `value` under `key` of the table meta."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def grow(connection: sqlite3.Connection, key: str) -> None:
    """Add one to the counter `key` of the table meta."""
    set_meta(connection, key, int(meta(connection, key, 0)) + 1)
