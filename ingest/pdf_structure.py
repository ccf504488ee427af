"""What stands around a PDF's pages, by pypdf: title, outline, page labels, user units, and spare text.

pypdf is pure Python and can take very long on a broken file, so it works within a budget of seconds.
What it can't read costs a warning, never the document.
"""

from __future__ import annotations

import logging
import re
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from .nouns import Heading, Line, Page

if TYPE_CHECKING:
    from pypdf import PdfReader

SECONDS = 5.0  # for all of the structure of one file; a sound file of 1,000 pages takes well under one
MOST_HEADINGS = 5_000
DEEPEST = 12

# Titles that programs write when nobody gave one, and what they put around a file's name.
JUNK = re.compile(
    r"(untitled|title|no title|document|slide|(powerpoint )?presentation|powerpoint|microsoft word|doc)?[\s\d\-_.]*",
    re.IGNORECASE,
)
PROGRAM = re.compile(r"^microsoft (word|powerpoint|excel|office word)\s*-\s*", re.IGNORECASE)
FILE_ENDING = re.compile(
    r"\.(docx?|pdf|pptx?|xlsx?|odt|indd|qxd|rtf|tex|dvi|txt|html?|eps|ps|p65|fm|wpd)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: its level from 1, its words and its page (from 1)."""

    level: int
    text: str
    page: int


@dataclass(slots=True)
class Structure:
    """What pypdf found; each part stays empty where the file has none or it can't be read."""

    title: str = ""
    outline: list[Entry] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    units: dict[int, float] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


class _OutOfTime(BaseException):
    """The budget is spent.  No Exception, so that no handler within pypdf swallows it."""


def read_structure(data: bytes, password: str | None) -> Structure:
    """Title, outline, page labels and user units of the PDF in `data`, as far as they can be read in time."""
    found = Structure()
    try:
        with budget(SECONDS), quiet():
            reader = open_reader(data, password)
            for what, part in PARTS.items():
                _guarded(found, what, part, reader)
    except _OutOfTime:
        found.warnings.append("The outline and the page labels took too long to read and were left out.")
    except Exception:  # noqa: BLE001 - pypdf raises nearly anything on a broken file, and the text is what counts
        return found
    return found


def _guarded(found: Structure, what: str, part: Callable[[PdfReader, Structure], None], reader: PdfReader) -> None:
    """Read one part; what goes wrong in it becomes a warning."""
    try:
        part(reader, found)
    except Exception:  # noqa: BLE001 - see read_structure
        if what:
            found.warnings.append(f"The {what} of the file could not be read.")


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
    except (Exception, RecursionError):  # noqa: BLE001 - see read_structure
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
    except (_OutOfTime, Exception, RecursionError):  # noqa: BLE001 - see read_structure
        return found
    return found


def _page_text(reader: PdfReader, index: int) -> str:
    try:
        text = reader.pages[index].extract_text()
    except Exception:  # noqa: BLE001 - see read_structure
        return ""
    lines = (re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Raises _OutOfTime within the block after `seconds`; only a process's main thread can keep time so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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


# ------------------------------------------------------------------ the parts


def _read_title(reader: PdfReader, found: Structure) -> None:
    meta = reader.metadata
    found.title = str(meta.title or "") if meta else ""


def _read_units(reader: PdfReader, found: Structure) -> None:
    for number, page in enumerate(reader.pages, 1):
        if "/UserUnit" in page:
            unit = float(page["/UserUnit"])  # type: ignore[arg-type]
            if 0 < unit <= 1_000:
                found.units[number] = unit


def _read_labels(reader: PdfReader, found: Structure) -> None:
    if "/PageLabels" not in reader.root_object:
        return
    for number, label in enumerate(reader.page_labels, 1):
        if label := _one_line(str(label)):
            found.labels[number] = label[:40]


def _read_outline(reader: PdfReader, found: Structure) -> None:
    def walk(entries: Any, level: int) -> None:
        for entry in entries:
            if len(found.outline) >= MOST_HEADINGS:
                return
            if isinstance(entry, list):
                walk(entry, min(level + 1, DEEPEST))
            else:
                text = _one_line(str(entry.title or ""))
                page = reader.get_destination_page_number(entry)
                if text and page is not None and page >= 0:
                    found.outline.append(Entry(level, text[:300], page + 1))

    walk(reader.outline, 1)


# Each part by its name for a person; a part without a name fails without a word.
PARTS: dict[str, Callable[[PdfReader, Structure], None]] = {
    "title": _read_title,
    "": _read_units,
    "page labels": _read_labels,
    "outline": _read_outline,
}


# ------------------------------------------------------------------ what is made of them


def located(outline: list[Entry], pages: tuple[Page, ...]) -> tuple[Heading, ...]:
    """The outline as headings in reading order, each where its words stand on its page.

    One whose words stand nowhere keeps its place in the outline: it begins with the heading before it.
    """
    headings = []
    before: dict[int, int] = {}
    for entry in outline:
        if entry.page <= len(pages):
            start = before.get(entry.page, 0)
            found = _find(entry.text, pages[entry.page - 1].text, start)
            before[entry.page] = start = max(start, found)
            headings.append(Heading(entry.level, entry.text, entry.page, start))
    return tuple(sorted(headings, key=lambda h: (h.page, h.start)))


def _find(heading: str, text: str, start: int) -> int:
    """Where `heading` begins in `text`, from `start` on and at the beginning of a line if it does anywhere; else -1."""
    words = [re.escape(word) for word in heading.split()]
    bare = words[1:] if len(words) > 1 and re.fullmatch(r"[\d.\\]+|[ivxlc]+\\?\.?", words[0], re.IGNORECASE) else []
    for form in (words, bare):
        if form:
            pattern = r"\s+".join(form)
            for before in (r"(?m:^)(?:[\d.]+\s+)?", ""):
                if found := re.compile(before + pattern, re.IGNORECASE).search(text, start):
                    return found.start()
    return -1


def best_title(given: str, pages: tuple[Page, ...], name: str) -> str:
    """The title in the file's own data, else the largest line of its first page, else the file's name."""
    title = PROGRAM.sub("", _one_line(given))
    if not JUNK.fullmatch(title) and not FILE_ENDING.search(title) and len(title) > 2:
        return title[:300]
    return _largest_line(pages[0]) or PurePath(name).stem or name


def _largest_line(page: Page) -> str:
    """The words in the largest type of the page, where one type is clearly larger than the text's."""
    level = [line for line in page.lines if _is_level(line)]
    sizes = sorted(line.size for line in level)
    if not sizes:
        return ""
    largest, middle = sizes[-1], sizes[len(sizes) // 2]
    if len(sizes) > 1 and largest < 1.15 * middle:
        return ""
    lines = [page.text[line.start : line.end] for line in level if line.size > 0.97 * largest]
    title = " ".join(lines[:3])
    return title if 3 < len(title) <= 200 and any(c.isalpha() for c in title) else ""


def _is_level(line: Line) -> bool:
    """True where the line runs from left to right, not up or down the margin."""
    if not line.words:
        return False
    return max(w.y1 for w in line.words) - min(w.y0 for w in line.words) < 2 * line.size


def _one_line(text: str) -> str:
    """White space folded; controls and half characters gone."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffd\ud800-\udfff]", " ", text).split())
