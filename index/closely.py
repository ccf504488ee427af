"""A closer look at the best candidates: the signs that cost more than a lookup (see `index.fusion.Signs`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from . import table_labels, word_search
from .fusion import Signs, share
from .question import Parts
from .word_search import Place
from .words import any_of


def signs(
    connection: sqlite3.Connection,
    rarity: Mapping[str, float],
    total: int,
    short: Sequence[int],
    *,
    named: Parts,
    front: bool = False,
) -> dict[int, Signs]:
    """All but cosine and bm25 of the passages `short`, for the words of `rarity` in the question's order.

    `total` is how many passages the library has; `named` are the parts of documents that the question
    names; `front`: it asks for what a first page says.
    """
    places = word_search.places(connection, short)
    around = _around(connection, rarity, places)
    pairs, pair_holders = word_search.close_pairs(connection, list(rarity), total, short)
    serials = {place.document for place in places.values()}
    documents = word_search.documents_holding(connection, rarity, serials)
    called = word_search.documents_called(connection, rarity, serials)
    placed = word_search.in_parts(connection, named, serials)
    texts = word_search.texts(connection, places)
    words = table_labels.asked(rarity)
    return {
        key: Signs(
            around=share(rarity, around[key]),
            together=share(pairs, pair_holders.get(key, ())),
            document=share(rarity, documents[place.document]),
            named=share(rarity, called[place.document]),
            page=float(key in placed),
            front=float(front and place.page == 1),
            row=table_labels.named(texts[key], words),
        )
        for key, place in places.items()
    }


def _around(
    connection: sqlite3.Connection, rarity: Mapping[str, float], places: Mapping[int, Place]
) -> dict[int, set[str]]:
    """The words that each passage and its neighbours hold."""
    beside = word_search.beside(connection, places)
    holds: dict[int, set[str]] = {}
    for word in rarity:
        for key in word_search.holders(connection, any_of([word]), {*places, *beside}):
            holds.setdefault(key, set()).add(word)
    found = {key: set(holds.get(key, ())) for key in places}
    for key, centres in beside.items():
        for centre in centres:
            found[centre] |= holds.get(key, set())
    return found
