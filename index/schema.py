"""The tables of a library.  `VERSION` grows with every change of them; `index.store` compares it."""

from __future__ import annotations

APPLICATION = 0x466F6F74  # "Foot", in the header of the database file
VERSION = 1

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
    furniture TEXT NOT NULL                     -- JSON [[page, start, end], ...]
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
    empty INTEGER NOT NULL,                     -- 1 where no text was found
    width REAL NOT NULL,
    height REAL NOT NULL,
    origin TEXT NOT NULL,
    layout BLOB,                                -- zlib of JSON, see index.records
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

# Marks are word characters: without them the vowel signs of Hindi, Thai and others would cut words apart.
WORDS = """
CREATE VIRTUAL TABLE words USING fts5(
    label, heading, body, tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M* Co'"
)
"""
