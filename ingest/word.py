"""Word files (.docx): paragraphs, headings, lists, tables, text boxes and notes, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from . import archive
from .blocks import Block, document, paged, section
from .errors import ReadError
from .grid import table_lines
from .nouns import Document, Progress
from .numbers import counted
from .pictures import Found, Pictures
from .settings import Limits
from .word_numbers import BULLET
from .word_styles import Styles
from .word_text import FALLBACK, W, below, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
NOTES = {"footnotes": "Footnotes", "endnotes": "Endnotes"}


def read_word(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a .docx file.  Raises ReadError where it is damaged or over a limit."""
    import docx

    with archive.opened(data, limits) as parts:
        archive.check_xml(parts)
        notes = [block for part, title in NOTES.items() for block in _notes(parts, part, title)]
        comments = _count(parts, "word/comments.xml", f"{W}comment")
    try:
        opened = docx.Document(BytesIO(data))
    except Exception as error:  # python-docx has no error of its own: a damaged file raises nearly anything
        raise ReadError("it is not a Word document that can be read; save it as .docx in Word, and add that") from error
    body = opened.element.body
    styles = Styles(opened)
    pages, headings = paged([*_blocks(body, styles), *notes], limits)
    progress(Progress(name, len(pages), len(pages)))
    pictures = Pictures(limits, lambda: progress(Progress(name, len(pages), len(pages))))
    recognised = list(pictures.pages(_pictures(opened, styles), len(pages)))
    return document(
        data,
        name,
        "docx",
        (*pages, *(page for page, _ in recognised)),
        title=_title(opened, body),
        headings=(*headings, *(heading for _, heading in recognised)),
        notes=[
            *pictures.notes(),
            *([f"{counted(comments, 'comment is', 'comments are')} not read."] if comments else []),
        ],
    )


def _blocks(parent: _Element, styles: Styles) -> Iterator[Block]:
    """The paragraphs and tables below `parent`, those within content controls and insertions too."""
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{W}tbl":
            yield from (Block(line) for line in table_lines(_rows(child, styles)))
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _blocks(child, styles)


def _paragraph(paragraph: _Element, styles: Styles) -> Iterator[Block]:
    level, number, text = styles.level(paragraph), styles.number(paragraph), text_of(paragraph).strip()
    if text:
        yield Block(f"{'' if level and number == BULLET else number} {text}".strip(), level)
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == FALLBACK for above in box.iterancestors()):
            yield from _blocks(box, styles)


def _rows(table: _Element, styles: Styles) -> list[list[str]]:
    """The cells of a table; one that runs over several rows is in each of them."""
    rows: list[list[str]] = []
    for row in table.iter(f"{W}tr"):
        if next(row.iterancestors(f"{W}tbl")) is not table:
            continue  # of a table within a cell, which is read as the cell's text
        cells: list[str] = []
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is not row:
                continue
            merge, span = cell.find(f"{W}tcPr/{W}vMerge"), cell.find(f"{W}tcPr/{W}gridSpan")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            above = rows[-1][len(cells)] if goes_on and rows and len(rows[-1]) > len(cells) else ""
            cells.append(above or _cell(cell, styles))
            wide = span.get(f"{W}val", "1") if span is not None else "1"
            cells += [""] * (min(int(wide), 63) - 1 if wide.isdecimal() else 0)
        rows.append(cells)
    return rows


def _cell(cell: _Element, styles: Styles) -> str:
    """What stands in a cell, the numbers of its paragraphs too: of a column of numbers they are all there is."""
    texts = []
    for paragraph in below(cell, f"{W}p"):
        number = styles.number(paragraph)
        texts.append(f"{'' if number == BULLET else number} {text_of(paragraph)}".strip())
    return " ".join(filter(None, texts))


def _pictures(opened: Any, styles: Styles) -> Iterator[Found]:
    """The pictures in the order of the document, each with the heading that it stands under."""
    heading, number = "", 0
    for element in opened.element.body.iter(f"{W}p", PICTURE):
        if element.tag == f"{W}p":
            heading = next((b.text for b in _paragraph(element, styles) if b.level), heading)
        elif not any(above.tag == FALLBACK for above in element.iterancestors()):
            number += 1
            blip = element.find(f".//{BLIP}")
            part = opened.part.related_parts.get(blip.get(EMBEDDED, "")) if blip is not None else None
            where = f"picture {number}" + (f", {section(heading)}" if heading else "")
            yield where, heading, part.blob if part is not None else b""


def _notes(parts: ZipFile, part: str, title: str) -> Iterator[Block]:
    """The footnotes or endnotes, under a heading of their own."""
    root = _xml(parts, f"word/{part}.xml")
    texts = [text_of(note).strip() for note in root if note.get(f"{W}type") is None] if root is not None else []
    texts = [text for text in texts if text]
    if texts:
        yield Block(title, 1)
        yield from (Block(text) for text in texts)


def _count(parts: ZipFile, name: str, tag: str) -> int:
    root = _xml(parts, name)
    return sum(1 for _ in root.iter(tag)) if root is not None else 0


def _xml(parts: ZipFile, name: str) -> _Element | None:
    from lxml import etree

    if name not in parts.namelist():
        return None
    return etree.fromstring(archive.part(parts, name), etree.XMLParser(resolve_entities=False, no_network=True))


def _title(opened: Any, body: _Element) -> str:
    """The title that its style names, or the file's properties do."""
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val", "").casefold() == "title" and text_of(paragraph).strip():
            return text_of(paragraph)
    return str(opened.core_properties.title or "")
