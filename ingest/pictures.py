"""Pictures inside office files: what is written in them, recognised, each on a page of its own behind the others."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .budget import until
from .errors import Late, ReadError
from .nouns import Heading, Page
from .numbers import counted
from .picture import first_page
from .settings import Limits

MOST = 40  # pictures of one file that are looked at
SHARE = 0.2  # of the time for one file

Found = tuple[str, str, bytes]  # where it stands ("slide 4, picture 1"), the heading above it, the picture's file

WHY = {
    "off": "not read: recognising text in pictures is switched off with FOOTNOTE_OCR",
    "over": f"not read: only the first {MOST} are, as far as {SHARE:.0%} of the time for one file goes",
    "strange": "not read: damaged, too large, or of a kind that can't be drawn here",
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
            digest = hashlib.sha256(data).digest()
            if data and digest in self._seen:
                continue
            self._seen.add(digest)
            page = self._page(data)
            if page:
                before += 1
                yield replace(page, number=before, label=label), Heading(1, heading or label, before, 0)

    def _page(self, data: bytes) -> Page | None:
        if not self._limits.ocr:
            became = "off"
        elif self._became.total() >= MOST:
            became = "over"
        else:
            try:
                self._tick()
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
