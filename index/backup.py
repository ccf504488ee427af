"""One file that holds a whole library, written and read back while the library is in use."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.errors import LibraryError

from . import failpoints, health, schema
from .owner import NOBODY
from .store import FILE, Store, meta, read_only, refuse_others, set_meta

COUNTERS = ("generation", "removed")  # what running programs tell by that their memory of the library is old


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup file holds; `bytes` is its size, `sha256` its hash."""

    file: str
    documents: int
    bytes: int
    sha256: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def backup(store: Store, file: Path) -> Backup:
    """Write the library as it is at this moment to `file`, whole and checked, or not at all.

    Others may go on reading and writing.  Raises LibraryError where `file` exists or can't be written, or
    the library is damaged.
    """
    if os.path.lexists(file):
        raise LibraryError(f"{file} exists already, and nothing is written over it; name another file")
    temporary = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        with _plainly(f"the backup {file} can't be written"):
            failpoints.reach("backup: write")
            with closing(read_only(store.folder / FILE)) as connection:
                connection.execute("VACUUM INTO ?", (str(temporary.absolute()),))
            with suppress(OSError):  # FAT has no permissions, and refuses to set them
                temporary.chmod(0o600)
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
                sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        with closing(_opened(temporary)) as connection:
            _refuse_damaged(connection, f"the library in {store.folder}")
            documents = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        with _plainly(f"the backup {file} can't be written"):
            failpoints.reach("backup: rename")
            _name(temporary, file)
            _sync(file.parent)
    finally:
        with suppress(OSError):
            temporary.unlink()
    return Backup(str(file), documents, file.stat().st_size, sha256)


def restore(store: Store, file: Path) -> None:
    """Put what the backup `file` holds in the place of all that the library holds, in one step.

    Programs that use the library go on with the new contents.  Raises LibraryError where `file` is no sound
    backup; then the library stays as it is.
    """
    with read_back(file) as copy:
        put_back(store, copy, file)


@contextmanager
def read_back(file: Path) -> Iterator[sqlite3.Connection]:
    """What the backup `file` holds, for `put_back`.  Raises LibraryError where it is no sound backup."""
    with _plainly(f"{file} can't be restored"):
        if not file.is_file():
            raise LibraryError(f"there is no file {file}; check the spelling")
        refuse_others(file)
    # An unnamed database on the disk, which the system removes with the program.
    with closing(sqlite3.connect("", isolation_level=None)) as copy:
        with _plainly(f"{file} can't be restored"):
            with closing(_opened(file)) as connection:
                connection.backup(copy)
            _refuse_damaged(copy, f"the backup {file}")
            copy.execute("BEGIN")
            schema.migrate(copy)
            copy.execute("COMMIT")
        yield copy


def put_back(store: Store, copy: sqlite3.Connection, file: Path) -> None:
    """Put the `copy` of the backup `file` in the place of all that the library holds, in one step."""
    with _plainly(f"{file} can't be restored"):
        _refuse_strangers(store, copy, file)
        with store.bare() as library:
            for counter in COUNTERS:
                set_meta(copy, counter, max(int(meta(c, counter, 0)) for c in (copy, library)) + 1)
            set_meta(copy, "cache", "null")
            failpoints.reach("restore: write")
            copy.backup(library)
            failpoints.reach("committed")
    store.empty_log()


def _refuse_strangers(store: Store, copy: sqlite3.Connection, file: Path) -> None:
    """Raises LibraryError where the backup would put another's documents into a person's library."""
    with store.read() as connection:
        owner = meta(connection, "owner", NOBODY)
    if owner and owner != meta(copy, "owner", NOBODY):
        raise LibraryError(f"the backup {file} is not of the person whose library is in {store.folder}; name another")


def _opened(file: Path) -> sqlite3.Connection:
    """The database in a file that nobody else uses."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _refuse_damaged(connection: sqlite3.Connection, what: str) -> None:
    try:
        problem = next(health.problems(connection), None)
    except sqlite3.Error as error:
        problem = str(error)
    if problem:
        raise LibraryError(f"{what} is damaged ({problem}); nothing was written")


@contextmanager
def _plainly(what: str) -> Iterator[None]:
    """Foreign errors become one sentence that begins with `what`."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        said = getattr(error, "strerror", None) or error
        raise LibraryError(f"{what} ({said}); free some space, or name another file") from error


def _name(temporary: Path, file: Path) -> None:
    """Give a file its name, which unlike a rename fails where `file` has come into being meanwhile."""
    try:
        os.link(temporary, file)
        return
    except FileExistsError:
        raise
    except OSError:  # FAT and some network shares have no links: there the name is taken before it is replaced
        file.touch(0o600, exist_ok=False)
    try:
        os.replace(temporary, file)
    except BaseException:
        file.unlink()
        raise


def _sync(folder: Path) -> None:
    """See to it that a new name in the folder stays, where its file system can be asked to."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno != errno.EINVAL:  # what network shares say that don't know it
            raise
    finally:
        os.close(handle)
