"""The nouns that answering makes: turn, citation, answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from index.nouns import NOWHERE, Hit, Leaning
from ingest.nouns import Box, Origin


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said in a conversation."""

    role: Literal["user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands.

    `quote` is `page.text[start:end]` of page `page` (from 1) of the document called `name`.  `exact`
    gives the very words that answer as characters of `quote`, where they are known.  `boxes` holds one
    rectangle a line of the quote, empty for documents without geometry.  `page_label` is what is printed
    on the page, or the place where there are no pages ("slide 4"); `origin` says whether it was recognised.
    """

    marker: int
    name: str
    page: int
    page_label: str
    quote: str
    start: int
    end: int
    boxes: tuple[Box, ...] = ()
    exact: tuple[int, int] | None = None
    origin: Origin = "text"

    def to_json(self) -> dict[str, Any]:
        """The citation as the command line prints it."""
        return {
            "marker": self.marker,
            "document": self.name,
            "page": self.page,
            "page_label": self.page_label,
            "quote": self.quote,
            "exact": {"start": self.exact[0], "end": self.exact[1]} if self.exact else None,
            "boxes": [{"page": b.page, "x0": b.x0, "y0": b.y0, "x1": b.x1, "y1": b.y1} for b in self.boxes],
            "start": self.start,
            "end": self.end,
            "origin": self.origin,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one question.

    Every `[n]` in `text` is the marker of a citation and the other way round; markers run from 1.
    `confidence` is the probability that the documents hold an answer.  `found` is false where that is
    below the threshold: `text` then says so, `citations` is empty and `hits` are the closest passages.
    `bold` are the characters of `text` that are the exact words; `differ` is true where two documents give
    different answers.  `looking_first` is what the question names and the first hits bear out; empty where it
    was to be looked for everywhere.
    """

    question: str
    standalone_question: str
    found: bool
    confidence: float
    model: str
    text: str
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    seconds: float = 0.0
    bold: tuple[tuple[int, int], ...] = ()
    differ: bool = False
    looking_first: Leaning = NOWHERE

    def to_json(self) -> dict[str, Any]:
        """The answer as the command line prints it (without the caller's `id`)."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "found": self.found,
            "confidence": round(self.confidence, 4),
            "model": self.model,
            "answer": self.text,
            "citations": [c.to_json() for c in self.citations],
            "passages": [h.to_json() for h in self.hits],
            "seconds": round(self.seconds, 4),
            "bold": [list(place) for place in self.bold],
            "differ": self.differ,
            "looking_first": self.looking_first.to_json(),
        }
