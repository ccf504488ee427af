"""Adding: a file is read in a child process, is searchable by words at once, and by meaning soon after."""

from __future__ import annotations

import hashlib
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from ingest.errors import FootnoteError, ReadError, failed, translated
from ingest.limits import check_size
from ingest.nouns import Document, Passage, Progress
from ingest.passages import passages
from ingest.settings import Limits

from . import records
from .embedder import Embedder
from .familiar import Count, measured
from .files import as_file, bytes_of, is_gone, safe_name, source_of, unique_name
from .finding import check_model
from .nouns import Outcome, Step
from .quota import UNLIMITED, Quota
from .recognising import postponed, recognised, without_pictures
from .store import Store, grow, meta, set_meta
from .stored import Stopped, Stored, not_added, timed

PASSAGE_TOKENS = 200
CONTEXT_TOKENS = 50  # of title and heading; with the passage and the special tokens at most 254
GROUP = 128  # passages embedded and written at a time

Report = Callable[[Step], None]
Cancelled = Callable[[], bool]


class Reader(Protocol):
    """What reads a file: `ingest.sandbox.Sandbox`, or a fake."""

    def read(
        self,
        path: Path,
        *,
        name: str | None = None,
        password: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        recognise: bool = True,
    ) -> Document: ...


class Adder:
    """Reads, stores and embeds, for one library.  Thread-safe."""

    def __init__(
        self, store: Store, embedder: Embedder, reader: Reader, limits: Limits, quota: Quota = UNLIMITED
    ) -> None:
        self.store, self.embedder, self._reader, self._limits = store, embedder, reader, limits
        self._quota = quota
        self.size, self.overlap = PASSAGE_TOKENS, 1  # tokens of a passage, and sentences that two share

    def store_file(
        self, path: Path, password: str | None, report: Report | None, cancelled: Cancelled | None
    ) -> Stored:
        """Read one file and make it searchable by words.  What fails is in the outcome; raises Stopped.

        Where there is text in it, what is written in pictures is left for `index.recognising`.
        """
        started = time.monotonic()
        try:
            data = bytes_of(path, self._limits)
            source = source_of(path)
            name = safe_name(path.name)
            stored = self._store_bytes(data, path, name, source, password, report, cancelled, quick=True)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - a file fails alone
            stored = not_added(str(path), error)
        return timed(stored, str(path), started)

    def store_upload(
        self,
        name: str,
        data: bytes,
        password: str | None,
        report: Report | None,
        cancelled: Cancelled | None,
        *,
        quick: bool = False,
    ) -> Stored:
        """The same for bytes that came without a path.

        Where `quick` and there is text in it, what is written in pictures is left for `index.recognising`.
        """
        started = time.monotonic()
        kept = safe_name(name)
        try:
            check_size(len(data), self._limits)
            with as_file(data) as path:
                stored = self._store_bytes(data, path, kept, "", password, report, cancelled, quick=quick)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - a file fails alone
            stored = not_added(name, error)
        return timed(stored, name, started)

    def _store_bytes(
        self,
        data: bytes,
        path: Path,
        name: str,
        source: str | bytes,
        password: str | None,
        report: Report | None,
        cancelled: Cancelled | None,
        *,
        quick: bool = False,
    ) -> Stored:
        identity = hashlib.sha256(data).hexdigest()
        with self.store.read() as connection:
            known = connection.execute("SELECT source, later FROM documents WHERE id = ?", (identity,)).fetchone()
            if known and source == known[0]:
                return Stored(records.outcome_of(connection, identity, "unchanged"), identity, later=bool(known[1]))
            if not known and not source:  # said before it is read; a file with a path may take another's place
                self._quota.check(connection, len(data))
        document, found, later = None, [], bool(known and known[1])
        if not known:
            if quick and self._limits.ocr:
                document = without_pictures(self, path, name, password, report, cancelled)
                later = bool(document and document.unrecognised)
            document = document or self.read(path, name, password, report, cancelled)
            if document.id != identity:
                raise ReadError(f"{name} changed while it was read; add it again")
            found = self.passages(document, cancelled)
        if cancelled and cancelled():
            raise Stopped
        if document and later:
            document = postponed(document)
        with self.store.write() as connection:
            stored = self._commit(connection, identity, document, found, data, name, source, later=later)
        return replace(stored, later=later)

    def read(
        self,
        path: Path,
        name: str,
        password: str | None,
        report: Report | None,
        cancelled: Cancelled | None,
        *,
        recognise: bool = True,
    ) -> Document:
        """The document in the file; what is written in pictures only if `recognise`.  Raises Stopped, ReadError."""

        def say(p: Progress) -> None:
            if report:
                report(Step(name, "reading", p.done, p.total))

        try:
            with translated():
                return self._reader.read(
                    path, name=name, password=password, progress=say, cancelled=cancelled, recognise=recognise
                )
        except ReadError as error:
            if cancelled and cancelled():
                raise Stopped from error
            raise

    def passages(self, document: Document, cancelled: Cancelled | None = None) -> list[Passage]:
        """The document's passages, each small enough for the model together with its title and heading.

        Raises Stopped once `cancelled` says so, ReadError where it can't be cut: others are to be added all the same.
        """

        def count(texts: Sequence[str]) -> list[int]:
            if cancelled and cancelled():
                raise Stopped
            return measured(texts, self.embedder.count, size, most)

        room = self.embedder.limit - 6
        size = max(16, min(self.size, room - CONTEXT_TOKENS))
        most = max(size, min(size + CONTEXT_TOKENS, room))
        try:
            return passages(document, count, size=size, overlap=self.overlap)
        except (Stopped, FootnoteError, MemoryError):
            raise
        except Exception as error:
            raise failed(error) from error

    def _commit(
        self,
        connection: sqlite3.Connection,
        identity: str,
        document: Document | None,
        found: list[Passage],
        data: bytes,
        name: str,
        source: str | bytes,
        *,
        later: bool,
    ) -> Stored:
        """Write one document whole: new, or in the place of what its path held before."""
        check_model(connection, self.embedder)
        old = None
        if source:
            old = connection.execute("SELECT serial, name, id FROM documents WHERE source = ?", (source,)).fetchone()
        here = connection.execute("SELECT name, source FROM documents WHERE id = ?", (identity,)).fetchone()
        if here and (old is None or old[2] == identity):
            # Handed in without a path, it stays whatever becomes of the file; else the file has moved.
            if here[1] and here[1] != source and (not source or is_gone(Path(os.fsdecode(here[1])))):
                connection.execute("UPDATE documents SET source = ? WHERE id = ?", (source, identity))
                grow(connection, "generation")
            return Stored(records.outcome_of(connection, identity, "unchanged"), identity)
        if not here:
            self._quota.check(connection, len(data), leaving=old[0] if old else None)
        if old:
            records.delete_document(connection, old[0])
            grow(connection, "removed")
        if not here:
            if document is None:
                raise ReadError(f"{name} was removed from the library just now; add it again")
            kept = old[1] if old else unique_name(connection, name)
            records.insert_document(connection, document, found, name=kept, data=data, source=source, later=later)
        if meta(connection, "model") is None:
            set_meta(connection, "model", self.embedder.name)
            set_meta(connection, "dimension", self.embedder.dimension)
        grow(connection, "generation")
        return Stored(records.outcome_of(connection, identity, "replaced" if old else "added"), identity)

    def embed(self) -> int:
        """Embed the next group of passages that wait for a vector; the number that still wait.

        One program at a time does this, so that no work is done twice.
        """
        with self.store.lock("meaning.lock"):
            with self.store.read() as connection:
                check_model(connection, self.embedder)
                rows = connection.execute(
                    "SELECT p.id, d.title, p.heading, p.words FROM passages p JOIN documents d "
                    "ON d.serial = p.document "
                    "WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE passage = p.id) ORDER BY p.id LIMIT ?",
                    (GROUP,),
                ).fetchall()
            if not rows:
                return 0
            texts = embedding_texts([(t, h, w) for _, t, h, w in rows], self.embedder)
            vectors = self.embedder.encode(texts).astype("<f4")
            with self.store.write() as connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO vectors (passage, vector) SELECT id, ? FROM passages WHERE id = ?",
                    [(vector.tobytes(), row[0]) for vector, row in zip(vectors, rows, strict=True)],
                )
        return sum(self.pending().values())

    def pending(self) -> dict[str, int]:
        """How many passages wait for a vector, by document id; only documents where any do."""
        with self.store.read() as connection:
            return dict(
                connection.execute(
                    "SELECT d.id, count(*) FROM passages p JOIN documents d ON d.serial = p.document "
                    "WHERE NOT EXISTS (SELECT 1 FROM vectors WHERE passage = p.id) GROUP BY d.id"
                ).fetchall()
            )


class Run:
    """One adding of many files: the next is read while the last is embedded.

    What is written in the pictures of files with text is read when all are stored, or left to others.
    """

    def __init__(
        self,
        adder: Adder,
        files: Iterable[Path],
        password: str | None,
        report: Report | None,
        cancelled: Cancelled | None,
        *,
        pictures: bool = True,
    ) -> None:
        self._pictures = pictures
        self._adder, self._files, self._password, self._report = adder, files, password, report
        self._cancelled = cancelled
        self._stop = threading.Event()
        self._read: queue.Queue[Stored | BaseException | None] = queue.Queue(maxsize=2000)

    def stopped(self) -> bool:
        return self._stop.is_set() or bool(self._cancelled and self._cancelled())

    def _read_all(self) -> None:
        try:
            later = []
            for path in self._files:
                if self.stopped():
                    break
                stored = self._adder.store_file(path, self._password, self._report, self.stopped)
                if stored.later and self._pictures:
                    later.append(stored)
                else:
                    self._read.put(stored)
            for stored in later:
                self._read.put(recognised(self._adder, stored, self._password, self._report, self.stopped))
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again where the outcomes are taken
            self._read.put(error)
        self._read.put(None)

    def outcomes(self) -> Iterator[Outcome]:
        """Each file's outcome as soon as it is searchable by meaning; failures at once."""
        thread = threading.Thread(target=self._read_all, name="footnote-reading", daemon=True)
        thread.start()
        try:
            yield from self._outcomes()
        finally:
            self._stop.set()
            while thread.is_alive():  # a full queue must not hold the thread back
                while not self._read.empty():
                    self._read.get_nowait()
                thread.join(0.02)

    def _outcomes(self) -> Iterator[Outcome]:
        waiting: dict[str, list[Outcome]] = {}
        reading, left, total = True, 1, 0  # `left`: an earlier run may have left passages without vectors
        while (reading or left) and not self.stopped():
            for item in self._taken(block=reading and not left and not waiting):
                if item is None:
                    reading = False
                elif item.waits_for is None:
                    yield item.outcome
                else:
                    waiting.setdefault(item.waits_for, []).append(item.outcome)
                    total += item.outcome.passages
            left = self._adder.embed()
            if waiting:
                pending = self._adder.pending()
                left = sum(pending.values())
                if self._report and total:
                    self._report(Step(next(iter(waiting.values()))[0].path, "meaning", max(0, total - left), total))
                for identity in [i for i in waiting if i not in pending]:
                    yield from waiting.pop(identity)

    def _taken(self, block: bool) -> Iterator[Stored | None]:
        """What was read by now; waits for the next where there is nothing else to do."""
        while True:
            try:
                item = self._read.get(block=block, timeout=0.1 if block else None)
            except queue.Empty:
                return
            if isinstance(item, BaseException):
                raise item
            yield item
            block = False


def embedding_texts(parts: list[tuple[str, str, str]], embedder: Embedder) -> list[str]:
    """What is embedded for each (title, heading, words): "title. heading. words", the context cut to its share."""
    tokens = embedder.count([words for _, _, words in parts])
    shares = [min(CONTEXT_TOKENS, max(0, embedder.limit - 4 - n)) for n in tokens]
    keys = [(title, heading, share) for (title, heading, _), share in zip(parts, shares, strict=True)]
    cut = {key: _context(*key, embedder.count) for key in dict.fromkeys(keys)}
    return [cut[key] + words for key, (_, _, words) in zip(keys, parts, strict=True)]


def _context(title: str, heading: str, share: int, count: Count) -> str:
    """The first words of the title and the last of the heading within `share` tokens; empty, or ends in a space.

    Of a path of headings the last ones tell the most.
    """
    first = title.split()[:share]
    last = heading.split()[-share:] if share and heading != title else []
    while first or last:
        text = "".join(f"{' '.join(words)}. " for words in (first, last) if words)
        if count([text])[0] <= share:
            return text
        if len(last) > len(first):
            last.pop(0)
        else:
            first.pop()
    return ""
