"""What a follow-up says anew takes the place of its like; where that can't be told, nothing is taken away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.ellipsis import filled, is_clause


@pytest.mark.parametrize(
    ("before", "new", "alone"),
    [
        ("What was the revenue in Q3 2023?", "Q2 2022", "What was the revenue in Q2 2022?"),
        ("What does table 4 on page 12 say?", "table 5 on page 13", "What does table 5 on page 13 say?"),
        ("How did sales change from 2018 to 2020?", "from 2019 to 2021", "How did sales change from 2019 to 2021?"),
        ("What was the profit in 2018?", "after 2019", "What was the profit after 2019?"),
        ("What was the profit in 2018?", "in fiscal 2019", "What was the profit in fiscal 2019?"),
        ("What was the revenue in 2018?", "the profit in 2019", "What was the profit in 2019?"),
        ("What was the profit in Germany?", "in 2019", "What was the profit in Germany in 2019?"),
        ("What was the profit in Germany in 2018?", "in Spain", "What was the profit in Spain in 2018?"),
    ],
)
def test_every_year_quarter_and_page_takes_the_place_of_its_like_and_of_nothing_else(
    before: str, new: str, alone: str
) -> None:
    assert filled(new, before) == alone


@pytest.mark.parametrize(
    ("before", "new", "alone"),
    [
        ("Is parking free before noon?", "after noon", "Is parking free after noon?"),
        ("Who approves costs above 500 euros?", "below 500 euros", "Who approves costs below 500 euros?"),
        ("What are the hours of the library?", "of the museum", "What are the hours of the museum?"),
        ("How many members voted for the increase?", "against it", "How many members voted against the increase?"),
        ("Can I pay with a card?", "without", "Can I pay without a card?"),
        ("Is the bridge open in winter?", "at night", "Is the bridge open in winter at night?"),
    ],
)
def test_what_a_preposition_brings_takes_the_place_of_what_it_or_its_like_brought(
    before: str, new: str, alone: str
) -> None:
    assert filled(new, before) == alone


@pytest.mark.parametrize(
    ("before", "new", "alone"),
    [
        ("What is the penalty?", "when I pay late", "What is the penalty when I pay late?"),
        ("Can I cancel if I have paid?", "if I haven't", "Can I cancel if I haven't?"),
        ("Can I cancel the lease?", "unless I have paid", "Can I cancel the lease unless I have paid?"),
    ],
)
def test_a_clause_goes_behind_the_question_in_the_place_of_another_condition(before: str, new: str, alone: str) -> None:
    assert filled(new, before) == alone


@pytest.mark.parametrize(
    ("before", "new", "alone"),
    [
        ("Can the landlord enter the flat?", "the caretaker", "Can the caretaker enter the flat?"),
        ("What did the tenants pay in 2022?", "the landlord", "What did the landlord pay in 2022?"),
        ("How often must the filter be cleaned?", "the tank", "How often must the tank be cleaned?"),
        ("How often must the filter be cleaned?", "replaced", "How often must the filter be replaced?"),
        ("What is the minimum age for a licence?", "the fee", "What is the fee for a licence?"),
        ("What is the deposit for the flat?", "the garage", "What is the deposit for the garage?"),
        ("Does the landlord pay for the water?", "the electricity", "Does the landlord pay for the electricity?"),
        ("Do I need a visa?", "a passport", "Do I need a passport?"),
        ("Who pays the rent?", "electricity", "Who pays electricity?"),
        ("Who is Ada Holm?", "the director", "Who is the director?"),
        ("Does the policy cover flood damage?", "fire damage", "Does the policy cover fire damage?"),
        ("What was the revenue of Dell?", "the profit of Lenovo", "What was the profit of Lenovo?"),
        ("Who leads the Harbour Trust?", "the Ferry House", "Who leads the Ferry House?"),
    ],
)
def test_a_noun_takes_the_place_that_has_an_article_like_its_own_and_brings_it_along(
    before: str, new: str, alone: str
) -> None:
    assert filled(new, before) == alone


@pytest.mark.parametrize(
    ("before", "new"),
    [
        ("Does the policy cover flood?", "theft"),
        ("When was the bridge built?", "closed"),
        ("What are the opening hours in the library?", "prices"),
        ("Can lamps and cables be returned?", "worn shoes"),
        ("How much did the club own in May?", "a year earlier"),
        ("Who takes pictures of boats at sea?", "pictures at anchor"),
    ],
)
def test_where_its_place_cant_be_told_what_is_new_goes_behind_the_whole_question(before: str, new: str) -> None:
    assert filled(new, before) == f"{before[:-1]}, {new}?"


def test_a_clause_with_its_question_behind_it_is_none() -> None:
    assert is_clause("if it rains")
    assert is_clause("where the tenants live")
    assert not is_clause("if it rains, who pays?")
    assert not is_clause("when did she leave")


@given(st.text(max_size=60), st.text(max_size=80))
def test_any_strings_are_legal(new: str, before: str) -> None:
    assert filled(new, before).endswith("?")
