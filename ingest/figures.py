"""What is written in the pictures on PDF pages that have text too: charts, tables and stamps pasted in as pictures.

Each picture is recognised once.  Its lines are paragraphs of the page's text, where a person comes by the
picture when reading, and what became of the others is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from . import ocr
from .budget import until
from .errors import Late
from .nouns import Line, Page, Progress
from .numbers import counted, some
from .ocr import Found
from .ocr_page import TextBlock, block_of, moved
from .pdf_draft import Rect
from .pdf_page import Handle
from .pdf_pictures import Region
from .pictures import SHARE, WHY
from .scanned import FINEST, picture_of
from .settings import Limits

SURE = 0.75  # confidence of a line: in a photograph leaves and bricks are read as letters
LEAST = 3  # letters in a picture; what has fewer is a logo, or the figures on the axes of a chart
PROSE = 4  # words of a line that may be a part of a sentence; shorter ones are labels, and page numbers
STOPS = tuple(".!?…:;。！？؟।")
NEAR = 12  # lines; no sentence that a picture must not part is longer
REASONS = WHY | {
    "empty": "without words that can be read",
    "late": f"not read: the time for pictures, {SHARE:.0%} of that for one file, was over before; "
    "raise FOOTNOTE_MAX_TOTAL_SECONDS, and add the file again",
    "small": "not read: too small or too coarse to hold words",
}


class Figures:
    """Recognition for the pictures on one file's pages; remembers what became of them."""

    def __init__(self, name: str, limits: Limits, progress: Callable[[Progress], None]) -> None:
        self._name, self._limits = name, limits
        # What is left of the time that scanned pages share.
        self._progress = until(ocr.SHARE * limits.total_seconds, progress)
        self._seen: set[str] = set()
        self._large: set[str] = set()  # of these, the ones seen large enough to be read
        self._became: defaultdict[str, list[int]] = defaultdict(list)  # the page of each

    def read(self, handle: Handle, pages: Sequence[Page], regions: Mapping[int, Sequence[Region]]) -> tuple[Page, ...]:
        """The pages, with what is written in the regions of pictures that are on them, by their numbers."""
        tick = until(SHARE * self._limits.total_seconds, self._progress)
        found = {page.number: list(self._fresh(regions.get(page.number, ()), page)) for page in pages}
        total = sum(map(len, found.values()))
        done = 0
        read: list[Page] = []
        for page in pages:
            blocks = []
            for region in found[page.number]:
                block = self._block(handle, page, region, partial(tick, Progress(self._name, done, total)))
                done += 1
                if block:
                    blocks.append((region.rect, block))
            read.append(with_blocks(page, blocks) if blocks else page)
        return tuple(read)

    def _fresh(self, regions: Sequence[Region], page: Page) -> Iterator[Region]:
        """The regions to be recognised: those that hold a picture not seen on an earlier page."""
        for region in regions:
            if page.origin == "ocr" or region.pictures <= (self._seen if region.small else self._large):
                continue
            self._seen |= region.pictures
            if not region.small:
                self._large |= region.pictures
            became = "small" if region.small else "" if self._limits.ocr else "off"
            if became:
                self._became[became].append(page.number)
            else:
                yield region

    def _block(self, handle: Handle, page: Page, region: Region, tick: Callable[[], None]) -> TextBlock | None:
        """What is written in the region; None where nothing is, or it can't be read."""
        left, top, right, bottom = region.rect
        scale = ocr.scale_for(right - left, bottom - top, min(FINEST, region.fine))
        try:
            tick()
            found = ocr.lines_of(picture_of(handle, page, scale, region.rect), tick, _known(page, region.rect, scale))
        except Late:
            self._became["late"].append(page.number)
        except Exception:  # noqa: BLE001 - the picture is named as unread; the page's text and the others go on
            self._became["strange"].append(page.number)
        else:
            found = _trusted(found)
            if found:
                return block_of(found, scale, left, top)
            self._became["empty"].append(page.number)
        return None

    def notes(self) -> Iterator[str]:
        """What a person should know of the pictures that were not read, a sentence each."""
        for became, said in REASONS.items():
            if pages := self._became[became]:
                where = some("page", list(dict.fromkeys(pages)))
                yield f"{counted(len(pages), 'picture')} on {where} {_is(pages)} {said}."


def _is(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


def _trusted(found: Sequence[Found]) -> list[Found]:
    """The lines that are no chance find; none where there is next to nothing in them."""
    sure = [line for line in found if line.confidence >= SURE]
    return sure if sum(c.isalpha() for line in sure for c in line.text) >= LEAST else []


def _known(page: Page, rect: Rect, scale: float) -> Callable[[Rect], bool]:
    """Tells whether the page's own words stand where a line of the region's picture does."""
    left, top, right, bottom = rect
    words = [
        w for line in page.lines for w in line.words if w.x0 < right and left < w.x1 and w.y0 < bottom and top < w.y1
    ]
    boxes = [((w.x0 - left) * scale, (w.y0 - top) * scale, (w.x1 - left) * scale, (w.y1 - top) * scale) for w in words]

    def known(line: Rect) -> bool:
        x0, y0, x1, y1 = line
        crossing = [b for b in boxes if min(b[3], y1) - max(b[1], y0) > 0.4 * min(b[3] - b[1], y1 - y0)]
        return sum(max(0.0, min(b[2], x1) - max(b[0], x0)) for b in crossing) > 0.3 * (x1 - x0)

    return known


# ------------------------------------------------------------------ the place in the text


def with_blocks(page: Page, blocks: Sequence[tuple[Rect, TextBlock]]) -> Page:
    """The page with the text of pictures, at the rectangles given, as paragraphs between its lines."""
    spots = [(spot(page, rect), rect[1], rect[0], block) for rect, block in blocks]
    lines: list[Line] = []
    text = ""
    at = 0  # of the page's own text: what is taken over so far
    lines_at = 0

    def take(number: int, end: int) -> None:
        nonlocal text, at, lines_at
        shift = len(text) - at
        lines.extend(moved(line, shift) if shift else line for line in page.lines[lines_at:number])
        text += page.text[at:end]
        at, lines_at = end, number

    for number, _, _, block in sorted(spots, key=lambda s: s[:3]):
        take(number, page.lines[number].start if number < len(page.lines) else len(page.text))
        text = text.rstrip("\n") + "\n\n" if text else ""
        # Large type in a picture heads nothing but the picture, so its lines have no size.
        lines.extend(replace(moved(line, len(text)), size=0.0) for line in block.lines)
        text += block.text + "\n\n"
    take(len(page.lines), len(page.text))
    sizes = [len(block.text) for _, block in blocks]
    sure = sum(n * block.confidence for n, (_, block) in zip(sizes, blocks, strict=True)) / sum(sizes)
    # Below 1, which says that nothing was recognised.
    return replace(page, text=text.rstrip("\n"), lines=tuple(lines), confidence=min(round(sure, 4), 0.9999))


def spot(page: Page, rect: Rect) -> int:
    """The number of the line before which a picture is read: below the nearest line above it, or above the next."""
    left, top, right, bottom = rect
    middle = (top + bottom) / 2
    above: tuple[float, int] | None = None
    below: tuple[float, int] | None = None
    for number, line in enumerate(page.lines):
        if not line.words or line.recognised:
            continue
        x0, x1 = min(w.x0 for w in line.words), max(w.x1 for w in line.words)
        y0, y1 = min(w.y0 for w in line.words), max(w.y1 for w in line.words)
        if not (x0 < right and left < x1):
            continue
        if (y0 + y1) / 2 < middle:
            above = min(above or (abs(top - y1), number + 1), (abs(top - y1), number + 1))
        else:
            below = min(below or (abs(y0 - bottom), number), (abs(y0 - bottom), number))
    near = [found for found in (above, below) if found]
    number = min(near)[1] if near else len(page.lines)
    return _between_sentences(page, number)


def _between_sentences(page: Page, number: int) -> int:
    """The number, or the nearest one before or after it where the picture parts no sentence and no table."""
    for step in range(NEAR):
        for at in (number - step, number + step):
            if 0 <= at <= len(page.lines) and not _parts(page, at):
                return at
    return number


def _parts(page: Page, number: int) -> bool:
    """True where a sentence, or a table, goes on from before the line of that number."""
    before, after = page.lines[:number], page.lines[number:]
    if not before:
        return False
    if after and before[-1].table and before[-1].table == after[0].table:
        return True
    said = [page.text[line.start : line.end] for line in reversed(before[-NEAR:])]
    last = next((text for text in said if _is_prose(text) or _stops(text)), "")
    if not last or _stops(last):
        return False
    rest = [page.text[line.start : line.end] for line in after[:NEAR]]
    if rest and _is_prose(said[0]):
        return rest[0][:1].islower() or not any(map(_is_prose, rest))
    return not rest  # the sentence may go on overleaf


def _is_prose(text: str) -> bool:
    return len(text.split()) >= PROSE


def _stops(text: str) -> bool:
    return text.rstrip("\"'”’»)]").endswith(STOPS)
