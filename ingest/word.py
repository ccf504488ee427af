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
from .word_text import FALLBACK, W, below, count_at, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBEDDED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
LAYOUT = 600  # characters; a table with a longer cell only arranges text on the page
MANY = 3  # paragraphs; the same of a table's only row with more in a cell
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
            yield from _table(child, styles)
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"):
            yield from _blocks(child, styles)


def _paragraph(paragraph: _Element, styles: Styles) -> Iterator[Block]:
    level, number, text = styles.level(paragraph), styles.number(paragraph), text_of(paragraph).strip()
    if text:
        yield Block(f"{'' if level and number == BULLET else number} {text}".strip(), level)
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(above.tag == FALLBACK for above in box.iterancestors()):
            yield from _blocks(box, styles)


def _table(table: _Element, styles: Styles) -> Iterator[Block]:
    """A table line by line; one that only arranges text on the page, as those of CVs and letters do, cell by cell."""
    rows = _cells(table)
    if _arranges(rows, styles):
        for cell in (cell for row in rows for cell in row if not _goes_on(cell)):
            yield from _blocks(cell, styles)
    else:
        yield from (Block(line) for line in table_lines(_lines(rows, styles)))


def _arranges(rows: list[list[_Element]], styles: Styles) -> bool:
    """True for a table of one column or with more in a cell than a row can say: a heading and its text, a table, much.

    A heading alone may name a column; several paragraphs are a list or an address where other rows lie beside them.
    """
    if all(len(row) < 2 for row in rows):
        return True
    for cell in (cell for row in rows for cell in row):
        filled = [p for p in below(cell, f"{W}p") if text_of(p).strip()]
        heads = len(filled) > 1 and any(map(styles.level, filled))
        if heads or (len(rows) == 1 and len(filled) > MANY) or next(below(cell, f"{W}tbl"), None) is not None:
            return True
        if sum(len(text_of(p)) for p in filled) > LAYOUT:
            return True
    return False


def _cells(table: _Element) -> list[list[_Element]]:
    """The cells of each row, without those of tables within them."""
    rows = [row for row in table.iter(f"{W}tr") if next(row.iterancestors(f"{W}tbl")) is table]
    return [[cell for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row] for row in rows]


def _goes_on(cell: _Element) -> bool:
    """True where the cell is a part of the one above it."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _lines(rows: list[list[_Element]], styles: Styles) -> list[list[str]]:
    """The text of the cells; one that runs over several rows is in each of them."""
    lines: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        for cell in row:
            above = lines[-1][len(line)] if _goes_on(cell) and lines and len(lines[-1]) > len(line) else ""
            line.append(above or _cell(cell, styles))
            line += [""] * (min(count_at(cell, "tcPr/gridSpan", 1), 63) - 1)
        lines.append(line)
    return lines


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
