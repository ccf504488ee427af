"""Recognised lines made into text: turned upright, put into the order in which a person reads, joined.

They are a page of their own, go on below the text that a page has, or stand within it, where the picture does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from .nouns import Line, Page, Word
from .ocr import Found

STEPS = 80  # places across a block at which a gutter between columns is looked for
CROSSING = 0.3  # of the lines may run across a gutter: titles, figures
COLUMN = 4  # lines; fewer are no column
FILLED = 0.5  # of a column's width its middle line fills; the cells of a table fill less
RUNNING = 12  # characters in the middle line of a column
DEEPEST = 3
APART = 0.8  # times the middle height: white between two lines that parts paragraphs
LARGE = 1.35  # times the middle height: a line is set larger, not only measured so


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and its rectangle on the sheet turned so that the text stands upright, in pixels."""

    line: Found
    x0: float
    y0: float
    x1: float
    y1: float


def with_lines(page: Page, found: Sequence[Found], scale: float) -> Page:
    """`page` with the lines read from its picture (`scale` pixels a point) after the text that it has."""
    covered = [(w.x0 * scale, w.y0 * scale, w.x1 * scale, w.y1 * scale) for line in page.lines for w in line.words]
    fresh = [line for line in found if not _covered(line, covered)]
    if not fresh:
        return page
    block = block_of(fresh, scale)
    start = len(page.text) + bool(page.text)
    text = page.text + ("\n" if page.text else "") + block.text
    lines = (*page.lines, *(moved(line, start) for line in block.lines))
    return replace(page, text=text, lines=lines, origin="ocr", confidence=round(block.confidence, 4))


@dataclass(frozen=True, slots=True)
class TextBlock:
    """What was read in one picture: its text, its lines (counted from the start of the text), and how sure it is."""

    text: str
    lines: tuple[Line, ...]
    confidence: float


def block_of(found: Sequence[Found], scale: float, left: float = 0.0, top: float = 0.0) -> TextBlock:
    """The lines of a picture (one at least, `scale` pixels a point) whose corner is at (left, top) on its page."""
    rows = [row for block in ordered(_upright(found)) for row in _rows(block)]
    body = median(_height(p) for row in rows for p in row)
    text, lines, above = "", [], None
    for row in rows:
        apart = above is not None and min(p.y0 for p in row) - max(p.y1 for p in above) > APART * body
        text += ("\n\n" if apart else "\n") if text else ""
        start, above = len(text), row
        said, words = "", []
        for placed in row:
            at = start + len(said) + bool(said)
            said += (" " if said else "") + placed.line.text
            words += [Word(at + w.start, at + w.end, *_points(w, scale, left, top)) for w in placed.line.words]
        text += said
        height = max(_height(p) for p in row)
        size = float(round((height if height > LARGE * body else body) / scale))
        lines.append(Line(start, len(text), tuple(words), size, recognised=True))
    total = sum(len(line.text) for line in found)
    sure = sum(line.confidence * len(line.text) for line in found) / total
    return TextBlock(text, tuple(lines), sure)


def moved(line: Line, by: int) -> Line:
    """The line so many characters later in its text."""
    words = tuple(w._replace(start=w.start + by, end=w.end + by) for w in line.words)
    return replace(line, start=line.start + by, end=line.end + by, words=words)


def _points(word: Word, scale: float, left: float, top: float) -> Iterator[float]:
    corner = (left, top, left, top)
    return (round(at + pixels / scale, 2) for at, pixels in zip(corner, word[2:], strict=True))


def _covered(line: Found, boxes: Sequence[tuple[float, float, float, float]]) -> bool:
    """True where the text that the page has already stands at the middle of most of the line's words."""
    middles = [((w.x0 + w.x1) / 2, (w.y0 + w.y1) / 2) for w in line.words]
    hit = sum(any(x0 <= x <= x1 and y0 <= y <= y1 for x0, y0, x1, y1 in boxes) for x, y in middles)
    return 2 * hit > len(middles)


def _upright(found: Sequence[Found]) -> list[Placed]:
    """The lines on the sheet turned by quarters, so that most of the text runs from left to right."""
    votes = [0.0] * 4
    for line in found:
        (ax, ay), (bx, by), _, _ = line.corners
        dx, dy = bx - ax, by - ay
        quarter = (0 if dx >= 0 else 2) if abs(dx) >= abs(dy) else (1 if dy >= 0 else 3)
        votes[quarter] += len(line.text)
    quarter = votes.index(max(votes))
    placed = []
    for line in found:
        points = [_turned(x, y, quarter) for x, y in line.corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        placed.append(Placed(line, min(xs), min(ys), max(xs), max(ys)))
    return placed


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    """The point after the sheet was turned left by so many quarters, about its corner."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def ordered(lines: Sequence[Placed], depth: int = 0) -> list[list[Placed]]:
    """Blocks of lines in reading order: columns one after the other, lines across them where they stand."""
    lines = sorted(lines, key=lambda p: p.y0 + p.y1)
    gutter = _gutter(lines) if depth < DEEPEST else None
    if gutter is None:
        return [lines] if lines else []
    blocks: list[list[Placed]] = []
    band: list[Placed] = []
    for line in [*lines, None]:
        if line is not None and not line.x0 < gutter < line.x1:
            band.append(line)
            continue
        blocks += ordered([p for p in band if p.x1 <= gutter], depth + 1)
        blocks += ordered([p for p in band if p.x0 >= gutter], depth + 1)
        band = []
        if line is not None:
            blocks.append([line])
    return blocks


def _gutter(lines: Sequence[Placed]) -> float | None:
    """Where the white between two columns of running text is; None where the lines stand in one."""
    if len(lines) < 2 * COLUMN:
        return None
    left, right = min(p.x0 for p in lines), max(p.x1 for p in lines)
    places = [left + (right - left) * i / STEPS for i in range(STEPS // 8, STEPS - STEPS // 8)]
    crossings = [sum(p.x0 < x < p.x1 for p in lines) for x in places]
    least = min(crossings, default=len(lines))
    if least > CROSSING * len(lines):
        return None
    clear = [x for x, n in zip(places, crossings, strict=True) if n == least]
    x = clear[len(clear) // 2]
    sides = [p for p in lines if p.x1 <= x], [p for p in lines if p.x0 >= x]
    return x if all(_is_column(side) for side in sides) else None


def _is_column(lines: Sequence[Placed]) -> bool:
    if len(lines) < COLUMN:
        return False
    width = max(p.x1 for p in lines) - min(p.x0 for p in lines)
    filled = median(p.x1 - p.x0 for p in lines) >= FILLED * width
    return filled and median(len(p.line.text) for p in lines) >= RUNNING


def _rows(block: Sequence[Placed]) -> list[list[Placed]]:
    """Lines side by side are one row, as the cells of a table are."""
    rows: list[list[Placed]] = []
    for line in sorted(block, key=lambda p: p.y0 + p.y1):
        if rows and _beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda p: p.x0) for row in rows]


def _beside(one: Placed, other: Placed) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    apart = other.x0 >= one.x1 or other.x1 <= one.x0
    return apart and shared > 0.5 * min(one.y1 - one.y0, other.y1 - other.y0)


def _height(placed: Placed) -> float:
    return placed.y1 - placed.y0
