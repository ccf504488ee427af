"""Files within files: what is attached to an e-mail or a PDF, read as further pages of the same document.

One file stays one document: it is added, replaced and removed as a whole.  The pages of an attachment
follow those of its host, labelled `attached "contract.pdf", page 2`.  Each goes through the same telling of
kinds and the same limits, and all of them together have those of one file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from .errors import PasswordError, ReadError
from .kinds import ACCEPTED
from .limits import check_characters, check_pages
from .nouns import OFF, Attachment, Document, Heading, Page, Span
from .settings import Limits

MOST = 50  # attachments that are read
DEEPEST = 3  # files within files within files
NAMED = 20  # of those that are not read
LABEL = 80  # characters of a name in a label
LEAST = 5.0  # seconds that are left for another attachment; with fewer none is begun

ReadOne = Callable[[bytes, str, Limits], Document]


def with_attached(document: Document, limits: Limits, read_one: ReadOne, began: float) -> Document:
    """The document with the pages of what is attached to it, and of what is attached to that.

    `read_one` reads one file without what is attached to it; `began` is the time (monotonic) at which the
    reading of the whole file began.  What can't be read is named in the warnings, each with its reason.
    """
    return _Gathering(document, limits, read_one, began).gathered()


class _Gathering:
    """The pages so far, and what became of each attachment."""

    def __init__(self, document: Document, limits: Limits, read_one: ReadOne, began: float) -> None:
        self.host, self.limits, self.read_one, self.began = document, limits, read_one, began
        self.pages = list(document.pages)
        self.headings = list(document.headings)
        self.furniture = list(document.furniture)
        self.warnings: list[str] = []
        self.notes: list[str] = []
        self.unread: list[str] = []
        self.read, self.room = 0, limits.megabytes * 1e6

    def gathered(self) -> Document:
        self.add(self.host.attached, 1)
        unread = self.unread[:NAMED]
        if len(self.unread) > NAMED:
            unread.append(f"{len(self.unread) - NAMED} more attachments are not read.")
        return replace(
            self.host,
            pages=tuple(self.pages),
            headings=tuple(self.headings),
            furniture=tuple(self.furniture),
            warnings=(*self.host.warnings, *self.warnings, *unread),
            notes=(*self.host.notes, *self.notes),
            attached=(),
        )

    def add(self, attached: Sequence[Attachment], depth: int) -> None:
        """Each that can be read, and after it what is attached to it."""
        for name, data in attached:
            shown = f'Attached "{_short(name)}"'
            try:
                inner = self.inner(name, data, depth)
            except PasswordError:
                self.unread.append(
                    f"{shown} is not read: it is protected by a password; save it, and add it by itself."
                )
            except ReadError as error:
                self.unread.append(f"{shown} is not read: {str(error).removesuffix(f'. {ACCEPTED}').rstrip('.')}.")
            else:
                self.put(inner, f'attached "{_short(name)}"', _short(name))
                self.warnings += [f"{shown}: {warning}" for warning in inner.warnings]
                self.notes += [f"{shown}: {note}" for note in inner.notes]
                self.add(inner.attached, depth + 1)

    def inner(self, name: str, data: bytes | None, depth: int) -> Document:
        """The document in one attachment.  Raises ReadError where it can't be read, or there is no room for it."""
        left = self.limits.total_seconds - (time.monotonic() - self.began)
        if data is None:
            raise ReadError("it is damaged, or larger than the limit; save it, and add it by itself")
        self.room -= len(data)
        if depth > DEEPEST:
            raise ReadError(f"it is attached to an attachment, more than {DEEPEST} deep; save it, and add it by itself")
        if self.read >= MOST:
            raise ReadError(f"only the first {MOST} attachments are; save it, and add it by itself")
        if self.room < 0:
            raise ReadError(f"all of them together are larger than {self.limits.megabytes:g} MB; add it by itself")
        if left < LEAST:
            raise ReadError("the time for one file was over before; save it, and add it by itself")
        self.read += 1
        inner = self.read_one(data, name, replace(self.limits, total_seconds=left))
        if not any(page.text.strip() for page in inner.pages) and not inner.attached:
            raise ReadError("it holds no text that can be read" + (f"; {OFF}" if inner.unrecognised else ""))
        check_pages(len(self.pages) + len(inner.pages), self.limits)
        check_characters(sum(len(page.text) for page in (*self.pages, *inner.pages)), self.limits)
        return inner

    def put(self, inner: Document, label: str, name: str) -> None:
        """The pages of one attachment behind the others; a heading of its name stands above its own."""
        before = len(self.pages)
        self.headings.append(Heading(1, name, before + 1, 0))
        self.headings += (Heading(h.level + 1, h.text, before + h.page, h.start) for h in inner.headings)
        self.furniture += (Span(before + s.page, s.start, s.end) for s in inner.furniture)
        self.pages += _labelled(inner.pages, before, label)


def _labelled(pages: Sequence[Page], before: int, label: str) -> Iterator[Page]:
    """The pages with their numbers and labels in the host; they can't be drawn from it, so they have no places."""
    for page in pages:
        own = page.label if page.label != str(page.number) else f"page {page.label}" if len(pages) > 1 else ""
        lines = tuple(replace(line, words=()) for line in page.lines)
        named = f"{label}, {own}" if own else label
        yield replace(page, number=before + page.number, label=named, lines=lines, width=0.0, height=0.0)


def _short(name: str) -> str:
    """An attachment's name on one line, its folders left out."""
    last = " ".join(name.replace("\\", "/").rsplit("/", 1)[-1].split()) or "without a name"
    return last if len(last) <= LABEL else last[: LABEL - 1] + "…"
