"""A library that needs no model and no child process: plain text, read in place."""

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.embedder import HashingEmbedder
from index.library import Library
from index.settings import Settings
from ingest.errors import PasswordError, ReadError
from ingest.nouns import OFF, Document, Kind, Page, Progress


class PlainReader:
    """Reads text, a page at each form feed, as a PDF or Word file where the name ends so; counts what it reads.

    Bytes with a NUL are refused; those that begin with LOCKED need the password "open sesame".  What stands in
    angle brackets is in a picture, and left out unless that is to be recognised.
    """

    def __init__(self) -> None:
        self.reads = 0

    def read(self, path: Path, *, name=None, password=None, progress=None, cancelled=None, recognise=True) -> Document:
        data = path.read_bytes()
        self.reads += 1
        if b"\0" in data:
            raise ReadError(f"{name} is not a PDF, text or Markdown file; name another")
        if data.startswith(b"LOCKED") and password != "open sesame":
            raise PasswordError("the password does not open it" if password else "it is protected by a password")
        texts = data.decode("utf-8", "replace").split("\f")
        pictured = re.compile("<.*?>")
        notes: tuple[str, ...] = ()
        if not recognise and pictured.search("".join(texts)):
            texts, notes = [pictured.sub("", text) for text in texts], (f"1 picture is not read: {OFF}.",)
        for number in range(1, len(texts) + 1):
            if progress:
                progress(Progress(name or path.name, number, len(texts)))
            if cancelled and cancelled():
                raise ReadError("cancelled")
        pages = tuple(Page(number, str(number), text) for number, text in enumerate(texts, 1))
        called = name or path.name
        kinds: dict[str, Kind] = {".pdf": "pdf", ".docx": "docx"}
        kind = kinds.get(Path(called).suffix, "text")
        return Document(hashlib.sha256(data).hexdigest(), called, path.stem, kind, pages, size=len(data), notes=notes)


@pytest.fixture
def reader() -> PlainReader:
    return PlainReader()


@pytest.fixture
def open_library(tmp_path: Path, reader: PlainReader) -> Iterator[Callable[..., Library]]:
    """Opens the test's library, as often as it is called."""
    opened = []

    def open_it(embedder=None) -> Library:
        found = Library.open(
            tmp_path / "library",
            Settings(model="hashing"),
            create=True,
            embedder=embedder or HashingEmbedder(),
            reader=reader,
        )
        opened.append(found)
        return found

    yield open_it
    for each in opened:
        each.close()


@pytest.fixture
def library(open_library: Callable[..., Library]) -> Library:
    return open_library()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file below the test's folder `docs`."""

    def write_it(name: str, text: str) -> Path:
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    return write_it
