"""A page is read and drawn with what lies over it; what doesn't show on it is told, or read as an attachment."""

import io
from typing import NoReturn

import numpy as np
import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    RectangleObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas

from ingest import pdf_structure, pdf_team, reader
from ingest.pdf_part import Part
from ingest.render import render_page
from ingest.sentences import sentences
from ingest.settings import Limits

from .drawing import Draw, changed, every, field, made, read, words

BOX = RectangleObject((100, 150, 200, 170))


def annotation(writer: PdfWriter, kind: str, page: int = 0, **entries: object) -> None:
    """Put an annotation on a page."""
    made = DictionaryObject({NameObject("/Subtype"): NameObject(kind), NameObject("/Rect"): BOX})
    made.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    sheet = writer.pages[page]
    sheet[NameObject("/Annots")] = ArrayObject([*sheet.get("/Annots", ()), writer._add_object(made)])


def without_looks(writer: PdfWriter) -> None:
    """Leave it to the viewer how the fields look, as many programs that fill forms do."""
    for reference in writer.pages[0]["/Annots"]:  # type: ignore[union-attr]
        del reference.get_object()["/AP"]
    writer._root_object["/AcroForm"][NameObject("/NeedAppearances")] = BooleanObject(True)  # type: ignore[index]


def ink(data: bytes, box: tuple[float, float, float, float]) -> int:
    """How many dark pixels the page has within a rectangle, in points from its top left corner."""
    sheet = np.array(Image.open(io.BytesIO(render_page(data, 1, scale=2.0, limits=Limits()))).convert("L"))
    x0, y0, x1, y1 = (round(2 * side) for side in box)
    return int((sheet[y0:y1, x0:x1] < 100).sum())


@pytest.mark.parametrize("looks", [True, False])
def test_what_was_filled_into_a_form_is_read_behind_its_label_placed_and_drawn(looks: bool) -> None:
    data = made(every(words("Tenant:"), words("Signed in Bergen.", y=100), field("tenant", "Mira Okafor")))
    if not looks:
        data = changed(data, without_looks)
    (page,) = read(data).pages
    assert page.text == "Tenant: Mira Okafor\nSigned in Bergen."
    (mira,) = [w for line in page.lines for w in line.words if page.text[w.start : w.end] == "Mira"]
    assert 150 <= mira.x0 < mira.x1 <= 200
    assert 85 <= mira.y0 < mira.y1 <= 105
    empty = made(every(words("Tenant:"), words("Signed in Bergen.", y=100), field("tenant", "")))
    box = (mira.x0, mira.y0, mira.x1, mira.y1)
    assert ink(data, box) > 30 > ink(empty, box)


def test_a_hidden_field_is_not_read() -> None:
    def hide(writer: PdfWriter) -> None:
        writer.pages[0]["/Annots"][0].get_object()[NameObject("/F")] = NumberObject(2)  # type: ignore[index]

    data = changed(made(every(words("Tenant:"), field("tenant", "Mira Okafor"))), hide)
    assert read(data).pages[0].text == "Tenant:"


def test_text_typed_onto_a_page_is_read() -> None:
    def typed(writer: PdfWriter) -> None:
        look = DecodedStreamObject()
        look.set_data(b"BT /F1 12 Tf 2 5 Td (Approved in May) Tj ET")
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        fonts = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        look[NameObject("/Subtype")] = NameObject("/Form")
        look[NameObject("/BBox")] = RectangleObject((0, 0, 100, 20))
        look[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): fonts})}
        )
        looks = DictionaryObject({NameObject("/N"): writer._add_object(look)})
        annotation(writer, "/FreeText", AP=looks, Contents=TextStringObject("Approved in May"))

    document = read(changed(made(words("The budget.")), typed))
    assert document.pages[0].text == "The budget.\nApproved in May"
    assert document.notes == ()


def test_comments_are_told_as_not_read_with_their_pages() -> None:
    def comment(writer: PdfWriter) -> None:
        annotation(writer, "/Text", Contents=TextStringObject("Too dear?"))
        annotation(writer, "/Highlight", 1, Contents=TextStringObject("Check this."))
        annotation(writer, "/Highlight", 1)  # which is a mark, and says nothing

    document = read(changed(made(words("The budget."), words("The rest.")), comment))
    assert document.notes == ("2 comments on pages 1 and 2 are not read.",)


def pinned(writer: PdfWriter) -> None:
    """Pin a file to the second page; another is embedded in the file, and pinned to the first page too."""
    writer.add_attachment("fees.csv", b"Berth,Fee\nEast,120\n")
    embedded = writer._root_object["/Names"]["/EmbeddedFiles"]["/Names"][1]  # type: ignore[index]
    annotation(writer, "/FileAttachment", FS=embedded)
    stream = DecodedStreamObject()
    stream.set_data(b"# Scope\n\nOnly the harbour.\n")
    held = DictionaryObject({NameObject("/F"): writer._add_object(stream)})
    described = DictionaryObject({NameObject("/Type"): NameObject("/Filespec"), NameObject("/EF"): held})
    described[NameObject("/F")] = described[NameObject("/UF")] = TextStringObject("plan.md")
    annotation(writer, "/FileAttachment", 1, FS=writer._add_object(described))


def test_a_file_pinned_to_a_page_is_read_as_an_attachment_once() -> None:
    data = changed(made(words("Harbour rules"), every(words("Fees:"), field("fee", "see the pin"))), pinned)
    document = reader.read(data, "rules.pdf", Limits())
    assert [(p.label, p.text) for p in document.pages] == [
        ("1", "Harbour rules"),
        ("2", "Fees: see the pin"),
        ('attached "fees.csv", rows 1-2', "Berth | Fee\n\nBerth: East; Fee: 120"),
        ('attached "plan.md"', "# Scope\n\nOnly the harbour.\n"),
    ]


def test_fields_comments_and_pins_are_known_where_several_processes_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(writer: PdfWriter) -> None:
        pinned(writer)
        for page in range(2, 40):
            annotation(writer, "/Text", page, Contents=TextStringObject("Why?"))

    sheets = [every(words(f"Sheet {n}:"), field(f"f{n}", f"value {n}")) for n in range(40)]
    data = changed(made(*sheets), change)
    alone = reader.read(data, "a.pdf", Limits(ocr=False))
    monkeypatch.setattr(pdf_team, "SOON", 0.0)
    monkeypatch.setattr(pdf_team, "WORTH", 0.0)
    with pdf_team.at_once(2):
        together = reader.read(data, "a.pdf", Limits(ocr=False))
    assert together == alone
    assert alone.pages[39].text == "Sheet 39: value 39"
    assert alone.notes == ("38 comments on pages 3, 4, 5, 6, 7, 8, 9, 10 and 30 more are not read.",)
    assert [page.label for page in alone.pages[40:]] == ['attached "fees.csv", rows 1-2', 'attached "plan.md"']


def test_a_page_that_is_read_again_still_tells_what_was_laid_over_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page has lost its fields, comments and pins to its text once it was opened."""

    def fails(part: Part, total: int, count: object) -> NoReturn:
        raise pdf_team.Failed("a process has ended")

    sheets = [every(words(f"Sheet {n}:"), field(f"f{n}", f"value {n}")) for n in range(3)]
    data = changed(made(*sheets), pinned)
    alone = reader.read(data, "a.pdf", Limits(ocr=False))
    monkeypatch.setattr(pdf_team, "worth_it", lambda seconds, done, total: done == 2)
    monkeypatch.setattr(pdf_team, "read", fails)
    with pdf_team.at_once(2):
        again = reader.read(data, "a.pdf", Limits(ocr=False))
    assert again == alone
    assert [page.text for page in again.pages[:3]] == [f"Sheet {n}: value {n}" for n in range(3)]
    assert len(again.pages) == 5


def test_a_dynamic_form_says_that_it_is_not_read() -> None:
    def dynamic(writer: PdfWriter) -> None:
        xfa = DecodedStreamObject()
        xfa.set_data(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        form = DictionaryObject({NameObject("/XFA"): writer._add_object(xfa), NameObject("/Fields"): ArrayObject()})
        writer._root_object[NameObject("/AcroForm")] = form
        writer._root_object[NameObject("/NeedsRendering")] = BooleanObject(True)

    document = read(changed(made(words("Please wait for the form to appear.")), dynamic))
    assert document.warnings == (pdf_structure.DYNAMIC,)


def test_a_button_is_not_read_as_it_says_what_a_click_does() -> None:
    def button(writer: PdfWriter) -> None:
        made = writer.pages[0]["/Annots"][0].get_object()  # type: ignore[index]
        made[NameObject("/FT")], made[NameObject("/Ff")] = NameObject("/Btn"), NumberObject(1 << 16)

    both = every(words("Tenant:"), field("send", "Submit", x=300, width=80), field("tenant", "Mira Okafor"))
    assert read(changed(made(both), button)).pages[0].text == "Tenant: Mira Okafor"


def test_boxes_say_whether_they_are_ticked() -> None:
    def boxes(canvas: Canvas) -> None:
        form = canvas.acroForm
        form.checkbox(name="pets", checked=True, x=30, y=198, size=12)
        form.checkbox(name="smoke", checked=False, x=30, y=168, size=12)
        for n, town in enumerate(("Oslo", "Bergen")):
            form.radio(name="town", value=town, selected=town == "Bergen", x=30, y=138 - 30 * n, size=12)

    labels = ("Pets are allowed.", "Smoking is allowed.", "Oslo", "Bergen")
    text = read(made(every(*(words(label, y=200 - 30 * n) for n, label in enumerate(labels)), boxes))).pages[0].text
    assert text.split("\n") == ["☑ Pets are allowed.", "☐ Smoking is allowed.", "○ Oslo", "◉ Bergen"]
    assert len(sentences(text)) == 4


def test_what_is_filled_in_over_a_sheet_without_text_is_no_text_of_the_sheet() -> None:
    """The sheet's own words may be drawn as shapes, or in a font that says nothing."""
    shapes: Draw = lambda canvas: canvas.circle(60, 60, 20)
    filled = field("tenant", "Mira Okafor of Bergen, Norway", width=240)
    document = read(made(every(shapes, filled), every(words("A tenancy agreement for a flat"), filled)))
    first, second = document.pages
    assert [(p.text, p.laid) for p in (first, second)] == [
        ("Mira Okafor of Bergen, Norway", True),
        ("A tenancy agreement for a flat\nMira Okafor of Bergen, Norway", False),
    ]
    assert document.pages_without_text == (1,)
    assert document.warnings == (
        "All that was read on page 1 was filled in or put onto it: what else stands there can't be found.",
    )
