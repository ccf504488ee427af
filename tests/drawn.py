"""Printed pages as reading makes them, drawn with letters half as wide as their type."""

from collections.abc import Iterator

from ingest.marking import Word
from ingest.nouns import Line, Page

Row = tuple[str, float, float] | tuple[str, float, float, float]  # text, left, top, type size (10)


def page(*rows: Row, table: int = 0) -> Page:
    """A page of these lines; words are one space apart, two spaces stand for a gap of thirty letters."""
    text, lines = "", []
    for row in rows:
        said, size = " ".join(row[0].split()), row[3] if len(row) > 3 else 10.0
        words = list(_words(row[0], len(text), row[1], row[2], size))
        lines.append(Line(len(text), len(text) + len(said), words, size, table))
        text += said + "\n"
    return Page(1, "1", text.rstrip("\n"), tuple(lines), 600, 800)


def _words(said: str, at: int, x: float, y: float, size: float) -> Iterator[Word]:
    for part in said.split("  "):
        for word in part.split():
            yield Word(at, at + len(word), x, y, x + len(word) * size / 2, y + size)
            at, x = at + len(word) + 1, x + (len(word) + 1) * size / 2
        x += 30 * size / 2
