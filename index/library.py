"""The library: one folder with everything, behind one façade."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from ingest.errors import LibraryError, ModelMismatch, ReadError
from ingest.nouns import DRAWN, Page, Passage
from ingest.sandbox import Sandbox

from . import health, records
from .adding import Adder, Cancelled, Reader, Report, Run
from .conversations import Conversations
from .drawings import Drawings, Renderer
from .embedder import Embedder, embedder_of
from .files import away, files_below, gone_from
from .finding import Finder, check_model
from .jobs import Jobs
from .nouns import Entry, Health, Hit, Leaning, Moment, Outcome, Sheet
from .question import Parts
from .recognising import recognised
from .removing import take_out, wipe
from .renewal import Renewal
from .settings import Settings
from .store import Store, meta
from .stored import Stopped
from .word_search import in_parts, unknown


class Library:
    """Documents that can be added, removed, listed, searched and shown.  Thread-safe.

    One writer at a time across processes; readers are never blocked, and never see half a document.
    Open it with `Library.open`, and close it.  Every method may raise LibraryError.
    """

    def __init__(
        self, store: Store, settings: Settings, embedder: Embedder, reader: Reader, renderer: Renderer
    ) -> None:
        self.settings = settings
        self.embedder = embedder
        self.folder = store.folder
        self.adder = Adder(store, embedder, reader, settings.limits, settings.quota)
        self.finder = Finder(store, embedder)
        self.jobs = Jobs(store, settings.quota)
        self.conversations = Conversations(store)
        self.store, self._reader = store, reader
        self._drawings = Drawings(renderer)
        self._passwords: dict[str, str] = {}
        self._entries: tuple[Moment, list[Entry]] = (Moment(), [])
        self._guard = threading.Lock()
        self._renewal: Renewal | None = None
        self._models: Callable[[Settings], Embedder] = embedder_of
        self._wanted: Embedder | None = None

    @classmethod
    def open(
        cls,
        folder: Path,
        settings: Settings,
        *,
        create: bool = False,
        owner: str | None = None,
        embedder: Embedder | None = None,
        reader: Reader | None = None,
        renderer: Renderer | None = None,
        models: Callable[[Settings], Embedder] = embedder_of,
        renew: bool = False,
    ) -> Library:
        """The library in `folder`.  Raises LibraryError where there is none (unless `create`), or it can't be used.

        `owner` is whose it must be, an `Owner.key` or `NOBODY`: it is written into a new library, and one that is
        somebody else's is refused.  None is for commands, whose user may read the folder anyway.

        With `renew`, one that was made with another model than the settings name is used with its own until
        `Library.renew`, called again and again, has made it anew; else it refuses to be searched and added to.
        """
        store = Store(Path(folder), create=create, owner=owner)
        embedder = embedder or models(settings)
        library = cls(
            store,
            settings,
            embedder,
            reader or Sandbox(settings.limits),
            renderer or Sandbox(settings.limits),
        )
        if renew:
            library._models, library._wanted = models, embedder
            library._renewal = Renewal(store, library.adder)
            library.follow()
        return library

    def close(self) -> None:
        """Let go of the database and of the child processes."""
        self.store.close()
        self.finder.snapshots.forget()  # what is large goes at once, not when the garbage is collected
        self._drawings.close()
        if isinstance(self._reader, Sandbox):
            self._reader.close()

    @property
    def closed(self) -> bool:
        """True from `close` on."""
        return self.store.closed

    def busy(self) -> bool:
        """True while a job is not over, the corpus is being added, a vector is missing or the library is renewed."""
        waiting = self.jobs.following or any(not job.over for job in self.jobs.list())
        return waiting or bool(self.adder.pending()) or self.renewing() is not None

    def unread(self) -> bool:
        """True while a file or its pictures wait to be read, or the corpus is being added."""
        return self.jobs.following or any(job.unread for job in self.jobs.list())

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(
        self,
        paths: Iterable[Path],
        *,
        password: str | None = None,
        progress: Report | None = None,
        cancelled: Cancelled | None = None,
    ) -> Generator[Outcome, None, None]:
        """Add files, and folders with all below them; each file's outcome as soon as it can be found by meaning.

        `progress` is called from two threads.  Stopped early, what is stored stays and is found by words;
        the next adding makes the vectors that are missing.  Text goes first: what is written in the pictures of
        files that have text is read when all are stored.
        """
        yield from self._add(paths, password, progress, cancelled, pictures=True)

    def _add(
        self,
        paths: Iterable[Path],
        password: str | None,
        progress: Report | None,
        cancelled: Cancelled | None,
        *,
        pictures: bool,
    ) -> Generator[Outcome, None, None]:
        with self.store.read() as connection:
            check_model(connection, self.embedder)
        files = files_below([Path(p) for p in paths], self.folder)
        for outcome in Run(self.adder, files, password, progress, cancelled, pictures=pictures).outcomes():
            self._remember(outcome, password)
            yield outcome
        self.finder.snapshots.save()

    def add_upload(
        self,
        name: str,
        data: bytes,
        *,
        password: str | None = None,
        progress: Report | None = None,
        cancelled: Cancelled | None = None,
    ) -> Outcome:
        """Add one file given as bytes, and wait until it can be found by meaning."""
        try:
            stored = self.adder.store_upload(name, data, password, progress, cancelled)
            if stored.later:
                stored = recognised(self.adder, stored, password, progress, cancelled or (lambda: False))
        except Stopped:
            return Outcome(name, None, "failed", f"adding {name} was cancelled")
        self._remember(stored.outcome, password)
        while stored.waits_for in self.adder.pending() and not (cancelled and cancelled()):
            self.adder.embed()
        self.finder.snapshots.save()
        return stored.outcome

    def _remember(self, outcome: Outcome, password: str | None) -> None:
        if password and outcome.name:
            self.unlock(outcome.name, password)

    def unlock(self, name: str, password: str) -> None:
        """Keep a document's password in memory, never on disk, so that its pages can be drawn in this run."""
        self._passwords[name] = password

    def password(self, document: str) -> str | None:
        """The password that `unlock` was given in this run for the document of that id."""
        with self.store.read() as connection:
            row = connection.execute("SELECT name FROM documents WHERE id = ?", (document,)).fetchone()
        return self._passwords.get(row[0]) if row else None

    def remove(self, name: str) -> int:
        """Take a document out; the number of passages that went.  Nothing of it is left in the folder.

        Raises UnknownDocument.
        """
        with self.store.write() as connection:
            serial, identity = self._find(connection, name)
            count = take_out(connection, self.conversations, serial, name)
            self.jobs.forget(connection, identity, name)
        self._drop(name, identity)
        return count

    def undo(self, job: int) -> None:
        """Take out what a cancelled job added, unless another brought the same; what was there before it stays."""
        with self.store.write() as connection:
            identity = self.jobs.undo(connection, job)
            row = connection.execute("SELECT serial, name FROM documents WHERE id = ?", (identity,)).fetchone()
            if row:
                take_out(connection, self.conversations, *row)
        if row:
            self._drop(row[1], str(identity))

    def _drop(self, name: str, identity: str) -> None:
        with self._guard:
            self._passwords.pop(name, None)
        self._drawings.forget(identity)
        wipe(self.store, self.finder.snapshots, name)

    def _find(self, connection: sqlite3.Connection, name: str) -> tuple[int, str]:
        row = connection.execute("SELECT serial, id FROM documents WHERE name = ?", (records.clean(name),)).fetchone()
        if row is None:
            raise unknown(connection, name)
        return int(row[0]), str(row[1])

    def entries(self) -> list[Entry]:
        """Every document, by name."""
        with self.store.read() as connection:
            moment, known = _moment(connection), self._entries
            if known[0] != moment:  # to count passages and vectors walks all of them
                known = self._entries = (moment, records.entries(connection))
            return list(known[1])

    def entry(self, name: str) -> Entry:
        """The document of this name.  Raises UnknownDocument."""
        with self.store.read() as connection:
            serial, _ = self._find(connection, name)
            return records.entries(connection, "WHERE d.serial = ?", (serial,))[0]

    def search(
        self, question: str, k: int = 10, documents: Sequence[str] | None = None, *, everywhere: bool = False
    ) -> list[Hit]:
        """The `k` best passages, in the documents of these names or in all; see `Finder.search`."""
        try:
            return self.finder.search(question, k, documents, everywhere=everywhere)
        except ModelMismatch:
            if not self.follow():
                raise
            return self.finder.search(question, k, documents, everywhere=everywhere)

    def looking_first(self, question: str, documents: Sequence[str] | None = None) -> Leaning:
        """What the question names, and search prefers: documents, pages, sections; often nothing."""
        return self.finder.looking_first(question, documents)

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is in the library, as in BM25; see `Finder.rarity`."""
        return self.finder.rarity(words)

    def absent(self, words: Sequence[str], documents: Sequence[str] | None = None) -> list[str]:
        """Those of `words` that no passage holds, of these documents or of all, in any spelling that a search tries.

        Raises UnknownDocument for a name that is not in the library.
        """
        return self.finder.absent(words, documents)

    def pages_asked_for(self, question: str, names: Collection[str]) -> set[tuple[str, int]]:
        """The pages, each by its document's name and its number, that the question means of these documents."""
        return self.finder.pages_asked_for(question, names)

    def lacking(self, question: str, documents: Sequence[str] | None = None) -> list[str]:
        """The figures, tables and pages that the question names and no document has, of these documents or of all.

        Raises UnknownDocument for a name that is not in the library.
        """
        return self.finder.lacking(question, documents)

    def passages(self, name: str, within: Parts | None = None) -> list[Passage]:
        """A document's passages in reading order, all or those `within` some of its parts.  Raises UnknownDocument."""
        with self.store.read() as connection:
            serial, _ = self._find(connection, name)
            among = None if within is None else in_parts(connection, within, [serial])
            rows = connection.execute(f"{records.PASSAGE} WHERE p.document = ? ORDER BY p.number", (serial,))
            return [records.passage_of(row)[2] for row in rows if among is None or row[0] in among]

    def page(self, name: str, number: int) -> Page:
        """One page, its lines and words with their boxes.  Raises UnknownDocument, or LibraryError for the number."""
        with self.store.read() as connection:
            serial, _ = self._find(connection, name)
            row = connection.execute(f"{records.PAGE} WHERE document = ? AND number = ?", (serial, number)).fetchone()
        if row is None:
            raise LibraryError(f"{name} has no page {number}")
        return records.page_of(row)

    def sheets(self, name: str) -> list[Sheet]:
        """How each page was read, in order.  Raises UnknownDocument."""
        with self.store.read() as connection:
            serial, _ = self._find(connection, name)
            return [Sheet(*row) for row in connection.execute(records.SHEET, (serial,))]

    def original(self, name: str) -> bytes:
        """The file as it was added.  Raises UnknownDocument."""
        with self.store.read() as connection:
            serial, _ = self._find(connection, name)
            row = connection.execute("SELECT bytes FROM originals WHERE document = ?", (serial,)).fetchone()
            return bytes(row[0])

    def render(self, name: str, page: int, scale: float) -> bytes:
        """A page of a PDF, or a picture, as PNG, `scale` pixels a point.  Raises ReadError where it can't be drawn."""
        entry = self.entry(name)
        if entry.kind not in DRAWN:
            raise ReadError(f"{name} is a {entry.kind} document, which has no page image; show its text instead")
        return self._drawings.of(entry.id, page, scale, lambda: self.original(name), self._passwords.get(name))

    def check(self) -> Health:
        """Look at everything that is stored; see `index.health`."""
        return health.check(self.store)

    def rebuild(self, progress: Callable[[int, int], None] | None = None) -> Health:
        """Make passages, word index, vectors and cache again from the stored pages, with the current model.

        Others go on with the old ones meanwhile; stopped or killed, the next call goes on where it was.
        `progress` gets (vectors made, passages in all).
        """
        renewal = Renewal(self.store, self.adder)
        renewal.begin()
        while renewal.step():
            if progress:
                progress(*renewal.progress())
        self.finder.snapshots.forget()
        self.finder.snapshots.save(always=True)
        self.store.empty_log(5)
        return self.check()

    def renew(self) -> bool:
        """One step towards what the settings name, see `Library.open`; False where there is nothing to do."""
        if self._renewal is None:
            return False
        if self._renewal.step():
            return True
        self._renewal = None
        self.follow()
        self.finder.snapshots.save()
        return False

    def renewing(self) -> tuple[int, int] | None:
        """(vectors made, passages in all) while this program renews the library; None where it does not."""
        renewal = self._renewal
        return renewal.progress() if renewal and renewal.due() else None

    def follow(self) -> bool:
        """Go over to the model that the library has by now, so that what failed may be tried again.

        False where the library was not opened to be renewed.
        """
        if self._wanted is None:
            return False
        with self.store.read() as connection:
            model = meta(connection, "model")
        with self._guard:
            if model in (None, self.embedder.name):
                return True
            wanted = self._wanted
            self.embedder = wanted if model == wanted.name else self._models(replace(self.settings, model=model))
            self.adder = Adder(self.store, self.embedder, self._reader, self.settings.limits, self.settings.quota)
            self.finder = Finder(self.store, self.embedder)
        return True

    def steady(self) -> AbstractContextManager[None]:
        """Within it, all that this thread asks of the library is of one state; see `Store.steady`."""
        return self.store.steady()

    def moment(self) -> Moment:
        """Numbers that grow as the library changes; they cost little to ask for."""
        with self.store.read() as connection:
            return _moment(connection)

    def sync_folder(
        self, folder: Path, *, progress: Report | None = None, cancelled: Cancelled | None = None
    ) -> Generator[Outcome, None, None]:
        """Bring the library to what `folder` holds: new files in, changed ones replaced, gone ones out.

        Each file's outcome comes as `add` gives it, but pictures are left for a `jobs.Worker`.  What came from
        elsewhere is left alone, and all is where the folder is away (`index.files.away`), which the last outcome says.
        """
        if not away(folder):
            yield from self._add([folder], None, progress, cancelled, pictures=False)
        gone = gone_from(folder, self.entries())
        if why := away(folder, len(gone)):  # looked at last: a disk may go at any time
            yield Outcome(str(folder), None, "failed", why)
            return
        for name in gone:
            self.remove(name)


def _moment(connection: sqlite3.Connection) -> Moment:
    latest = connection.execute("SELECT coalesce(max(serial), 0) FROM vectors").fetchone()[0]
    return Moment(int(meta(connection, "generation", 0)), int(latest), int(meta(connection, "removed", 0)))
