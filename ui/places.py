"""Where a quote stands, in words: what helps to find it besides its page's number."""

from __future__ import annotations

from typing import Any

from ingest.nouns import Page, is_place, printed

RECOGNISED = "recognised text"


def place(citation: dict[str, Any]) -> str:
    """What follows a source's page, from its JSON row: " · slide 4", ", printed as iii", " · recognised text"."""
    page = citation.get("page", 0)
    label = str(citation.get("page_label", page))
    named = f" · {label}" if is_place(label) else printed(page, label)
    return named + (f" · {RECOGNISED}" if citation.get("origin") == "ocr" else "")


def title(page: Page, pages: int, start: int | None = None) -> str:
    """A page for a heading: "page 3 of 12, printed as iii", "slide 4 (4 of 12)"; `start` is the quote's."""
    label = page.label if start is None else page.place(start)
    if is_place(label):
        said = f"{label} ({page.number} of {pages})"
    else:
        said = f"page {page.number} of {pages}{printed(page.number, label)}"
    if page.confidence == 1 and page.origin == "text":
        return said
    return f"{said} · {RECOGNISED}{' in pictures' if page.mixed else ''}, {page.confidence:.0%} sure"
