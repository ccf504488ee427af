from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.furniture import furniture
from ingest.headings import heading_paths, headings_by_size
from ingest.nouns import Document, Heading, Line, Page, Span
from ingest.passages import BATCH, passages
from ingest.search_form import search_form
from ingest.sentences import LINE, sentences

TEXT = st.lists(
    st.sampled_from([*"aZ1 .\n", "word ", "Dr. ", "e.g. ", "你好。", "\n\n", "- ", "(", '"', "é"]), max_size=120
)


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def quarters(texts: Sequence[str]) -> list[int]:
    return [-(-len(text) // 4) for text in texts]


def pages_of(*texts: str) -> tuple[Page, ...]:
    return tuple(Page(n, str(n), text) for n, text in enumerate(texts, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Smith came. He left.", ["Dr. Smith came.", "He left."]),
        (
            "It cost 3.5 million, e.g. in Fig. 3 and No. 5. Then",
            ["It cost 3.5 million, e.g. in Fig. 3 and No. 5.", "Then"],
        ),
        ("The U.S. Army met J. Doe. In the U.S. The end.", ["The U.S. Army met J. Doe.", "In the U.S.", "The end."]),
        ('"Stop!" he said. (Really.) Yes', ['"Stop!" he said.', "(Really.)", "Yes"]),
        ("你好。再见！", ["你好。", "再见！"]),
        ("كيف؟ جيد", ["كيف؟", "جيد"]),
        ("राम। श्याम", ["राम।", "श्याम"]),
        ("A line\ngoes on. New", ["A line\ngoes on.", "New"]),
        ("A title\n\n- one\n- two", ["A title", "- one", "- two"]),
        ("Name: Ada\nMonthly rent: 900\nPets", ["Name: Ada", "Monthly rent: 900\nPets"]),
        (
            "Form\nName: Ada\nRent: 900\nThe tenant may leave.",
            ["Form", "Name: Ada", "Rent: 900", "The tenant may leave."],
        ),
        (
            "Name: Ada\nAddress: 14 Quay Street,\nthe third floor",
            ["Name: Ada", "Address: 14 Quay Street,\nthe third floor"],
        ),
        ("It has one aim: to\nlast long. Note", ["It has one aim: to\nlast long.", "Note"]),
        ("At 10:30 he came\nand at 11:45 he left", ["At 10:30 he came\nand at 11:45 he left"]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.one_of(st.text(), TEXT.map("".join)))
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    found = sentences(text)
    assert all(a < b <= c for (a, b), (c, _) in pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_only_a_typesetters_hyphen_is_taken_away() -> None:
    assert (
        search_form("infor-\nmation ﬁle well-\nKnown 2019-\n2020 so\u00adft")
        == "information file well-Known 2019- 2020 soft"
    )


@pytest.mark.parametrize("count", [words, quarters])
@given(texts=st.lists(st.one_of(st.text(), TEXT.map("".join)), min_size=1, max_size=4), size=st.integers(2, 40))
def test_passages_fit_are_exact_and_lose_nothing(count, texts, size) -> None:
    pages = pages_of(*texts)
    found = passages(Document("id", "n", "t", "text", pages), count, size=size)
    covered = {(s.page, i) for p in found for s in p.spans for i in range(s.start, s.end)}
    assert {(p.number, i) for p in pages for i, c in enumerate(p.text) if not c.isspace()} <= covered
    for passage in found:
        assert passage.text == "\n".join(pages[s.page - 1].text[s.start : s.end] for s in passage.spans)
        assert passage.text.strip()
        assert count([passage.text])[0] <= size


@given(texts=st.lists(TEXT.map("".join), min_size=1, max_size=4), size=st.integers(8, 40))
def test_a_passage_knows_where_its_sentences_stand(texts: list[str], size: int) -> None:
    for passage in passages(Document("id", "n", "t", "text", pages_of(*texts)), words, size=size):
        assert passage.sentences
        assert all(a < b <= c for (a, b), (c, _) in pairwise(passage.sentences))
        said = "".join("".join(passage.text[a:b].split()) for a, b in passage.sentences)
        assert said == "".join(passage.text.split())  # no headings here, so nothing is left out


def test_a_heading_is_no_sentence_of_its_passage_unless_it_is_all_there_is() -> None:
    heads = (Heading(1, "The signing", 1, 0),)
    (found,) = passages(
        Document("id", "n", "t", "pdf", pages_of("The signing\nIt took place in\nspring. Many came."), heads), words
    )
    assert [found.text[a:b] for a, b in found.sentences] == ["It took place in\nspring.", "Many came."]
    (alone,) = passages(Document("id", "n", "t", "pdf", pages_of("The signing"), heads), words)
    assert alone.sentences == ((0, 11),)


def test_what_stands_in_a_picture_hides_no_furniture() -> None:
    pages = []
    for number, fish in enumerate(("Herring", "Mackerel", "Cod"), 1):
        text = f"A chart of {fish}\nReport\n{fish} was plenty.\n{number}"
        pages.append(Page(number, str(number), text, (Line(0, 11 + len(fish), recognised=True),), confidence=0.9))
    assert [pages[s.page - 1].text[s.start : s.end] for s in furniture(pages)] == [
        *("Report", "1"),
        *("Report", "2"),
        *("Report", "3"),
    ]


def test_a_sentence_runs_on_across_pages_and_past_the_furniture() -> None:
    pages = pages_of("It goes\nFooter", "on and ends.")
    document = Document("id", "n", "t", "pdf", pages, furniture=(Span(1, 8, 14),))
    assert [p.text for p in passages(document, words)] == ["It goes\non and ends."]


def test_the_last_sentence_begins_the_next_passage_too() -> None:
    text = "One two three four five six. Seven. Eight nine ten."
    found = passages(Document("id", "n", "t", "text", pages_of(text)), words, size=8)
    assert [p.text for p in found] == ["One two three four five six. Seven.", "Seven. Eight nine ten."]


def test_repeated_edges_and_page_numbers_are_furniture() -> None:
    texts = [f"Report\nBody {w} here.\n{n}" for n, w in enumerate(["alpha", "beta", "gamma", "delta"], 7)]
    pages = pages_of(*texts)
    assert [pages[s.page - 1].text[s.start : s.end] for s in furniture(pages)] == [
        "Report", "7", "Report", "8", "Report", "9", "Report", "10",
    ]  # fmt: skip


def test_of_two_pages_only_the_outermost_lines_are_furniture_and_of_one_none() -> None:
    texts = ["Report\nDear all,\nBody alpha.\nYours,\ni", "Report\nDear all,\nBody beta.\nYours,\n1"]
    pages = tuple(Page(n, label, text) for n, label, text in zip((1, 2), ("i", "1"), texts, strict=True))
    assert [pages[s.page - 1].text[s.start : s.end] for s in furniture(pages)] == ["Report", "i", "Report", "1"]
    assert furniture(pages[:1]) == ()


def test_larger_lines_are_headings() -> None:
    page = Page(1, "1", "Title\nbody text that is long", (Line(0, 5, (), 18), Line(6, 28, (), 10)))
    assert headings_by_size([page]) == (Heading(1, "Title", 1, 0),)


def test_the_path_of_headings_ends_with_the_nearest() -> None:
    path = heading_paths([Heading(1, "A", 1, 0), Heading(2, "B", 1, 9), Heading(1, "C", 2, 3)])
    assert [path(1, 5), path(2, 0), path(2, 3)] == ["A", "A › B", "C"]


def test_a_number_set_apart_by_spaces_that_do_not_break_is_one_number() -> None:
    assert search_form("1\u202f577\u00a0000 of 3 500 in 2019\u00a020") == "1577000 of 3 500 in 2019 20"


def test_a_row_of_a_table_is_a_sentence_and_a_passage_among_rows_begins_with_their_header() -> None:
    rows = ["Name\tSales 2019", *(f"Shop {n}\t{n}.5 million. Up" for n in range(1, 7))]
    text = "\n".join(["Some prose above the table.", *rows, "And prose below it."])
    lines, at = [], 0
    for n, line in enumerate(text.split("\n")):
        lines.append(Line(at, at + len(line), (), 10, 1 if 0 < n < 8 else 0, n == 1))
        at += len(line) + 1
    document = Document("id", "a.pdf", "A", "pdf", (Page(1, "1", text, tuple(lines)),))
    found = passages(document, words, size=16, overlap=0)
    assert [p.text.split("\n")[0] for p in found] == ["Some prose above the table.", *["Name\tSales 2019"] * 3]
    assert [p.text.split("\n")[1:] for p in found][1] == rows[2:4]
    assert [p.text[a:b] for p in found[1:2] for a, b in p.sentences] == [rows[0], *rows[2:4]]
    assert all(words([p.text]) <= [16] for p in found)
    assert all(p.text == "\n".join(text[s.start : s.end] for s in p.spans) for p in found)


def test_a_text_of_nothing_but_stops_is_cut_in_batches() -> None:
    """Ten megabytes of ". " held millions of sentences at once, and could not be called off for minutes."""
    asked: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        asked.append(len(texts))
        return quarters(texts)

    text = ". " * (3 * BATCH)
    found = passages(Document("0" * 64, "stops.txt", "Stops", "text", pages_of(text)), count)
    assert max(asked) <= BATCH
    assert len(asked) > 3
    assert sum(passage.text.count(".") for passage in found) >= 3 * BATCH


def test_counting_may_put_an_end_to_the_cutting() -> None:
    def count(texts: Sequence[str]) -> list[int]:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        passages(Document("0" * 64, "stops.txt", "Stops", "text", pages_of("One. Two.")), count)


@given(st.lists(st.sampled_from(["a", " ", *"\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\r\n"]), max_size=30))
def test_lines_are_those_that_python_knows(parts: list[str]) -> None:
    text = "".join(parts)
    assert [found[0] for found in LINE.finditer(text)] == text.splitlines(keepends=True)


def table_page(number: int, *texts: str, header: bool) -> Page:
    """A page of rows; lines without a tab are in no table."""
    lines, at = [], 0
    for text in texts:
        table = int("\t" in text)
        lines.append(Line(at, at + len(text), (), 10, table, header and bool(table) and "Name" in text))
        at += len(text) + 1
    return Page(number, str(number), "\n".join(texts), tuple(lines))


@pytest.mark.parametrize(
    ("top", "first"),
    [
        ("Shop 3\t7", "Name\tSales"),
        ("Shop 3\t7\t9", "Shop 3\t7\t9"),  # another table: it has more columns
        ("Prose comes between.", "Prose comes between."),
    ],
)
def test_rows_on_the_next_page_stand_under_their_header(top: str, first: str) -> None:
    pages = (
        table_page(1, "Some prose.", "Name\tSales", "Shop 1\t5", "Shop 2\t6", header=True),
        table_page(2, top, "Shop 4\t8", "Shop 5\t9", header=False),
    )
    found = passages(Document("id", "a.pdf", "A", "pdf", pages), words, size=40)
    assert found[1].text.split("\n")[0] == first
    assert ("Name\tSales" in found[-1].text) is first.startswith("Name")
    assert found[-1].page == 2
    assert all(p.text == "\n".join(pages[s.page - 1].text[s.start : s.end] for s in p.spans) for p in found)
