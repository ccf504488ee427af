"""The sentences of the passages found, weighed by what the reader points at in them.

A sentence is worth more the likelier the reader finds exact words in it, the better its passage was found, and
the more of the question's rare words stand in it.  `Weights` were fitted by logistic regression on which sentence
found holds the answer, over several public sets that count the same (see READER.md for the gain of each).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.nouns import Hit

from .evidence import Asked, Candidate, Corpus, folded, is_fragment, is_question, once, sentences_of
from .expected import fits
from .reading import Reader

# So many of the best sentences are compared with the question by meaning, which costs more than the rest.
COMPARED = 6
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts in a sentence's score."""

    odds: float = 0.76
    words: float = 1.83
    covered: float = 1.67
    passage: float = 1.35
    meaning: float = 1.92
    fragment: float = -0.3
    question: float = -0.3


def readable(question: str) -> bool:
    """False where a question is in a script that the reader knows next to nothing of."""
    letters = _LETTERS.findall(question)
    return bool(letters) and len(_LATIN.findall(question)) >= 0.8 * len(letters)


def pointed_at(
    corpus: Corpus, reader: Reader, question: str, hits: Sequence[Hit], weights: Weights | None = None
) -> list[Candidate]:
    """Every sentence of `hits` once, best first, with its exact words."""
    weights = weights or Weights()
    asked = Asked.of(corpus, question)
    readings = reader.read(question, [hit.passage for hit in hits])
    found = []
    for (hit, places), reading in zip(sentences_of(hits), readings, strict=True):
        covered = asked.covered(hit)
        for start, end in places:
            words = reading.best(start, end)
            if words is None:  # past what the reader can take in
                continue
            text = folded(hit, start, end)
            share = asked.share(text)
            score = weights.odds * words.odds + weights.passage * hit.score
            score += weights.words * share + weights.covered * covered
            score += weights.fragment if is_fragment(text) else 0.0
            score += weights.question if is_question(text) else 0.0
            # A word before them, since a capital letter at the very start would not count as a name's.
            fit = fits(asked.kind, "x " + hit.passage.text[words.start : words.end])
            exact = (words.start, words.end)
            found.append(Candidate(hit, start, end, text, 0.0, share, covered, fit, score, exact, words.odds))
    ranked = once(sorted(found, key=lambda c: (-c.score, c.hit.rank, c.start)))
    return _compared(corpus, question, ranked[:COMPARED], weights.meaning) + ranked[COMPARED:]


def _compared(corpus: Corpus, question: str, ranked: Sequence[Candidate], weight: float) -> list[Candidate]:
    """The candidates ranked anew, their cosine to the question counted in."""
    if not ranked:
        return []
    near = corpus.encode([c.text for c in ranked]) @ corpus.encode([question])[0]
    found = [
        replace(c, meaning=float(cosine), score=c.score + weight * float(cosine))
        for c, cosine in zip(ranked, near, strict=True)
    ]
    return sorted(found, key=lambda c: (-c.score, c.hit.rank, c.start))
