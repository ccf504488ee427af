"""The nouns that reading makes: document, page, line, word, span, heading, passage.

Positions in text are counted in characters of `Page.text`.  Positions on a page are PDF points
(1/72 inch) from the top left corner of the page *as it is shown*: after its crop box, its rotation
and its user unit.  Everything is frozen: what was read is never edited, only read again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from .marking import Word, marks

Kind = Literal["pdf", "text", "markdown", "docx", "pptx", "xlsx", "html", "epub", "csv", "eml", "image"]
Origin = Literal["text", "ocr"]
DRAWN: frozenset[Kind] = frozenset(("pdf", "image"))  # what can be shown as it looks; all else is shown as text

Attachment = tuple[str, bytes | None]  # its name and what it holds; None where that can't be had

PARAGRAPH = "\n\n"
OFF = "recognising text in pictures is switched off with FOOTNOTE_OCR"  # in whatever is said where it would be of use
ROWS = re.compile(r"\brows (\d+)-\d+$")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; `page` counts from 1, the rest are points from the top left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: `page.text[start:end]`, its words in text order, its type size in points.

    A row of a table is one line, its cells parted by tabs: `table` counts the tables of its page from 1
    (0: in none), `header` is true of the row that names the columns.  `recognised`: it was read in a picture.
    """

    start: int
    end: int
    words: Sequence[Word] = ()
    size: float = 0.0
    table: int = 0
    header: bool = False
    recognised: bool = False

    @property
    def upright(self) -> bool:
        """True where it runs up or down the page, in its margin say."""
        return bool(self.words) and max(w.y1 for w in self.words) - min(w.y0 for w in self.words) >= 2 * self.size


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (exclusive) of the text of page `page` (from 1)."""

    page: int
    start: int
    end: int


SPARSE = 20  # characters; a sheet with fewer holds hardly any text


def is_place(label: str) -> bool:
    """True for a page's label that tells a place, "slide 4" or "message"; false for a printed one: "12", "A-3"."""
    return " " in label or label == "message"


def printed(page: int, label: str) -> str:
    """ ", printed as iii", where that is not the page's own number; else nothing."""
    return f", printed as {label}" if label != str(page) else ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page.  `label` is what is printed on it ("iii"), or its place where there
    are no pages ("slide 4", 'section "Scope"', 'sheet "Costs" rows 2-51'); `lines` is empty where there is no geometry.

    `origin` is "ocr" where the page as a whole is a picture; a page of text may have pictures on it, whose
    lines are recognised.  `confidence` is how sure the recognition was, 0 to 1, the mean over its characters;
    1 where nothing was recognised.  `plain`: it is a sheet on which nothing is drawn but its text; `laid`: its text
    lies over it, as what is filled into a form does, and the sheet itself holds hardly any.
    """

    number: int
    label: str
    text: str
    lines: tuple[Line, ...] = ()
    width: float = 0.0
    height: float = 0.0
    origin: Origin = "text"
    confidence: float = 1.0
    plain: bool = False
    laid: bool = False

    @property
    def bare(self) -> bool:
        """True where it has no text or, being a sheet with more on it, hardly any: a stamp, or a page number."""
        sheet = self.width > 0 and self.origin == "text"
        if sheet and self.laid:
            return True
        enough = SPARSE if sheet and not self.plain else 1
        visible = (sign for sign in self.text if not sign.isspace())
        return sum(1 for _ in islice(visible, enough)) < enough

    @property
    def mixed(self) -> bool:
        """True for a page of text on which a picture's text was recognised too."""
        return self.origin == "text" and self.confidence < 1

    def origin_of(self, start: int, end: int) -> Origin:
        """Whether anything in characters `start:end` of its text was recognised."""
        if any(line.recognised and line.start < end and start < line.end for line in self.lines):
            return "ocr"
        return "text" if any(line.recognised for line in self.lines) else self.origin

    def place(self, start: int) -> str:
        """The label of the character `start`: in a page of rows, which are its paragraphs, that row's own."""
        rows = ROWS.search(self.label)
        if not rows:
            return self.label
        return f"{self.label[: rows.start()]}row {int(rows[1]) + self.text.count(PARAGRAPH, 0, start)}"

    def boxes(self, start: int, end: int) -> list[Box]:
        """The rectangles that cover characters `start:end` of its text, one a line where they stand together.

        Empty where the page has no geometry, or too little of it for those characters.
        """
        return [Box(self.number, *rect) for rect in marks(self.text, self.lines, start, end)]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` from 1, its words, and where it stands (`start` in the text of page `page`)."""

    level: int
    text: str
    page: int
    start: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read.  `id` is the SHA-256 (hex) of its bytes; `name` is the file's own name.

    `furniture` are the spans of running headers, footers and page numbers: they stay in the page's
    text, and out of the passages.  `warnings` are whole sentences for the person who added the file,
    `notes` such on what was left out by rule (pictures, comments), for the one who looks closer.
    `attached` are the files attached to it, until `ingest.reader` makes pages of them.
    """

    id: str
    name: str
    title: str
    kind: Kind
    pages: tuple[Page, ...]
    headings: tuple[Heading, ...] = ()
    furniture: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    size: int = 0
    notes: tuple[str, ...] = ()
    attached: tuple[Attachment, ...] = ()

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """The numbers of the pages on which no text was found, or hardly any."""
        return tuple(p.number for p in self.pages if p.bare)

    @property
    def unrecognised(self) -> bool:
        """True where something in it was left unread only because recognition is off."""
        return any(OFF in said for said in (*self.warnings, *self.notes))

    @property
    def ocr_pages(self) -> tuple[int, ...]:
        """The numbers of the pages whose text comes from optical character recognition."""
        return tuple(p.number for p in self.pages if p.origin == "ocr")


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences that stand together: what is searched, found and shown.

    `spans` say where it stands, in reading order; `text` is exactly
    `"\\n".join(page.text[span.start:span.end] for each span)`.  `heading` is the path of headings
    above it, joined with " › ".  `words` is `text` made for searching: white space folded, words
    hyphenated across lines joined, ligatures opened (NFKC).  `sentences` are the characters of `text`
    that each of its sentences takes, in order; headings are none, unless there is nothing else.
    """

    document: str
    number: int
    spans: tuple[Span, ...]
    text: str
    heading: str = ""
    words: str = ""
    sentences: tuple[tuple[int, int], ...] = ()

    @property
    def page(self) -> int:
        """The page that most of it stands on; the first of these where two hold as much."""
        held: dict[int, int] = {}
        for span in self.spans:
            held[span.page] = held.get(span.page, 0) + span.end - span.start
        return max(held, key=lambda number: held[number])

    @property
    def longest(self) -> Span:
        """The longest part of it that stands in one piece on its `page`."""
        return max((s for s in self.spans if s.page == self.page), key=lambda s: s.end - s.start)

    @property
    def pages(self) -> tuple[int, ...]:
        """Every page that it touches, in order, each once."""
        return tuple(dict.fromkeys(span.page for span in self.spans))

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """Where characters `start:end` of `text` stand on the pages, in order."""
        found, offset = [], 0
        for span in self.spans:
            length = span.end - span.start
            a, b = max(start - offset, 0), min(end - offset, length)
            if a < b:
                found.append(Span(span.page, span.start + a, span.start + b))
            offset += length + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading of one file is: `done` of `total` pages (`total` 0: not known yet)."""

    name: str
    done: int
    total: int


__all__ = [
    "Box",
    "Document",
    "Heading",
    "Kind",
    "Line",
    "Origin",
    "Page",
    "Passage",
    "Progress",
    "Span",
    "Word",
]
