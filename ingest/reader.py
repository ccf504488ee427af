"""One file's bytes, read into a document: checks its size, tells its kind, calls that kind's reader."""

from __future__ import annotations

import time
from collections.abc import Callable

from .attached import with_attached
from .book import read_book
from .delimited import read_delimited
from .errors import ReadError, translated
from .kinds import kind_of
from .limits import check_size
from .mail import read_mail
from .nouns import Document, Kind, Progress
from .pdf import read_pdf
from .picture import read_picture
from .settings import Limits
from .slides import read_slides
from .text import read_text
from .web import read_web
from .word import read_word
from .workbook import read_workbook

Reader = Callable[[bytes, str, Limits, str | None, Callable[[Progress], None]], Document]

READERS: dict[Kind, Reader] = {
    "pdf": read_pdf,
    "text": read_text,
    "markdown": read_text,
    "docx": read_word,
    "pptx": read_slides,
    "xlsx": read_workbook,
    "html": read_web,
    "epub": read_book,
    "csv": read_delimited,
    "eml": read_mail,
    "image": read_picture,
}


def read(
    data: bytes,
    name: str,
    limits: Limits,
    password: str | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Document:
    """The document in `data`, read in this process (`ingest.sandbox` does it in a child).

    Raises PasswordError where it is encrypted and `password` does not open it, ReadError where it
    can't be read: its message completes the sentence "Could not add NAME: …".
    """
    began = time.monotonic()
    document = _one(data, name, limits, password, progress)
    if not document.attached:
        return document

    def read_one(data: bytes, name: str, limits: Limits) -> Document:
        return _one(data, name, limits, password, progress)

    return with_attached(document, limits, read_one, began)


def _one(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in `data` without the pages of what is attached to it."""
    if not data:
        raise ReadError("it is empty")
    check_size(len(data), limits)
    with translated():
        return READERS[kind_of(data, name)](data, name, limits, password, progress)
