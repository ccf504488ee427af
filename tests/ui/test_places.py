"""Places in words, beside the page's number."""

import pytest

from ingest.nouns import Page
from ui.places import place, title


@pytest.mark.parametrize(
    ("label", "origin", "said"),
    [
        ("3", "text", ""),
        ("iii", "text", ", printed as iii"),
        ("1", "ocr", ", printed as 1 · recognised text"),
        ("slide 4", "text", " · slide 4"),
        ('sheet "Costs" row 12', "text", ' · sheet "Costs" row 12'),
        ("message", "text", " · message"),
        ("3", "ocr", " · recognised text"),
    ],
)
def test_a_sources_place_follows_its_page_where_it_helps(label: str, origin: str, said: str) -> None:
    assert place({"page": 3, "page_label": label, "origin": origin}) == said


def test_an_answer_kept_before_places_were_known_has_none() -> None:
    assert place({"page": 3}) == ""


def test_a_page_is_called_by_its_number_its_print_or_its_place() -> None:
    assert title(Page(3, "3", "x"), 12) == "page 3 of 12"
    assert title(Page(3, "iii", "x"), 12) == "page 3 of 12, printed as iii"
    assert title(Page(3, "slide 3", "x"), 12) == "slide 3 (3 of 12)"
    rows = Page(2, 'sheet "Costs" rows 2-4', "a\n\nb\n\nc")
    assert title(rows, 9) == 'sheet "Costs" rows 2-4 (2 of 9)'
    assert title(rows, 9, 6) == 'sheet "Costs" row 4 (2 of 9)'
    assert title(Page(1, "1", "x", origin="ocr", confidence=0.937), 1) == "page 1 of 1 · recognised text, 94% sure"
    assert title(Page(1, "1", "x", confidence=0.937), 1) == "page 1 of 1 · recognised text in pictures, 94% sure"
