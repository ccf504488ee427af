"""Nothing that one person's library is asked for gives what is in another's, whatever id it is asked by.

Every public call of a library and of its parts is made on Ben's, with all that Ben might know of Ada's: names,
hashes, numbers.  A call that is not in the table below fails the test, so none can be forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from answer.assistant import Assistant
from answer.nouns import Turn
from answer.settings import AnswerSettings
from index.adding import Adder
from index.conversations import Conversations
from index.finding import Finder
from index.jobs import Jobs
from index.library import Library
from index.owner import Owner
from index.settings import Settings
from ingest.errors import FootnoteError
from ingest.nouns import Document

MARK = "ultramarine"  # stands in all that is Ada's, and Ben never says it
NAME = "letter.txt"  # of a document of Ada's; Ben has guessed it
PAGE = "plan.pdf"
QUESTION = "What colour is the door?"


class Drawing:
    """Draws nothing: the picture of a page is the file."""

    def render(self, data: bytes, page: int, *, scale: float, password: str | None = None) -> bytes:
        return data


@dataclass
class Two:
    """Ben's library, and what can be known of Ada's."""

    ben: Library
    document: str
    job: int
    chat: int
    elsewhere: Path


@pytest.fixture
def two(tmp_path: Path, reader) -> Iterator[Two]:
    class Reader:
        def read(self, path: Path, *, name=None, **more) -> Document:
            document = reader.read(path, name=name, **more)
            return replace(document, kind="pdf") if (name or "").endswith(".pdf") else document

    def opened(subject: str) -> Library:
        owner = Owner("https://id.example.org", subject)
        settings = Settings(folder=owner.folder(tmp_path), model="hashing")
        parts: Any = {"reader": Reader(), "renderer": Drawing()}
        return Library.open(settings.folder, settings, create=True, owner=owner.key, **parts)

    with opened("ada") as ada, opened("ben") as ben:
        ada.add_upload(NAME, f"The colour of the door is {MARK}.".encode())
        ada.add_upload(PAGE, f"The plan of the {MARK} door.".encode())
        ada.add_upload(f"{MARK}.txt", b"The door.")
        ben.add_upload("ben.txt", b"The colour of the window is grey.")
        for n in range(3):
            ada.jobs.submit(f"{MARK}.txt", f"{MARK} {n}".encode(), f"{MARK} password")
            chat = ada.conversations.create(f"Is it {MARK}?")
            ada.conversations.append(chat, "user", f"Is it {MARK}?")
        job = ada.jobs.list()[-1].id
        ada.unlock(PAGE, f"{MARK} password")
        before = dump(ada)
        found = {e.name: e.id for e in ada.entries()}
        yield Two(ben, found[NAME], job, chat, ada.folder)
        assert dump(ada) == before, "something of Ada's was changed"


def dump(library: Library) -> list[str]:
    with library.store.read() as connection:
        return [line for line in connection.iterdump() if "words_" not in line]


Call = Callable[[Two], Any]


def steadily(two: Two) -> object:
    with two.ben.steady():
        return two.ben.entries()


LIBRARY: dict[str, Call] = {
    "absent": lambda t: t.ben.absent(["door", "window"]),
    "add": lambda t: [o.name for o in t.ben.add([t.elsewhere / "documents"])],
    "add_upload": lambda t: t.ben.add_upload(NAME, b"Mine."),
    "adder": lambda t: None,  # its calls are below, as are those of the other parts
    "busy": lambda t: t.ben.busy(),
    "check": lambda t: t.ben.check(),
    "closed": lambda t: t.ben.closed,
    "conversations": lambda t: None,
    "embedder": lambda t: t.ben.embedder.name,
    "entries": lambda t: t.ben.entries(),
    "entry": lambda t: t.ben.entry(NAME),
    "finder": lambda t: None,
    "folder": lambda t: t.ben.folder,
    "follow": lambda t: t.ben.follow(),
    "jobs": lambda t: None,
    "lacking": lambda t: t.ben.lacking("What does Figure 7 show?"),
    "looking_first": lambda t: t.ben.looking_first(f"What does {NAME} say of the door?"),
    "moment": lambda t: t.ben.moment(),
    "original": lambda t: t.ben.original(NAME),
    "page": lambda t: t.ben.page(NAME, 1),
    "pages_asked_for": lambda t: t.ben.pages_asked_for("What is on page 1?", [NAME]),
    "passages": lambda t: t.ben.passages(NAME),
    "password": lambda t: t.ben.password(t.document),
    "rarity": lambda t: t.ben.rarity(["door", "colour"]),
    "rebuild": lambda t: t.ben.rebuild(),
    "remove": lambda t: t.ben.remove(NAME),
    "render": lambda t: t.ben.render(PAGE, 1, 2.0),
    "renew": lambda t: t.ben.renew(),
    "renewing": lambda t: t.ben.renewing(),
    "search": lambda t: [t.ben.search(QUESTION, 50), t.ben.search(QUESTION, 50, [NAME])],
    "settings": lambda t: t.ben.settings,
    "sheets": lambda t: t.ben.sheets(NAME),
    "steady": steadily,
    "store": lambda t: [h["name"] for h in tables(t.ben)],
    "sync_folder": lambda t: list(t.ben.sync_folder(t.elsewhere / "documents")),
    "undo": lambda t: t.ben.undo(t.job),
    "unlock": lambda t: t.ben.unlock(PAGE, "guess"),
    "unread": lambda t: t.ben.unread(),
}
JOBS: dict[str, Call] = {
    "by_words": lambda t: t.ben.jobs.by_words(),
    "cancel": lambda t: t.ben.jobs.cancel(t.job),
    "cancelled": lambda t: t.ben.jobs.cancelled(t.job),
    "claim": lambda t: t.ben.jobs.claim(),
    "dismiss": lambda t: t.ben.jobs.dismiss(t.job),
    "finish_reading": lambda t: None,  # takes what an adder made
    "finish_recognising": lambda t: None,  # takes what an adder made
    "following": lambda t: t.ben.jobs.following,
    "forget": lambda t: written(t, lambda c: t.ben.jobs.forget(c, t.document, NAME)),
    "list": lambda t: t.ben.jobs.list(),
    "news": lambda t: None,
    "resume": lambda t: t.ben.jobs.resume(),
    "submit": lambda t: t.ben.jobs.submit(NAME, b"Mine."),
    "trouble": lambda t: t.ben.jobs.trouble,
    "undo": lambda t: written(t, lambda c: t.ben.jobs.undo(c, t.job)),
    "unlock": lambda t: t.ben.jobs.unlock(t.job, "guess"),
    "update": lambda t: t.ben.jobs.update(t.job, message="Mine."),
    "waiting": lambda t: t.ben.jobs.waiting(),
}
CONVERSATIONS: dict[str, Call] = {
    "append": lambda t: t.ben.conversations.append(t.chat, "user", "Mine."),
    "create": lambda t: t.ben.conversations.create("Mine."),
    "exchange": lambda t: t.ben.conversations.exchange(t.chat, "Mine.", "Mine.", {}),
    "forget": lambda t: written(t, lambda c: t.ben.conversations.forget(c, NAME)),
    "list": lambda t: t.ben.conversations.list(),
    "remove": lambda t: t.ben.conversations.remove(t.chat),
    "rename": lambda t: t.ben.conversations.rename(t.chat, "Mine."),
    "turns": lambda t: t.ben.conversations.turns(t.chat),
}
ADDER: dict[str, Call] = {
    "embed": lambda t: t.ben.adder.embed(),
    "embedder": lambda t: None,
    "overlap": lambda t: None,
    "passages": lambda t: None,  # cuts the document that it is given
    "pending": lambda t: t.ben.adder.pending(),
    "read": lambda t: None,  # reads the file that it is given
    "size": lambda t: None,
    "store": lambda t: None,
    "store_file": lambda t: t.ben.adder.store_file(t.elsewhere / "documents", None, None, None).outcome.name,
    "store_upload": lambda t: t.ben.adder.store_upload(NAME, b"Mine.", None, None, None),
}
ASSISTANT: dict[str, Call] = {
    "ask": lambda t: [asking(t).ask(QUESTION), asking(t).ask(QUESTION, (), [NAME]), asking(t).ask("Sum it up", [TURN])],
    "encode": lambda t: asking(t).encode(["door"]).shape,
    "evidence": lambda t: asking(t).evidence(QUESTION),
    "library": lambda t: None,
    "model": lambda t: None,
    "rarity": lambda t: asking(t).rarity(["door"]),
    "reader": lambda t: None,
    "settings": lambda t: None,
}
TURN = Turn("assistant", f"It is in {NAME}.")
TABLES: dict[type, dict[str, Call]] = {
    Library: LIBRARY,
    Jobs: JOBS,
    Conversations: CONVERSATIONS,
    Adder: ADDER,
    Assistant: ASSISTANT,
}


def asking(two: Two) -> Assistant:
    return Assistant(two.ben, AnswerSettings(threshold=0, reader=False))


def written(two: Two, act: Callable[[Any], Any]) -> Any:
    with two.ben.store.write() as connection:
        return act(connection)


def tables(library: Library) -> list[dict[str, Any]]:
    with library.store.read() as connection:
        return [{"name": row[0]} for row in connection.execute("SELECT name FROM documents")]


def part(two: Two, kind: type) -> object:
    parts = {Library: two.ben, Assistant: asking(two)}
    return parts.get(kind) or next(p for p in vars(two.ben).values() if type(p) is kind)


@pytest.mark.parametrize("kind", TABLES, ids=lambda k: k.__name__)
def test_every_public_call_is_in_the_table(kind: type, two: Two) -> None:
    own = part(two, kind)
    public = {n for n in [*vars(kind), *vars(own)] if not n.startswith("_")} - {"open", "close"}
    assert public == set(TABLES[kind])


def test_every_part_of_a_library_has_a_table(two: Two) -> None:
    ours = {type(p) for n, p in vars(two.ben).items() if not n.startswith("_") and type(p).__module__ != "pathlib"}
    known = {
        *TABLES,
        Finder,
        Settings,
        type(two.ben.store),
        type(two.ben.embedder),
    }  # a finder's calls take a library's
    assert {k for k in ours if k.__module__.startswith(("index", "answer"))} <= known


@pytest.mark.parametrize(("kind", "name"), [(k, n) for k, table in TABLES.items() for n in table])
def test_no_call_gives_what_is_anothers(kind: type, name: str, two: Two) -> None:
    try:
        said = repr(TABLES[kind][name](two))
    except FootnoteError as error:
        said = str(error)
    assert MARK not in said


def test_no_id_of_another_is_served(two: Two) -> None:
    for call in ("entry", "original", "page", "passages", "remove", "render", "sheets"):
        with pytest.raises(FootnoteError, match="no document"):
            LIBRARY[call](two)
    for call in ("append", "remove", "rename", "turns"):
        with pytest.raises(FootnoteError, match="not in the library"):
            CONVERSATIONS[call](two)
    with pytest.raises(FootnoteError, match="no document"):
        two.ben.search(QUESTION, 5, [NAME])
    assert two.ben.jobs.cancelled(two.job), "a job that is not there"


def test_ada_finds_what_ben_does_not(two: Two) -> None:
    """The marks are there to be found: this test would be worth nothing if they were not."""
    with Library.open(two.elsewhere, Settings(model="hashing")) as ada:
        assert MARK in repr(ada.search(QUESTION, 5))
        assert MARK in repr(ada.jobs.list()) + repr(ada.conversations.list())
