import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.familiar import is_familiar, is_spelt_out, measured

SIZE, MOST = 200, 250


def by_letter(texts):
    return [sum(not c.isspace() for c in text) for text in texts]


@pytest.mark.parametrize(
    ("text", "tokens", "familiar"),
    [
        ("Who signed the treaty?", 5, True),
        ("Kim imzaladı antlaşmayı", 11, True),
        ("من وقع المعاهدة", 13, False),
        ("ใครลงนามในสนธิสัญญา", 1, False),
    ],
)
def test_a_language_is_familiar_that_is_cut_neither_into_letters_nor_not_at_all(text, tokens, familiar) -> None:
    assert is_familiar(text, tokens) is familiar


def test_only_letters_of_another_alphabet_are_spelt_out() -> None:
    assert is_spelt_out("договор подписан", 15)
    assert not is_spelt_out("договор подписан", 4)  # by a model that knows the language
    assert not is_spelt_out("1 2 3 - 4 | 5", 8)  # a row of a table
    assert not is_spelt_out("α = 1, β = 2, as in table four", 16)


def test_a_text_that_is_spelt_out_costs_less_the_more_of_it_the_model_can_read() -> None:
    assert measured(["договор" * 10, "treaty" * 10], by_letter, SIZE, MOST) == [56, 60]


@given(st.lists(st.text("договр treaty 12.", max_size=400), max_size=5))
def test_what_fits_is_never_more_than_the_model_reads(texts) -> None:
    for n, cost in zip(by_letter(texts), measured(texts, by_letter, SIZE, MOST), strict=True):
        assert cost <= n
        assert cost > SIZE or n <= MOST
