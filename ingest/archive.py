"""Files that are ZIP archives inside (Word, Excel, PowerPoint, EPUB): looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from .errors import ReadError
from .limits import over
from .settings import Limits

TIMES = 10  # the file size limit: as much may all parts hold together when unpacked
PARTS = 50_000
XML = (".xml", ".rels")
DOCTYPE = b"<!DOCTYPE"  # within which entities are declared
BLOCK = 1 << 20  # bytes of a part that are unpacked together


def opened(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive.  Raises ReadError where it is damaged, protected, or would unpack to more than is allowed."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ReadError("it is damaged: its parts can't be found; save it again in the program that made it") from error
    entries = archive.infolist()
    if len(entries) > PARTS:
        raise ReadError(f"it has {len(entries)} parts, more than any real document; it is damaged, or made to do harm")
    # zipfile never gives more of a part than the size that is declared, so the declared sizes are what counts.
    size, most = sum(entry.file_size for entry in entries), TIMES * limits.megabytes * 1e6
    if size > most:
        raise over(f"it unpacks to {size / 1e6:.0f} MB", f"{most / 1e6:g} MB", "FOOTNOTE_MAX_FILE_MB")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError("it is protected by a password; save a copy without one")
    return archive


def check_xml(archive: zipfile.ZipFile) -> None:
    """Raises ReadError where an XML part declares entities: office files have none, and they can be made to explode."""
    for name in archive.namelist():
        last = b""
        for block in _blocks(archive, name) if name.lower().endswith(XML) else ():
            last = last[-len(DOCTYPE) :] + block.replace(b"\0", b"")  # of UTF-16
            if DOCTYPE in last:
                raise ReadError("it declares XML entities, which no office program writes; it may be made to do harm")


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one part; ReadError where it is missing or damaged."""
    return b"".join(_blocks(archive, name))


def _blocks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as file:
            while block := file.read(BLOCK):
                yield block
    except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ReadError(f"it is damaged: its part {name!r} can't be read") from error
    except Exception as error:
        raise ReadError(f"it is damaged: its part {name!r} can't be unpacked") from error
