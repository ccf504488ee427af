"""What is written in a document's pictures, read after its text: the text need not wait, and pictures take long.

A document is added as far as it is text.  Then it is read again, pictures too, and what that gives takes the
place of the first reading in one transaction.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from sqlite3 import Connection
from typing import TYPE_CHECKING

from ingest.errors import PasswordError, PictureError, ReadError
from ingest.nouns import OFF, Document

from . import records
from .files import as_file
from .nouns import Outcome
from .store import Store, grow

if TYPE_CHECKING:
    from .adding import Adder, Cancelled, Report
    from .stored import Stored

STORED = "SELECT name, bytes FROM documents JOIN originals ON document = serial WHERE id = ?"


def without_pictures(
    adder: Adder, path: Path, name: str, password: str | None, report: Report | None, cancelled: Cancelled | None
) -> Document | None:
    """The document as far as it is text; None where it is nothing but pictures."""
    try:
        document = adder.read(path, name, password, report, cancelled, recognise=False)
    except PictureError:
        return None
    return document if any(page.text for page in document.pages) else None


def postponed(document: Document) -> Document:
    """The document, as it is before its pictures are read, without saying that recognition is off: it isn't."""
    warnings = tuple(said for said in document.warnings if OFF not in said)
    notes = tuple(said for said in document.notes if OFF not in said)
    return replace(document, warnings=warnings, notes=notes)


def waiting(store: Store) -> list[str]:
    """The ids of the documents whose pictures are still to be read, in the order that they came in."""
    with store.read() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM documents WHERE later ORDER BY serial")]


def recognise(
    adder: Adder,
    identity: str,
    password: str | None,
    cancelled: Cancelled,
    report: Report | None = None,
) -> Outcome | None:
    """Read the document of that id again, pictures too, and put that in the place of what was read before.

    None where it is gone, or another program has read them meanwhile.  Where it can't be read again it stays as it
    is, and its notes say so; for want of its password it goes on waiting, and PasswordError is raised.  Raises Stopped.
    """
    with adder.store.read() as connection:
        row = connection.execute(STORED, (identity,)).fetchone()
    if row is None:
        return None
    with as_file(row[1]) as path:
        try:
            document = adder.read(path, row[0], password, report, cancelled)
            found = adder.passages(document, cancelled)
        except PasswordError:
            raise
        except ReadError as error:
            return _left(adder.store, identity, f"What is written in its pictures is not read: {error}.")
    with adder.store.write() as connection:
        serial = _serial(connection, identity)
        if serial is None:
            return None
        records.replace_reading(connection, serial, document, found)
        grow(connection, "removed")
        grow(connection, "generation")
        return records.outcome_of(connection, identity, "added")


def recognised(
    adder: Adder,
    stored: Stored,
    password: str | None,
    report: Report | None,
    cancelled: Cancelled,
) -> Stored:
    """What was stored, after what is written in its pictures is read too.  Raises Stopped."""
    started = time.monotonic()
    came, identity = stored.outcome, stored.waits_for
    held = None
    with suppress(PasswordError):
        held = recognise(adder, identity, password, cancelled, report) if identity else None
    if held is None:
        return replace(stored, later=False)
    seconds = came.seconds + time.monotonic() - started
    return replace(stored, outcome=replace(held, path=came.path, status=came.status, seconds=seconds), later=False)


def _left(store: Store, identity: str, why: str) -> Outcome | None:
    """Leave the document's pictures unread, and say why in its notes."""
    with store.write() as connection:
        serial = _serial(connection, identity)
        if serial is None:
            return None
        records.leave_pictures(connection, serial, why)
        grow(connection, "generation")
        return records.outcome_of(connection, identity, "added")


def _serial(connection: Connection, identity: str) -> int | None:
    """The document's serial, where its pictures are still to be read."""
    row = connection.execute("SELECT serial FROM documents WHERE id = ? AND later", (identity,)).fetchone()
    return int(row[0]) if row else None
