"""Finding: what a question names by number, and what of it no document has."""

import pytest

from index import word_search
from ingest.errors import UnknownDocument

REPORT = "Figure 2 shows the ferries.\fTable 1: fares. See fig. 3.\fThe harbour master signed here."


def test_figures_tables_and_pages_that_no_document_has_are_told(library, write) -> None:
    for _ in library.add([write("a.pdf", REPORT), write("b.pdf", "Figure 7 is a map.")]):
        pass
    asked = "What do Figure 3, Fig. 7 and Table 2 on page 3 and page 4 show?"
    assert library.lacking(asked) == ["Table 2", "page 4"]
    assert library.lacking(asked, ["a.pdf"]) == ["Fig. 7", "Table 2", "page 4"]
    assert library.lacking("What do the ferries cost?") == []
    with pytest.raises(UnknownDocument):
        library.lacking(asked, ["c.pdf"])


def test_a_figure_is_not_missed_among_too_many(library, write, monkeypatch) -> None:
    for _ in library.add([write("a.pdf", REPORT)]):
        pass
    assert library.lacking("What does Figure 9 show?") == ["Figure 9"]
    monkeypatch.setattr(word_search, "MOST", 2)
    assert library.lacking("What does Figure 9 show?") == []


def test_pages_are_missed_only_where_it_can_be_told_what_pages_there_are(library, write) -> None:
    for _ in library.add([write("a.pdf", REPORT), write("b.txt", "Words."), write("c.docx", "Words, too.")]):
        pass
    assert library.lacking("What is on page 9?", ["b.txt"]) == []
    assert library.lacking("What is on page 9?", ["a.pdf", "c.docx"]) == library.lacking("What is on page 9?") == []
    assert library.lacking("What is on page 9?", ["a.pdf"]) == ["page 9"]
    assert library.lacking("What is on page 9?", ["a.pdf", "b.txt"]) == ["page 9"]


def test_the_last_page_is_the_last_of_each_document(library, write) -> None:
    filler = "\f".join(f"The harbour master signed sheet {n}." for n in range(9))
    for _ in library.add([write("a.pdf", REPORT), write("b.pdf", filler)]):
        pass
    hits = library.search("Who signed the last page?", 12)
    placed = {(h.name, p) for h in hits if h.placed for p in h.passage.pages}
    assert placed == {("a.pdf", 3), ("b.pdf", 9)}
    assert hits[0].placed
