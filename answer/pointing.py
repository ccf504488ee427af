"""The sentences of the passages found, weighed by what the reader points at in them.

A sentence is worth more the likelier the reader finds exact words in it, the better its passage was found, and
the more of the question's rare words stand in it.  `Weights` were fitted by logistic regression on which sentence
found holds the answer, over several public sets that count the same (see READER.md for the gain of each).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import table_labels
from index.nouns import Hit
from index.words import terms

from .evidence import Asked, Candidate, Corpus, folded, headings_of, is_fragment, is_question, once, sentences_of
from .expected import fits
from .reading import Reader

# So many of the best sentences are compared with the question by meaning, which costs more than the rest.
COMPARED = 6
_LETTERS = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ENGLISH = frozenset(
    """the of is are was were did does do has have and what who whom whose which when where why how to for by with
    from""".split()
)
# Small words of questions in German, French, Spanish, Italian, Portuguese and Dutch that English has not.
_OTHER = frozenset(
    """der das dem und ist sind wurde wurden wie wer wann wo warum welche welcher welches wieviel viele ein eine
    le la les des du sont qui que quel quelle quels quand comment combien pourquoi où une dans
    el los las es qué quién quiénes cuál cuáles cuándo cuántos cuántas cuánto dónde cómo por en una
    il lo gli di che chi quale quali quanti quanto perché è della nel
    uma são quem qual quais quantos quantas quando onde porque foi
    het een zijn wat waar wanneer waarom hoeveel""".split()
)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts in a sentence's score."""

    odds: float = 0.81
    words: float = 1.58
    covered: float = 1.34
    passage: float = 1.17
    meaning: float = 1.5
    fragment: float = -0.3
    question: float = -0.3
    heading: float = -0.5
    caption: float = -3.0  # by judgement, not fitted
    row: float = 1.5


def readable(question: str) -> bool:
    """False where a question is in a script or a language that the reader was not trained on.

    In German the right sentence came first for 0.70 of 60 questions with the reader, and for 0.75 without.
    """
    letters = _LETTERS.findall(question)
    if len(_LATIN.findall(question)) < 0.8 * len(letters) or not letters:
        return False
    words = re.findall(r"\w+", question.casefold())
    return sum(w in _ENGLISH for w in words) >= sum(w in _OTHER for w in words)


def pointed_at(
    corpus: Corpus, reader: Reader, question: str, hits: Sequence[Hit], weights: Weights | None = None
) -> list[Candidate]:
    """Every sentence of `hits` once, best first, with its exact words."""
    weights = weights or Weights()
    asked = Asked.of(corpus, question)
    words_asked = table_labels.asked(corpus.rarity(terms(question)))
    readings = reader.read(question, [hit.passage for hit in hits])
    found = []
    for (hit, places), reading in zip(sentences_of(hits), readings, strict=True):
        covered = asked.covered(hit)
        headings = headings_of(hit)
        for start, end in [*places, *headings]:
            words = reading.best(start, end)
            if words is None:  # past what the reader can take in
                continue
            text = folded(hit, start, end)
            share = asked.share(text)
            score = weights.odds * words.odds + weights.passage * hit.score
            score += weights.words * share + weights.covered * covered
            score += weights.fragment if is_fragment(text) else 0.0
            score += weights.question if is_question(text) else 0.0
            score += weights.heading if (start, end) in headings else 0.0
            score += weights.caption if asked.passes_over(text) else 0.0
            score += weights.row * table_labels.named(hit.passage.text[start:end], words_asked)
            # A word before them, since a capital letter at the very start would not count as a name's.
            fit = fits(asked.kind, "x " + hit.passage.text[words.start : words.end])
            exact = (words.start, words.end)
            found.append(
                Candidate(hit, start, end, text, 0.0, share, covered, fit, score, exact, words.odds, reading.odds)
            )
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
