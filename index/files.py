"""Files on their way in: which there are, what they hold, and the names that they get."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ingest.errors import LibraryError, ReadError
from ingest.limits import check_size
from ingest.settings import Limits

from . import failpoints, records
from .nouns import Entry


def files_below(paths: Iterable[Path], library: Path) -> Iterator[Path]:
    """The files that `paths` name, folders walked in order of name; hidden ones and the library itself left out.

    A folder that can't be listed is among them, for `bytes_of` to say what is in the way.
    """
    for path in paths:
        if not os.path.isdir(path):  # false too where a folder above may not be read; Path.is_dir raises
            yield path
            continue
        closed: list[OSError] = []
        for folder, folders, files in os.walk(path, onerror=closed.append):
            inside = [f for f in sorted(folders) if not f.startswith(".")]
            folders[:] = [f for f in inside if (Path(folder) / f).resolve() != library.resolve()]
            yield from (Path(folder) / f for f in sorted(files) if not f.startswith("."))
        yield from (Path(error.filename) for error in closed)


@contextmanager
def as_file(data: bytes) -> Iterator[Path]:
    """A file that holds these bytes, as long as it is needed.  Raises LibraryError where there is no room for it."""
    with ExitStack() as stack:
        try:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="footnote-"))) / "upload"
            failpoints.reach("upload: write")
            path.write_bytes(data)
        except OSError as error:
            raise LibraryError(
                f"it can't be written to {tempfile.gettempdir()} ({error.strerror}); free some space there"
            ) from error
        yield path


def safe_name(name: str) -> str:
    """A name that can be shown on one line and stored: NFC, no control characters, at most 200 characters."""
    plain = "".join(c for c in records.clean(name) if unicodedata.category(c)[0] != "C")
    plain = records.tame(plain.replace("\\", "/").rsplit("/", 1)[-1]) or "document"
    if len(plain) <= 200:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return plain[:200] if not dot or len(ending) > 10 else f"{stem[: 199 - len(ending)]}.{ending}"


def source_of(path: Path) -> str | bytes:
    """A file's absolute path as the library keeps it: where that is not UTF-8, SQLite can hold it as bytes only."""
    found = str(path.resolve())
    try:
        found.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(found)
    return found


def away(folder: Path, lost: int = 0) -> str:
    """Why a folder from which `lost` documents are gone is taken to be away itself, and what to do; empty: it is there.

    One that holds nothing at all is what remains of a disk that isn't mounted.  So whoever empties a folder of several
    documents in one go is asked to remove them from the library too: that can't be taken back, and takes along the
    answers that used them.  One document alone is no such case: else the last of a folder would never go.
    """
    try:
        left = os.listdir(folder)
    except OSError as error:
        return (
            f"the folder {folder} can't be read ({error.strerror}), so what came from it stays in the library; "
            "put it back, or name another with FOOTNOTE_CORPUS, and start Footnote again"
        )
    if lost > 1 and not left:
        return (
            f"the folder {folder} is empty, as where its disk is away, so the {lost} documents that came from it stay "
            "in the library; put the disk back and start Footnote again, or remove them from the library if you "
            "emptied the folder yourself"
        )
    return ""


def is_gone(path: Path) -> bool:
    """True where nothing is at `path`.  What can't be looked at, as below a folder that may not be read, is there."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def gone_from(folder: Path, entries: Iterable[Entry]) -> list[str]:
    """The names of the documents that came from a file below `folder` which is no more."""
    root = folder.resolve()
    sources = [(entry.name, Path(entry.source)) for entry in entries if entry.source]
    return [name for name, source in sources if source.is_relative_to(root) and is_gone(source)]


def unique_name(connection: sqlite3.Connection, name: str) -> str:
    """`name`, or "stem (2).ending" and so on where another document has it."""
    taken = "SELECT 1 FROM documents WHERE name = ?"
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if stem else (name, "")
    found, number = name, 1
    while connection.execute(taken, (found,)).fetchone():
        number += 1
        found = f"{stem} ({number}){ending}"
    return found


def bytes_of(path: Path, limits: Limits) -> bytes:
    """The file's bytes.  Raises ReadError saying what is in the way."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            os.listdir(path)  # raises what was in the way when its files were looked for
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{path} is not a regular file; name a file that holds a document")
        check_size(status.st_size, limits)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"there is no file {path}; check the spelling") from error
    except PermissionError as error:
        raise ReadError(f"{path} may not be read; give yourself permission (chmod u+r; u+rx for a folder)") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}") from error
