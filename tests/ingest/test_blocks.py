"""Sections make pages, and are what these are called."""

from hypothesis import given
from hypothesis import strategies as st

from ingest import blocks
from ingest.blocks import Block, document, paged
from ingest.settings import Limits


def labels(*given: Block) -> list[tuple[str, str]]:
    return [(page.label, page.text) for page in paged(given, Limits())[0]]


def test_a_heading_with_text_before_it_begins_a_page_named_after_it() -> None:
    made = [Block("Top"), Block("Scope", 1), Block("Small."), Block("Costs", 2), Block("Large.")]
    assert labels(*made) == [
        ("1", "Top"),
        ('section "Scope"', "Scope\n\nSmall."),
        ('section "Costs"', "Costs\n\nLarge."),
    ]


def test_headings_that_follow_each_other_share_a_page_named_after_the_last() -> None:
    assert labels(Block("Report", 1), Block("Scope", 2), Block("Small.")) == [
        ('section "Scope"', "Report\n\nScope\n\nSmall.")
    ]


def test_a_long_section_goes_on_on_a_second_part() -> None:
    made = [Block("Scope", 1), *(Block("word " * 2_000) for _ in range(3))]
    assert [label for label, _ in labels(*made)] == ['section "Scope"', 'section "Scope", part 2']


def test_a_document_of_many_small_sections_is_cut_at_its_larger_ones(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(blocks, "MOST", 3)
    made = [b for n in range(3) for b in (Block(f"H{n}", 1), Block("a"), Block("low", 2), Block("b"))]
    assert [label for label, _ in labels(*made)] == ['section "H0"', 'section "H1"', 'section "H2"']


def test_a_label_of_a_blocks_own_begins_a_page_whatever_the_headings_do() -> None:
    made = [Block("one"), Block("two", label="message"), Block("three")]
    assert labels(*made) == [("1", "one"), ("message", "two\n\nthree")]


def test_control_characters_and_lone_surrogates_become_harmless() -> None:
    assert labels(Block("a\x00b\x07c\ud800d")) == [("1", "a\ufffdb c?d")]


@given(st.lists(st.builds(Block, st.text(max_size=30), st.integers(0, 4))))
def test_every_heading_stands_where_it_says_and_every_text_is_kept(made: list[Block]) -> None:
    pages, headings = paged(made, Limits())
    for heading in headings:
        text = pages[heading.page - 1].text[heading.start :]
        assert " ".join(text.split()).startswith(heading.text)
    kept = "\n\n".join(blocks.clean(b.text) for b in made if blocks.clean(b.text))
    assert "\n\n".join(page.text for page in pages) == kept


def test_the_title_is_the_one_given_else_the_first_heading_else_the_files_name() -> None:
    pages, headings = paged([Block("Scope", 1), Block("x")], Limits())
    assert document(b"", "my_file.docx", "docx", pages, title="Given", headings=headings).title == "Given"
    assert document(b"", "my_file.docx", "docx", pages, headings=headings).title == "Scope"
    assert document(b"", "my_file.docx", "docx", pages).title == "my file"


def test_a_document_without_text_says_so() -> None:
    made = document(b"", "a.docx", "docx", ())
    assert made.pages_without_text == (1,)
    assert made.warnings == ("It holds no text that can be read.",)


def test_a_label_that_was_given_stays_though_a_smaller_heading_follows_at_once() -> None:
    made = [Block("Chapter 1", 1, 'section "Chapter 1"'), Block("Sub", 2), Block("Text.")]
    assert labels(*made) == [('section "Chapter 1"', "Chapter 1\n\nSub\n\nText.")]


def test_a_heading_as_long_as_a_paragraph_is_one() -> None:
    pages, headings = paged([Block("word " * 100, 1), Block("Scope", 1), Block("Small.")], Limits())
    assert [page.label for page in pages] == ["1", 'section "Scope"']
    assert [heading.text for heading in headings] == ["Scope"]


class Watched(Block):
    """A block that counts how often it is asked for its text."""

    asked = 0

    def __getattribute__(self, name: str) -> object:
        Watched.asked += name == "text"
        return super().__getattribute__(name)


def test_each_block_is_looked_at_as_often_however_many_share_its_page() -> None:
    def looks(number: int) -> float:
        Watched.asked = 0
        assert len(paged([Watched("x", 6) for _ in range(number)], Limits())[0]) == 1
        return Watched.asked / number

    assert looks(400) < looks(40) + 1
