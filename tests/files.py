"""Files of every kind, made by code; what each says is written for the tests."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import docx
import openpyxl
import pptx
from PIL import Image, ImageDraw, ImageFont
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def word() -> bytes:
    """Three sections, a list, and a table of costs."""
    made = docx.Document()
    made.core_properties.title = "Untold"
    made.add_heading("Project Heron", 0)
    made.add_paragraph("Heron replaces the old ferry.")
    made.add_heading("Scope", 1)
    made.add_paragraph("The pilot covers the harbour of Lindvik only.")
    made.add_paragraph("Timetable and ticketing", style="List Bullet")
    made.add_heading("Costs", 1)
    table = made.add_table(3, 3)
    for r, row in enumerate(
        [["Item", "Supplier", "Cost"], ["Hull", "Norstad", "410,000"], ["Cells", "Volta", "275,000"]]
    ):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    return saved(made)


def slides() -> bytes:
    """Four slides: a title, notes, a table and a chart, nothing."""
    made = pptx.Presentation()
    made.core_properties.title = "Orchard review"
    for title, text in [("Orchard review", "Season 2025"), ("Harvest", "We picked 62 tonnes of pears."), ("Staff", "")]:
        slide = made.slides.add_slide(made.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, text
    made.slides[1].notes_slide.notes_text_frame.text = "The frost in April cost us a third."
    shapes = made.slides[2].shapes
    table = shapes.add_table(3, 2, 0, 4_000_000, 4_000_000, 1_000_000).table
    for r, row in enumerate([["Team", "Leader"], ["North", "Ingrid"], ["South", "Pavel"]]):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell
    figures = CategoryChartData()
    figures.categories = ["2023", "2024"]
    figures.add_series("Tonnes", (55, 62.5))
    shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 5_000_000, 3_000_000, 1_000_000, figures)
    made.slides.add_slide(made.slide_layouts[6])
    return saved(made)


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]], formats: Mapping[str, str] | None = None) -> bytes:
    """A workbook; `formats` gives the number format of single cells of the first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for cell, pattern in (formats or {}).items():
        made.worksheets[0][cell].number_format = pattern
    return saved(made)


def book(**chapters: str) -> bytes:
    """An EPUB of chapters by their file's stem; the table of contents calls them by it, capitalised."""
    stems = list(chapters)
    items = "".join(f'<item id="{s}" href="{s}.xhtml" media-type="application/xhtml+xml"/>' for s in stems)
    order = "".join(f'<itemref idref="{s}"/>' for s in stems)
    links = "".join(f'<li><a href="{s}.xhtml">{s.capitalize()}</a></li>' for s in stems)
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>The Lantern Keeper</dc:title></metadata><manifest>"
        f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{order}</spine></package>'
    )
    page = '<html xmlns="http://www.w3.org/1999/xhtml"><body>{}</body></html>'
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": package,
        "OEBPS/nav.xhtml": page.format(f"<nav><ol>{links}</ol></nav>"),
        **{f"OEBPS/{s}.xhtml": f"<!DOCTYPE html>{page.format(body)}" for s, body in chapters.items()},
    }
    return archive(parts)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def mail() -> bytes:
    """A message with an HTML twin, a PDF and another message attached."""
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Boat inspection", "Siri <siri@example.org>", "crew@example.org"
    made["Date"] = "Mon, 03 Mar 2025 10:00:00 +0100"
    made.set_content("Hello,\n\nthe inspector comes on Friday at nine.\n")
    made.add_alternative("<p>Hello, the inspector comes on Friday at nine.</p>", subtype="html")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="list.pdf")
    inner = EmailMessage()
    inner["Subject"] = "Old quote"
    inner.set_content("The old quote was 900 euro.")
    made.add_attachment(inner)
    return bytes(made)


def written(*lines: str, size: tuple[int, int] = (1000, 400), height: int = 34) -> Image.Image:
    """A white sheet with these lines on it, black, the first at (60, 60), one every 70 pixels."""
    sheet = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(sheet)
    for i, line in enumerate(lines):
        draw.text((60, 60 + 70 * i), line, font=ImageFont.load_default(height), fill="black")
    return sheet


def png(sheet: Image.Image, format: str = "PNG", **options: object) -> bytes:
    """The picture as the bytes of a file."""
    file = io.BytesIO()
    sheet.save(file, format, **options)
    return file.getvalue()


def scan(*sheets: Image.Image, stamp: str = "", rotate: int = 0) -> bytes:
    """A PDF whose pages are these pictures, 500 by 200 points each, with a stamp that is text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(500, 200))
    for sheet in sheets:
        canvas.drawImage(ImageReader(sheet), 0, 0, 500, 200)
        if stamp:
            canvas.drawString(20, 10, stamp)
        canvas.showPage()
    canvas.save()
    turned = PdfWriter(clone_from=file)
    for page in turned.pages:
        page.rotate(rotate)
    out = io.BytesIO()
    turned.write(out)
    return out.getvalue()


def saved(made: object) -> bytes:
    """What its `save` writes."""
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()
