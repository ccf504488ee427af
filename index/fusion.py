"""The signs that speak for a passage, weighed to one score.  Pure, so that it can be tuned on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

from .familiar import is_familiar

STRANGE = 0.25  # of its weight is left to meaning in a language that the model does not know
BESIDE = 3.0  # times of its weight that the words around a passage get there


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a candidate.  All but the first two are in [0, 1].

    `cosine` is None while the passage has no vector; `bm25` is 0 where it holds none of the question's words.
    `around`: the share of the question's words, by rarity, in the passage or beside it.  `together`: the share
    of the question's neighbouring words that stand close in it.  `document`: the share of its words that the
    document holds anywhere.  `named`: the share that the document's title and file name hold.  `page`: the
    question names its page, or its section.  `front`: the question asks for what a first page says, and it is there.
    `row`: the share of the question's words that name a row of a table in it.
    """

    cosine: float | None = None
    bm25: float = 0.0
    around: float = 0.0
    together: float = 0.0
    document: float = 0.0
    named: float = 0.0
    page: float = 0.0
    front: float = 0.0
    row: float = 0.0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts; only their proportions matter."""

    meaning: float = 6.0
    words: float = 5.0
    around: float = 1.5
    together: float = 3.0
    document: float = 2.3
    named: float = 0.7
    page: float = 4.0
    front: float = 3.0
    row: float = 4.0


def known_language(weights: Weights, question: str, tokens: int) -> Weights:
    """The weights for a question that the embedding model reads as so many tokens.

    A model cuts a language that it does not know into single letters, or can't cut it at all.  Then words lead, and
    meaning only settles what they leave open; and as a passage is no more than a sentence or two there, the words
    beside it say more of what it is about: Arabic and Russian gain by that, Greek, Hindi and Chinese stay as they are.
    """
    if is_familiar(question, tokens):
        return weights
    return replace(weights, meaning=weights.meaning * STRANGE, around=weights.around * BESIDE)


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate: its passage's id, and what it got.  `score` is in [0, 1]."""

    id: int
    score: float
    cosine: float
    bm25: float


def fuse(candidates: Mapping[int, Signs], weights: Weights) -> list[Scored]:
    """Candidates by the weighted mean of their signs, best first, ties by id.

    bm25 is divided by the best one.  Where a passage has no vector yet, its words stand for both sides: it
    gets as much of the best cosine as it has of the best bm25.  Where no candidate holds any word, meaning
    alone counts.
    """
    best_words = max((s.bm25 for s in candidates.values()), default=0.0)
    cosines = [s.cosine for s in candidates.values() if s.cosine is not None]
    best_meaning = max(0.0, *cosines) if cosines else 0.5
    whole = sum(getattr(weights, field.name) for field in fields(weights))
    found = []
    for key, signs in candidates.items():
        words = signs.bm25 / best_words if best_words > 0 else 0.0
        meaning = words * best_meaning if signs.cosine is None else min(1.0, max(0.0, signs.cosine))
        score = meaning if best_words <= 0 else (weights.words * words + _rest(signs, meaning, weights)) / whole
        found.append(Scored(key, min(1.0, score), signs.cosine or 0.0, signs.bm25))
    return sorted(found, key=lambda s: (-s.score, s.id))


def _rest(signs: Signs, meaning: float, weights: Weights) -> float:
    return (
        weights.meaning * meaning
        + weights.around * signs.around
        + weights.together * signs.together
        + weights.document * signs.document
        + weights.named * signs.named
        + weights.page * signs.page
        + weights.front * signs.front
        + weights.row * signs.row
    )


def share(rarity: Mapping[str, float], held: Iterable[str]) -> float:
    """The share of the words' rarity that the words `held` have."""
    whole = sum(rarity.values())
    return min(1.0, sum(rarity[word] for word in held) / whole) if whole > 0 else 0.0
