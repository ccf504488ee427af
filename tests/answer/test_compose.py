"""What is said is quoted, and each quote stands where its citation says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from answer.choice import Statement
from answer.compose import compose
from index.nouns import Hit
from ingest.nouns import Line, Page, Passage, Span, Word

FIRST = "Sixty states signed. The treaty will be open"
SECOND = "for signature until next year. Few object."


def page(number: int, text: str) -> Page:
    """A page with one line, ten points a character."""
    words = tuple(Word(m.start(), m.end(), m.start() * 10, 5, m.end() * 10, 15) for m in re.finditer(r"\S+", text))
    return Page(number, f"p{number}", text, (Line(0, len(text), words, 10),), 600, 800)


PAGES = {1: page(1, FIRST), 2: page(2, SECOND)}
PASSAGE = Passage("id", 0, (Span(1, 0, len(FIRST)), Span(2, 0, len(SECOND))), f"{FIRST}\n{SECOND}")
HIT = Hit(passage=PASSAGE, name="a.pdf", rank=1, score=0.9, cosine=0.8, bm25=1.0)


def look(name: str, number: int) -> Page:
    assert name == "a.pdf"
    return PAGES[number]


def test_a_sentence_is_quoted_with_its_page_label_and_box() -> None:
    text, (citation,), _ = compose([Statement(HIT, 0, 20)], look)
    assert text == "Sixty states signed.[1]"
    assert (citation.quote, citation.page, citation.page_label) == ("Sixty states signed.", 1, "p1")
    (box,) = citation.boxes
    assert (box.page, box.x0, box.y0, box.x1, box.y1) == (1, 0, 5, 200, 15)


def test_a_sentence_across_a_page_break_is_cited_on_both_pages() -> None:
    start = FIRST.index("The treaty")
    text, citations, _ = compose([Statement(HIT, start, len(FIRST) + 1 + 30)], look)
    assert text == "The treaty will be open for signature until next year.[1][2]"
    assert [(c.page, c.quote) for c in citations] == [
        (1, "The treaty will be open"),
        (2, "for signature until next year."),
    ]


def test_the_exact_words_are_given_within_the_quote_and_within_the_text() -> None:
    text, (first, second), bold = compose([Statement(HIT, 0, 20), Statement(HIT, 21, 45, (25, 45))], look)
    assert first.exact is None
    assert second.exact is not None
    assert second.quote[slice(*second.exact)] == "treaty will be open"
    assert [text[slice(*place)] for place in bold] == ["treaty will be open"]


def test_exact_words_across_a_page_break_are_marked_on_both_pages() -> None:
    start, end = FIRST.index("be open"), len(FIRST) + 1 + len("for signature")
    text, citations, bold = compose([Statement(HIT, 21, len(FIRST) + 31, (start, end))], look)
    assert [c.quote[slice(*c.exact)] for c in citations if c.exact] == ["be open", "for signature"]
    assert [text[slice(*place)] for place in bold] == ["be open", "for signature"]


PLACES = st.tuples(*[st.integers(0, len(PASSAGE.text))] * 4).map(sorted)


@given(PLACES)
def test_every_marker_is_a_citation_and_every_quote_stands_on_its_page(places: list[int]) -> None:
    start, first, last, end = places
    text, citations, bold = compose([Statement(HIT, start, end, (first, last)), Statement(HIT, 0, 20)], look)
    assert [int(n) for n in re.findall(r"\[(\d+)\]", text)] == [c.marker for c in citations]
    assert [c.marker for c in citations] == list(range(1, len(citations) + 1))
    for c in citations:
        assert PAGES[c.page].text[c.start : c.end] == c.quote == c.quote.strip() != ""
    exact = " ".join(" ".join(c.quote[slice(*c.exact)] for c in citations if c.exact).split())
    assert " ".join(" ".join(text[start:end] for start, end in bold).split()) == exact
    assert exact == " ".join(PASSAGE.text[first:last].split())


def test_what_looks_like_a_marker_in_a_quote_moves_nothing_that_is_bold() -> None:
    text = "As [1] says, 64 signed."
    where = Hit(passage=Passage("id", 0, (Span(1, 0, len(text)),), text), name="b", rank=1, score=1, cosine=1, bm25=1)
    said, _, bold = compose([Statement(where, 0, len(text), (13, 15))], lambda name, number: page(1, text))
    assert said == "As \uff3b1\uff3d says, 64 signed.[1]"
    assert [said[slice(*place)] for place in bold] == ["64"]


def test_a_bullet_before_a_quote_is_not_said_but_stands_in_the_citation() -> None:
    item = "●\tLift the cradle to attach it."
    listed = Passage("id", 0, (Span(1, 0, len(item)),), item)
    hit = Hit(passage=listed, name="a.pdf", rank=1, score=0.9, cosine=0.8, bm25=1.0)
    statement = Statement(hit, 0, len(item), (item.index("cradle"), item.index(" to")))
    text, (citation,), bold = compose([statement], lambda _, number: page(number, item))
    assert (text, citation.quote) == ("Lift the cradle to attach it.[1]", item)
    assert [text[slice(*place)] for place in bold] == ["cradle"]
    box = Passage("id", 0, (Span(1, 0, 6),), "☑ Paid")
    text, _, _ = compose([Statement(Hit(box, "a.pdf", 1, 0.9, 0.8, 1.0), 0, 6)], lambda _, n: page(n, "☑ Paid"))
    assert text == "☑ Paid[1]"
