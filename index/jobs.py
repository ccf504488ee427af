"""Adding as jobs: kept in the library with the bytes to add, so they go on after a reload or a restart."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING, Any

from ingest.errors import FootnoteError, LibraryError, ModelMismatch, PasswordError

from .files import safe_name
from .nouns import OVER, Job, Moment, Outcome
from .quota import UNLIMITED, Quota
from .recognising import recognise, waiting
from .records import clean
from .store import Store
from .stored import Stopped, Stored, not_added
from .watch import Watch

if TYPE_CHECKING:
    from .library import Library

_log = logging.getLogger("footnote")

KNOWN = "SELECT 1 FROM documents WHERE id = ?"
LATER = "EXISTS (SELECT 1 FROM documents WHERE documents.id = jobs.document AND later)"
SELECT = f"SELECT id, name, state, done, total, message, outcome, {LATER}, document FROM jobs"  # noqa: S608


class Jobs:
    """The jobs of one library.  Thread-safe; `Worker` does them."""

    def __init__(self, store: Store, quota: Quota = UNLIMITED) -> None:
        self._store, self._quota = store, quota
        self._passwords: dict[int, str] = {}
        self.news = threading.Event()
        self.trouble = ""  # what keeps this program's worker from going on just now, for a person
        self.following = False  # whether this program's worker is going through the corpus

    def submit(self, name: str, data: bytes, password: str | None = None) -> int:
        """Put a file in line; its job's id.  The password is kept in memory only.

        Where the quota has no room for it, the job has failed, says so, and none of the file is kept.  What is in the
        library already takes no room.
        """
        kept: tuple[str, str, bytes | None] = ("waiting", "waiting", data)
        identity = hashlib.sha256(data).hexdigest()
        with self._store.write() as connection:
            try:
                if not connection.execute(KNOWN, (identity,)).fetchone():
                    self._quota.check_staged(connection, len(data))
            except LibraryError as error:
                kept = ("failed", f"Could not add {safe_name(name)}: {error}", None)
            made = connection.execute(
                "INSERT INTO jobs (name, state, message, bytes) VALUES (?, ?, ?, ?)", (safe_name(name), *kept)
            )
            key = int(made.lastrowid or 0)
        if password:
            self._passwords[key] = password
        self.news.set()
        return key

    def list(self) -> list[Job]:
        """All that were not dismissed, the oldest first."""
        with self._store.read() as connection:
            return [_job(row) for row in connection.execute(f"{SELECT} ORDER BY id")]

    def cancel(self, id: int) -> None:
        """Stop a job, wherever it is; what it added is taken out again.  One that is over stays as it is."""
        with self._store.write() as connection:
            connection.execute("UPDATE jobs SET cancelled = 1 WHERE id = ?", (id,))
            connection.execute(
                "UPDATE jobs SET state = 'cancelled', message = 'cancelled', bytes = NULL "
                "WHERE id = ? AND state = 'waiting'",
                (id,),
            )
        self._passwords.pop(id, None)
        self.news.set()

    def dismiss(self, id: int) -> None:
        """Take a job that is over off the list."""
        with self._store.write() as connection:
            connection.execute(f"DELETE FROM jobs WHERE id = ? AND state IN {OVER}", (id,))  # noqa: S608
        self._passwords.pop(id, None)

    def unlock(self, id: int, password: str) -> None:
        """Put a locked job back in line with a password, which is kept in memory only."""
        self._passwords[id] = password
        with self._store.write() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'waiting', message = 'waiting', done = 0 WHERE id = ? AND state = 'locked'",
                (id,),
            )
        self.news.set()

    def forget(self, connection: Connection, document: str, name: str) -> None:
        """Take the jobs that brought a removed document (its id and name) off the list, and those over that tried to.

        One that waits for its password stays: its file is another, of the same name at most.
        """
        connection.execute(
            "DELETE FROM jobs WHERE document = ? "
            "OR (document IS NULL AND name = ? AND state IN ('failed', 'cancelled'))",
            (document, name),
        )

    def undo(self, connection: Connection, id: int) -> str | None:
        """Write that a job which was cancelled after it was read is undone; the id of the document to take out with it.

        None where it added none, or another job has brought the same file: from now on that one has added it.
        """
        row = connection.execute(
            "SELECT document, outcome FROM jobs WHERE id = ? AND state = 'words' AND cancelled", (id,)
        ).fetchone()
        if row is None:  # it went with its document
            return None
        document, outcome = row[0], json.loads(row[1])
        _update(connection, id, state="cancelled", message="cancelled", outcome=None, document=None)
        if outcome["status"] != "added":
            return None
        other = connection.execute(
            "SELECT id, outcome FROM jobs WHERE document = ? AND (NOT cancelled OR state = 'done') ORDER BY id LIMIT 1",
            (document,),
        ).fetchone()
        if other is None:
            return str(document)
        _update(connection, other[0], outcome=json.dumps(json.loads(other[1]) | {"status": "added"}))
        return None

    def cancelled(self, id: int) -> bool:
        """True where the job was cancelled or is gone."""
        with self._store.read() as connection:
            row = connection.execute("SELECT cancelled FROM jobs WHERE id = ?", (id,)).fetchone()
        return row is None or bool(row[0])

    def resume(self) -> None:
        """Put back in line what was being read when its program ended."""
        with self._store.write() as connection:
            connection.execute(
                "UPDATE jobs SET state = 'waiting', message = 'waiting', done = 0 WHERE state = 'reading'"
            )

    def waiting(self) -> bool:
        """True where a job is in line."""
        with self._store.read() as connection:
            return connection.execute("SELECT 1 FROM jobs WHERE state = 'waiting' LIMIT 1").fetchone() is not None

    def claim(self) -> tuple[int, str, bytes, str | None] | None:
        """The next job in line, now `reading`: (id, name, bytes, password); None where the line is empty."""
        if not self.waiting():
            return None
        with self._store.write() as connection:
            row = connection.execute(
                "SELECT id, name, bytes FROM jobs WHERE state = 'waiting' ORDER BY id LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE jobs SET state = 'reading', message = 'reading' WHERE id = ?", (row[0],))
        return row[0], row[1], bytes(row[2]), self._passwords.get(row[0])

    def update(self, id: int, **values: Any) -> None:
        """Write columns of a job; the names are this module's own."""
        with self._store.write() as connection:
            _update(connection, id, **values)

    def finish_reading(self, id: int, stored: Stored) -> None:
        """Write what became of the reading; the staged bytes go, unless they wait for a password.

        The job goes too where its document was removed before this could be written.
        """
        outcome = stored.outcome
        self._passwords.pop(id, None)
        if outcome.status == "failed":
            state = "locked" if stored.locked else "failed"
            message = f"Could not add {outcome.path}: {outcome.reason}"
        else:
            state, message = "words", f"{outcome.name} can be searched by words"
        with self._store.write() as connection:
            _update(
                connection,
                id,
                state=state,
                message=message,
                outcome=json.dumps(outcome.to_json()),
                document=stored.waits_for,
                done=0,
                total=outcome.passages,
                **({} if stored.locked else {"bytes": None}),
            )
            if stored.waits_for and not connection.execute(KNOWN, (stored.waits_for,)).fetchone():
                connection.execute("DELETE FROM jobs WHERE id = ?", (id,))

    def finish_recognising(self, document: str, outcome: Outcome) -> None:
        """Write what the document of that id holds, now that its pictures are read, into the job that added it."""
        for job, key in self.by_words():
            if key == document and job.outcome:
                came = job.outcome
                held = replace(outcome, path=came.path, status=came.status, seconds=came.seconds)
                self.update(job.id, outcome=json.dumps(held.to_json()), total=held.passages)

    def by_words(self) -> tuple[tuple[Job, str], ...]:
        """The jobs whose vectors are still to come, each with its document's id."""
        with self._store.read() as connection:
            rows = connection.execute(f"{SELECT} WHERE state = 'words' ORDER BY id")
            return tuple((_job(row), row[-1]) for row in rows.fetchall())


def _update(connection: Connection, id: int, **values: Any) -> None:
    sets = ", ".join(f"{key} = ?" for key in values)
    connection.execute(f"UPDATE jobs SET {sets} WHERE id = ?", (*values.values(), id))  # noqa: S608


def _job(row: tuple[Any, ...]) -> Job:
    id, name, state, done, total, message, outcome, later, _ = row
    told = Outcome.of(json.loads(outcome)) if outcome else None
    return Job(id, name, state, done, total, message, told, bool(later))


class Worker:
    """Two threads that do a library's jobs: one reads, one makes vectors, also those that others left.

    Of several programs on one library, one works at a time; another takes over when it ends.  `corpus`
    is a folder that the library follows: see `Library.sync_folder`.
    """

    def __init__(self, library: Library, corpus: Path | None = None, *, pause: float = 0.3) -> None:
        self._library, self._corpus, self._pause = library, corpus, pause
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._failure = ""
        self._locked: dict[str, str | None] = {}  # documents whose pictures want another password than this
        self._whole = Moment()  # of the library when no vector was missing

    def start(self) -> Worker:
        """Begin; returns itself."""
        self._threads = [threading.Thread(target=self._run, name="footnote-worker", daemon=True)]
        self._threads[0].start()
        return self

    def stop(self) -> None:
        """End both threads, after at most one group of passages; what is unfinished goes on at the next start."""
        self._stop.set()
        self._library.jobs.news.set()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._tried(self._work)

    def _work(self) -> bool:
        with self._library.store.alone("worker.lock", self._stop.is_set) as mine:
            if not mine:
                return False
            self._library.jobs.resume()
            meaning = threading.Thread(target=self._repeat, args=(self._make_vectors,), daemon=True)
            meaning.start()
            try:
                if self._corpus:
                    self._tried(self._sync)
                # A renewal waits for jobs, and none is read while it swaps.
                self._repeat(lambda: self._read_next() or self._recognise_next() or self._library.renew())
            finally:
                self._stop.set()  # whatever ended this one: another program's worker may take over
                meaning.join()
        return False

    def _repeat(self, act: Callable[[], bool]) -> None:
        """Do `act` until stopped; rest where there was nothing to do."""
        while not self._stop.is_set():
            if not self._tried(act):
                self._library.jobs.news.wait(self._pause)
                self._library.jobs.news.clear()

    def _tried(self, act: Callable[[], bool]) -> bool:
        try:
            did = self._followed(act)
        except Exception as error:  # noqa: BLE001 - whatever one act meets, the next goes on
            self._failure = self._library.jobs.trouble = _told(error)
            self._stop.wait(2)
            return False
        if did and self._library.jobs.trouble == self._failure:  # what is wrong with the corpus stays said
            self._library.jobs.trouble = ""
        return did

    def _followed(self, act: Callable[[], bool]) -> bool:
        """Do `act`, or go over to the library's model where that has become another."""
        try:
            return act()
        except ModelMismatch:
            if not self._library.follow():
                raise
            return False

    def _sync(self) -> bool:
        """Follow the corpus folder; a job handed in meanwhile waits for one of its files at most, not for all."""
        failed = []
        if self._corpus:
            self._library.jobs.following = True
            try:
                for outcome in self._library.sync_folder(self._corpus, cancelled=self._stop.is_set):
                    failed += [outcome] if outcome.reason else []
                    while not self._stop.is_set() and self._read_next():
                        pass
            finally:
                self._library.jobs.following = False
            if failed:
                said = "; ".join(f"Could not add {Path(o.path).name}: {o.reason}" for o in failed)
                self._library.jobs.trouble = clean(said)
        return False

    def _read_next(self) -> bool:
        jobs = self._library.jobs
        claimed = jobs.claim()
        if claimed is None:
            return False
        key, name, data, password = claimed
        watch = Watch(jobs, key, self._stop)
        try:
            adder = self._library.adder
            stored = adder.store_upload(name, data, password, watch.report, watch.cancelled, quick=True)
            if stored.outcome.status == "failed" and self._library.follow() and self._library.adder is not adder:
                adder = self._library.adder
                stored = adder.store_upload(name, data, password, watch.report, watch.cancelled, quick=True)
        except Stopped:
            if not self._stop.is_set():
                jobs.update(key, state="cancelled", message="cancelled", bytes=None)
            return True
        except Exception as error:  # noqa: BLE001 - else the job would be `reading` for ever
            stored = not_added(name, error)
        if password and stored.outcome.name:
            self._library.unlock(stored.outcome.name, password)
        jobs.finish_reading(key, stored)
        jobs.news.set()
        return True

    def _recognise_next(self) -> bool:
        """Read what is written in the pictures of the next document that was added without; a new job goes first."""
        library = self._library
        passwords = {key: library.password(key) for key in waiting(library.store)}
        document = next((k for k, p in passwords.items() if k not in self._locked or self._locked[k] != p), None)
        if document is None:
            return False
        job = next((job for job, key in library.jobs.by_words() if key == document), None)
        watch = Watch(library.jobs, job.id if job else None, self._stop, first=library.jobs.waiting)
        try:
            outcome = recognise(library.adder, document, passwords[document], watch.cancelled)
            if outcome:
                library.jobs.finish_recognising(document, outcome)
        except PasswordError:
            self._locked[document] = passwords[document]
        except Stopped:
            pass
        library.jobs.news.set()
        return True

    def _make_vectors(self) -> bool:
        library = self._library
        waiting = library.jobs.by_words()
        moment = library.moment()
        for job, _ in waiting:
            if library.jobs.cancelled(job.id):
                library.undo(job.id)
        if all(job.later for job, _ in waiting) and moment == self._whole:  # to look for more walks all passages
            return False
        before = sum(library.adder.pending().values())
        if before:
            library.adder.embed()
        pending = library.adder.pending()
        for job, document in library.jobs.by_words():
            left = pending.get(document, 0)
            if left:
                library.jobs.update(job.id, done=max(0, job.total - left))
            elif job.later:
                library.jobs.update(job.id, done=job.total)
            else:
                name = job.outcome.name if job.outcome else job.name
                library.jobs.update(job.id, state="done", done=job.total, message=f"Added {name}")
        if not before:
            self._whole = moment
        elif not pending:
            library.finder.snapshots.save()
        return bool(before)


def _told(error: Exception) -> str:
    """What kept the worker from going on, for a person; what nobody foresaw goes into the log whole."""
    if isinstance(error, FootnoteError):
        return str(error)
    _log.error("the worker failed", exc_info=error)
    return (
        f"something unforeseen failed while documents were being added ({type(error).__name__}); the others go on: "
        "if this stays, look at what Footnote printed, and start it again"
    )
