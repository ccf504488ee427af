"""Words and meaning together: one score for every candidate.  Pure, so that it can be tuned on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How the two sides are weighed.  `meaning` is the cosine's share, the rest is bm25's.

    `candidates` are fetched from each side; `heading` and `body` are the column weights of bm25.
    """

    meaning: float = 0.5
    candidates: int = 80
    heading: float = 0.6
    body: float = 1.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate: its passage's id, and what it got.  `score` is in [0, 1]."""

    id: int
    score: float
    cosine: float
    bm25: float


def fuse(cosines: Mapping[int, float], bm25s: Mapping[int, float], weights: Weights) -> list[Scored]:
    """Candidates by their weighted sum, best first, ties by id.

    `cosines` and `bm25s` are known for every candidate that has them; bm25 is positive, higher is better,
    and is divided by the best one.  Where a passage has no vector yet, its words stand for both sides:
    it gets as much of the best cosine as it has of the best bm25.
    """
    best_words = max(bm25s.values(), default=0.0)
    best_meaning = max((max(0.0, c) for c in cosines.values()), default=0.5)
    found = []
    for key in cosines.keys() | bm25s.keys():
        words = bm25s.get(key, 0.0) / best_words if best_words > 0 else 0.0
        cosine = cosines.get(key)
        meaning = words * best_meaning if cosine is None else min(1.0, max(0.0, cosine))
        share = weights.meaning if best_words > 0 else 1.0
        score = share * meaning + (1 - share) * words
        found.append(Scored(key, min(1.0, score), cosine or 0.0, bm25s.get(key, 0.0)))
    return sorted(found, key=lambda s: (-s.score, s.id))


def reciprocal_ranks(cosines: Mapping[int, float], bm25s: Mapping[int, float], k: int = 60) -> list[Scored]:
    """The alternative that looks at ranks alone (Cormack et al. 2009): the sum of 1 / (k + rank), at most 1."""
    total: dict[int, float] = dict.fromkeys(cosines.keys() | bm25s.keys(), 0.0)
    for side in (cosines, bm25s):
        for rank, key in enumerate(sorted(side, key=lambda i: (-side[i], i)), 1):
            total[key] += (k + 1) / (k + rank) / 2
    found = [Scored(key, score, cosines.get(key, 0.0), bm25s.get(key, 0.0)) for key, score in total.items()]
    return sorted(found, key=lambda s: (-s.score, s.id))
