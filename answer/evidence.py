"""The sentences of the passages found, each with its worth as an answer.

A sentence is worth more the nearer its meaning is to the question's (cosine of sentence embeddings), the
more of the question's rare words it holds, when it holds the kind of thing asked for (a number, a date, a
name), and the better its passage was found.  `Weights` were fitted by logistic regression on which sentence
of a paragraph holds the answer (1,745 public questions, half of them held out: meaning alone chooses the
right one for 0.69 of them, words alone 0.71, all together 0.73).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.nouns import Hit
from index.words import terms

from .expected import expected, fits

Vectors = NDArray[np.float32]


class Corpus(Protocol):
    """What is needed of a library to weigh sentences."""

    def rarity(self, words: Sequence[str]) -> dict[str, float]: ...

    def encode(self, texts: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts in a sentence's score."""

    meaning: float = 2.44
    words: float = 4.19
    fits: float = 0.18
    misfits: float = -0.59
    passage: float = 3.0
    fragment: float = -1.0
    question: float = -1.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence: `hit.passage.text[start:end]`, and what speaks for it.

    `meaning` is its cosine to the question, `words` the share (0 to 1, by rarity) of the question's words
    that it holds, `covered` the same for the passage around it.
    """

    hit: Hit
    start: int
    end: int
    text: str
    meaning: float
    words: float
    covered: float
    fits: bool
    score: float


def candidates(corpus: Corpus, question: str, hits: Sequence[Hit], weights: Weights | None = None) -> list[Candidate]:
    """Every sentence of `hits` once (passages overlap), best first."""
    weights = weights or Weights()
    found = _sentences(corpus, corpus.encode([question])[0], hits)
    asked = {stem(word): rare for word, rare in corpus.rarity(terms(question)).items()}
    kind = expected(question)
    shares = {hit.passage.text: _share(asked, hit.passage.heading + " " + hit.passage.text) for hit in hits}
    scored = []
    for hit, start, end, text, near in found:
        words, fit = _share(asked, text), fits(kind, text)
        score = weights.meaning * near + weights.words * words + weights.passage * hit.score
        score += (weights.fits if fit else weights.misfits) if kind else 0.0
        score += weights.fragment if _is_fragment(text) else 0.0
        score += weights.question if text.rstrip().endswith(("?", "？", "؟")) else 0.0
        scored.append(Candidate(hit, start, end, text, near, words, shares[hit.passage.text], fit, score))
    return sorted(scored, key=lambda c: (-c.score, c.hit.rank, c.start))


def _sentences(corpus: Corpus, question: Vectors, hits: Sequence[Hit]) -> list[tuple[Hit, int, int, str, float]]:
    """(hit, start, end, text with white space folded, cosine to the question) of every sentence, each once.

    The sentences of one passage are encoded together, never with others': a vector made in bfloat16 depends
    a little on what stands in its batch, and the same question must get the same answer every time.
    """
    seen: set[tuple[object, ...]] = set()
    found = []
    for hit in hits:
        places = [(s, e) for s, e in hit.passage.sentences if re.search(r"\w", hit.passage.text[s:e])]
        texts = [" ".join(hit.passage.text[start:end].split()) for start, end in places]
        near = corpus.encode(texts) @ question if texts else ()
        for (start, end), text, cosine in zip(places, texts, near, strict=True):
            place = (hit.passage.document, *hit.passage.locate(start, end))
            if place not in seen:
                seen.add(place)
                found.append((hit, start, end, text, float(cosine)))
    return found


def _is_fragment(text: str) -> bool:
    """A heading, a label, a lone name: too little to be a statement (scripts without spaces have no such test)."""
    return text.isascii() and len(text.split()) < 5


def _share(asked: dict[str, float], text: str) -> float:
    total = sum(asked.values())
    if not total:
        return 0.0
    have = {stem(word) for word in terms(text)}
    return sum(rare for word, rare in asked.items() if word in have) / total


_ENDING = re.compile(r"(ing|edly|ed|es|s|ly|ions?|ment)$")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """`word` without its commonest English endings; enough to compare words, not a linguist's stem."""
    return _ENDING.sub("", word) if len(word) > 4 and word.isascii() else word
