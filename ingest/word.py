"""Word files (.docx): the body in its order (`word_body.py`), then the notes, and what its headers and footers say."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from . import archive
from .blocks import Block, document, paged, section
from .drawings import A, Drawings, R
from .errors import ReadError
from .nouns import Document, Progress
from .numbers import counted
from .page_numbers import PAGE
from .pictures import Found, Pictures
from .settings import Limits
from .word_body import Body
from .word_styles import Styles
from .word_text import FALLBACK, W, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
BLIP = f"{A}blip"
EMBEDDED, REFERENCE = f"{R}embed", f"{R}id"
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
    styles, drawings = Styles(opened), Drawings()
    main = Body(opened.part, styles, drawings)
    blocks = list(main.blocks(body))
    repeated = _repeated(opened, styles, drawings, {block.text for block in blocks})
    pages, headings = paged([*blocks, *notes, *repeated], limits)
    progress(Progress(name, len(pages), len(pages)))
    pictures = Pictures(limits, lambda: progress(Progress(name, len(pages), len(pages))))
    recognised = list(pictures.pages(_pictures(opened, main, styles), len(pages)))
    return document(
        data,
        name,
        "docx",
        (*pages, *(page for page, _ in recognised)),
        title=_title(opened, body),
        headings=(*headings, *(heading for _, heading in recognised)),
        notes=[
            *pictures.notes(),
            *drawings.notes(),
            *([f"{counted(comments, 'comment is', 'comments are')} not read."] if comments else []),
        ],
    )


def _pictures(opened: Any, main: Body, styles: Styles) -> Iterator[Found]:
    """The pictures in the order of the document, each with the heading that it stands under."""
    heading, number = "", 0
    for element in opened.element.body.iter(f"{W}p", PICTURE):
        if element.tag == f"{W}p":
            heading = next((b.text for b in main.paragraph(element)), heading) if styles.level(element) else heading
        elif not any(above.tag == FALLBACK for above in element.iterancestors()):
            number += 1
            blip = element.find(f".//{BLIP}")
            part = opened.part.related_parts.get(blip.get(EMBEDDED, "")) if blip is not None else None
            where = f"picture {number}" + (f", {section(heading)}" if heading else "")
            yield where, heading, part.blob if part is not None else b""


def _repeated(opened: Any, styles: Styles, drawings: Drawings, known: Container[str]) -> Iterator[Block]:
    """What stands in headers and footers, each text once, under a heading of their own; not what the body says too."""
    parts = {}
    for kind in ("header", "footer"):
        for reference in opened.element.body.iter(f"{W}{kind}Reference"):
            related = opened.part.rels.get(reference.get(REFERENCE, ""))
            if related is not None and not related.is_external and hasattr(related.target_part, "element"):
                parts[related.target_part.partname] = related.target_part
    texts = [b.text for part in parts.values() for b in Body(part, styles, drawings).blocks(part.element)]
    said = [text for text in dict.fromkeys(texts) if text not in known and not PAGE.fullmatch(text.casefold())]
    if said:
        yield Block("Headers and footers", 1)
        yield from map(Block, said)


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
