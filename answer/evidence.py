"""The sentences of the passages found, each with its worth as an answer.

A sentence is worth more the nearer its meaning is to the question's (cosine of sentence embeddings), the
more of the question's rare words it holds, when it holds the kind of thing asked for (a number, a date, a
name), and the better its passage was found.  `Weights` were fitted by logistic regression on which sentence
of a paragraph holds the answer (1,745 public questions, half of them held out: meaning alone chooses the
right one for 0.69 of them, words alone 0.71, all together 0.73).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.nouns import Hit
from index.words import terms
from ingest.nouns import Span

from .expected import Expected, expected, fits

Vectors = NDArray[np.float32]
Place = tuple[str, tuple[Span, ...]]


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
    heading: float = -1.0
    caption: float = -3.0  # by judgement, not fitted


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence: `hit.passage.text[start:end]`, and what speaks for it.

    `meaning` is its cosine to the question, `words` the share (0 to 1, by rarity) of the question's words
    that it holds, `covered` the same for the passage around it.  Where a reader looked at it, `exact` are the
    words in it that answer, as characters of the passage, `odds` the log odds of these against "not here", and
    `passage_odds` those that its passage answers at all.
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
    exact: tuple[int, int] | None = None
    odds: float = 0.0
    passage_odds: float = 0.0

    @property
    def place(self) -> Place:
        """Where it stands, the same in overlapping passages."""
        return place_of(self.hit, self.start, self.end)

    @property
    def answer(self) -> str:
        """The exact words, white space folded; the whole sentence where they aren't known."""
        return " ".join(self.hit.passage.text[slice(*self.exact)].split()) if self.exact else self.text


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks: its words, each with its rarity, the kind of its answer, and if of tables or figures."""

    words: dict[str, float]
    kind: Expected
    of_captions: bool

    @classmethod
    def of(cls, corpus: Corpus, question: str) -> Asked:
        """What `question` asks of the library."""
        words = {stem(w): rare for w, rare in corpus.rarity(terms(question)).items()}
        return cls(words, expected(question), bool(_OF_CAPTIONS.search(question)))

    def passes_over(self, text: str) -> bool:
        """True where `text` is a caption: what is asked of a table stands in its rows, unless it asks of the table."""
        return is_caption(text) and not self.of_captions

    def share(self, text: str) -> float:
        """The share of the words, by rarity, that `text` holds, from 0 to 1."""
        total = sum(self.words.values())
        if not total:
            return 0.0
        have = {stem(word) for word in terms(text)}
        return sum(rare for word, rare in self.words.items() if word in have) / total

    def covered(self, hit: Hit) -> float:
        """The share that a passage holds, its heading counted in."""
        return self.share(f"{hit.passage.heading} {hit.passage.text}")


def candidates(corpus: Corpus, question: str, hits: Sequence[Hit], weights: Weights | None = None) -> list[Candidate]:
    """Every sentence of `hits` once (passages overlap), best first."""
    weights = weights or Weights()
    vector = corpus.encode([question])[0]
    asked = Asked.of(corpus, question)
    shares = {hit.passage.text: asked.covered(hit) for hit in hits}
    scored = []
    for hit, sentences in sentences_of(hits):
        headings = headings_of(hit)
        places = [*sentences, *headings]
        texts = [folded(hit, *place) for place in places]
        # The sentences of one passage are encoded together, never with others': a vector made in bfloat16
        # depends a little on what stands in its batch, and the same question must get the same answer.
        near = corpus.encode(texts) @ vector if texts else ()
        for (start, end), text, cosine in zip(places, texts, near, strict=True):
            words, fit = asked.share(text), fits(asked.kind, text)
            score = weights.meaning * float(cosine) + weights.words * words + weights.passage * hit.score
            score += (weights.fits if fit else weights.misfits) if asked.kind else 0.0
            score += weights.fragment if is_fragment(text) else 0.0
            score += weights.question if is_question(text) else 0.0
            score += weights.heading if (start, end) in headings else 0.0
            score += weights.caption if asked.passes_over(text) else 0.0
            found = Candidate(hit, start, end, text, float(cosine), words, shares[hit.passage.text], fit, score)
            scored.append(found)
    return once(sorted(scored, key=lambda c: (-c.score, c.hit.rank, c.start)))


def sentences_of(hits: Sequence[Hit]) -> Iterator[tuple[Hit, list[tuple[int, int]]]]:
    """Each hit with its sentences, those without a letter or digit left out."""
    for hit in hits:
        yield hit, [(s, e) for s, e in hit.passage.sentences if re.search(r"\w", hit.passage.text[s:e])]


def headings_of(hit: Hit) -> list[tuple[int, int]]:
    """Where the headings of a hit's passage stand: what is none of its sentences, those in a row as one."""
    text = hit.passage.text
    ends = [0, *(end for _, end in hit.passage.sentences)]
    starts = [*(start for start, _ in hit.passage.sentences), len(text)]
    found = []
    for start, end in zip(ends, starts, strict=True):
        part = text[start:end]
        if re.search(r"\w", part):
            begin = start + len(part) - len(part.lstrip())
            found.append((begin, begin + len(part.strip())))
    return found


def folded(hit: Hit, start: int, end: int) -> str:
    """Characters `start:end` of a hit's passage, white space folded."""
    return " ".join(hit.passage.text[start:end].split())


def once(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those that stand where a better one does, in an overlapping passage."""
    seen: set[Place] = set()
    kept = []
    for candidate in ranked:
        if candidate.place not in seen:
            seen.add(candidate.place)
            kept.append(candidate)
    return kept


def place_of(hit: Hit, start: int, end: int) -> Place:
    """The document and the spans of its pages at which characters `start:end` of a hit's passage stand."""
    return hit.passage.document, hit.passage.locate(start, end)


def is_fragment(text: str) -> bool:
    """A heading, a label, a lone name: too little to be a statement (scripts without spaces have no such test)."""
    return text.isascii() and len(text.split()) < 5


def is_caption(text: str) -> bool:
    """True where a text is what stands above a table or below a figure ("Table 2: Costs by year"), and no sentence."""
    return bool(_CAPTION.match(text)) and not is_ended(text)


def is_ended(text: str) -> bool:
    """True where a text ends as sentences do, in whatever script."""
    return bool(_END.search(text))


def is_question(text: str) -> bool:
    """True where a text ends in a question mark."""
    return text.rstrip().endswith(("?", "？", "؟"))


_CAPTION = re.compile(r"\W*(table|fig\.|figure|chart|exhibit) ?[A-Z]?\d[\d.]*\W+\w", re.IGNORECASE)
_OF_CAPTIONS = re.compile(
    r"\b(tables?|fig\.|figures?|charts?|graphs?|exhibits?|diagrams?|plots?|maps?)(?!\w)", re.IGNORECASE
)
_END = re.compile(r"[.!?…。！？।؟][\"'”’»)\]]*\s*$")
_ENDING = re.compile(r"(ing|edly|ed|es|s|ly|ions?|ment)$")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """`word` without its commonest English endings; enough to compare words, not a linguist's stem."""
    return _ENDING.sub("", word) if len(word) > 4 and word.isascii() else word
