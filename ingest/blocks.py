"""Documents without pages of their own: their paragraphs, headings and rows, made into pages by section.

A page begins at each heading that has text before it on its page, and is labelled with that heading
(`section "Scope"`), so that a person finds the place in the original without a page number.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from .headings import LONGEST
from .limits import check_characters, check_pages
from .nouns import Attachment, Document, Heading, Kind, Page
from .settings import Limits

PAGE = 20_000  # characters; a longer section is cut between paragraphs
CUT_LEVELS = (3, 2, 1, 0)  # headings down to this level begin pages; fewer where there would be too many pages
MOST = 500  # pages by section; beyond, only the larger headings begin one
LABEL = 80  # characters of a heading in a label
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ") | {0: "\ufffd", 0x0D: "\n"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row or a heading.  `level` is a heading's, from 1; 0 for all else.

    `label` begins a page that is called so, whatever the headings do.
    """

    text: str
    level: int = 0
    label: str = ""


def clean(text: str) -> str:
    """Text without control characters, and without lone surrogates, which nothing can store."""
    return text.translate(CONTROLS).encode("utf-8", "replace").decode("utf-8").strip()


def paged(blocks: Iterable[Block], limits: Limits) -> tuple[tuple[Page, ...], tuple[Heading, ...]]:
    """The pages that the blocks make, and their headings; one too long to be a heading is none.

    Raises ReadError over a limit.
    """
    kept = [replace(b, text=clean(b.text)) for b in blocks]
    kept = [replace(b, level=0) if len(b.text) > LONGEST else b for b in kept if b.text or b.label]
    check_characters(sum(len(b.text) for b in kept), limits)
    groups: list[tuple[str, list[Block]]] = []
    for deepest in CUT_LEVELS:
        groups = _grouped(kept, deepest)
        if len(groups) <= MOST:
            break
    check_pages(len(groups), limits)
    pages, headings = [], []
    for number, (label, group) in enumerate(groups, 1):
        text = ""
        for block in group:
            text += "\n\n" if text else ""
            if block.level:
                headings.append(Heading(block.level, " ".join(block.text.split()), number, len(text)))
            text += block.text
        pages.append(Page(number, label or str(number), text))
    return tuple(pages), tuple(headings)


def _grouped(blocks: Sequence[Block], deepest: int) -> list[tuple[str, list[Block]]]:
    """(label, blocks) of each page."""
    groups: list[tuple[str, list[Block]]] = []
    size, part, named = 0, 1, ""
    body = given = False  # of the latest page: whether more than headings is on it, and whether its label was given
    for block in blocks:
        heading = 0 < block.level <= deepest
        if not groups or block.label or (heading and body):
            named, part, size = block.label or (section(block.text) if heading else ""), 1, 0
            body, given = False, bool(block.label)
            groups.append((named, []))
        elif size and size + len(block.text) > PAGE:
            part, size = part + 1, 0
            body = given = False
            groups.append((f"{named}, part {part}" if named else "", []))
        elif heading and not given:
            groups[-1] = (section(block.text), groups[-1][1])
            named = groups[-1][0]
        groups[-1][1].append(block)
        size += len(block.text)
        body = body or bool(block.text and not block.level)
    return groups


def section(heading: str) -> str:
    """The label of a page that a heading names."""
    words = " ".join(heading.split())
    return f'section "{words if len(words) <= LABEL else words[: LABEL - 1].rstrip() + "…"}"'


def document(
    data: bytes,
    name: str,
    kind: Kind,
    pages: tuple[Page, ...],
    *,
    title: str = "",
    headings: tuple[Heading, ...] = (),
    warnings: Iterable[str] = (),
    notes: Iterable[str] = (),
    attached: Iterable[Attachment] = (),
) -> Document:
    """The document of these pages; its title is `title`, its first heading, or made from its name."""
    first = headings[0].text if headings and headings[0].page == 1 else ""
    given = " ".join(clean(title).split())
    stem = re.sub(r"[\s_-]+", " ", PurePath(name).stem).strip() or name
    return Document(
        id=hashlib.sha256(data).hexdigest(),
        name=name,
        title=(given or first or stem)[:300],
        kind=kind,
        pages=pages or (Page(1, "1", ""),),
        headings=headings,
        warnings=(*warnings, *(() if any(p.text for p in pages) else ("It holds no text that can be read.",))),
        notes=tuple(notes),
        size=len(data),
        attached=tuple(attached),
    )
