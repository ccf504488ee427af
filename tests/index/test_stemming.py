import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.stemming import beginning, stemmed
from index.words import form, terms


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("والمعاهدات", "بالمعاهدات"),
        ("للمعاهدة", "معاهدات"),
        ("لمعاهدات", "ومعاهدة"),
        ("أوروبي", "الأوروبية"),
        ("إسلام", "اسلامي"),
        ("लड़कियों", "लड़कियां"),
        ("договоров", "договор"),
        ("συνθήκες", "συνθήκη"),
    ],
)
def test_other_forms_of_a_word_meet(text: str, asked: str) -> None:
    assert stemmed(text) == stemmed(asked)
    assert form(text) == " ".join(terms(asked))


def test_english_digits_and_languages_without_a_stemmer_stay_as_they_are() -> None:
    for text in ("treaties signed 1577", "Verträge", "法律 條約", "قرارداد پنج"):
        assert stemmed(text).split()[-1] == text.split()[-1]


@given(st.text(max_size=60))
def test_no_word_is_lost(text: str) -> None:
    assert len(stemmed(text).split()) == len(text.split())


@pytest.mark.parametrize(
    ("language", "word", "begin"),
    [
        ("turkish", "üniversitesinde", "universite*"),
        ("german", "verträge", "vertrag*"),
        ("spanish", "universidades", "univers*"),
        ("english", "treaties", ""),  # FTS5's own matter
        ("vietnamese", "nghiên", ""),  # has no endings
        ("german", "1577", ""),
        ("german", "haus", "haus*"),
        ("german", "rad", ""),  # too short to tell a word
        ("english", "договор", "договор*"),
    ],
)
def test_the_forms_of_a_word_begin_as_its_stem_does(language: str, word: str, begin: str) -> None:
    assert beginning(language, word) == begin
