"""A row stands under its table's header, also where the table goes on over a page."""

from collections.abc import Sequence

from ingest.marking import Word
from ingest.nouns import Document, Line, Page
from ingest.passages import passages
from ingest.table_rows import headers

WIDTH = 400.0


def sheet(number: int, rows: Sequence[str], *, header: bool = False, width: float = WIDTH) -> Page:
    """A page of these lines; those with a tab are rows of its one table, the first of them a header if there is one."""
    lines, at, first = [], 0, True
    for row in rows:
        inside = "\t" in row
        words = (Word(at, at + len(row), 50.0, 0.0, 50.0 + width, 9.0),)
        lines.append(Line(at, at + len(row), words, 10.0, int(inside), inside and first and header))
        first, at = first and not inside, at + len(row) + 1
    return Page(number, str(number), "\n".join(rows), tuple(lines), 500.0, 700.0)


def above(*pages: Page) -> dict[str, str]:
    """The header that each row stands under, in words."""
    found = headers(pages, lambda number: (0, len(pages[number - 1].text)))
    return {
        page.text[row.start : row.end]: pages[at[0] - 1].text[at[1] :].split("\n")[0] if at else ""
        for page, row, at in found
    }


def test_a_table_that_goes_on_over_pages_keeps_its_header() -> None:
    pages = [
        sheet(1, ["Fees", "Berth\tFee", "East\t120", "1"], header=True),
        sheet(2, ["continued", "West\t95"]),
        sheet(3, ["North\t80", "All fees are a month's."]),
    ]
    assert above(*pages) == {
        "Berth\tFee": "",
        "East\t120": "Berth\tFee",
        "West\t95": "Berth\tFee",
        "North\t80": "Berth\tFee",
    }


def test_a_table_of_another_shape_is_another_table() -> None:
    first = sheet(1, ["Berth\tFee", "East\t120"], header=True)
    assert above(first, sheet(2, ["Ann\tBoat\t7"]))["Ann\tBoat\t7"] == ""
    assert above(first, sheet(2, ["Ann\t7"], width=WIDTH / 2))["Ann\t7"] == ""


def test_a_table_with_a_header_of_its_own_keeps_it() -> None:
    pages = sheet(1, ["Berth\tFee", "East\t120"], header=True), sheet(2, ["Month\tRain", "May\t41"], header=True)
    assert above(*pages)["May\t41"] == "Month\tRain"


def test_text_between_two_tables_parts_them() -> None:
    first = sheet(1, ["Berth\tFee", "East\t120"], header=True)
    assert above(first, sheet(2, ["Of the crew.", "It is small.", "It is able.", "Ann\t7"]))["Ann\t7"] == ""
    assert (
        above(
            sheet(1, [*first.text.split("\n"), "Of the crew.", "It", "is", "small."], header=True), sheet(2, ["Ann\t7"])
        )["Ann\t7"]
        == ""
    )


def test_the_passage_on_the_next_page_begins_with_the_header() -> None:
    pages = sheet(1, ["Berth\tFee", "East\t120", "South\t110"], header=True), sheet(2, ["West\t95", "North\t80"])
    document = Document("x", "a.pdf", "Fees", "pdf", pages)
    found = passages(document, lambda texts: [len(text.split()) for text in texts])
    assert [passage.text for passage in found] == [
        "Berth\tFee\nEast\t120\nSouth\t110",
        "Berth\tFee\nWest\t95\nNorth\t80",
    ]
    assert [(span.page, span.start, span.end) for span in found[1].spans] == [(1, 0, 9), (2, 0, 16)]
    assert found[1].page == 2


class Watched(Line):
    """A line that counts how often it is asked which table it belongs to."""

    asked = 0

    def __getattribute__(self, name: str) -> object:
        Watched.asked += name == "table"
        return super().__getattribute__(name)


def test_each_line_is_looked_at_as_often_however_many_tables_are_on_its_page() -> None:
    def looks(tables: int) -> float:
        text = "a\tb\n" * tables
        lines = tuple(Watched(4 * n, 4 * n + 3, (), 10.0, n + 1) for n in range(tables))
        Watched.asked = 0
        assert len(list(headers([Page(1, "1", text, lines)], lambda _: (0, len(text))))) == tables
        return Watched.asked / tables

    assert looks(200) < looks(20) + 1
