"""Chosen sentences made into the text of an answer and its citations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.nouns import Hit
from ingest.nouns import Page, Span

from .contained import contained
from .evidence import Candidate
from .nouns import Citation

# A further sentence is said only where it is nearly as good as the first, and the answer stays short.
NEARLY = 0.9
SENTENCES = 3
WORDS = 70


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters `start:end` of a hit's passage, to be said and cited."""

    hit: Hit
    start: int
    end: int


def chosen(ranked: Sequence[Candidate]) -> list[Statement]:
    """One to three of the candidates (best first): the best, and others that add something to it."""
    said: list[Candidate] = []
    words = 0
    for candidate in ranked[:12]:
        length = len(candidate.text.split())
        if said and (candidate.score < NEARLY * said[0].score or words + length > WORDS):
            continue
        if any(_same(candidate.text, other.text) for other in said):
            continue
        said.append(candidate)
        words += length
        if len(said) == SENTENCES:
            break
    return [Statement(c.hit, c.start, c.end) for c in said]


def _same(one: str, other: str) -> bool:
    """True where two sentences share nearly all their words, as copies of a text in two documents do."""
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return len(a & b) >= 0.8 * min(len(a), len(b))


def compose(statements: Sequence[Statement], page: Callable[[str, int], Page]) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text and its citations, markers in the order of the statements.

    `page(name, number)` gives a page of a document.  A sentence that runs across a page break (or around
    a page's footer) gets a citation for each part, since a quote stands on one page.
    """
    parts: list[str] = []
    citations: list[Citation] = []
    for statement in statements:
        quotes, markers = [], ""
        for span in statement.hit.passage.locate(statement.start, statement.end):
            citation = _citation(len(citations) + 1, statement.hit.name, span, page(statement.hit.name, span.page))
            if citation:
                citations.append(citation)
                quotes.append(citation.quote)
                markers += f"[{citation.marker}]"
        if quotes:
            parts.append(contained(" ".join(" ".join(quotes).split())) + markers)
    return " ".join(parts), tuple(citations)


def _citation(marker: int, name: str, span: Span, page: Page) -> Citation | None:
    """The citation of a span, white space at its ends left out; None where nothing else is in it."""
    text = page.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if start >= end:
        return None
    boxes = tuple(page.boxes(start, end))
    quote, place = page.text[start:end], page.place(start)
    return Citation(marker, name, page.number, place, quote, start, end, boxes, origin=page.origin)
