"""Cuts a document into passages: whole sentences that stand together, each small enough for the embedder."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise

from .headings import heading_paths
from .nouns import DRAWN, Document, Page, Passage, Span
from .paragraphs import paragraph_starts
from .search_form import search_form
from .sentences import each_sentence, lines_are_paragraphs
from .table_rows import headers

Count = Callable[[Sequence[str]], list[int]]
REASONABLE = 0.25  # of the size: from here on a heading begins a new passage
TINY = 0.15  # of the size: a last passage below this joins the one before, where it fits
BATCH = 2_000  # sentences, or groups of them, that are held and counted at a time
STOPS = '.!?…:。！？؟।"”’»)'


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, or a piece of one that is too long: characters of the flow, and its tokens."""

    start: int
    end: int
    tokens: int = 0
    opens: bool = False  # a heading begins here
    heading: bool = False  # it is a heading
    page: int = 0  # the page that it begins on
    above: Unit | None = None  # the row that names its columns, where it is a row of a table


class Flow:
    """The document's text without its furniture, in one string, and where each part of it stands."""

    def __init__(self, document: Document) -> None:
        self.spans: list[Span] = []
        self.starts: list[int] = []
        parts: list[str] = []
        at = 0
        last = ""
        gone: dict[int, list[Span]] = defaultdict(list)
        for span in document.furniture:
            gone[span.page].append(span)
        for page in document.pages:
            for span in _kept(page, gone[page.number]):
                text = page.text[span.start : span.end]
                if last:
                    gap = "\n" if span.page == self.spans[-1].page or _runs_on(last, text) else "\n\n"
                    parts.append(gap)
                    at += len(gap)
                self.spans.append(span)
                self.starts.append(at)
                parts.append(text)
                at += len(text)
                last = text
        self.text = "".join(parts)

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """Where characters `start:end` stand on the pages."""
        found: list[Span] = []
        for i in range(max(bisect_right(self.starts, start) - 1, 0), bisect_left(self.starts, end)):
            span, offset = self.spans[i], self.starts[i]
            a, b = max(start - offset, 0), min(end - offset, span.end - span.start)
            if a < b:
                found.append(Span(span.page, span.start + a, span.start + b))
        return tuple(found)

    def offset(self, page: int, start: int) -> int:
        """Where the character `start` of `page` stands in the flow, or the first kept one after it."""
        i = bisect_right(self.spans, (page, start), key=lambda s: (s.page, s.start)) - 1
        if i >= 0 and self.spans[i].page == page and start < self.spans[i].end:
            return self.starts[i] + start - self.spans[i].start
        return self.starts[i + 1] if i + 1 < len(self.starts) else len(self.text)

    def kept(self, page: int) -> tuple[int, int]:
        """Where the part of a page that is no furniture begins and ends in its text; (0, 0) where there is none."""
        first, last = (cut(self.spans, page, key=lambda s: s.page) for cut in (bisect_left, bisect_right))
        return (self.spans[first].start, self.spans[last - 1].end) if first < last else (0, 0)

    def page(self, start: int) -> int:
        """The page that the character `start` of the flow stands on."""
        return self.spans[max(bisect_right(self.starts, start) - 1, 0)].page


def passages(document: Document, count: Count, *, size: int = 200, overlap: int = 1) -> list[Passage]:
    """The passages of `document`, in reading order.

    `count` gives the tokens of each text, and is called again and again on the way, so it may raise to put an end
    to it; a passage has at most `size` of them.  The last `overlap`
    sentences of a passage begin the next one too, unless one is longer than a quarter of `size`.  A new
    page begins a new passage; a sentence that runs on across the break stays whole in the one before.
    A row of a table is a sentence, and a passage that begins among the rows begins with their header.
    Nothing of the text is lost but its furniture.
    """
    flow = Flow(document)
    if not flow.text:
        return []
    paths = heading_paths(document.headings)
    found: list[Passage] = []
    for group in _fitting(_grouped(_units(document, flow, count, size), size, overlap), flow, count, size):
        spans = tuple(span for start, end in _ranges(group) for span in flow.locate(start, end))
        text = _text(document.pages, spans)
        first = flow.locate(group[-1].start, group[-1].end)[0]
        heading = paths(first.page, first.start)
        whole = _sentences(group, flow, spans)
        found.append(Passage(document.id, len(found), spans, text, heading, search_form(text), whole))
    return found


def _ranges(group: list[Unit]) -> list[tuple[int, int]]:
    """The characters of the flow that a group takes: all in one, but for a header from further above."""
    first, rest = group[0], group[1:]
    if rest and first == rest[0].above and rest[0].start > first.end + 1:
        return [(first.start, first.end), (rest[0].start, rest[-1].end)]
    return [(first.start, group[-1].end)]


def _sentences(group: list[Unit], flow: Flow, spans: tuple[Span, ...]) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a group stand in the text that its spans make."""
    told = [u for u in group if not u.heading] or group
    if len(spans) == 1:
        begin = flow.offset(spans[0].page, spans[0].start)
        return tuple([(u.start - begin, u.end - begin) for u in told])
    inside = [(flow.offset(s.page, s.start), s.end - s.start) for s in spans]
    at = [0, *accumulate(length + 1 for _, length in inside)]
    firsts = [start for start, _ in inside]

    def place(offset: int) -> int:
        i = max(bisect_right(firsts, offset) - 1, 0)
        return at[i] + min(offset - firsts[i], inside[i][1])

    return tuple((place(u.start), place(u.end - 1) + 1) for u in told)


def _text(pages: tuple[Page, ...], spans: tuple[Span, ...]) -> str:
    return "\n".join(pages[s.page - 1].text[s.start : s.end] for s in spans)


def _kept(page: Page, furniture: Iterable[Span]) -> Iterator[Span]:
    """The parts of the page that are none of its furniture, trimmed."""
    at = 0
    gone = sorted((s.start, s.end) for s in furniture)
    for start, end in [*gone, (len(page.text), len(page.text))]:
        part = page.text[at:start]
        if part.strip():
            a = at + len(part) - len(part.lstrip())
            yield Span(page.number, a, a + len(part.strip()))
        at = max(at, end)


def _runs_on(last: str, text: str) -> bool:
    """True where the sentence at the end of one page goes on on the next."""
    return last[-1] not in STOPS and (text[0].islower() or last[-1] in "-,;\u2010")


def _units(document: Document, flow: Flow, count: Count, size: int) -> Iterator[Unit]:
    """The sentences between headings, counted a batch at a time, those over `size` in pieces."""
    rows = _rows(document, flow)
    naming: dict[int, Unit] = {}  # rows that name the columns, by where they begin
    places = _places(document, flow, rows)
    while batch := list(islice(places, BATCH)):
        counts = count([flow.text[start:end] for start, end, _, _ in batch])
        units: list[Unit] = []
        for (start, end, opens, titles), tokens in zip(batch, counts, strict=True):
            above = naming.get(rows[start][1]) if start in rows else None
            units.append(Unit(start, end, tokens, opens, titles, flow.page(start), above))
            if start in rows and tokens < size / 2:
                naming[start] = units[-1]
        yield from _split(units, flow, count, size)


def _places(document: Document, flow: Flow, rows: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int, bool, bool]]:
    """Where each sentence stands in the flow, whether a heading begins there, and whether it is one."""
    heads: dict[int, int] = {}
    for heading in document.headings:
        start = flow.offset(heading.page, heading.start)
        end = _end_of(heading.text, flow.text, start)
        if end:
            heads[start] = end
    paragraphs = document.kind not in DRAWN and lines_are_paragraphs(flow.text)
    begin = _paragraphs(document, flow)
    cuts = sorted({0, len(flow.text), *heads, *heads.values(), *rows, *(end for end, _ in rows.values()), *begin})
    for a, b in pairwise(cuts):
        opens, last = a in heads, heads.get(a, 0)
        for start, end in [(0, b - a)] if a in rows else each_sentence(flow.text[a:b], paragraphs=paragraphs):
            yield a + start, a + end, opens and start == 0, a + end <= last


def _paragraphs(document: Document, flow: Flow) -> Iterator[int]:
    """Where lines begin in the flow that don't go on with the line before."""
    for page, start in paragraph_starts(document.pages if document.kind in DRAWN else ()):
        first, last = flow.kept(page)
        if first < start < last:
            yield flow.offset(page, start)


def _rows(document: Document, flow: Flow) -> dict[int, tuple[int, int]]:
    """Where each row of a table begins in the flow: (where it ends, where its header begins or -1)."""
    found: dict[int, tuple[int, int]] = {}
    for page, row, header in headers(document.pages, flow.kept):
        start = flow.offset(page.number, row.start)
        if flow.text.startswith(page.text[row.start : row.end], start):
            found[start] = start + row.end - row.start, flow.offset(*header) if header else -1
    return found


def _end_of(heading: str, text: str, start: int) -> int:
    """Where the heading that begins at `start` ends in `text`; 0 where its words don't stand there."""
    at = start
    for word in heading.split():
        while at < len(text) and text[at].isspace():
            at += 1
        if not text.startswith(word, at):
            return 0
        at += len(word)
    return at if at > start else 0


def _split(units: list[Unit], flow: Flow, count: Count, size: int) -> list[Unit]:
    """The units with each that is over `size` cut at spaces, or inside a word that is too long itself."""
    while any(u.tokens > size and u.end - u.start > 1 for u in units):
        pieces: list[Unit] = []
        fresh: list[int] = []
        for unit in units:
            if unit.tokens <= size or unit.end - unit.start == 1:
                pieces.append(unit)
                continue
            for n, (a, b) in enumerate(_parts(flow.text, unit, -(-unit.tokens // size))):
                fresh.append(len(pieces))
                pieces.append(Unit(a, b, 0, unit.opens and n == 0, False, flow.page(a)))
        counts = count([flow.text[pieces[i].start : pieces[i].end] for i in fresh])
        for i, n in zip(fresh, counts, strict=True):
            pieces[i] = replace(pieces[i], tokens=n)
        units = pieces
    return units


def _parts(text: str, unit: Unit, number: int) -> Iterator[tuple[int, int]]:
    """At least two parts of the unit, about as long as each other, cut at white space where there is some."""
    begin, step = unit.start, max(1, -(-(unit.end - unit.start) // max(2, number)))
    while begin < unit.end:
        end = min(begin + step, unit.end)
        if end < unit.end and not text[end].isspace():
            space = next((i for i in range(end - 1, begin, -1) if text[i].isspace()), 0)
            end = space or end
        part = text[begin:end]
        if part.strip():
            a = begin + len(part) - len(part.lstrip())
            yield a, a + len(part.strip())
        begin = end


def _grouped(units: Iterable[Unit], size: int, overlap: int) -> Iterator[list[Unit]]:
    """Runs of units of at most `size` tokens together."""
    groups: list[list[Unit]] = []  # the latest, which the last unit may still join
    current: list[Unit] = []
    total = 0
    for unit in units:
        # A passage is found by its page: one that is half of another page sends people to the wrong one.
        turned = bool(current) and unit.page != current[-1].page
        section = turned or (unit.opens and total >= REASONABLE * size)
        if current and (section or total + unit.tokens > size):
            carried: list[Unit] = []
            while not section and len(current) > 1 and current[-1].heading:
                carried.insert(0, current.pop())  # a heading stands with what it is above
            groups.append(current)
            if not section and not carried and overlap and not unit.opens:
                carried = current[-overlap:] if len(current) > overlap else []
                if any(u.tokens > size / 4 for u in carried):
                    carried = []
            if unit.above and unit.above not in carried:
                carried = [unit.above, *(u for u in carried if u.above is unit.above)]
            if sum(u.tokens for u in carried) + unit.tokens > size:
                if any(u.heading for u in carried):
                    groups.append(carried)
                carried = []
            current, total = carried, sum(u.tokens for u in carried)
        current.append(unit)
        total += unit.tokens
        while len(groups) > 1:
            yield groups.pop(0)
    if current:
        groups.append(current)
    alike = len(groups) > 1 and groups[-1][-1].page == groups[-2][-1].page
    if alike and total < TINY * size and sum(u.tokens for u in groups[-2]) + total <= size:
        last = groups.pop()
        groups[-1] = groups[-1] + [u for u in last if u.start >= groups[-1][-1].end]
    yield from groups


def _fitting(groups: Iterator[list[Unit]], flow: Flow, count: Count, size: int) -> Iterator[list[Unit]]:
    """The groups, halved until each fits: a text may count more than its sentences do one by one."""
    while batch := list(islice(groups, BATCH)):
        yield from _halved(batch, flow, count, size)


def _halved(groups: list[list[Unit]], flow: Flow, count: Count, size: int) -> list[list[Unit]]:
    while True:
        counts = count(["\n".join(flow.text[a:b] for a, b in _ranges(g)) for g in groups])
        if all(n <= size or len(g) == 1 for n, g in zip(counts, groups, strict=True)):
            return groups
        halved: list[list[Unit]] = []
        for n, g in zip(counts, groups, strict=True):
            halved += [g] if n <= size or len(g) == 1 else [g[: len(g) // 2], g[len(g) // 2 :]]
        groups = halved
