"""Printed pages as reading makes them, drawn with letters half as wide as their type."""

from collections.abc import Iterator

from ingest.marking import Word
from ingest.nouns import Line, Page

Row = tuple[str, float, float] | tuple[str, float, float, float]  # text, left, top, type size (10)


def page(*rows: Row, table: int = 0) -> Page:
    """A page of these lines; words are one space apart, two spaces stand for a gap of thirty letters."""
    text, lines = "", []
    for row in rows:
        said, size = row[0], row[3] if len(row) > 3 else 10.0
        lines.append(Line(len(text), len(text) + len(" ".join(said.split())), (), size, table))
        words = list(_words(said, len(text), row[1], row[2], size))
        lines[-1] = Line(lines[-1].start, lines[-1].end, words, size, table)
        text += " ".join(said.split()) + "\n"
    return Page(1, "1", text.rstrip("\n"), tuple(lines), 600, 800)


def _words(said: str, at: int, x: float, y: float, size: float) -> Iterator[Word]:
    for part in said.split("  "):
        for word in part.split():
            yield Word(at, at + len(word), x, y, x + len(word) * size / 2, y + size)
            at, x = at + len(word) + 1, x + (len(word) + 1) * size / 2
        x += 30 * size / 2
