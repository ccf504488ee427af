"""A conversation leaves as Markdown that shows what was said and where it stands."""

from index.conversations import Said
from ui.export import as_markdown


def test_an_export_holds_questions_answers_and_the_quotes_they_rest_on() -> None:
    citation = {"marker": 1, "document": "a_b.pdf", "page": 3, "quote": "Rent is\n*12* crowns."}
    turns = [
        Said("user", "What is the rent?", {}, "2026-01-01"),
        Said("assistant", "Rent is *12* crowns.[1]", {"citations": [citation]}, "2026-01-01"),
    ]
    assert as_markdown("Rent", turns) == (
        "# Rent\n\n## What is the rent\\?\n\nRent is \\*12\\* crowns\\.\\[1\\]\n\n"
        "1. a\\_b\\.pdf, page 3: “Rent is \\*12\\* crowns\\.”\n"
    )


def test_an_answer_whose_document_was_removed_is_kept_out() -> None:
    assert as_markdown("x", [Said("user", "q", {}, ""), Said("assistant", "", {}, "")]) == "# x\n\n## q\n"
