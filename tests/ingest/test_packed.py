"""Words as numbers: nothing of a word is lost on the way."""

import math

from hypothesis import given
from hypothesis import strategies as st

from ingest.nouns import Line, Word
from ingest.packed import Packed, cut, numbers_of, packed

places = st.integers(-(10**9), 10**9).map(lambda hundredths: hundredths / 100)
words = st.lists(st.builds(Word, st.integers(0, 10**8), st.integers(0, 10**8), places, places, places, places))


@given(words)
def test_words_come_back_as_they_were(given: list[Word]) -> None:
    found = Packed(packed(given))
    assert tuple(found) == tuple(given)
    assert found == tuple(given)
    assert len(found) == len(given)
    assert found == Packed(packed(given))
    assert hash(found) == hash(tuple(given))


def test_a_word_knows_its_fields_and_a_line_is_equal_to_one_of_plain_words() -> None:
    word = Word(3, 7, 72.01, 10.0, 99.99, 20.5)
    line = Line(3, 7, Packed(packed([word])), 9.0)
    assert (line.words[0].x0, line.words[-1].end, line.words[:1]) == (72.01, 7, (word,))
    assert line == Line(3, 7, (word,), 9.0)
    assert line != Line(3, 7, (word._replace(x1=99.98),), 9.0)


@given(st.lists(words))
def test_the_lines_of_a_page_are_cut_out_of_their_numbers_again(given: list[list[Word]]) -> None:
    lines = [Line(0, 0, Packed(packed(w)) if n % 2 else tuple(w)) for n, w in enumerate(given)]
    assert [tuple(w) for w in cut(numbers_of(lines), map(len, given))] == [tuple(w) for w in given]


def test_a_place_that_is_none_is_put_at_the_edge() -> None:
    (word,) = Packed(packed([(0, 1, math.nan, -math.inf, math.inf, 1e12)]))
    assert word == (0, 1, 21474836.47, -21474836.47, 21474836.47, 21474836.47)
