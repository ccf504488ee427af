"""Finding for a follow-up: what its own question finds, and what it finds beside the question before.

One search for the question standing alone, one for the question as typed behind the question before it; a
passage's score is the weighted mean of both.  On 221 last turns of public conversations the evidence among
the first five documents went from 0.80 (as typed) over 0.82 (standing alone) to 0.85; any weight from 0.6
to 1.3 does nearly as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.nouns import Hit

# What the search beside the question before counts, the one for the question alone being 1.
BESIDE = 0.7
# So many passages of each search are looked at.
DEPTH = 40


def together(alone: Sequence[Hit], beside: Sequence[Hit], k: int) -> tuple[Hit, ...]:
    """The `k` best of both searches, best first; a passage that one lacks has there the score of its last.

    `cosine` and `bm25` stay those of the search that found it, the question alone going before.
    """
    if not alone or not beside:
        return tuple(replace(hit, rank=i) for i, hit in enumerate([*alone, *beside][:k], 1))
    scores = [{_place(hit): hit.score for hit in hits} for hits in (alone, beside)]
    least = [min(found.values()) for found in scores]
    hits = {_place(hit): hit for hit in [*beside, *alone]}

    def score(place: tuple[str, int]) -> float:
        ours, theirs = (found.get(place, low) for found, low in zip(scores, least, strict=True))
        return (ours + BESIDE * theirs) / (1 + BESIDE)

    order = sorted(hits, key=lambda place: (-score(place), hits[place].rank, hits[place].name))
    return tuple(replace(hits[place], rank=i, score=score(place)) for i, place in enumerate(order[:k], 1))


def _place(hit: Hit) -> tuple[str, int]:
    return hit.passage.document, hit.passage.number
