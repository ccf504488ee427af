"""Statements made into the text of an answer and its citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingest.nouns import Page, Span

from .choice import Statement
from .contained import contained
from .nouns import Citation

Ranges = tuple[tuple[int, int], ...]
BULLET = re.compile(r"[•◦▪‣●■]\s+(?=\S)")  # those that say nothing; a box may be ticked, a dash a minus


def compose(
    statements: Sequence[Statement], page: Callable[[str, int], Page]
) -> tuple[str, tuple[Citation, ...], Ranges]:
    """The answer's text, its citations, markers in the order of the statements, and where its exact words stand.

    `page(name, number)` gives a page of a document.  A sentence that runs across a page break (or around
    a page's footer) gets a citation for each part, since a quote stands on one page.
    """
    text = ""
    citations: list[Citation] = []
    bold: list[tuple[int, int]] = []
    for statement in statements:
        markers = ""
        for citation in _cited(statement, len(citations) + 1, page):
            text += " " if text else ""
            said, exact = _said(citation)
            bold += [(len(text) + start, len(text) + end) for start, end in exact]
            text += contained(said)
            citations.append(citation)
            markers += f"[{citation.marker}]"
        text += markers
    return text, tuple(citations), tuple(bold)


def _cited(statement: Statement, marker: int, page: Callable[[str, int], Page]) -> list[Citation]:
    """The citations of a statement, one a page that it stands on, markers from `marker`."""
    passage, name = statement.hit.passage, statement.hit.name
    exact = passage.locate(*statement.exact) if statement.exact else ()
    found: list[Citation] = []
    for span in passage.locate(statement.start, statement.end):
        citation = _citation(marker + len(found), name, span, page(name, span.page), exact)
        if citation:
            found.append(citation)
    return found


def _citation(marker: int, name: str, span: Span, page: Page, exact: Sequence[Span]) -> Citation | None:
    """The citation of a span, white space at its ends left out; None where nothing else is in it."""
    text = page.text[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip())
    end = start + len(text.strip())
    if start >= end:
        return None
    inside = [(max(e.start, start), min(e.end, end)) for e in exact if e.page == span.page]
    words = next(((a - start, b - start) for a, b in inside if a < b), None)
    boxes = tuple(page.boxes(start, end))
    quote, place = page.text[start:end], page.place(start)
    return Citation(marker, name, page.number, place, quote, start, end, boxes, words, page.origin_of(start, end))


def _said(citation: Citation) -> tuple[str, Ranges]:
    """A quote with its white space folded, without the bullet before it, and where the exact words stand in that."""
    bullet = BULLET.match(citation.quote)
    quote = citation.quote[bullet.end() :] if bullet else citation.quote
    said = _fold(quote)
    if not citation.exact:
        return said, ()
    start, end = (max(0, at - (len(citation.quote) - len(quote))) for at in citation.exact)
    return said, ((len(said) - len(_fold(quote[start:])), len(_fold(quote[:end]))),)


def _fold(text: str) -> str:
    return " ".join(text.split())
