"""Conversations: kept in the library, so they are there after a reload and after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from sqlite3 import Connection
from typing import Any, Literal

from ingest.errors import LibraryError

from .records import clean, now
from .store import Store

Role = Literal["user", "assistant"]
FORGOTTEN = "This answer used a document that was removed since."


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation; `created` and `changed` are ISO 8601 in UTC."""

    id: int
    title: str
    created: str
    changed: str


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation; `payload` is a JSON object, for an answer its citations and hits."""

    role: Role
    text: str
    payload: dict[str, Any]
    at: str


class Conversations:
    """The conversations of one library.  Every method raises LibraryError for an id that is not there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self) -> list[Conversation]:
        """All of them, the latest changed first."""
        with self._store.read() as connection:
            rows = connection.execute(
                "SELECT id, title, created, changed FROM conversations ORDER BY changed DESC, id DESC"
            )
            return [Conversation(*row) for row in rows]

    def create(self, title: str) -> int:
        """A new conversation; its id."""
        with self._store.write() as connection:
            return _create(connection, title)

    def append(self, id: int, role: Role, text: str, payload: Mapping[str, Any] | None = None) -> None:
        """Add a turn to its end."""
        with self._store.write() as connection:
            _append(connection, id, role, text, payload or {})

    def exchange(self, id: int | None, question: str, answer: str, payload: Mapping[str, Any]) -> int:
        """Add a question and its answer to the end of `id`, or of a new conversation (None); its id.

        Both are kept, or neither; and the disk is waited for once.  Of an answer that used a document which was removed
        meanwhile as little is kept as of those before (`forget`).
        """
        with self._store.write() as connection:
            key = _create(connection, question) if id is None else id
            _append(connection, key, "user", question, {})
            there = {row[0] for row in connection.execute("SELECT name FROM documents")}
            if _documents(payload) <= there:
                _append(connection, key, "assistant", answer, payload)
            else:
                _append(connection, key, "assistant", FORGOTTEN, {})
            return key

    def turns(self, id: int) -> tuple[Said, ...]:
        """Its turns, in order."""
        with self._store.read() as connection:
            _changed(connection.execute("SELECT count(*) FROM conversations WHERE id = ?", (id,)).fetchone()[0], id)
            rows = connection.execute(
                "SELECT role, text, payload, at FROM turns WHERE conversation = ? ORDER BY id", (id,)
            )
            return tuple(Said(role, text, json.loads(payload), at) for role, text, payload, at in rows)

    def rename(self, id: int, title: str) -> None:
        """Give it another title."""
        with self._store.write() as connection:
            row = (clean(title), id)
            _changed(connection.execute("UPDATE conversations SET title = ? WHERE id = ?", row).rowcount, id)

    def remove(self, id: int) -> None:
        """Take it out, with its turns."""
        with self._store.write() as connection:
            _changed(connection.execute("DELETE FROM conversations WHERE id = ?", (id,)).rowcount, id)

    def forget(self, connection: Connection, document: str) -> None:
        """Take what a removed document said out of the answers that used it."""
        for key, payload in connection.execute("SELECT id, payload FROM turns WHERE payload != '{}'").fetchall():
            if document in _documents(json.loads(payload)):
                connection.execute("UPDATE turns SET text = ?, payload = '{}' WHERE id = ?", (FORGOTTEN, key))


def _create(connection: Connection, title: str) -> int:
    at = now()
    row = (clean(title), at, at)
    made = connection.execute("INSERT INTO conversations (title, created, changed) VALUES (?, ?, ?)", row)
    return int(made.lastrowid or 0)


def _append(connection: Connection, id: int, role: Role, text: str, payload: Mapping[str, Any]) -> None:
    at = now()
    _changed(connection.execute("UPDATE conversations SET changed = ? WHERE id = ?", (at, id)).rowcount, id)
    connection.execute(
        "INSERT INTO turns (conversation, role, text, payload, at) VALUES (?, ?, ?, ?, ?)",
        (id, role, clean(text), json.dumps(dict(payload)), at),
    )


def _changed(count: int, id: int) -> None:
    if not count:
        raise LibraryError(f"conversation {id} is not in the library any more; begin a new one")


def _documents(value: Any) -> set[str]:
    """The documents that a JSON value holds as {"document": name}, at any depth."""
    if isinstance(value, Mapping):
        own = {value["document"]} if isinstance(value.get("document"), str) else set()
        return own.union(*map(_documents, value.values()))
    return set().union(*map(_documents, value)) if isinstance(value, (list, tuple)) else set()
