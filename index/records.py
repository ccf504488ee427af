"""Documents, pages and passages to rows and back.  Every function takes a connection inside a transaction."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ingest.nouns import Document, Heading, Page, Passage, Span

from . import layout
from .nouns import Entry, Outcome, Status
from .words import form

ENTRY = """
SELECT d.name, d.title, d.id, d.kind, d.size, d.added, d.source, d.warnings, d.notes, d.later, d.serial,
    (SELECT count(*) FROM pages WHERE document = d.serial),
    (SELECT count(*) FROM passages WHERE document = d.serial),
    (SELECT count(*) FROM vectors v JOIN passages p ON p.id = v.passage WHERE p.document = d.serial)
FROM documents d
"""
PAGE = "SELECT number, label, text, width, height, origin, confidence, layout FROM pages"
SHEET = "SELECT number, label, origin, confidence, length(text) FROM pages WHERE document = ? ORDER BY number"
PASSAGE = "SELECT p.id, d.id, d.name, p.number, p.spans, p.text, p.heading, p.words, p.sentences "
PASSAGE += "FROM passages p JOIN documents d ON d.serial = p.document"
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # UAX #9
WAITING = "What is written in its pictures is still being read."
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[a-zA-Z])(?=\d{4}(?!\d))|(?<=\d{4})(?=[QqHh]\d(?!\d))")


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert_document(
    connection: sqlite3.Connection,
    document: Document,
    passages: Sequence[Passage],
    *,
    name: str,
    data: bytes,
    source: str | bytes,
    later: bool = False,
) -> int:
    """Write a document whole, searchable by words at once; its serial.  `later`: its pictures are still to be read."""
    title, furniture = tame(document.title), _spans(document.furniture)
    said = (json.dumps(document.warnings), json.dumps(document.notes))
    serial = connection.execute(
        "INSERT INTO documents (id, name, title, kind, size, added, source, furniture, warnings, notes, later) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (document.id, name, title, document.kind, len(data), now(), source, furniture, *said, later),
    ).lastrowid
    if serial is None:
        raise sqlite3.DatabaseError("a document got no serial")
    connection.execute("INSERT INTO originals VALUES (?, ?)", (serial, data))
    _insert_reading(connection, serial, document)
    insert_passages(connection, serial, label(title, name), passages)
    return serial


def _insert_reading(connection: sqlite3.Connection, serial: int, document: Document) -> None:
    """Write a document's pages and headings."""
    connection.executemany(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (_page_row(serial, p) for p in document.pages)
    )
    connection.executemany(
        "INSERT INTO headings VALUES (?, ?, ?, ?, ?, ?)",
        ((serial, i, h.level, clean(h.text), h.page, h.start) for i, h in enumerate(document.headings)),
    )


def leave_pictures(connection: sqlite3.Connection, serial: int, why: str) -> None:
    """Read a document's pictures no more, and say why in a sentence of its notes."""
    (notes,) = connection.execute("SELECT notes FROM documents WHERE serial = ?", (serial,)).fetchone()
    said = json.dumps([*json.loads(notes), why])
    connection.execute("UPDATE documents SET notes = ?, later = 0 WHERE serial = ?", (said, serial))


def replace_reading(
    connection: sqlite3.Connection, serial: int, document: Document, passages: Sequence[Passage]
) -> None:
    """Write what another reading of the same file gave in the place of the last; its name stays.

    A passage that is as it was keeps its vector.
    """
    name, before = connection.execute("SELECT name, title FROM documents WHERE id = ?", (document.id,)).fetchone()
    title = tame(document.title)
    vectors = connection.execute(
        "SELECT heading, words, vector FROM passages JOIN vectors ON passage = passages.id WHERE document = ?",
        (serial,),
    )
    known = {(heading, words): vector for heading, words, vector in vectors} if title == before else {}
    delete_passages(connection, serial)
    for table in ("pages", "headings", "renewed", "renewed_passages"):  # what a renewal made of it is out of date
        connection.execute(f"DELETE FROM {table} WHERE document = ?", (serial,))  # noqa: S608
    connection.execute(
        "UPDATE documents SET title = ?, furniture = ?, warnings = ?, notes = ?, later = 0 WHERE serial = ?",
        (title, _spans(document.furniture), json.dumps(document.warnings), json.dumps(document.notes), serial),
    )
    _insert_reading(connection, serial, document)
    keys = insert_passages(connection, serial, label(title, name), passages)
    told = ((key, known.get((clean(p.heading), clean(p.words)))) for key, p in zip(keys, passages, strict=True))
    connection.executemany(
        "INSERT INTO vectors (passage, vector) VALUES (?, ?)", [(key, vector) for key, vector in told if vector]
    )


def label(title: str, name: str) -> str:
    """What a document is called: its title, and the words of its file name that are not in it."""
    said = {word.casefold() for word in re.findall(r"\w+", title)}
    stem = _HUMP.sub(" ", name.rpartition(".")[0] or name).replace("_", " ")
    return " ".join([title, *(word for word in re.findall(r"[^\W_]+", stem) if word.casefold() not in said)])


def insert_passages(connection: sqlite3.Connection, serial: int, label: str, passages: Sequence[Passage]) -> list[int]:
    """Write a document's passages, and their rows of the word index under the document's label; their ids."""
    keys = []
    for number, passage in enumerate(passages):
        key = connection.execute(
            "INSERT INTO passages (document, number, spans, text, heading, words, sentences) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (serial, *passage_row(number, passage)),
        ).lastrowid
        keys.append(int(key or 0))
    _insert_words(connection, label, [(key, p.heading, p.words) for key, p in zip(keys, passages, strict=True)])
    return keys


def _insert_words(connection: sqlite3.Connection, label: str, rows: Iterable[tuple[int, str, str]]) -> None:
    """Rows of the word index for (passage id, heading, words) of one document."""
    called = form(label)
    connection.executemany(
        "INSERT INTO words (rowid, label, heading, body) VALUES (?, ?, ?, ?)",
        ((key, called, form(heading), form(words)) for key, heading, words in rows),
    )


def insert_all_words(connection: sqlite3.Connection) -> None:
    """The whole word index, into an empty one, from the passages."""
    for serial, title, name in connection.execute("SELECT serial, title, name FROM documents").fetchall():
        rows = connection.execute("SELECT id, heading, words FROM passages WHERE document = ? ORDER BY id", (serial,))
        _insert_words(connection, label(title, name), rows.fetchall())


def passage_row(number: int, passage: Passage) -> tuple[object, ...]:
    """Number, spans, text, heading, words and sentences, as the table passages holds them."""
    return (
        number,
        _spans(passage.spans),
        passage.text,
        clean(passage.heading),
        clean(passage.words),
        json.dumps(passage.sentences, separators=(",", ":")),
    )


def delete_passages(connection: sqlite3.Connection, serial: int) -> int:
    """Take a document's passages out, with their words and vectors; how many there were."""
    ids = connection.execute("SELECT id FROM passages WHERE document = ?", (serial,)).fetchall()
    connection.executemany("DELETE FROM words WHERE rowid = ?", ids)
    connection.execute("DELETE FROM passages WHERE document = ?", (serial,))
    return len(ids)


def delete_document(connection: sqlite3.Connection, serial: int) -> int:
    """Take a document out whole; the number of passages that went with it."""
    count = delete_passages(connection, serial)
    connection.execute("DELETE FROM documents WHERE serial = ?", (serial,))
    return count


def document_of(connection: sqlite3.Connection, serial: int) -> Document:
    """The document as it was read."""
    row = connection.execute(
        "SELECT id, name, title, kind, furniture, warnings, size, notes FROM documents WHERE serial = ?", (serial,)
    ).fetchone()
    identity, name, title, kind, furniture, warnings, size, notes = row
    pages = tuple(page_of(r) for r in connection.execute(f"{PAGE} WHERE document = ? ORDER BY number", (serial,)))
    headings = connection.execute(
        "SELECT level, text, page, start FROM headings WHERE document = ? ORDER BY number", (serial,)
    )
    spans = tuple(Span(*s) for s in json.loads(furniture))
    return Document(
        identity,
        name,
        title,
        kind,
        pages,
        tuple(Heading(*h) for h in headings),
        spans,
        tuple(json.loads(warnings)),
        size,
        tuple(json.loads(notes)),
    )


def _spans(spans: Iterable[Span]) -> str:
    return json.dumps([[s.page, s.start, s.end] for s in spans], separators=(",", ":"))


def clean(text: str) -> str:
    """Text that SQLite can hold: lone surrogates replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def tame(text: str) -> str:
    """Text for a name or a title: NFC, on one line, without control characters and marks that change direction."""
    one_line = " ".join(unicodedata.normalize("NFC", clean(text)).split())
    return "".join(c for c in one_line if unicodedata.category(c) != "Cc" and c not in DIRECTIONS).strip()


def _page_row(serial: int, page: Page) -> tuple[object, ...]:
    empty = int(page.bare)
    where = layout.encode(page.lines) if page.lines else None
    shape = (page.width, page.height, page.origin)
    return (serial, page.number, tame(page.label), page.text, empty, *shape, where, page.confidence)


def entries(connection: sqlite3.Connection, where: str = "", values: Sequence[object] = ()) -> list[Entry]:
    """The documents, by name."""
    return [_entry(connection, row) for row in connection.execute(f"{ENTRY} {where} ORDER BY d.name", values)]


def _entry(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Entry:
    name, title, identity, kind, size, added, source, warnings, notes, later, serial, pages, passages, vectors = row
    odd = connection.execute(
        "SELECT number, empty, origin FROM pages WHERE document = ? AND (empty OR origin = 'ocr') ORDER BY number",
        (serial,),
    ).fetchall()
    return Entry(
        name,
        title,
        identity,
        kind,
        pages,
        passages,
        vectors,
        size,
        added,
        os.fsdecode(source),
        tuple(n for n, empty, _ in odd if empty),
        tuple(n for n, _, origin in odd if origin == "ocr"),
        tuple(json.loads(warnings)),
        (*json.loads(notes), *([WAITING] if later else [])),
    )


def outcome_of(connection: sqlite3.Connection, identity: str, status: Status) -> Outcome:
    """The outcome of adding the document of that id, but for its path and its time."""
    entry = entries(connection, "WHERE d.id = ?", (identity,))[0]
    return Outcome(
        "",
        entry.name,
        status,
        None,
        entry.pages,
        entry.pages_without_text,
        entry.ocr_pages,
        entry.warnings,
        entry.passages,
    )


def passage_of(row: Sequence[Any]) -> tuple[int, str, Passage]:
    """(passage id, document's name, passage) of a row that PASSAGE selects."""
    key, document, name, number, spans, text, heading, words, sentences = row
    made = Passage(
        document,
        number,
        tuple(Span(*s) for s in json.loads(str(spans))),
        text,
        heading,
        words,
        tuple((start, end) for start, end in json.loads(str(sentences))),
    )
    return key, name, made


def page_of(row: Sequence[Any]) -> Page:
    """The page of a row that PAGE selects."""
    number, label, text, width, height, origin, confidence, where = row
    return Page(number, label, text, layout.decode(where), width, height, origin, confidence)
