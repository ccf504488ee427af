"""Presentations: a slide a page."""

import pytest

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
            "Staff\n\nTeam | Leader\n\nTeam: North; Leader: Ingrid\n\nTeam: South; Leader: Pavel\n\n"
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
