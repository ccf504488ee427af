"""How a document travels from the child process to its parent: JSON, one line a page, never pickle.

Words are not looked at on the way: their numbers (`ingest.packed`) go as they are, in base64.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from .nouns import Document, Heading, Line, Page, Span
from .packed import cut, numbers_of

Json = dict[str, Any]


def page_to_json(page: Page) -> Json:
    """One page as plain lists and numbers."""
    return {
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "width": page.width,
        "height": page.height,
        "origin": page.origin,
        "confidence": page.confidence,
        "plain": page.plain,
        "laid": page.laid,
        "lines": [
            [len(line.words), line.start, line.end, line.size, line.table, line.header, line.recognised]
            for line in page.lines
        ],
        "words": b64encode(numbers_of(page.lines)).decode("ascii"),
    }


def page_from_json(row: Json) -> Page:
    """The page that `page_to_json` wrote."""
    words = cut(b64decode(row["words"]), [count for count, *_ in row["lines"]])
    lines = tuple([Line(start, end, next(words), *rest) for _, start, end, *rest in row["lines"]])
    shape = (row["width"], row["height"], row["origin"], row["confidence"])
    return Page(row["number"], row["label"], row["text"], lines, *shape, row["plain"], row["laid"])


def document_to_json(document: Document) -> Json:
    """The document without its pages."""
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title,
        "kind": document.kind,
        "headings": [[h.level, h.text, h.page, h.start] for h in document.headings],
        "furniture": [[s.page, s.start, s.end] for s in document.furniture],
        "warnings": list(document.warnings),
        "notes": list(document.notes),
        "size": document.size,
    }


def document_from_json(row: Json, pages: Sequence[Page]) -> Document:
    """The document that `document_to_json` wrote, with its pages."""
    return Document(
        id=row["id"],
        name=row["name"],
        title=row["title"],
        kind=row["kind"],
        pages=tuple(pages),
        headings=tuple(Heading(*h) for h in row["headings"]),
        furniture=tuple(Span(*s) for s in row["furniture"]),
        warnings=tuple(row["warnings"]),
        size=row["size"],
        notes=tuple(row["notes"]),
    )
