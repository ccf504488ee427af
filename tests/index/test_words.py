import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.schema import WORDS
from index.words import beginnings, form, query, terms


def found(text: str, question: str) -> bool:
    """Whether a word index that holds only `text` answers `question`."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.execute(WORDS)
        connection.execute("INSERT INTO words (label, heading, body) VALUES ('', '', ?)", (form(text),))
        looked_for = query(question)
        if not looked_for:
            return False
        return bool(connection.execute("SELECT 1 FROM words WHERE words MATCH ?", (looked_for,)).fetchone())
    finally:
        connection.close()


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_any_string_is_a_legal_question_and_finds_nothing_in_nothing(text: str, question: str) -> None:
    found(text, question)  # raises OperationalError for one that isn't
    assert not found("", question)


@pytest.mark.parametrize("mark", ["\uf0b7", "\ue000", "\U000f0001"])
def test_a_sign_that_only_its_font_knows_is_no_part_of_a_word(mark: str) -> None:
    """The bullets of symbol fonts stand right before the first word of their line."""
    assert found(f"{mark}Insurance of{mark}ships", "insurance")
    assert found(f"{mark}Insurance of{mark}ships", f"ships{mark}")


@given(st.text("abcdeé 0123'\"*^:()-AND OR NOT NEAR", min_size=1, max_size=40))
def test_the_operators_of_the_query_language_are_only_words(question: str) -> None:
    assert found(question, question) == bool(terms(question))


@given(st.lists(st.sampled_from(["treaty", "法律", "กฎหมาย", "Straße", "café", "cyber-crime", "दिल्ली"]), min_size=1))
def test_a_text_is_found_by_any_of_its_words(words: list[str]) -> None:
    assert all(found(" ".join(words), word) for word in words)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("联合国打击网络犯罪公约", "网络犯罪"),
        ("国際連合の条約に署名した", "条約"),
        ("ประเทศไทยลงนามในอนุสัญญา", "อนุสัญญา"),
        ("대한민국은 조약에 서명했다", "조약"),
        ("naïve Café", "CAFE naive"),
        ("the STRASSE", "straße"),
        ("cyber-crime grew", "cybercrime"),
        ("cybercrime grew", "cyber-crime"),
        ("more signatures", "signature"),
        ("revenue was 1,577 million", "1,577"),
        ("法", "法"),
        ("网络法", "法"),
        ("finance", "\ufb01nance"),
        ("the treaty's aims", "treaty"),
        ("by e-mail", "email"),
        ("an x-ray", "xray"),
        ("1,577 million", "1577"),
        ("1577 million", "1,577"),
        ("1.234.567", "1234567"),
    ],
)
def test_words_meet_across_spellings_and_scripts(text: str, question: str) -> None:
    assert found(text, question)


@pytest.mark.parametrize(("text", "question"), [("网络犯罪公约", "法律"), ("a treaty", "contract"), ("text", "  ?!")])
def test_other_words_do_not_meet(text: str, question: str) -> None:
    assert not found(text, question)


@pytest.mark.parametrize("asked", ["fy2018", "cy2018", "fy18"])
def test_a_financial_year_is_a_year_too(asked: str) -> None:
    assert terms(f"Revenue in {asked.upper()}") == ["revenue", asked, "2018"]


def test_common_words_are_dropped_only_where_others_remain() -> None:
    assert terms("What is the treaty?") == ["treaty"]
    assert terms("to be or not to be") == ["to", "be", "or", "not"]
    assert terms("Wer hat den Vertrag unterzeichnet?") == ["vertrag", "unterzeichnet"]
    assert terms("кто подписал?") == terms("подписал")
    assert len(terms("кто?")) == 1


def test_words_of_other_languages_have_beginnings_and_english_ones_none() -> None:
    assert beginnings("Wer hat die Verträge unterzeichnet?") == {
        "verträge": "vertrag*",
        "unterzeichnet": "unterzeichn*",
    }
    assert beginnings("Who signed the Verträge in the café?") == {}


def test_a_number_is_asked_for_with_and_without_its_thousands_separators_but_a_year_is_a_year() -> None:
    assert terms("1577 or 1,234,567 in 2021") == ["1577", "1,577", "1,234,567", "1234567", "2021"]
