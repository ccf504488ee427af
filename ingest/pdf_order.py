"""The lines of a PDF page in the order that a person reads them in.

Most programs draw a page in that order, and their order knows what geometry can't tell, so it is kept
wherever it makes sense on the page.  What is drawn out of turn - a header drawn last, a column before the
one on its left - is put in its place: blocks of lines as they are, one after the other by the gaps between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .pdf_draft import APART, TOUCHING, Draft, cuts
from .pdf_repair import RTL
from .pdf_tables import one_line, tables

LONG = 25  # words; shorter blocks, as the labels of a chart, have no order that would matter
GAP = 1.3  # of the type size: lines of one block are no further apart
MOST = 500  # blocks of a page, or words of a line; what has more is a map or a chart, and would take too long
EDGE = 3  # lines of a header or footer at most
SLACK = 1.0  # points by which neighbours may overlap
GUTTER = 4.0  # points between two columns at least


class Block:
    """Lines that stand below each other and are drawn one after the other."""

    def __init__(self, lines: list[Draft]) -> None:
        self.lines = lines
        placed = [line for line in lines if line.placed]
        self.x0 = min(line.x0 for line in placed)
        self.y0 = min(line.y0 for line in placed)
        self.x1 = max(line.x1 for line in placed)
        self.y1 = max(line.y1 for line in placed)

    def words(self) -> int:
        """How many words it has."""
        return sum(len(line.words) for line in self.lines)

    def above(self, other: Block) -> bool:
        """True where all of it is above all of the other."""
        return self.y1 <= other.y0 + SLACK

    def beside(self, other: Block) -> bool:
        """True where the two share no column: one is wholly to the left of the other."""
        return self.x1 <= other.x0 + SLACK or other.x1 <= self.x0 + SLACK


def arranged(lines: Sequence[Draft]) -> list[Draft]:
    """The lines in the order of reading, each row of a table made one line."""
    upright = _turn(lines)
    if not upright:
        return _arranged(lines)
    turned = [_turned(line, upright) for line in lines]
    steps = [other.y0 - one.y0 for one, other in pairwise(turned) if other.x0 < one.x1 and one.x0 < other.x1]
    if 2 * sum(step < 0 for step in steps) > len(steps):
        turned.reverse()  # PDFium takes the lines of a page on its side from the wrong end
    return [_turned(line, -upright) for line in _arranged(turned)]


def _turn(lines: Sequence[Draft]) -> int:
    """1 where most lines of the page run down it, -1 where they run up, 0 where they run across."""
    long = [line for line in lines if len(line.words) > 1]
    steep = [line for line in long if line.y1 - line.y0 > 2 * (line.x1 - line.x0)]
    if not steep or 2 * len(steep) <= len(long):
        return 0
    return 1 if 2 * sum(line.words[0][3] < line.words[-1][3] for line in steep) >= len(steep) else -1


def _turned(line: Draft, quarter: int) -> Draft:
    """The line turned a quarter to the left about the page's corner (1), or to the right (-1)."""
    if quarter > 0:
        words = [(a, b, y0, -x1, y1, -x0) for a, b, x0, y0, x1, y1 in line.words]
    else:
        words = [(a, b, -y1, x0, -y0, x1) for a, b, x0, y0, x1, y1 in line.words]
    return Draft(line.text, words, line.size, cuts(line.text, words, line.size), line.table, line.header)


def _arranged(lines: Sequence[Draft]) -> list[Draft]:
    if not any(line.placed for line in lines):
        return list(lines)
    blocks = list(_blocks(_with_tables(_whole(lines))))
    if 1 < len(blocks) <= MOST:
        blocks = _in_order(blocks)
    return [line for block in blocks for line in block.lines]


def _whole(lines: Sequence[Draft]) -> list[Draft]:
    """The lines with their parts put together: PDFium takes a raised figure for a line of its own."""
    found: list[Draft] = []
    for line in lines:
        if found and len(found[-1].words) < MOST and (gap := _gap(found[-1], line)) is not None:
            found[-1] = found[-1].followed_by(line, "" if gap < TOUCHING else " ")
        else:
            found.append(line)
    return found


def _gap(one: Draft, other: Draft) -> float | None:
    """The gap between two parts of one printed line, times the type size; None where they are two lines."""
    size = one.size if one.size > other.size else other.size
    gap = other.x0 - one.x1
    if not -0.3 * size < gap < APART * size or not (one.placed and other.placed):
        return None
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return gap / size if shared > 0.25 * min(one.y1 - one.y0, other.y1 - other.y0) else None


def _with_tables(lines: Sequence[Draft]) -> list[list[Draft]]:
    """The lines in groups that nothing comes between: the rows of a table, or one line."""
    groups: list[list[Draft]] = []
    at = 0
    for number, table in enumerate(tables(lines), 1):
        groups += [[line] for line in lines[at : table.lines.start]]
        rows = [one_line(row) for row in table.rows]
        for n, row in enumerate(rows):
            row.table, row.header = number, table.header and n == 0
        groups.append(rows)
        at = table.lines.stop
    return groups + [[line] for line in lines[at:]]


def _blocks(groups: Sequence[list[Draft]]) -> Iterator[Block]:
    """The groups in runs that go on downwards; what is drawn nowhere stays with what is drawn before it."""
    current: list[Draft] = []
    placed = False  # whether something of `current` is
    for group in groups:
        drawn = any(line.x1 >= line.x0 for line in group)
        if placed and drawn and not _goes_on(current[-1], group[0]):
            yield Block(current)
            current, placed = [], False
        current.extend(group)
        placed = placed or drawn
    yield Block(current)


def _goes_on(one: Draft, other: Draft) -> bool:
    """True where the other line stands right below the one, or on the same line to its right."""
    size = one.size if one.size > other.size else other.size
    if -0.5 * size < other.y0 - one.y1 < GAP * size:
        return other.x0 < one.x1 and one.x0 < other.x1
    return other.y0 < one.y1 and one.y0 < other.y1 and 0 <= other.x0 - one.x1 < 3 * size


def _in_order(blocks: list[Block]) -> list[Block]:
    """The blocks as they are drawn, but for what is clearly out of turn."""
    head, blocks = _edge(blocks, top=True)
    foot, blocks = _edge(blocks, top=False)
    to_the_left = sum(bool(RTL.search(b.lines[0].text)) for b in blocks) * 2 > len(blocks)
    long = [block for block in blocks if block.words() >= LONG]
    if any(_out_of_turn(one, other, to_the_left) for one, other in pairwise(long)):
        blocks = _cut(blocks, to_the_left)
    return head + blocks + foot[::-1]


def _edge(blocks: list[Block], *, top: bool) -> tuple[list[Block], list[Block]]:
    """The short blocks above (or below) all others, from the edge inwards, and the rest in its order."""
    found: list[Block] = []
    rest = list(blocks)
    while len(rest) > 1 and len(found) < EDGE:
        first = min(rest, key=lambda b: b.y0) if top else max(rest, key=lambda b: b.y1)
        if len(first.lines) > EDGE:
            break
        if not all(first.above(b) if top else b.above(first) for b in rest if b is not first):
            break
        found.append(first)
        rest.remove(first)
    return found, rest


def _out_of_turn(one: Block, other: Block, to_the_left: bool) -> bool:
    """True where a person would read the other, which is drawn next, before the one."""
    if other.above(one):
        shared = min(one.x1, other.x1) - max(one.x0, other.x0)
        return shared > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0)
    level = other.y0 < one.y1 and one.y0 < other.y1
    return level and (other.x0 >= one.x1 if to_the_left else other.x1 <= one.x0)


def _cut(blocks: list[Block], to_the_left: bool) -> list[Block]:
    """The blocks by columns where a gap runs through from top to bottom, else from top to bottom by the gaps across."""
    if len(blocks) < 2:
        return blocks
    columns = _parted(blocks, 0, GUTTER)
    if len(columns) > 1:
        return [b for part in (columns[::-1] if to_the_left else columns) for b in _cut(part, to_the_left)]
    bands = _joined(_parted(blocks, 1, 0.0))
    if len(bands) > 1:
        return [b for part in bands for b in _cut(part, to_the_left)]
    return blocks


def _parted(blocks: list[Block], axis: int, least: float) -> list[list[Block]]:
    """The blocks in groups with a gap of at least that many points between them, along x (0) or y (1)."""
    low, high = ("x0", "x1") if axis == 0 else ("y0", "y1")
    parts: list[list[Block]] = []
    end = 0.0
    order = {id(b): n for n, b in enumerate(blocks)}
    for block in sorted(blocks, key=lambda b: getattr(b, low)):
        if parts and getattr(block, low) - end < least - (SLACK if axis else 0.0):
            parts[-1].append(block)
            end = max(end, getattr(block, high))
        else:
            parts.append([block])
            end = getattr(block, high)
    return [sorted(part, key=lambda b: order[id(b)]) for part in parts]


def _joined(bands: list[list[Block]]) -> list[list[Block]]:
    """Bands below each other made one where the same columns run through them, so that no column is cut across."""
    found: list[list[Block]] = []
    for band in bands:
        if found and len(_parted(found[-1], 0, GUTTER)) > 1 and len(_parted(found[-1] + band, 0, GUTTER)) > 1:
            found[-1] = found[-1] + band
        else:
            found.append(band)
    return found
