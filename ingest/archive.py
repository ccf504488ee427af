"""Files that are ZIP archives inside (Word, Excel, PowerPoint, EPUB): looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
from io import BytesIO

from .errors import ReadError
from .limits import over
from .settings import Limits

TIMES = 10  # the file size limit: as much may all parts hold together when unpacked
PARTS = 50_000
XML = (".xml", ".rels", ".opf", ".ncx")
HEAD = 4_096  # bytes of a part in which a document type would stand


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
    for entry in archive.infolist():
        if entry.filename.lower().endswith(XML):
            head = part(archive, entry.filename, HEAD).replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                raise ReadError("it declares XML entities, which no office program writes; it may be made to do harm")


def part(archive: zipfile.ZipFile, name: str, most: int = -1) -> bytes:
    """The bytes of one part, at most `most`; ReadError where it is missing or damaged."""
    try:
        with archive.open(name) as file:
            return file.read(most)
    except (KeyError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ReadError(f"it is damaged: its part {name!r} can't be read") from error
    except Exception as error:
        raise ReadError(f"it is damaged: its part {name!r} can't be unpacked") from error
