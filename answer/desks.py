"""The libraries that are open in this program, each with its assistant and its worker: one, or one a person."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from index.embedder import Embedder, embedder_of
from index.jobs import Worker
from index.library import Library
from index.owner import NOBODY, Owner
from index.settings import Settings
from ingest.errors import FootnoteError
from ingest.nouns import Passage

from .assistant import Assistant
from .memory import few_arenas, settle
from .reader import reader_for
from .settings import AnswerSettings

LINGER = 300.0  # seconds that a library stays open after its last tab was closed: a reload is not worth an opening


@dataclass(slots=True)
class Desk:
    """One open library; `tabs` counts those that have it, and each calls `close` at its end."""

    library: Library
    assistant: Assistant
    worker: Worker
    owner: Owner | None
    close: Callable[[], None]
    tabs: int = 0
    left: float = field(default_factory=time.monotonic)  # when the last tab was closed


class Desks:
    """Opens a library for whom it belongs to, once however many tabs there are.  Thread-safe.

    All share one embedding model and one reader; nothing else is shared.  The library of a person with no tab open
    is closed after a while, once its jobs are over; the one that belongs to nobody stays open.
    """

    def __init__(
        self,
        settings: Settings,
        answers: AnswerSettings,
        corpus: Path | None = None,
        *,
        models: Callable[[Settings], Embedder] = embedder_of,
        linger: float = LINGER,
    ) -> None:
        self._settings, self._answers, self._corpus, self._models = settings, answers, corpus, models
        self._linger = linger
        self._embedder = models(settings)
        self._reader = reader_for(self._embedder) if answers.reader else None
        self._open: dict[str, Desk] = {}
        self._guard = threading.Lock()  # of what is open; never held while a library is opened, asked or closed
        self._later: threading.Timer | None = None
        self._doors: dict[str, threading.Lock] = {}  # held while one person's library is opened

    def warm(self) -> threading.Thread:
        """Load the models in the background, so that nobody's first question waits for it."""
        few_arenas()
        warming = threading.Thread(target=self._warm, name="footnote-warming", daemon=True)
        warming.start()
        return warming

    def _warm(self) -> None:
        with suppress(FootnoteError):  # it is said to whoever asks
            self._embedder.encode(["Where does it begin?"])
            if self._reader:
                self._reader.read("Where does it begin?", [Passage("", 0, (), "Here.", sentences=((0, 5),))])
        settle()

    def take(self, owner: Owner | None) -> Desk:
        """The desk of `owner`, or the one of a program without sign-in, for one tab more.

        Raises LibraryError where the library can't be used, or is somebody else's.
        """
        key = owner.key if owner else NOBODY
        with self._guard:
            door = self._doors.setdefault(key, threading.Lock())
        with door:
            with self._guard:
                desk = self._open.get(key)
                if desk:
                    desk.tabs += 1
            if desk is None:
                desk = self._opened(owner, key)
                desk.tabs = 1
                with self._guard:
                    self._open[key] = desk
        self._close_left()
        return desk

    def _give(self, key: str) -> None:
        with self._guard:
            desk = self._open[key]
            desk.tabs -= 1
            desk.left = time.monotonic()
        self._close_left()

    def _opened(self, owner: Owner | None, key: str) -> Desk:
        folder = owner.folder(self._settings.folder) if owner else self._settings.folder
        settings = replace(self._settings, folder=folder)
        library = Library.open(
            folder,
            settings,
            create=True,
            owner=key,
            embedder=self._embedder,
            models=self._models,
            renew=True,
        )
        assistant = Assistant(library, self._answers, self._reader)
        return Desk(library, assistant, Worker(library, self._corpus).start(), owner, lambda: self._give(key))

    def _close_left(self) -> None:
        """Close what nobody has open and nothing goes on in; where more was left, look again after a while."""
        idle = [key for key, library in self._left() if not _busy(library)]
        with self._guard:
            gone = [self._open.pop(key) for key in idle if key in self._open and self._open[key].tabs < 1]
            more = any(desk.owner and desk.tabs < 1 for desk in self._open.values())
            if more and self._linger and self._later is None:
                self._later = threading.Timer(self._linger, self._look_again)
                self._later.daemon = True
                self._later.start()
        for desk in gone:  # its owner may open it anew meanwhile: two programs can have one library, so two desks can
            desk.worker.stop()
            desk.library.close()

    def _look_again(self) -> None:
        with self._guard:
            self._later = None
        self._close_left()

    def _left(self) -> list[tuple[str, Library]]:
        """The libraries of people whose last tab was closed long enough ago."""
        now = time.monotonic()
        with self._guard:
            left = [(key, desk) for key, desk in self._open.items() if desk.owner and desk.tabs < 1]
        return [(key, desk.library) for key, desk in left if now - desk.left >= self._linger]


def _busy(library: Library) -> bool:
    try:
        return library.busy()
    except FootnoteError:  # what is wrong with one person's library is not said to another
        return True
