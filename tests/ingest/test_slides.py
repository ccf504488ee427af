"""Presentations: a slide a page."""

import io

import pptx
import pytest
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from ingest.errors import ReadError
from ingest.nouns import Heading, Progress
from ingest.reader import read
from ingest.settings import Limits
from tests import files


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
