"""PowerPoint files (.pptx): a slide a page, its title, texts, tables, charts and diagrams, and the speaker's notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

from . import archive
from .blocks import clean, document
from .drawings import DRAWN, A, Drawings, M
from .errors import ReadError
from .grid import table_lines
from .limits import check_characters, check_pages
from .nouns import Document, Heading, Page, Progress
from .numbers import some
from .pictures import Found, Pictures
from .settings import Limits
from .slide_shapes import Placed, in_order, placed

WRITTEN = (f"{A}t", f"{A}br", f"{M}t")


def read_slides(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in a .pptx file.  Raises ReadError where it is damaged or over a limit."""
    import pptx

    with archive.opened(data, limits) as parts:
        archive.check_xml(parts)
    try:
        opened = pptx.Presentation(BytesIO(data))
    except Exception as error:  # python-pptx has no error of its own: a damaged file raises nearly anything
        raise ReadError("it is not a presentation that can be read; save it as .pptx in PowerPoint") from error
    check_pages(len(opened.slides), limits)
    pages: list[Page] = []
    headings: list[Heading] = []
    found: list[Found] = []
    drawings = Drawings()
    for number, slide in enumerate(opened.slides, 1):
        shapes = placed(slide)
        title = clean(slide.shapes.title.text_frame.text) if slide.shapes.title is not None else ""
        rest = [clean(text) for text in _texts(slide, shapes, drawings)]
        pages.append(Page(number, f"slide {number}", "\n\n".join(t for t in [title, *rest] if t)))
        if title:
            headings.append(Heading(1, " ".join(title.split()), number, 0))
        found += _pictures(shapes, number, title)
        check_characters(sum(len(page.text) for page in pages), limits)
        progress(Progress(name, number, len(opened.slides)))
    pictures = Pictures(limits, lambda: progress(Progress(name, len(pages), len(pages))))
    empty = [page.number for page in pages if not page.text]
    for page, heading in pictures.pages(found, len(pages)):
        pages.append(page)
        headings.append(heading)
    return document(
        data,
        name,
        "pptx",
        tuple(pages),
        title=str(opened.core_properties.title or ""),
        headings=tuple(headings),
        warnings=[f"There is no text on {some('slide', empty)}."] if empty and len(empty) < len(pages) else [],
        notes=[*pictures.notes(), *drawings.notes()],
    )


def _texts(slide: Any, shapes: Iterable[Placed], drawings: Drawings) -> Iterator[str]:
    """What stands on the slide below its title, in the order in which it is read, then the notes."""
    title = slide.shapes.title
    texts = {
        at: list(_lines(at.shape, slide.part, drawings))
        for at in shapes
        if title is None or at.shape.shape_id != title.shape_id
    }
    for at in in_order(at for at, lines in texts.items() if any(lines)):
        yield from texts[at]
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield f"Notes: {notes}"


def _lines(shape: Any, part: Any, drawings: Drawings) -> Iterator[str]:
    """The rows of a table, the figures of a chart, the words of a diagram; or the text as it stands."""
    drawn = next(shape.element.iter(*DRAWN), None)
    if getattr(shape, "has_table", False):
        yield from table_lines([[cell.text for cell in row.cells] for row in shape.table.rows])
    elif drawn is not None:
        yield from drawings.lines(drawn, part)
    elif shape.has_text_frame:
        texts = map(_text, shape.text_frame.paragraphs)
        yield "\n".join(text for text in texts if text.strip())


def _text(paragraph: Any) -> str:
    """A paragraph's text, its formulas' too."""
    return "".join("\n" if at.tag == f"{A}br" else at.text or "" for at in paragraph._p.iter(*WRITTEN))


def _pictures(shapes: Iterable[Placed], number: int, title: str) -> Iterator[Found]:
    """The slide's pictures, with their places."""
    # Asked of the class: a linked picture's own property raises.
    pictures = [at.shape for at in shapes if hasattr(type(at.shape), "image")]
    for n, shape in enumerate(pictures, 1):
        try:
            data = shape.image.blob
        except (KeyError, ValueError, AttributeError):  # one that is linked, or whose file is missing
            data = b""
        yield f"slide {number}, picture" + (f" {n}" if len(pictures) > 1 else ""), title, data
