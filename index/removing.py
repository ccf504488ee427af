"""Taking a document out: nothing of it is left, in the database, in its log or in a cache."""

from __future__ import annotations

import sqlite3

from ingest.errors import LibraryError

from . import levels, records
from .conversations import Conversations
from .snapshots import Snapshots
from .store import Store, grow


def take_out(connection: sqlite3.Connection, conversations: Conversations, serial: int, name: str) -> int:
    """Take it out of the database, within a transaction; the number of passages that went."""
    count = records.delete_document(connection, serial)
    levels.merge(connection)  # else deleted words stay in it as marks
    conversations.forget(connection, name)
    grow(connection, "generation")
    grow(connection, "removed")
    return count


def wipe(store: Store, snapshots: Snapshots, name: str) -> None:
    """Wipe what was taken out from the cache of vectors and from the log.  Raises LibraryError where it can't be."""
    snapshots.forget()
    snapshots.save(always=True)
    try:
        store.empty_log(5)
    except LibraryError as error:
        raise LibraryError(
            f"{name} was removed, but its old pages can't be wiped from the library's log now ({error}); "
            "they will be when the library is opened next"
        ) from error
