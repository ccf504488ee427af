"""Plain text and Markdown files: the text stays as it is written; only its line ends become line feeds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from .charsets import NAMES, decode, guessed, utf16
from .headings import headings_by_line
from .kinds import kind_of
from .limits import check_characters, check_pages, check_size
from .nouns import Document, Heading, Page, Progress
from .settings import Limits

PAGE = 20_000  # characters; a longer stretch without a form feed is cut at a paragraph, so that pages show quickly
GUESSED = "The file is not UTF-8; it was read as {} text, so check its letters and quotation marks."
REPLACED = "Some bytes of the file are not valid text; they are shown as \ufffd."

BREAK = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
ATX = re.compile(r" {0,3}(#{1,6})[ \t]+(\S[^\n]*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
PLAIN = re.compile(r"(?! {4}|\t|[ \t]*(?:[-*+>|]|\d{1,9}[.)])(?:[ \t]|$))[ \t]*\S")
FRONT_TITLE = re.compile(r"title:[ \t]*(\S.*)", re.IGNORECASE)


def read_text(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in `data`, which no password protects.  A form feed begins a new page.

    Raises ReadError where the file is over a limit or holds no text.
    """
    check_size(len(data), limits)
    kind = kind_of(data, name)
    text, warnings = decoded(data)
    check_characters(len(text), limits)
    texts = [part for sheet in text.split("\f") for part in _cut(sheet)]
    check_pages(len(texts), limits)
    pages = tuple(Page(n, str(n), part) for n, part in enumerate(texts, 1))
    headings = _headings(pages) if kind == "markdown" else headings_by_line(pages)
    progress(Progress(name, len(pages), len(pages)))
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        name=name,
        title=_title(pages, headings, name, markdown=kind == "markdown"),
        kind=kind,
        pages=pages,
        headings=headings,
        warnings=warnings,
        size=len(data),
    )


def decoded(data: bytes, breaks: re.Pattern[str] = BREAK) -> tuple[str, tuple[str, ...]]:
    """The text, line feeds in place of its `breaks`, and what the person should know of its encoding."""
    encoding, guess = utf16(data), ""
    if encoding:
        text = data.decode(encoding, "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            guess = guessed(data)
            text = decode(data, guess)
    warnings = (GUESSED.format(NAMES[guess]),) if guess in NAMES else ()
    if "\ufffd" in text and (encoding or guess):
        warnings = (*warnings, REPLACED)
    # U+0000 ends a string for some of the libraries that the text goes through.
    return breaks.sub("\n", text.removeprefix("\ufeff")).replace("\0", "\ufffd"), warnings


def _cut(text: str) -> Iterator[str]:
    """Parts of at most PAGE characters, cut after a blank line where there is one, else a line, else a space."""
    at = 0
    while len(text) - at > PAGE:
        end = at + PAGE
        for mark in ("\n\n", "\n", " "):
            found = text.rfind(mark, at + PAGE // 2, end)
            if found > 0:
                end = found + len(mark)
                break
        yield text[at:end]
        at = end
    yield text[at:]


def _headings(pages: tuple[Page, ...]) -> tuple[Heading, ...]:
    """Markdown's headings, both kinds, outside code fences and front matter."""
    found: list[Heading] = []
    fence = ""
    for page in pages:
        at = skip = _front_matter(page.text) if page.number == 1 else 0
        before, before_at = "", at
        for line in page.text[skip:].split("\n"):
            mark = FENCE.match(line)
            if mark:
                fence = mark[1] if not fence else "" if mark[1].startswith(fence) else fence
                before = ""
            elif not fence:
                heading = _atx(line, page.number, at) or _setext(line, before, page.number, before_at)
                if heading:
                    found.append(heading)
                before = "" if heading else line
            before_at = at
            at += len(line) + 1
    return tuple(found)


def _atx(line: str, page: int, at: int) -> Heading | None:
    """`## Heading ##`; it starts at its words, not at its marks."""
    mark = ATX.match(line)
    words = re.sub(r"(?:^|[ \t])#+$", "", mark[2].rstrip()).rstrip() if mark else ""
    return Heading(len(mark[1]), words, page, at + mark.start(2)) if mark and words else None


def _setext(line: str, before: str, page: int, at: int) -> Heading | None:
    """A line of words underlined with = or -."""
    mark = UNDERLINE.match(line)
    if not mark or not PLAIN.match(before):
        return None
    return Heading(1 if mark[1][0] == "=" else 2, before.strip(), page, at + len(before) - len(before.lstrip()))


def _front_matter(text: str) -> int:
    """Where the YAML between `---` lines at the top ends; 0 where there is none."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---\n", 3)
    return end + 5 if end > 0 else 0


def _title(pages: tuple[Page, ...], headings: tuple[Heading, ...], name: str, *, markdown: bool) -> str:
    """Front matter's title, the first heading, a first line that looks like one, or the file's name."""
    if markdown:
        for line in pages[0].text[: _front_matter(pages[0].text)].split("\n"):
            given = FRONT_TITLE.match(line)
            if given:
                return given[1].strip().strip("\"'")
        if headings:
            return headings[0].text
    lines = pages[0].text.lstrip().split("\n", 2)
    first = " ".join(lines[0].split())
    alone = len(lines) == 1 or not lines[1].strip()
    if not markdown and alone and 3 <= len(first) <= 100 and first[-1] not in ".,;:!?" and first[0].isalnum():
        return first
    return re.sub(r"[\s_-]+", " ", PurePath(name).stem).strip() or name
