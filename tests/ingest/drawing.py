"""PDFs drawn for the tests, by reportlab and pypdf."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.nouns import Document
from ingest.pdf import read_pdf
from ingest.settings import Limits

SIZE = (400.0, 300.0)
Draw = Callable[[Canvas], None]


def made(*pages: Draw, title: str = "", size: tuple[float, float] = SIZE) -> bytes:
    """A PDF whose pages are drawn by the functions given."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    if title:
        canvas.setTitle(title)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def words(text: str, x: float = 50, y: float = 200, size: float = 12) -> Draw:
    """Draws `text`, its baseline beginning at (x, y) from the bottom left."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, text)

    return draw


def picture(sheet: Image.Image, x: float, y: float, width: float, height: float) -> Draw:
    """Draws the picture, its lower left corner at (x, y)."""

    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(sheet), x, y, width, height)

    return draw


def every(*draws: Draw) -> Draw:
    """Draws one after the other on one page."""

    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def column(lines: str, x: float, y: float = 260, size: float = 10) -> Draw:
    """Draws the lines below each other."""
    return every(*(words(line, x, y - 1.2 * size * n, size) for n, line in enumerate(lines.split("\n"))))


def field(name: str, value: str, x: float = 150, y: float = 195, width: float = 120) -> Draw:
    """Draws a text field with a value."""

    def draw(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name=name, value=value, x=x, y=y, width=width, height=20, fontSize=10)

    return draw


def changed(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """The PDF after pypdf's `change`."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def meaning(data: bytes, letters: dict[str, str]) -> bytes:
    """The PDF with each of the letters that it draws said to mean another text (a font's /ToUnicode)."""

    def change(writer: PdfWriter) -> None:
        pairs = "".join(f"<{ord(a):02x}> <{b.encode('utf-16-be').hex()}>\n" for a, b in letters.items())
        stream = DecodedStreamObject()
        stream.set_data(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "1 begincodespacerange <00> <ff> endcodespacerange\n"
            f"{len(letters)} beginbfchar\n{pairs}endbfchar\nendcmap end end".encode()
        )
        reference = writer._add_object(stream)
        for page in writer.pages:
            fonts = page["/Resources"]["/Font"]  # type: ignore[index]
            for font in fonts.values():
                font.get_object()[NameObject("/ToUnicode")] = reference
            assert isinstance(fonts, DictionaryObject)

    return changed(data, change)


def read(data: bytes, name: str = "a.pdf", password: str | None = None, **limits: float) -> Document:
    """The PDF, read in this process."""
    return read_pdf(data, name, Limits(**limits), password, lambda _: None)  # type: ignore[arg-type]
