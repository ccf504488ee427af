"""The tables of a library, and the steps from each older version to the next.

Every change of the tables adds one to `VERSION` and a step to `STEPS`: a function that takes a connection
inside a transaction from the version it stands under to the one after.  All steps that a library needs
happen in one transaction, so it is either what it was or up to date.  `tests/index/test_schema.py` holds a
library of each version to it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from . import records

APPLICATION = 0x466F6F74  # "Foot", in the header of the database file
VERSION = 5
DERIVED = 5  # grows with every change of how passages and their words are made; `index.renewal` then makes them again

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE documents (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,                    -- SHA-256 of the bytes, hex
    name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    added TEXT NOT NULL,
    source TEXT NOT NULL,                       -- absolute path, or empty for an upload
    warnings TEXT NOT NULL,                     -- JSON list
    furniture TEXT NOT NULL,                    -- JSON [[page, start, end], ...]
    notes TEXT NOT NULL DEFAULT '[]',           -- JSON list
    later INTEGER NOT NULL DEFAULT 0            -- 1 while its pictures are still to be read, see index.recognising
);
CREATE INDEX documents_by_source ON documents (source);

CREATE TABLE originals (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    bytes BLOB NOT NULL
);

CREATE TABLE pages (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,
    label TEXT NOT NULL,
    text TEXT NOT NULL,
    empty INTEGER NOT NULL,                     -- 1 where no text was found, or hardly any
    width REAL NOT NULL,
    height REAL NOT NULL,
    origin TEXT NOT NULL,
    layout BLOB,                                -- of lines and words, see index.layout
    confidence REAL NOT NULL DEFAULT 1,         -- of recognition, 0 to 1
    PRIMARY KEY (document, number)
);

CREATE TABLE headings (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,
    level INTEGER NOT NULL,
    text TEXT NOT NULL,
    page INTEGER NOT NULL,
    start INTEGER NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;

CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,       -- never used twice, so no cache can mistake one for another
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,
    spans TEXT NOT NULL,                        -- JSON [[page, start, end], ...]
    text TEXT NOT NULL,
    heading TEXT NOT NULL,
    words TEXT NOT NULL,
    sentences TEXT NOT NULL,                    -- JSON [[start, end], ...] in text
    UNIQUE (document, number)
);

-- A passage without a row here waits for its vector.  `serial` grows, so a reader can fetch what is new.
CREATE TABLE vectors (
    serial INTEGER PRIMARY KEY AUTOINCREMENT,
    passage INTEGER NOT NULL UNIQUE REFERENCES passages ON DELETE CASCADE,
    vector BLOB NOT NULL                        -- float32, little endian, unit length
);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT '',
    outcome TEXT,                               -- JSON of an Outcome
    document TEXT,                              -- the id of the document it made
    cancelled INTEGER NOT NULL DEFAULT 0,
    bytes BLOB                                  -- what was uploaded, until it is read
);

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL
);

CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversations ON DELETE CASCADE,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    payload TEXT NOT NULL,                      -- JSON object
    at TEXT NOT NULL
);
CREATE INDEX turns_by_conversation ON turns (conversation);
"""

# What is made again beside what is in use, see index.renewal: the documents that are cut, and their passages.
RENEWED = """
CREATE TABLE renewed (document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE);

CREATE TABLE renewed_passages (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number INTEGER NOT NULL,
    spans TEXT NOT NULL,
    text TEXT NOT NULL,
    heading TEXT NOT NULL,
    words TEXT NOT NULL,
    sentences TEXT NOT NULL,
    vector BLOB,                                -- NULL until it is made
    PRIMARY KEY (document, number)
);
CREATE INDEX renewed_waiting ON renewed_passages (document, number) WHERE vector IS NULL;
"""

# Marks are word characters: without them the vowel signs of Hindi, Thai and others would cut words apart.
WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    label, heading, body, tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
)
"""

Step = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Room for a renewal; the word index keeps what a document is called in a column of its own."""
    _run(connection, RENEWED)
    connection.execute("DROP TABLE words")
    connection.execute(WORDS)
    records.insert_all_words(connection)


def _to_3(connection: sqlite3.Connection) -> None:
    """How sure recognition was, and what was left out of a document by rule."""
    connection.execute("ALTER TABLE pages ADD COLUMN confidence REAL NOT NULL DEFAULT 1")
    connection.execute("ALTER TABLE documents ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'")


def _to_4(connection: sqlite3.Connection) -> None:
    """Nothing to do: `index.layout` reads the older form of what it writes; earlier programs can't read the newer."""


def _to_5(connection: sqlite3.Connection) -> None:
    """That a document's pictures are still to be read has a column; it was one of the sentences of its notes."""
    connection.execute("ALTER TABLE documents ADD COLUMN later INTEGER NOT NULL DEFAULT 0")
    for serial, notes in connection.execute("SELECT serial, notes FROM documents").fetchall():
        said = json.loads(notes)
        if records.WAITING in said:
            others = json.dumps([note for note in said if note != records.WAITING])
            connection.execute("UPDATE documents SET notes = ?, later = 1 WHERE serial = ?", (others, serial))


STEPS: dict[int, Step] = {1: _to_2, 2: _to_3, 3: _to_4, 4: _to_5}


def create(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty database, inside a transaction."""
    _run(connection, TABLES + RENEWED)
    connection.execute(WORDS)
    connection.execute("INSERT INTO meta VALUES ('derived', ?)", (DERIVED,))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older library to `VERSION`, inside a transaction."""
    for version in range(version_of(connection), VERSION):
        STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {version + 1}")


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 in an empty database."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of a script one by one; none of ours holds a semicolon within."""
    for statement in filter(None, map(str.strip, script.split(";"))):
        connection.execute(statement)
