"""Saved web pages, and the HTML inside books and e-mails: text in blocks; nothing is executed or fetched."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from .blocks import Block, document, paged, section
from .charsets import codec_of, text_of
from .elements import HEADINGS, hidden, left_out, tag_of, typed, words_of
from .errors import ReadError
from .formula import formula
from .grid import table_lines
from .nouns import Document, Progress
from .numerals import in_letters, in_roman
from .pictures import Pictures
from .settings import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr html legend li main ol p pre section summary table tbody td textarea tfoot th thead tr ul".split()
)
NAMELESS: Mapping[str, str] = {}
AS_WRITTEN = ("pre", "textarea")
DECLARED = re.compile(
    rb"<meta\b[^>]{0,500}?\bcharset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
SAMPLE = 16_384  # bytes that the encoding is declared in; browsers look at 1,024, and at the whole head later
LIST_STYLE = re.compile(
    r"\blist-style(?:-type)?\s*:[^;]*\b(?:(none|disc|circle|square)|(lower|upper)-(alpha|latin|roman))\b", re.IGNORECASE
)
INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?!\d)", re.ASCII)
NUMERALS = {"a": in_letters, "l": in_letters, "i": in_roman, "r": in_roman}  # by type, and by the letter of a style
MOST_COLUMNS, MOST_ROWS = 50, 65_534  # that a cell is let run over; the second is HTML's own limit
CARRIED = 20_000_000  # characters of cells that run over several rows, as many as a document may have
LAYOUT = 600  # characters; a table with a longer cell only arranges text on the page


def read_web(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a saved web page.  Raises ReadError over a limit, or where there is no HTML in it."""
    root = parsed(data)
    pages, headings = paged(blocks_of(root), limits)
    progress(Progress(name, len(pages), len(pages)))
    pictures = Pictures(limits, lambda: progress(Progress(name, len(pages), len(pages))))
    found = ((where, heading, inline(address)) for where, heading, address in pictures_of(root))
    recognised = list(pictures.pages(found, len(pages)))
    return document(
        data,
        name,
        "html",
        (*pages, *(page for page, _ in recognised)),
        title=title_of(root),
        headings=(*headings, *(heading for _, heading in recognised)),
        notes=pictures.notes(),
    )


def parsed(data: bytes, label: str = "") -> _Element:
    """The tree of the HTML in `data`, which is said from outside to be in the encoding `label`, or says so itself."""
    from lxml import etree

    text = text_of(data, label if codec_of(label) else declared(data))
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.ParseError as error:
        raise ReadError("no HTML can be read in it") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ReadError("its parts stand within each other thousands deep, as no program writes them")
    if root is None:
        raise ReadError("no HTML can be read in it")
    return root


def declared(data: bytes) -> str:
    """What the HTML or XML in `data` calls its encoding; "" where it doesn't."""
    found = DECLARED.search(data, 0, SAMPLE)
    label = (found[1] or found[2]).decode("ascii") if found else ""
    # A label that could be read byte by byte is not in UTF-16, whatever it says.
    return "" if codec_of(label).startswith(("utf-16", "utf-32")) else label


def title_of(root: _Element) -> str:
    """What the page calls itself."""
    return " ".join(str(root.findtext(".//title") or "").split())


def pictures_of(
    root: _Element, heading: str = "", before: int = 0, names: Mapping[str, str] = NAMELESS
) -> Iterator[tuple[str, str, str]]:
    """Where each picture stands, the heading above it (`heading` above the first), and its address, in their order.

    They are numbered after `before` others.  `names` are what the places with these ids are called.
    """
    from lxml import etree

    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = tag_of(element)
        heading = _name(element, names) or heading
        if hidden(element) if tag == "svg" else left_out(element, tag):
            walk.skip_subtree()
        elif tag in HEADINGS:
            heading = words_of(element) or heading
        elif tag in ("img", "image"):
            before += 1
            address = element.get("src") or element.get("href") or element.get("xlink:href") or ""
            where = f"picture {before}" + (f", {section(heading)}" if heading else "")
            yield where, heading, address


def inline(address: str) -> bytes | None:
    """What a data: URL (RFC 2397) holds; None for all other addresses, since nothing is ever fetched."""
    kind, comma, body = address.strip().partition(",")
    if not comma or kind[:5].casefold() != "data:":
        return None
    held = unquote_to_bytes(body)
    if not kind.casefold().endswith(";base64"):
        return held
    try:
        return base64.b64decode(b"".join(held.split()) + b"==")
    except binascii.Error:
        return b""


def blocks_of(root: _Element, names: Mapping[str, str] = NAMELESS) -> Iterator[Block]:
    """Paragraphs, list items, headings and table rows, in their order.

    `names` are what the places with these ids are called; the first block of each has that for its label.
    """
    from lxml import etree

    line: list[str] = []
    kept = 0  # how deep within <pre> or <textarea>, where line breaks count
    lead = called = ""
    numbers: dict[_Element, int] = {}  # of the next item, by list

    def flushed(level: int = 0) -> Iterator[Block]:
        nonlocal lead, called
        text = "".join(line)
        text = "\n".join(" ".join(part.split()) if not kept else part.rstrip() for part in text.split("\n")).strip("\n")
        line.clear()
        if text.strip():
            yield Block(lead + text.strip(), level, called)
            lead = called = ""

    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        block = tag in BLOCKS or tag in HEADINGS
        if event == "start":
            if block:
                yield from flushed()
            called = _name(element, names) or called
            if left_out(element, tag):
                walk.skip_subtree()
                continue
            if tag == "math":
                line.append(formula(element))
                walk.skip_subtree()
                continue
            rows = _rows(element) if tag == "table" else None
            if rows is not None:
                captions = [part for caption in element.iterchildren("caption") for part in blocks_of(caption)]
                for part in (*captions, *map(Block, table_lines(rows, _declared(element)))):
                    yield replace(part, label=called)
                    called = ""
                walk.skip_subtree()
                continue
            if tag == "li":
                lead = _mark(element, numbers)
            kept += tag in AS_WRITTEN
            line.append("\n" if tag == "br" else typed(element) if tag == "input" else _inline(element.text, kept))
        else:
            if block:
                yield from flushed(HEADINGS.get(tag, 0))
                lead = "" if tag == "li" else lead
            kept -= tag in AS_WRITTEN and kept > 0
            if element is not root:
                line.append(_inline(element.tail, kept))
    yield from flushed()


def _name(element: _Element, names: Mapping[str, str]) -> str:
    place = (element.get("id") or element.get("name")) if names else ""
    return names.get(place, "") if place else ""


def _mark(item: _Element, numbers: dict[_Element, int]) -> str:
    """What an item of a list begins with: a bullet, or its number as HTML counts it ("ordinal value")."""
    above = item.getparent()
    style = LIST_STYLE.search(above.get("style") or "") if above is not None else None
    if above is None or tag_of(above) != "ol" or (style and style[1]):
        return "• "
    backwards = above.get("reversed") is not None
    if above not in numbers:
        first = sum(1 for _ in above.iterchildren("li")) if backwards else 1
        numbers[above] = _integer(above.get("start"), first)
    number = _integer(item.get("value"), numbers[above])
    numbers[above] = number + (-1 if backwards else 1)
    kind = item.get("type") or above.get("type") or ""
    if style:
        kind = style[3][0].upper() if style[2].casefold() == "upper" else style[3][0].lower()
    said = NUMERALS.get(kind.casefold(), str)(number) if 0 < number < 4_000 else str(number)
    return f"{said.upper() if kind.isupper() else said}. "


def _integer(value: str | None, otherwise: int) -> int:
    found = INTEGER.match(value or "")
    return int(found[1]) if found else otherwise


def _inline(text: str | None, kept: int) -> str:
    return (text or "") if kept else re.sub(r"\s+", " ", text or "")


def _rows(table: _Element) -> list[list[str]] | None:
    """The cells of a table, row by row, one that runs over several rows in each of them.

    None where it holds other tables, or only arranges the page.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return None
    rows: list[list[str]] = []
    running: dict[int, tuple[str, int]] = {}  # by column: what runs on from the row above, and for how many rows yet
    carried, group = 0, None
    for row in table.iter("tr"):
        if hidden(row):
            continue
        if row.getparent() is not group:  # no cell runs on out of its part of the table
            group, running = row.getparent(), {}
        cells: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        own = row.iterchildren("td", "th")
        cell = next(own, None)
        while cell is not None or running:
            text, more = running.pop(len(cells), ("", 0))
            if more:
                carried += len(text) + 1
                if more > 1:
                    below[len(cells)] = text, more - 1
                cells.append(text)
            elif cell is not None:
                text, more = _cell(cell), _span(cell, "rowspan", MOST_ROWS)
                for column in range(len(cells), len(cells) + _span(cell, "colspan", MOST_COLUMNS)):
                    running.pop(column, None)  # where both run over it, the later cell is the one that is seen
                    if more > 1:
                        below[column] = text, more - 1
                    cells.append(text)
                    text = ""
                cell = next(own, None)
            else:
                cells.append("")
        if carried > CARRIED:
            raise ReadError("a cell of a table in it runs over more rows than any real table has")
        running = below
        rows.append(cells)
    if max(map(len, rows), default=0) < 2 or any(len(cell) > LAYOUT for row in rows for cell in row):
        return None
    return rows


def _declared(table: _Element) -> int | None:
    """How many of the first rows of a table are its head, which all is in <th>; 0 where the rows have heads instead."""
    shown = (row for row in table.iter("tr") if not hidden(row))
    rows = [{tag_of(cell) for cell in row.iterchildren("td", "th")} for row in shown]
    heads = sum(1 for _ in takewhile({"th"}.__eq__, rows))
    return heads or (0 if rows and "th" in rows[0] else None)


def _cell(cell: _Element) -> str:
    """What is read in a cell, on one line."""
    plain = not len(cell) and not hidden(cell)
    text = cell.text or "" if plain else " ".join(block.text for block in blocks_of(cell))
    return " ".join(text.split())


def _span(cell: _Element, over: str, most: int) -> int:
    """How many rows or columns a cell runs over."""
    value = (cell.get(over) or "").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 9 else 1
