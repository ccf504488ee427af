"""Pictures inside files that are no pages (Word, slides, web pages, books): what is written in them, recognised.

Each that holds words is a page of its own behind the others.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .budget import until
from .errors import Late, ReadError
from .nouns import OFF, Heading, Page
from .numbers import counted
from .picture import first_page, size_of
from .settings import Limits

MOST = 40  # pictures of one file that are looked at
SHARE = 0.2  # of the time for one file

SMALL = 40  # pixels; what is narrower or lower is an icon or a rule

# Where it stands ("slide 4, picture 1"), the heading above it, the picture's file; None where that lies elsewhere.
Found = tuple[str, str, bytes | None]

WHY = {
    "off": f"not read: {OFF}",
    "over": f"not read: only the first {MOST} are, as far as {SHARE:.0%} of the time for one file goes",
    "strange": "not read: damaged, too large, or of a kind that can't be drawn here",
    "apart": "not read: the file only says where in the network, or on a disk, to fetch it",
    "small": "not read: too small to hold words",
    "empty": "without text that can be read",
}


class Pictures:
    """Reads the pictures of one file, each once; remembers what became of them."""

    def __init__(self, limits: Limits, tick: Callable[[], None]) -> None:
        self._limits, self._tick = limits, until(SHARE * limits.total_seconds, tick)
        self._seen: set[bytes] = set()
        self._became: Counter[str] = Counter()

    def pages(self, found: Iterable[Found], before: int) -> Iterator[tuple[Page, Heading]]:
        """A page for each picture with text, numbered after the `before` others, and the heading above it."""
        for label, heading, data in found:
            if data is None:
                self._became["apart"] += 1
                continue
            digest = hashlib.sha256(data).digest()
            if data and digest in self._seen:
                continue
            self._seen.add(digest)
            page = self._page(data)
            if page:
                before += 1
                yield replace(page, number=before, label=label), Heading(1, heading or label, before, 0)

    def _page(self, data: bytes) -> Page | None:
        looked = sum(self._became[became] for became in ("read", "empty", "strange"))
        if not self._limits.ocr:
            became = "off"
        elif looked >= MOST:
            became = "over"
        else:
            try:
                self._tick()
                if min(size_of(data)) < SMALL:
                    self._became["small"] += 1
                    return None
                page = first_page(data, self._tick)
            except Late:
                became = "over"
            except ReadError:
                became = "strange"
            else:
                became = "read" if page.text else "empty"
                if page.text:
                    self._became[became] += 1
                    # Its own document can't be drawn, so there is no place to mark.
                    return replace(page, lines=(), width=0.0, height=0.0)
        self._became[became] += 1
        return None

    def notes(self) -> Iterator[str]:
        """What a person should know of the others, a sentence each."""
        for became, said in WHY.items():
            if number := self._became[became]:
                yield f"{counted(number, 'picture is', 'pictures are')} {said}."
