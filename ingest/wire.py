"""How a document travels from the child process to its parent: JSON, one line a page, never pickle.

A word is six integers in one flat list: start, end, and its rectangle in hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .nouns import Document, Heading, Line, Page, Span, Word

Json = dict[str, Any]
_new = tuple.__new__  # a named tuple's own takes twice as long


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
        "lines": [
            [line.start, line.end, line.size, _flat(line.words), line.table, line.header, line.recognised]
            for line in page.lines
        ],
    }


def page_from_json(row: Json) -> Page:
    """The page that `page_to_json` wrote."""
    lines = tuple(Line(start, end, _words(flat), size, *rest) for start, end, size, flat, *rest in row["lines"])
    shape = (row["width"], row["height"])
    return Page(row["number"], row["label"], row["text"], lines, *shape, row["origin"], row["confidence"])


def _flat(words: Sequence[Word]) -> list[int]:
    flat: list[int] = []
    for start, end, x0, y0, x1, y1 in words:
        flat += (start, end, round(x0 * 100), round(y0 * 100), round(x1 * 100), round(y1 * 100))
    return flat


def _words(flat: list[int]) -> tuple[Word, ...]:
    columns = (flat[i::6] for i in range(6))
    return tuple(
        [_new(Word, (s, e, a / 100, b / 100, c / 100, d / 100)) for s, e, a, b, c, d in zip(*columns, strict=True)]
    )


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
