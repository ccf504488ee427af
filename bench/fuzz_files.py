"""Sound files of every kind that is read, to be mutated: made here, and those of corpus/."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

CORPUS = Path(__file__).parent.parent / "corpus"
PAGE = (
    "<!DOCTYPE html><html><head><title>Boats</title></head><body><nav>Home</nav><main><h1>Boats</h1>"
    "<p>The ferry needs a <b>new</b> hull.</p><table><tr><th>Item</th><th>Cost</th></tr>"
    "<tr><td>Hull</td><td>410</td></tr></table><ul><li>one</li><li>two</li></ul></main></body></html>"
)


def seeds() -> list[tuple[str, bytes]]:
    """(name, bytes) of each."""
    found = [(path.name, path.read_bytes()) for path in sorted(CORPUS.iterdir()) if path.is_file()]
    found += [
        ("wide.txt", "Ünïcode — text.\r\n".encode("utf-16")),
        ("table.md", b"# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n## B\n\n- [x](y)\n"),
        ("page.html", PAGE.encode()),
        ("costs.csv", 'Item;Cost\nHull;410\n"Two\nlines";"5;0"\n'.encode("cp1252")),
        ("note.eml", _mail()),
        ("sheet.png", _picture()),
        ("word.docx", _word()),
        ("slides.pptx", _slides()),
        ("book.xlsx", _workbook()),
        ("novel.epub", _book()),
        ("form.pdf", _form()),
        ("locked.pdf", _locked()),
        ("made.pdf", _pdf()),
    ]
    return found


def _pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.setTitle("Made")
    for number in range(3):
        canvas.bookmarkPage(str(number))
        canvas.addOutlineEntry(f"Part {number}", str(number))
        canvas.drawString(50, 700, f"Page {number} holds a few words.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _locked() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf())))
    writer.encrypt("", algorithm="RC4-128")
    return _saved(writer, "write")


def _form() -> bytes:
    """Fields, boxes, typed text, a comment, and attachments."""
    file = io.BytesIO()
    canvas = Canvas(file, pageCompression=0)
    canvas.drawString(50, 700, "Name:")
    canvas.acroForm.textfield(name="name", value="Mira", x=100, y=695, width=120, height=18)
    canvas.acroForm.checkbox(name="pets", checked=True, x=100, y=660, size=14)
    for x, town in ((100, "Oslo"), (140, "Bergen")):
        canvas.acroForm.radio(name="town", value=town, selected=town == "Oslo", x=x, y=630, size=14)
    canvas.acroForm.choice(name="size", value="small", options=["small", "large"], x=100, y=600, width=90, height=18)
    canvas.save()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(file.getvalue())))
    writer.add_annotation(0, FreeText(text="Approved.", rect=(50, 500, 200, 520)))
    writer.add_annotation(0, Text(text="Why?", rect=(50, 460, 70, 480)))
    writer.add_attachment("fees.csv", b"Berth,Fee\nEast,120\n")
    return _saved(writer, "write")


def _mail() -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "Boat inspection", "siri@example.org", "crew@example.org"
    made.set_content("The inspector comes on Friday at nine.\n")
    made.add_alternative(PAGE, subtype="html")
    made.add_attachment(_pdf(), maintype="application", subtype="pdf", filename="list.pdf")
    made.add_attachment(_word(), maintype="application", subtype="octet-stream", filename="word.docx")
    return bytes(made)


def _picture() -> bytes:
    sheet = Image.new("RGB", (240, 60), "white")
    ImageDraw.Draw(sheet).text((10, 20), "Nothing much to read", fill="black")
    return _saved(sheet, "save", "PNG")


def _word() -> bytes:
    import docx

    made = docx.Document()
    made.add_heading("Scope", 1)
    made.add_paragraph("The pilot covers the harbour only.")
    made.add_paragraph("Timetable", style="List Bullet")
    made.add_table(2, 2).cell(1, 1).text = "410"
    return _saved(made, "save")


def _slides() -> bytes:
    import pptx

    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "Harvest", "We picked 62 tonnes."
    slide.notes_slide.notes_text_frame.text = "The frost cost us a third."
    slide.shapes.add_table(2, 2, 0, 4_000_000, 4_000_000, 1_000_000).table.cell(0, 0).text = "Team"
    return _saved(made, "save")


def _workbook() -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    for row in (["Item", "Cost", "Due"], ["Hull", 410.5, "=B2*2"], ["Cells", -3, None]):
        made.active.append(row)
    return _saved(made, "save")


def _book() -> bytes:
    item = '<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml"/>'
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
        f"{item.format('one')}{item.format('two')}</manifest>"
        '<spine><itemref idref="one"/><itemref idref="two"/></spine></package>',
        "one.xhtml": PAGE,
        "two.xhtml": PAGE.replace("Boats", "Ferries"),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def _saved(made: Any, how: str, *arguments: str) -> bytes:
    file = io.BytesIO()
    getattr(made, how)(file, *arguments)
    return file.getvalue()
