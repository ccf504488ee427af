import pytest

from index.question import (
    Parts,
    asks_of_front,
    is_in_section,
    parts_named,
    sections_named,
    sought,
    statement_of,
    statements_named,
)


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("What did costs grow by? Answer in millions.", "What did costs grow by?"),
        ("Please answer yes or no. Did it rain?", "Did it rain?"),
        ("Who signed? Format your answer as a list.", "Who signed?"),
        ("Answer in one word.", "Answer in one word."),
        ("Who signed first? And who last?", "Who signed first? And who last?"),
        ("Return of the king is a book. By whom?", "Return of the king is a book. By whom?"),
        ("What does the answer of the council say?", "What does the answer of the council say?"),
        ("Who signed? Your answer should be a list.", "Who signed?"),
        ("In which years did it snow? List them like ['1901', '1902'].", "In which years did it snow? List them."),
        ("What is the array [1, 2] for?", "What is the array [1, 2] for?"),
        ("What is the fax number on page fourteen?", "What is the fax number?"),
        ("Who is governor, as mentioned on the last page of the document?", "Who is governor?"),
        ("According to page 3, who signed?", "who signed?"),
        ("What is the sum at the top of pages 3 and 4?", "What is the sum?"),
        ("What is on page 14?", "What is on page 14?"),
        ("What's on page 14?", "What's on page 14?"),
        ("What stood on the first page of his diary?", "What stood on the first page of his diary?"),
        ("Which paper had the storm on the front page?", "Which paper had the storm on the front page?"),
        ("What does page 14 say of costs?", "What does page 14 say of costs?"),
        ("Which documents mention bicycles?", "bicycles?"),
        ("Which contract covers fire damage?", "fire damage?"),
        ("What documents do I need for a visa?", "What documents do I need for a visa?"),
        ("Which paper discusses it?", "Which paper discusses it?"),
        ("Format the date on page 14 as YYYY.", "Format the date on page 14 as YYYY."),
    ],
)
def test_the_form_of_the_answer_and_the_page_that_it_is_on_are_not_searched_for(question: str, left: str) -> None:
    assert sought(question) == left


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        ("What does Section 4.2 say of costs?", {"4.2": "Section 4.2"}),
        ("see appendix B and Item 7A", {"b": "appendix B", "7a": "Item 7A"}),
        ("the limits in chapter IV", {"iv": "chapter IV"}),
        ("What does the Risk Factors section say?", {"risk factors": "section “Risk Factors”"}),
        ('What stands in the "Scope" section?', {"scope": "section “Scope”"}),
        ("What does the report say in the Scope section?", {"scope": "section “Scope”"}),
        ("What is in the next section?", {}),
        ("a section of the road", {}),
        ("Which part does the king play in part?", {}),
    ],
)
def test_sections_are_told_by_number_or_title(question: str, sections: dict[str, str]) -> None:
    assert sections_named(question) == sections


@pytest.mark.parametrize(
    ("path", "section", "inside"),
    [
        ("4 Results › 4.2 Costs", "4", True),
        ("4 Results › 4.2 Costs", "4.2", True),
        ("4.2 Costs", "4", False),
        ("42 Costs", "4", False),
        ("Appendix B: Tables", "b", True),
        ("Before the war", "b", False),
        ("Item 7A. Market risk", "7a", True),
        ("1. Scope", "scope", True),
        ("Scope of the pilot", "scope", False),
        ("", "4", False),
    ],
)
def test_a_section_holds_what_stands_under_its_heading(path: str, section: str, inside: bool) -> None:
    assert is_in_section(path, {section: ""}) is inside


@pytest.mark.parametrize(
    ("question", "front"),
    [
        ("Who is the author of this paper?", True),
        ("What is this report titled?", True),
        ("Which title did she win?", False),
        ("What does the report say of rain?", False),
    ],
)
def test_what_a_first_page_says_is_told_from_what_is_inside(question: str, front: bool) -> None:
    assert asks_of_front(question) is front


@pytest.mark.parametrize(
    ("question", "statements"),
    [
        ("What does the cash flow statement say of dividends?", {"cash": "cash flow statement"}),
        ("total debt on its balance sheet", {"balance": "balance sheet"}),
        ("net sales, from the Statement of Operations", {"income": "Statement of Operations"}),
        ("the P&L and the balance sheets", {"income": "P&L", "balance": "balance sheets"}),
        ("What are the off-balance sheet arrangements?", {}),
        ("Which statement did the minister make of the cash?", {}),
    ],
)
def test_financial_statements_are_told_by_their_usual_names(question: str, statements: dict[str, str]) -> None:
    assert statements_named(question) == statements


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("TERN FERRIES PLC\nCONSOLIDATED STATEMENTS OF CASH FLOWS\n(in thousands)", "cash"),
        ("Tern Ferries and Subsidiaries Consolidated Balance Sheets (unaudited)\nAssets", "balance"),
        ("Statement of Income and Comprehensive Income\nNet sales\t120", "income"),
        ("Statements of Consolidated Operations for the years ended May 31\nNet sales\t120", "income"),
        ("Consolidated Statements of Changes in Shareholders’ Equity\nBalance\t12", "equity"),
        ("4. Balance Sheet Components\nBoats\t120", ""),
        ("See the notes to the balance sheet\nBoats\t120", ""),
        ("Consolidated Balance Sheets\t41\nConsolidated Statements of Cash Flows\t42", ""),
        ("Index\nConsolidated Balance Sheets\nConsolidated Statements of Cash Flows", ""),
        ("The sea\n" * 9 + "Balance Sheets", ""),
    ],
)
def test_the_page_of_a_financial_statement_is_told_by_its_title(page: str, kind: str) -> None:
    assert statement_of(page) == kind


def test_the_parts_that_a_question_names_are_described_in_its_words() -> None:
    named = parts_named("What do page 3, Section 4.2 and the balance sheet say of debt?")
    assert named.described == ("page 3", "Section 4.2", "balance sheet")
    assert parts_named("What stands on the last page?").described == ("the last page",)
    assert not parts_named("What is the debt?")
    assert not parts_named("List the pages with a seal, for example ['Page 2', 'Page 4'].")
    assert not Parts().described
