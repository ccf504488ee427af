"""Checking a library: everything stored held against what it must be."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator

import numpy as np

from ingest.errors import LibraryError

from .nouns import Health
from .schema import DERIVED
from .store import Store, meta, sqlite_note

COUNTS = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages), (SELECT count(*) FROM vectors)"


def check(store: Store) -> Health:
    """Every stored thing held against what it must be.  A passage that still waits for its vector is no problem."""
    try:
        with store.read() as connection:
            counts = connection.execute(COUNTS).fetchone()
            found = list(problems(connection))
            notes = list(_notes(connection))
        with store.write() as connection:
            found += _word_index(connection)
    except LibraryError as error:
        return Health(0, 0, 0, (str(error),))
    documents, passages, vectors = counts
    return Health(documents, passages, vectors, tuple(found), tuple(notes))


def _notes(connection: sqlite3.Connection) -> Iterator[str]:
    if int(meta(connection, "derived", 1)) != DERIVED:
        yield "passages and words were made as another version of Footnote makes them; run: python -m index rebuild"
    if note := sqlite_note():
        yield note


def problems(connection: sqlite3.Connection) -> Iterator[str]:
    """Every problem that can be told without writing, each a sentence."""
    for (said,) in connection.execute("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield f"the database is damaged: {said}"
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} belongs to nothing in {parent}"
    for serial, name, identity in connection.execute("SELECT serial, name, id FROM documents ORDER BY name").fetchall():
        yield from _document(connection, serial, name, identity)
    yield from _vectors(connection)
    odd = "SELECT count(*) FROM passages p LEFT JOIN words_docsize w ON w.id = p.id WHERE w.id IS NULL"
    if missing := connection.execute(odd).fetchone()[0]:
        yield f"{missing} passages are missing from the word index; run: python -m index rebuild"
    odd = "SELECT count(*) FROM words_docsize w LEFT JOIN passages p ON p.id = w.id WHERE p.id IS NULL"
    if extra := connection.execute(odd).fetchone()[0]:
        yield f"{extra} rows of the word index belong to no passage; run: python -m index rebuild"


def _document(connection: sqlite3.Connection, serial: int, name: str, identity: str) -> Iterator[str]:
    row = connection.execute("SELECT bytes FROM originals WHERE document = ?", (serial,)).fetchone()
    if row is None or hashlib.sha256(row[0]).hexdigest() != identity:
        yield f"the original of {name} is missing or damaged; remove it and add it again"
    texts = dict(connection.execute("SELECT number, text FROM pages WHERE document = ? ORDER BY number", (serial,)))
    if list(texts) != list(range(1, len(texts) + 1)):
        yield f"pages of {name} are missing; remove it and add it again"
    found = connection.execute("SELECT number, spans, text FROM passages WHERE document = ? ORDER BY number", (serial,))
    for at, (number, spans, text) in enumerate(found):
        stands = "\n".join(texts.get(page, "")[start:end] for page, start, end in json.loads(spans))
        if number != at or stands != text:
            yield f"passage {number} of {name} does not stand on its pages; run: python -m index rebuild"
            return


def _vectors(connection: sqlite3.Connection) -> Iterator[str]:
    dimension = int(meta(connection, "dimension", 0))
    bad = 0
    for (blob,) in connection.execute("SELECT vector FROM vectors"):
        vector = np.frombuffer(blob, "<f4") if len(blob) == 4 * dimension else np.zeros(1)
        bad += not abs(float(np.linalg.norm(vector)) - 1) < 1e-3
    if bad:
        yield f"{bad} vectors are not what the model {meta(connection, 'model')!r} makes; run: python -m index rebuild"


def _word_index(connection: sqlite3.Connection) -> list[str]:
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return [f"the word index is damaged ({error}); run: python -m index rebuild"]
    return []
