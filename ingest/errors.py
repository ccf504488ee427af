"""The errors that a person can meet.  Each says what, why, and what to do now, in one line.

    FootnoteError
    ├── ReadError        a file could not be read (damaged, refused, too large, too slow, not a document)
    │   ├── PasswordError    it is encrypted, and the password is missing or wrong
    │   ├── PictureError     it is nothing but a picture, and recognising those is switched off
    │   └── Late             the time for recognising its pictures was over before all were
    ├── LibraryError     the library can't be used as asked (none there, newer version, locked, full disk)
    │   ├── ModelMismatch    the library was made with another embedding model
    │   └── UnknownDocument  no document of that name is in the library
    └── SettingError     a setting has a value that can't be used

Foreign errors are translated where they enter: `ingest.reader` for the libraries that read files, `index.store`
for SQLite and `index.vectors` for FAISS.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class FootnoteError(Exception):
    """Anything that is shown to a person as one sentence instead of a traceback."""


class ReadError(FootnoteError):
    """A file could not be read; the message says why and what to do."""


class PasswordError(ReadError):
    """The file is encrypted, and no password or a wrong one was given."""


class PictureError(ReadError):
    """The file is nothing but a picture, and recognising what is written in pictures is switched off."""


class Late(ReadError):
    """The time for recognising the pictures of a file was over before all were."""


class LibraryError(FootnoteError):
    """The library can't be used as asked."""


class ModelMismatch(LibraryError):
    """The library's vectors were made by another embedding model than the one configured."""


class UnknownDocument(LibraryError):
    """No document of that name is in the library."""


class SettingError(FootnoteError):
    """A setting has a value that can't be used; the message names the setting and the value."""


def failed(error: Exception) -> ReadError:
    """What is said where the cause of `error` is not known."""
    return ReadError(f"the reader failed on it ({type(error).__name__}); it may be damaged")


@contextmanager
def translated() -> Iterator[None]:
    """Whatever a library raises within becomes a ReadError, but for want of memory, which ends the whole reading."""
    try:
        yield
    except (FootnoteError, MemoryError):
        raise
    except Exception as error:
        raise failed(error) from error
