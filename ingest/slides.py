"""PowerPoint files (.pptx): a slide a page, its title, texts, tables, charts' figures and the speaker's notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

from . import archive
from .blocks import clean, document
from .errors import ReadError
from .grid import table_lines
from .limits import check_characters, check_pages
from .nouns import Document, Heading, Page, Progress
from .numbers import some
from .pictures import Found, Pictures
from .settings import Limits
from .workbook import shown_as

DEEPEST = 8  # groups within groups


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
    for number, slide in enumerate(opened.slides, 1):
        title = clean(slide.shapes.title.text_frame.text) if slide.shapes.title is not None else ""
        rest = [clean(text) for text in _texts(slide)]
        pages.append(Page(number, f"slide {number}", "\n\n".join(t for t in [title, *rest] if t)))
        if title:
            headings.append(Heading(1, " ".join(title.split()), number, 0))
        found += _pictures(slide, number, title)
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
        notes=pictures.notes(),
    )


def _texts(slide: Any) -> Iterator[str]:
    """What stands on the slide below its title, from top to bottom, then the notes."""
    title = slide.shapes.title
    shapes = [s for s in _shapes(slide.shapes) if title is None or s.shape_id != title.shape_id]
    for shape in sorted(shapes, key=lambda s: (s.top or 0, s.left or 0)):
        if getattr(shape, "has_table", False):
            yield from table_lines([[cell.text for cell in row.cells] for row in shape.table.rows])
        elif getattr(shape, "has_chart", False):
            yield from table_lines(_chart(shape.chart))
        elif shape.has_text_frame:
            yield "\n".join(p.text.replace("\v", "\n") for p in shape.text_frame.paragraphs if p.text.strip())
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        notes = slide.notes_slide.notes_text_frame.text.strip()
        if notes:
            yield f"Notes: {notes}"


def _pictures(slide: Any, number: int, title: str) -> Iterator[Found]:
    """The slide's pictures, with their places."""
    # Asked of the class: a linked picture's own property raises.
    shapes = [shape for shape in _shapes(slide.shapes) if hasattr(type(shape), "image")]
    for n, shape in enumerate(shapes, 1):
        try:
            data = shape.image.blob
        except (KeyError, ValueError, AttributeError):  # one that is linked, or whose file is missing
            data = b""
        yield f"slide {number}, picture" + (f" {n}" if len(shapes) > 1 else ""), title, data


def _shapes(shapes: Iterable[Any], depth: int = 0) -> Iterator[Any]:
    """The shapes, those within groups too."""
    for shape in shapes:
        if hasattr(shape, "shapes"):
            if depth < DEEPEST:
                yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _chart(chart: Any) -> list[list[str]]:
    """A chart's figures as a table: a row a category, a column a series."""
    try:
        plot = chart.plots[0]
        names = [str(series.name) for series in plot.series]
        values = [list(series.values) for series in plot.series]
        rows = [
            [str(category), *("" if i >= len(v) or v[i] is None else shown_as(v[i]) for v in values)]
            for i, category in enumerate(plot.categories)
        ]
    except (
        IndexError,
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
    ):  # a kind of chart that python-pptx does not know
        return []
    title = chart.chart_title.text_frame.text if chart.has_title and chart.chart_title.has_text_frame else ""
    return [[title or "Category", *names], *rows]
