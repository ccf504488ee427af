"""Page numbers that are printed on the pages are told from other numbers at their edges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.nouns import Page
from ingest.page_numbers import printed


def pages(*texts: str) -> list[Page]:
    return [Page(number, str(number), text) for number, text in enumerate(texts, 1)]


BODY = "\nHives stand in rows.\nThey face the water.\nNobody counts them in winter.\nIn spring they are weighed.\n"


def test_pages_behind_a_cover_are_called_by_the_number_at_their_foot() -> None:
    texts = ["Beekeeping", "Contents", *(f"Beekeeping{BODY}Edition 1.3 {n}" for n in range(1, 6))]
    assert printed(pages(*texts)) == {3: "1", 4: "2", 5: "3", 6: "4", 7: "5"}


def test_a_page_that_leaves_its_number_out_is_counted() -> None:
    texts = ["Cover", *(f"{BODY}{n if n != 3 else 'Chapter'}" for n in range(1, 7))]
    assert printed(pages(*texts))[4] == "3"


@pytest.mark.parametrize("foot", ["Page {}", "{}", "- {} -", "p. {} of 3", "Seite {} von 3", "{}/3"])
def test_three_pages_are_enough_where_nothing_but_the_page_is_numbered(foot: str) -> None:
    texts = ["Cover", *(f"{BODY}{foot.format(n)}" for n in (1, 2, 3)), *["Annex"] * 9]
    assert printed(pages(*texts)) == {2: "1", 3: "2", 4: "3"}


def test_small_roman_numbers_go_before_others() -> None:
    texts = [*(BODY + n for n in ("i", "ii", "iii", "iv")), *(f"{n}{BODY}" for n in range(1, 5))]
    assert list(printed(pages(*texts)).values()) == ["i", "ii", "iii", "iv", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "texts",
    [
        [f"{n} {title}{BODY}" for n, title in enumerate(("Hives", "Queens", "Honey", "Wax", "Winter"))],  # headings
        [f"Minutes of {2016 + 3 * n}{BODY}" for n in range(5)],
        ["Cover", *(f"Accounts for {year}{BODY}" for year in (2019, 2020, 2021)), "End"],
        ["Cover", "Agenda", *(f"Step {n}{BODY}" for n in range(1, 7)), *["Notes"] * 6],
        ["Cover", f"{BODY}1", f"{BODY}2"],  # too few
        [f"{BODY}{number}" for number in (7, 7, 7, 7)],
        [],
    ],
)
def test_other_numbers_at_the_edges_name_no_page(texts: list[str]) -> None:
    assert printed(pages(*texts)) == {}


@given(st.integers(0, 8), st.integers(3, 60), st.integers(-5, 200))
def test_every_page_of_a_row_of_numbers_is_called_as_it_is_printed(covers: int, count: int, first: int) -> None:
    texts = [*("Cover" for _ in range(covers)), *(f"{BODY}- {first + n} -" for n in range(count) if first + n > 0)]
    expected = [str(first + n) for n in range(count) if first + n > 0]
    found = printed(pages(*texts))
    assert list(found.values()) == (expected if len(expected) >= 3 else [])
    assert list(found) == list(range(covers + 1, len(texts) + 1))[: len(found)]
