"""Lines and words as the library keeps them: all of them come back, also from a library of an earlier version."""

import json
import zlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from index import layout
from ingest.nouns import Line, Word

places = st.integers(-(10**9), 10**9).map(lambda hundredths: hundredths / 100)
whole = st.integers(0, 10**8)
words = st.lists(st.builds(Word, whole, whole, places, places, places, places)).map(tuple)
lines = st.lists(
    st.builds(Line, whole, whole, words, places, st.integers(0, 9), st.booleans(), st.booleans()), min_size=1
)


@given(lines)
def test_lines_come_back_as_they_were(given: list[Line]) -> None:
    assert layout.decode(layout.encode(given)) == tuple(given)


@given(lines)
def test_lines_of_an_earlier_version_are_read(given: list[Line]) -> None:
    plain = [[line.start, line.end, line.size, list(line.words), line.table, line.header] for line in given]
    early = tuple(replace(line, recognised=False) for line in given)
    assert layout.decode(zlib.compress(json.dumps(plain).encode())) == early


def test_a_page_without_lines_has_no_layout() -> None:
    assert layout.decode(None) == ()


def test_words_of_a_line_take_few_bytes() -> None:
    line = Line(0, 600, tuple(Word(6 * n, 6 * n + 5, 50 + 30.0 * n, 100, 75 + 30.0 * n, 112) for n in range(100)), 12.0)
    assert len(layout.encode([line])) < 200
