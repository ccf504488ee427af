"""Searching: the candidates of both sides from one consistent state of the library, weighed to hits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from ingest.errors import ModelMismatch

from . import closely, records, word_search
from .arranging import Ranked, arranged
from .embedder import Embedder
from .fusion import Scored, Signs, Weights, fuse, known_language
from .naming import Named, Naming, Side, sides
from .nouns import Hit, Leaning
from .numbered import KINDS, captions_in, captions_named, pages_meant
from .question import Parts, asks_of_front, parts_named, sought, without_examples
from .snapshots import Snapshots
from .spelling import as_written, joined
from .store import Store, meta
from .word_search import Rarities, Scope, held, rarities_within, scope_of, scope_within, telling
from .words import any_of, beginnings, terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CANDIDATES = 80  # fetched from each side
SHORTLIST = 60  # looked at closely
MORE = 10  # hits more than are asked for, from which those that repeat others are taken out
KEPT = 20_000  # words whose spelling was looked up
OF_EACH = 2  # passages of each of the things that a question sets side by side, before any others
FEW = 20  # documents; among so many, a page that the question names is looked at whatever is on it


class Finder:
    """Search over one library.  Thread-safe; a search never blocks a writer, nor the other way round."""

    def __init__(self, store: Store, embedder: Embedder, weights: Weights | None = None) -> None:
        self._store, self._embedder = store, embedder
        self.weights = weights or Weights()
        self.snapshots = Snapshots(store, embedder)
        self.rarities, self._naming = Rarities(), Naming()
        self._spelt: tuple[int, dict[str, list[str]]] = (-1, {})

    def search(self, question: str, k: int, documents: Sequence[str] | None, *, everywhere: bool = False) -> list[Hit]:
        """The `k` best passages, in the documents of these names or in all.

        A document, page or section that the question names comes first, unless it is to look `everywhere`.
        Raises UnknownDocument for a name that is not in the library, ModelMismatch where its vectors
        are another model's.
        """
        if not question.strip() or k < 1 or documents == []:
            return []
        with self._store.read() as connection:
            check_model(connection, self._embedder)
            any_vector = connection.execute("SELECT 1 FROM vectors LIMIT 1").fetchone()
        vector = self._embedder.encode([records.clean(question)])[0] if any_vector else None
        with self._store.read() as connection:
            check_model(connection, self._embedder)
            scope = None if documents is None else scope_of(connection, documents)
            signs = self.signs(connection, question, vector, max(k, CANDIDATES), scope, everywhere=everywhere)
            order = fuse(signs, self.weights_for(question, everywhere=everywhere))
            sides = [] if everywhere else self.sides(connection, question)
            if sides:
                order, signs = self._dealt(connection, sides, scope, order, signs, embedded=vector is not None)
            shown = ranked(connection, order[: k + MORE])
            return _hits(connection, arranged(shown, question, [s.documents for s in sides])[:k], signs)

    def _dealt(
        self,
        connection: sqlite3.Connection,
        sides: Sequence[Side],
        scope: Scope | None,
        order: Sequence[Scored],
        signs: Mapping[int, Signs],
        *,
        embedded: bool,
    ) -> tuple[list[Scored], dict[int, Signs]]:
        """The candidates with the best of each side first, in turns, found by what is asked of it in its documents."""
        found: dict[int, Signs] = dict(signs)
        scores = {s.id: s.score for s in order}
        best: list[list[Scored]] = []
        for side in sides:
            own = [serial for serial in side.documents if scope is None or serial in scope.documents]
            if not own:
                continue
            what = side.what if telling(self.rarities.of(connection, self.words(connection, side.what))) else side.about
            vector = self._embedder.encode([records.clean(what)])[0] if embedded else None
            more = self.signs(connection, what, vector, SHORTLIST, scope_within(connection, own))
            best.append(fuse(more, self.weights_for(what))[:OF_EACH])
            found = more | found
        first = [s for turn in zip_longest(*best) for s in turn if s]
        least = order[-1].score if order else 0.0
        known = {s.id for s in first}
        dealt = [replace(s, score=scores.get(s.id, least)) for s in first]
        return [*dealt, *(s for s in order if s.id not in known)], found

    def weights_for(self, question: str, *, everywhere: bool = False) -> Weights:
        """How much each sign counts for this question."""
        weights = replace(self.weights, document=0.0, named=0.0, page=0.0) if everywhere else self.weights
        return known_language(weights, question, self._embedder.count([records.clean(question)])[0])

    def looking_first(self, question: str, documents: Sequence[str] | None = None) -> Leaning:
        """The documents (of these names, or of all), pages and sections that the question names."""
        with self._store.read() as connection:
            found = sorted(self._named(connection, question), key=lambda n: (-n.weight, n.document))
            most = [n.document for n in found if n.weight >= found[0].weight - 1e-9]
            beside = {serial: side.about for side in sides(question, found) for serial in side.documents}
            most = list(beside) or most
            called = "SELECT name, title FROM documents WHERE serial = ?"
            names = [connection.execute(called, (serial,)).fetchone() for serial in most]
        about = {row[0]: beside[serial] for serial, row in zip(most, names, strict=True) if beside}
        if documents is not None:
            asked = set(map(records.clean, documents))
            names = [row for row in names if row[0] in asked]
            names = [] if len(names) == len(asked) else names
        return Leaning(tuple(names), parts_named(question).described, about)

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """How rare each word is in the library, as in BM25; see `index.word_search.Rarities`."""
        with self._store.read() as connection:
            return self.rarities.of(connection, words)

    def absent(self, words: Sequence[str], documents: Sequence[str] | None = None) -> list[str]:
        """The words that no passage holds (of the documents of these names, or of all), however they may be written.

        Raises UnknownDocument for a name that is not in the library.
        """
        with self._store.read() as connection:
            within = None if documents is None else scope_of(connection, documents).passages.tolist()
            tried = {word: self.words(connection, word) for word in words}
            return [word for word, ways in tried.items() if not self._any_held(connection, ways, within)]

    def pages_asked_for(self, question: str, names: Collection[str]) -> set[tuple[str, int]]:
        """The pages, each by its document's name and its number, that the question means of these documents.

        Only of those whose pages people count.
        """
        pages = pages_meant(without_examples(question))
        if not pages:
            return set()
        with self._store.read() as connection:
            rows = connection.execute("SELECT serial, name, kind FROM documents")
            called = {serial: name for serial, name, kind in rows if name in names and kind in word_search.PAGED}
            return {(called[s], number) for s, number in word_search.pages_called(connection, pages, called)}

    def lacking(self, question: str, documents: Sequence[str] | None = None) -> list[str]:
        """The figures, tables and pages that the question names and no document has (of these names, or of all).

        Where no other figure (or table) has a number, or it can't be told what pages a document has, none is said.
        Raises UnknownDocument for a name that is not in the library.
        """
        question = without_examples(question)
        captions, pages = captions_named(question), sorted(filter(str.isdigit, pages_meant(question)), key=int)
        if not captions and not pages:
            return []
        with self._store.read() as connection:
            scope = None if documents is None else scope_of(connection, documents)
            missing = [
                name
                for name, (kind, number) in captions.items()
                if (others := self._captions(connection, kind, scope)) and number not in others
            ]
            paged = word_search.paged(connection, scope.documents if scope else None) if pages else []
            return missing + [
                f"page {page}" for page in pages if paged and not word_search.pages_called(connection, [page], paged)
            ]

    def _captions(self, connection: sqlite3.Connection, kind: str, scope: Scope | None) -> set[str]:
        """The numbers of the figures or tables that the documents in scope, or all, name; none where too many do."""
        expression = " OR ".join(f"{word}*" for word in KINDS[kind])
        texts = word_search.texts_holding(connection, expression, None if scope is None else scope.passages.tolist())
        many = len(texts) >= word_search.MOST
        return set() if many else {number for text in texts for number in captions_in(text, kind)}

    def _any_held(self, connection: sqlite3.Connection, words: Sequence[str], within: Collection[int] | None) -> bool:
        """True where a passage (one `within` these, by id) holds one of the words."""
        if not any(self.rarities.counts(connection, words).values()):
            return False
        return within is None or held(connection, any_of(words), within) > 0

    def sides(self, connection: sqlite3.Connection, question: str) -> list[Side]:
        """What the question sets side by side, each with its documents; none where it doesn't."""
        return sides(question, self._named(connection, question))

    def _named(self, connection: sqlite3.Connection, question: str) -> list[Named]:
        return self._naming.named(connection, self.rarities.counts(connection, self.words(connection, question)))

    def words(self, connection: sqlite3.Connection, question: str) -> list[str]:
        """The question's words in its order, as the library writes them."""

        def known(word: str) -> bool:
            return self.rarities.counts(connection, [word])[word] > 0

        asked = terms(sought(question))
        begun = {word: begin for word, begin in beginnings(sought(question)).items() if known(begin)}
        written = [
            other
            for word in asked
            for other in ([begun[word]] if word in begun else self._written(connection, word, known))
        ]
        return list(dict.fromkeys([*written, *joined(asked, known)]))

    def _written(self, connection: sqlite3.Connection, word: str, known: Callable[[str], bool]) -> list[str]:
        """`index.spelling.as_written`, kept until documents change."""
        generation = int(meta(connection, "generation", 0))
        if self._spelt[0] != generation or len(self._spelt[1]) > KEPT:
            self._spelt = (generation, {})
        spelt = self._spelt[1]
        if word not in spelt:
            spelt[word] = as_written(connection, word, known)
        return spelt[word]

    def signs(
        self,
        connection: sqlite3.Connection,
        question: str,
        vector: NDArray[np.float32] | None,
        count: int,
        scope: Scope | None,
        *,
        everywhere: bool = False,
    ) -> dict[int, Signs]:
        """Every candidate of either side by passage id; the best of them looked at closely."""
        rarity = self.rarities.of(connection, self.words(connection, question))
        asked = telling(rarity)
        named = Parts() if everywhere else parts_named(question)
        few = scope.documents if scope is not None and len(scope.documents) <= FEW else ()
        placed = word_search.in_parts(connection, named, few)
        columns = word_search.UNNAMED if everywhere else word_search.COLUMNS
        found = self.candidates(connection, asked, vector, count, scope, placed, columns)
        rough = fuse(found, self.weights_for(question, everywhere=everywhere))[:SHORTLIST]
        short = list(dict.fromkeys([*(s.id for s in rough), *sorted(placed)]))
        if scope is not None:
            rarity = rarities_within(connection, asked, scope)
        close = closely.signs(
            connection,
            {word: rarity[word] for word in asked},
            self.rarities.total(connection),
            short,
            named=named,
            front=asks_of_front(question),
        )
        return found | {i: replace(s, cosine=found[i].cosine, bm25=found[i].bm25) for i, s in close.items()}

    def candidates(
        self,
        connection: sqlite3.Connection,
        words: Sequence[str],
        vector: NDArray[np.float32] | None,
        count: int,
        scope: Scope | None,
        more: Collection[int],
        columns: tuple[float, float, float] = word_search.COLUMNS,
    ) -> dict[int, Signs]:
        """Cosine and bm25 of the `count` best of either side, and of the passages `more`."""
        among = None if scope is None else scope.passages
        bm25s = word_search.best(connection, words, count, among, columns)
        cosines: dict[int, float] = {}
        if vector is not None:
            vectors = self.snapshots.vectors(connection)
            cosines = dict(vectors.search(vector, count, among))
            cosines |= vectors.cosines(vector, [i for i in {*bm25s, *more} if i not in cosines])
        late = sorted(i for i in {*cosines, *more} if i not in bm25s)
        if late:
            bm25s |= word_search.best(connection, words, len(late), late, columns)
        return {i: Signs(cosines.get(i), bm25s.get(i, 0.0)) for i in {*bm25s, *cosines, *more}}


def ranked(connection: sqlite3.Connection, scored: Sequence[Scored]) -> list[Ranked]:
    """The candidates with what is needed to arrange them."""
    rows = (
        (s, connection.execute("SELECT document, text, heading FROM passages WHERE id = ?", (s.id,)).fetchone())
        for s in scored
    )
    # A snapshot of another thread may be newer than this transaction.
    return [Ranked(s, *row) for s, row in rows if row]


def _hits(connection: sqlite3.Connection, scored: Sequence[Scored], signs: Mapping[int, Signs]) -> list[Hit]:
    found: list[Hit] = []
    for s in scored:
        row = connection.execute(f"{records.PASSAGE} WHERE p.id = ?", (s.id,)).fetchone()
        _, name, passage = records.passage_of(row)
        found.append(Hit(passage, name, len(found) + 1, s.score, s.cosine, s.bm25, signs[s.id].page > 0))
    return found


def check_model(connection: sqlite3.Connection, embedder: Embedder) -> None:
    """Raises ModelMismatch where the library's vectors were made by another model than `embedder`."""
    model = meta(connection, "model")
    if model is not None and model != embedder.name:
        raise ModelMismatch(
            f"this library was made with the embedding model {model!r}, and {embedder.name!r} is configured; set "
            f"FOOTNOTE_MODEL={model}, or make all vectors again with: python -m index rebuild"
        )
    dimension = meta(connection, "dimension")
    if dimension is not None and int(dimension) != embedder.dimension:
        raise ModelMismatch(
            f"the embedding model {embedder.name!r} now makes vectors of {embedder.dimension} dimensions, the library "
            f"holds {dimension}; make all vectors again with: python -m index rebuild"
        )
