"""What stands around a PDF's pages: its title, outline and page labels, by PDFium.

A broken outline can be endless, so reading it has a budget of seconds; what is over it costs a warning,
never the document.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import PurePath
from typing import Any

import pypdfium2_raw as pdfium

from .budget import OutOfTime, budget
from .filing import filing_title
from .nouns import Attachment, Heading, Page
from .pdf_page import Handle, pinned_files
from .settings import Limits

SECONDS = 5.0  # for all of the structure of one file; a sound file of 1,000 pages takes well under one
MOST_HEADINGS = 5_000
DEEPEST = 12
MOST_ATTACHED = 1_000
MARGIN = 40  # characters before a heading that its number may take

# Titles that programs write when nobody gave one, and what they put around a file's name.
JUNK = re.compile(
    r"\(?(untitled( document)?|title|no title|(new )?document|slide|(powerpoint )?presentation|powerpoint"
    r"|microsoft word|doc|(?<=\()(anonymous|unspecified)|about:blank)?\)?[\s\d\-_.]*",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[\d.]+|[ivxlc]+\.?")
NUMBERED = re.compile(r"(?m:^)[\d.]+\s+\Z")
SPACE = re.compile(r"\s+")
PROGRAM = re.compile(r"^microsoft (word|powerpoint|excel|office word)\s*-\s*", re.IGNORECASE)
FILE_ENDING = re.compile(
    r"\.(docx?|pdf|pptx?|xlsx?|odt|indd|qxd|rtf|tex|dvi|txt|html?|eps|ps|p65|fm|wpd)$", re.IGNORECASE
)
DYNAMIC = (
    "It is a dynamic form (XFA), which only Adobe Reader shows: what it holds is not read. "
    "Open it there, print it to a PDF, and add that."
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the outline: its level from 1, its words and its page (from 1)."""

    level: int
    text: str
    page: int


@dataclass(slots=True)
class Structure:
    """What was found; each part stays empty where the file has none or it can't be read."""

    title: str = ""
    outline: list[Entry] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def read_structure(handle: Handle) -> Structure:
    """Title, page labels and outline of the open PDF, as far as they can be read in time."""
    found = Structure()
    try:
        with budget(SECONDS):
            found.title = _text(pdfium.FPDF_GetMetaText, handle, b"Title")
            for index in range(pdfium.FPDF_GetPageCount(handle)):
                if label := one_line(_text(pdfium.FPDF_GetPageLabel, handle, index)):
                    found.labels[index + 1] = label[:40]
            found.outline = list(islice(_entries(handle, None, 1, set()), MOST_HEADINGS))
    except OutOfTime:
        found.warnings.append("The outline and the page labels took too long to read and were left out.")
    if pdfium.FPDF_GetFormType(handle) == pdfium.FORMTYPE_XFA_FULL:
        found.warnings.append(DYNAMIC)
    return found


def _entries(handle: Handle, parent: Any, level: int, seen: set[int]) -> Iterator[Entry]:
    """The outline below `parent`, each entry before those below it; one that was seen ends its list."""
    mark = pdfium.FPDFBookmark_GetFirstChild(handle, parent)
    while mark and (address := ctypes.cast(mark, ctypes.c_void_p).value or 0) not in seen:
        seen.add(address)
        target = pdfium.FPDFBookmark_GetDest(handle, mark)
        if not target:
            target = pdfium.FPDFAction_GetDest(handle, pdfium.FPDFBookmark_GetAction(mark))
        page = pdfium.FPDFDest_GetDestPageIndex(handle, target) if target else -1
        text = one_line(_text(pdfium.FPDFBookmark_GetTitle, mark))
        if text and page >= 0:
            yield Entry(level, text[:300], page + 1)
        if level < DEEPEST:
            yield from _entries(handle, mark, level + 1, seen)
        mark = pdfium.FPDFBookmark_GetNextSibling(handle, mark)


def attached(handle: Handle, pages: Iterable[int], limits: Limits) -> tuple[Attachment, ...]:
    """The files embedded in the PDF, then those pinned to `pages`, all of them together held to the limit of one file.

    `handle` is one by which none of these pages was opened before.
    """
    found: dict[Attachment, None] = {}
    room = int(limits.megabytes * 1e6)
    for at in islice(_attachments(handle, pages), MOST_ATTACHED):
        content = _content(at, room)
        room -= len(content or b"")
        found[one_line(_text(pdfium.FPDFAttachment_GetName, at)), content] = None
    return tuple(found)


def _attachments(handle: Handle, pages: Iterable[int]) -> Iterator[Any]:
    whole = (pdfium.FPDFDoc_GetAttachment(handle, i) for i in range(pdfium.FPDFDoc_GetAttachmentCount(handle)))
    yield from filter(None, chain(whole, *(pinned_files(handle, page) for page in pages)))


def _content(attachment: Any, most: int) -> bytes | None:
    """What an attachment holds; None where it is damaged, or larger than `most` bytes."""
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, size) or size.value > most:
        return None
    room = ctypes.create_string_buffer(size.value)
    return room.raw if pdfium.FPDFAttachment_GetFile(attachment, room, size.value, size) else None


def _text(of: Callable[..., int], *arguments: Any) -> str:
    """The UTF-16 text that a function of PDFium writes; "" where there is none."""
    size = of(*arguments, None, 0)
    if size <= 2:
        return ""
    room = (ctypes.c_ushort * (size // 2 + 1))()
    of(*arguments, room, size)
    return ctypes.string_at(room, size - 2).decode("utf-16-le", "replace")


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
    words, lower = _lower(heading).split(), _lower(text)
    for form in (words, words[1:] if len(words) > 1 and NUMBER.fullmatch(words[0]) else []):
        places = list(_places(form, lower, start)) if form else []
        for place in places:
            before = NUMBERED.search(lower, max(start, place - MARGIN), place)
            if before or place == 0 or lower[place - 1] == "\n":
                return before.start() if before else place
        if places:
            return places[0]
    return -1


def _lower(text: str) -> str:
    """The text in lower case, character by character: a letter that would become two stays as it is."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _places(words: list[str], text: str, start: int) -> Iterator[int]:
    """Where the words follow each other in `text` from `start` on, with white space between them."""
    place = text.find(words[0], start)
    while place >= 0:
        at = place + len(words[0])
        for word in words[1:]:
            gap = SPACE.match(text, at)
            if not gap or not text.startswith(word, gap.end()):
                break
            at = gap.end() + len(word)
        else:
            yield place
        place = text.find(words[0], place + 1)


def best_title(given: str, pages: tuple[Page, ...], name: str) -> str:
    """What a filing's cover says, or the title in the file's own data, the largest line of its first page, its name."""
    if filed := filing_title(pages[0].text):
        return filed
    title = PROGRAM.sub("", one_line(given))
    if not JUNK.fullmatch(title) and not FILE_ENDING.search(title) and len(title) > 2:
        return title[:300]
    return _largest_line(pages[0]) or PurePath(name).stem or name


def _largest_line(page: Page) -> str:
    """The words in the largest type of the page, where one type is clearly larger than the text's."""
    if page.origin == "ocr":
        return ""  # the height of recognised lines says too little of their type, and their words may be wrong
    level = [line for line in page.lines if line.words and not line.upright]
    sizes = sorted(line.size for line in level)
    if not sizes:
        return ""
    largest, middle = sizes[-1], sizes[len(sizes) // 2]
    if len(sizes) > 1 and largest < 1.15 * middle:
        return ""
    lines = [page.text[line.start : line.end] for line in level if line.size > 0.97 * largest]
    title = " ".join(lines[:3])
    return title if 3 < len(title) <= 200 and any(c.isalpha() for c in title) else ""


def one_line(text: str) -> str:
    """White space folded; controls and half characters gone."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff\ufffd\ud800-\udfff]", " ", text).split())
