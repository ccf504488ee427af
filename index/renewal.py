"""Making all that is derived again (passages, words, vectors) beside what is in use, then swapping it in.

The library answers from the old parts until one transaction puts the new ones in their place; every step
is kept, so it goes on where it was after a kill.  Needed where the model or the way passages are made has
changed; `python -m index rebuild` asks for it in any case.
"""

from __future__ import annotations

import json
import sqlite3
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from . import records
from .adding import GROUP, Adder, embedding_texts
from .schema import DERIVED, WORDS
from .store import Store, grow, meta, set_meta

STAGED = "document, number, spans, text, heading, words, sentences"


class Renewal:
    """The renewal of one library for the model of `adder`.  Several programs may take its steps."""

    def __init__(self, store: Store, adder: Adder) -> None:
        self._store, self._adder = store, adder

    @cached_property
    def _target(self) -> str:
        """What the parts are to be; a model may have to be loaded to tell it."""
        model = self._adder.embedder
        return json.dumps({"model": model.name, "dimension": model.dimension, "derived": DERIVED})

    def begin(self) -> None:
        """Ask for it; what an earlier one left is kept where it was for the same model."""
        with self._store.write() as connection:
            if meta(connection, "renewal") != self._target:
                connection.execute("DELETE FROM renewed")
                connection.execute("DELETE FROM renewed_passages")
                set_meta(connection, "renewal", self._target)

    def due(self) -> bool:
        """True where the library's parts are not what they should be, or somebody asked for a renewal."""
        with self._store.read() as connection:
            if meta(connection, "renewal") == self._target:
                return True
            made = {key: meta(connection, key) for key in ("model", "dimension", "derived")}
        made["derived"] = made["derived"] or 1  # not written by the first version
        return made["model"] is not None and made != json.loads(self._target)

    def step(self) -> bool:
        """Cut one document, or embed one group of passages, or swap; False where there is nothing to do."""
        if not self.due():
            return False
        with self._store.lock("meaning.lock"):
            self.begin()
            return self._cut() or self._embed() or self._swap()

    def progress(self) -> tuple[int, int]:
        """(vectors made, passages in all), as far as documents are cut."""
        with self._store.read() as connection:
            done, total = connection.execute("SELECT count(vector), count(*) FROM renewed_passages").fetchone()
        return done, total

    def _cut(self) -> bool:
        """Cut the next document that is not cut yet."""
        with self._store.read() as connection:
            row = connection.execute(f"{_UNCUT} ORDER BY serial LIMIT 1").fetchone()
            if row is None:
                return False
            document = records.document_of(connection, row[0])
        passages = self._adder.passages(document)
        rows = [(row[0], *records.passage_row(number, passage)) for number, passage in enumerate(passages)]
        with self._store.write() as connection:
            if connection.execute("SELECT 1 FROM documents WHERE serial = ?", row).fetchone():
                connection.execute("INSERT INTO renewed VALUES (?)", row)
                connection.executemany(
                    f"INSERT INTO renewed_passages ({STAGED}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                    rows,
                )
        return True

    def _embed(self) -> bool:
        """Make the vectors of the next group."""
        with self._store.read() as connection:
            rows = connection.execute(
                "SELECT r.document, r.number, d.title, r.heading, r.words FROM renewed_passages r "
                "JOIN documents d ON d.serial = r.document WHERE r.vector IS NULL "
                "ORDER BY r.document, r.number LIMIT ?",
                (GROUP,),
            ).fetchall()
        if not rows:
            return False
        embedder = self._adder.embedder
        vectors = embedder.encode(embedding_texts([row[2:] for row in rows], embedder)).astype("<f4")
        with self._store.write() as connection:
            connection.executemany(
                "UPDATE renewed_passages SET vector = ? WHERE document = ? AND number = ?",
                [(vector.tobytes(), *row[:2]) for vector, row in zip(vectors, rows, strict=True)],
            )
        return True

    def _swap(self) -> bool:
        """Put the new parts in the place of the old, unless something was added or changed meanwhile."""
        with self._store.write() as connection:
            waiting = f"SELECT 1 FROM renewed_passages WHERE vector IS NULL UNION ALL {_UNCUT} LIMIT 1"  # noqa: S608
            if meta(connection, "renewal") != self._target or connection.execute(waiting).fetchone():
                return True
            connection.execute("DELETE FROM passages")  # and their vectors
            connection.execute("DROP TABLE words")
            connection.execute(WORDS)
            _insert_staged(connection)
            connection.execute("DELETE FROM renewed")
            connection.execute("DELETE FROM renewed_passages")
            connection.execute("DELETE FROM meta WHERE key = 'renewal'")
            for key, value in json.loads(self._target).items():
                set_meta(connection, key, value)
            grow(connection, "generation")
            grow(connection, "removed")
        return True


_UNCUT = "SELECT serial FROM documents WHERE serial NOT IN (SELECT document FROM renewed)"


def _insert_staged(connection: sqlite3.Connection) -> None:
    """The passages that were made again, with their words and vectors, as if just added."""
    found = connection.execute("SELECT serial, title, name FROM documents")
    labels = {serial: records.label(title, name) for serial, title, name in found}
    staged = connection.cursor().execute(
        f"SELECT {STAGED}, vector FROM renewed_passages ORDER BY document, number"  # noqa: S608
    )
    for serial, rows in groupby(staged, itemgetter(0)):
        held = list(rows)
        passages = [records.passage_of((0, "", "", *row[1:-1]))[2] for row in held]
        keys = records.insert_passages(connection, serial, labels[serial], passages)
        connection.executemany(
            "INSERT INTO vectors (passage, vector) VALUES (?, ?)",
            [(key, row[-1]) for key, row in zip(keys, held, strict=True)],
        )
