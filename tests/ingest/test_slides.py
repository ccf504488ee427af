"""Presentations: a slide a page."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide

from ingest.errors import ReadError
from ingest.nouns import Heading, Progress
from ingest.reader import read
from ingest.settings import Limits
from tests import files
from tests.ingest import charts


def test_each_slide_is_a_page_with_its_tables_charts_and_notes() -> None:
    told: list[Progress] = []
    document = read(files.slides(), "orchard.pptx", Limits(), None, told.append)
    assert (document.kind, document.title) == ("pptx", "Orchard review")
    assert [(p.label, p.text) for p in document.pages] == [
        ("slide 1", "Orchard review\n\nSeason 2025"),
        ("slide 2", "Harvest\n\nWe picked 62 tonnes of pears.\n\nNotes: The frost in April cost us a third."),
        (
            "slide 3",
            "Staff\n\nTeam | Leader\n\nNorth | Ingrid\n\nSouth | Pavel\n\n"
            "Category | Tonnes\n\nCategory: 2023; Tonnes: 55\n\nCategory: 2024; Tonnes: 62.5",
        ),
        ("slide 4", ""),
    ]
    assert document.headings[1] == Heading(1, "Harvest", 2, 0)
    assert document.warnings == ("There is no text on slide 4.",)
    assert told == [Progress("orchard.pptx", n, 4) for n in (1, 2, 3, 4)]


def test_a_presentation_over_the_limit_of_pages_is_refused() -> None:
    with pytest.raises(ReadError, match="it has 4 pages, more than the limit of 3 pages"):
        read(files.slides(), "a.pptx", Limits(pages=3))


def test_a_picture_that_is_linked_leaves_the_rest_of_the_file_readable() -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5])
    slide.shapes.title.text = "Harbour"
    for _ in range(2):
        shown = slide.shapes.add_picture(io.BytesIO(files.png(files.written())), 0, 0)
        blip = shown._element.blipFill.blip
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), "rId9")
    document = read(files.saved(made), "a.pptx", Limits())
    assert [page.text for page in document.pages] == ["Harbour"]
    assert document.notes == ("2 pictures are not read: damaged, too large, or of a kind that can't be drawn here.",)


def test_the_figures_of_a_chart_keep_all_their_digits() -> None:
    made = pptx.Presentation()
    figures = CategoryChartData()
    figures.categories = ["2024"]
    figures.add_series("Tonnes", (1_234_567,))
    figures.add_series("Share", (0.25,))
    shapes = made.slides.add_slide(made.slide_layouts[6]).shapes
    shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 3_000_000, 1_000_000, figures)
    text = read(files.saved(made), "a.pptx", Limits()).pages[0].text
    assert text.split("\n\n")[1] == "Category: 2024; Tonnes: 1234567; Share: 0.25"


def drawn(slide: Slide, tag: str, held: bytes) -> None:
    """A graphic frame on the slide for a part with this content."""
    number = len(slide.shapes)
    part = Part(PackURI(f"/ppt/drawn{number}.xml"), "application/xml", slide.part.package, held)
    reference = charts.reference(tag, slide.part.relate_to(part, "drawn"))
    slide.shapes._spTree.append(
        parse_xml(
            f'<p:graphicFrame {nsdecls("a", "p")}><p:nvGraphicFramePr><p:cNvPr id="{90 + number}" name=""/>'
            f'<p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="{number}"/>'
            f'<a:ext cx="9" cy="1"/></p:xfrm><a:graphic><a:graphicData uri="">{reference}'
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )
    )


def test_all_series_of_charts_and_the_words_of_diagrams_are_read_and_what_cannot_be_is_counted() -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    across = charts.series("Speed", xVal=charts.numbers([1]), yVal=charts.numbers([5]))
    drawn(slide, "c:chart", charts.chart(charts.bars(), f"<c:scatterChart>{across}</c:scatterChart>"))
    drawn(slide, "dgm:relIds", charts.diagram("Collect within 48 hours"))
    drawn(slide, "cx:chart", b"<cx:chartSpace xmlns:cx='x'/>")
    document = read(files.saved(made), "a.pptx", Limits())
    assert document.pages[0].text.split("\n\n") == [
        *("x | Speed", "x: 1; Speed: 5", "Category | Tonnes", "Category: 2024; Tonnes: 62.5"),
        "Collect within 48 hours",
    ]
    assert [note.split(":")[0] for note in document.notes] == ["1 chart, diagram or embedded file is not read"]


def test_a_shape_that_older_programs_do_not_know_is_read_with_its_formulas_and_what_stands_in_for_it_is_not() -> None:
    made = pptx.Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    shapes = [slide.shapes.add_textbox(0, 0, 9, 9) for _ in range(2)]
    for shape, text in zip(shapes, ["The area is ", "not shown"], strict=True):
        shape.text_frame.text = text
    formula = parse_xml(
        '<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a=bc</m:t></m:r></a14:m>'
    )
    shapes[0].text_frame.paragraphs[0]._p.append(formula)
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    either = parse_xml(f"<mc:AlternateContent {mc}><mc:Choice Requires='a14'/><mc:Fallback/></mc:AlternateContent>")
    for option, shape in zip(either, shapes, strict=True):
        option.append(shape._element)
    slide.shapes._spTree.append(either)
    assert read(files.saved(made), "a.pptx", Limits()).pages[0].text == "The area is a=bc"
    either[0][:] = [parse_xml(f"<p:contentPart {nsdecls('p')}/>")]  # ink
    assert read(files.saved(made), "a.pptx", Limits()).pages[0].text == "not shown"
