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
from ingest.settings import Limits

from . import failpoints, records


def files_below(paths: Iterable[Path], library: Path) -> Iterator[Path]:
    """The files that `paths` name, folders walked in order of name; hidden ones and the library itself left out."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, files in os.walk(path):
            inside = [f for f in sorted(folders) if not f.startswith(".")]
            folders[:] = [f for f in inside if (Path(folder) / f).resolve() != library.resolve()]
            yield from (Path(folder) / f for f in sorted(files) if not f.startswith("."))


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
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(f"{path} is not a regular file; name a file that holds a document")
        check_size(path.name, status.st_size, limits)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"there is no file {path}; check the spelling") from error
    except PermissionError as error:
        raise ReadError(f"{path} may not be read; give yourself permission (chmod u+r)") from error
    except (OSError, ValueError) as error:
        raise ReadError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}") from error


def check_size(name: str, size: int, limits: Limits) -> None:
    """Raises ReadError where a file of `size` bytes is over the limit."""
    if size > limits.megabytes * 1e6:
        raise ReadError(
            f"{name} has {size / 1e6:.1f} MB, and the limit is {limits.megabytes:g} MB; "
            "split it, or raise FOOTNOTE_MAX_FILE_MB"
        )
