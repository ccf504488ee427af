from index.nouns import NOWHERE, Hit, Leaning
from ingest.nouns import Passage, Span


def hit(name: str, placed: bool = False) -> Hit:
    passage = Passage("x", 0, (Span(2, 5, 9), Span(2, 20, 40), Span(3, 0, 4)), "some text and more text here it is it")
    return Hit(passage, name, 1, 0.5, 0.5, 1.0, placed)


def test_a_search_leans_where_its_first_hits_bear_it_out() -> None:
    leaning = Leaning((("a.pdf", "A"), ("b.pdf", "B")), ("page 4",))
    assert leaning.of([hit("b.pdf")]) == Leaning((("b.pdf", "B"),))
    assert leaning.of([hit("c.pdf", placed=True)]) == Leaning((), ("page 4",))
    assert not leaning.of([hit("c.pdf")])
    assert not NOWHERE


def test_many_documents_are_counted_after_the_third() -> None:
    five = tuple((f"{n}.pdf", f"Report {n}") for n in range(5))
    assert Leaning(five, ("page 4",)).described == "Report 0, Report 1, Report 2, 2 more documents, page 4"
    assert Leaning(five[:1]).described == "Report 0"


def test_a_hit_says_where_most_of_it_stands_in_one_piece() -> None:
    row = hit("a.pdf").to_json()
    assert (row["page"], row["start"], row["end"]) == (2, 20, 40)
