"""What pypdf reads of a PDF: text where PDFium can't, and the user units that PDFium does not tell.

pypdf is pure Python and can take very long on a broken file, so all but the reading of a whole file,
which tells its progress, has a budget of seconds.
"""

from __future__ import annotations

import logging
import re
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

from .budget import OutOfTime, budget

if TYPE_CHECKING:
    from pypdf import PdfReader

SECONDS = 5.0
UNIT = b"/UserUnit"
PACKED = b"/ObjStm"
NAMES = re.compile(rb"/UserUnit|/ObjStm|/Encrypt")  # all in one pass over the file
STREAM = re.compile(rb"stream\r?\n")
LIGATURE = re.compile(r"/(f(?:_[a-z])+|T_h|c_[hkt]|s_[pt]|t_[it])")  # a glyph's name: pypdf gives those it doesn't know
MOST = 1 << 20  # bytes of one packed stream that are searched


def open_reader(data: bytes, password: str | None) -> PdfReader:
    """pypdf's reader of `data`, opened with the empty password or the one given."""
    from pypdf import PdfReader  # a fifth of a second, so only a PDF pays it

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt("") and password:
        reader.decrypt(password)
    return reader


def page_texts(data: bytes, password: str | None) -> Iterator[tuple[int, int, str]]:
    """(page number, number of pages, text) for every page, by pypdf; nothing where it can't open the file."""
    try:
        with quiet():
            reader = open_reader(data, password)
            total = len(reader.pages)
    except (Exception, RecursionError):  # noqa: BLE001 - pypdf raises nearly anything on a broken file
        return
    for index in range(total):
        with quiet():
            text = _page_text(reader, index)
        yield index + 1, total, text


def second_texts(data: bytes, password: str | None, numbers: Sequence[int]) -> dict[int, str]:
    """pypdf's text of the pages `numbers` (from 1), as many as it can read in time."""
    found: dict[int, str] = {}
    try:
        with budget(SECONDS), quiet():
            reader = open_reader(data, password)
            for number in numbers:
                found[number] = _page_text(reader, number - 1)
    except (OutOfTime, Exception, RecursionError):  # noqa: BLE001 - see page_texts
        return found
    return found


def user_units(data: bytes, password: str | None) -> dict[int, float]:
    """The user unit (1/72 inch times) of each page (from 1) that has one; nothing where it can't be read in time."""
    found: dict[int, float] = {}
    if not _mentions_units(data):
        return found
    try:
        with budget(SECONDS), quiet():
            for number, page in enumerate(open_reader(data, password).pages, 1):
                if "/UserUnit" in page:
                    unit = float(page["/UserUnit"])  # type: ignore[arg-type]
                    if 0 < unit <= 1_000:
                        found[number] = unit
    except (OutOfTime, Exception, RecursionError):  # noqa: BLE001 - see page_texts
        return found
    return found


def _mentions_units(data: bytes) -> bool:
    """True where the file names a user unit, openly or in a packed stream; reading it for that alone takes long."""
    places: list[int] = []  # of packed streams
    locked = False
    for name in NAMES.finditer(data):
        if name[0] == UNIT:
            return True
        if name[0] == PACKED:
            places.append(name.start())
        else:
            locked = True  # its streams can't be read here
    return bool(places) if locked else any(UNIT in _packed_at(data, at) for at in places)


def _packed_at(data: bytes, at: int) -> bytes:
    """What the packed stream holds whose dictionary names itself at that place."""
    begin = STREAM.search(data, at, at + 1_000)
    return _unpacked(data[begin.end() : begin.end() + MOST]) if begin else b""


def _unpacked(data: bytes) -> bytes:
    """What the deflated stream at the start of `data` holds, as far as it can be read."""
    try:
        return zlib.decompressobj().decompress(data, MOST)
    except zlib.error:
        return b""


def _page_text(reader: PdfReader, index: int) -> str:
    try:
        text = reader.pages[index].extract_text()
    except Exception:  # noqa: BLE001 - see page_texts
        return ""
    text = LIGATURE.sub(lambda name: name[1].replace("_", ""), text)
    lines = (re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@contextmanager
def quiet() -> Iterator[None]:
    """pypdf tells its log of every oddity; none of it is for the person who adds the file."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)
