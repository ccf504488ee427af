import pytest

from ingest.numerals import in_letters, in_roman


@pytest.mark.parametrize(("value", "said"), [(1, "i"), (4, "iv"), (9, "ix"), (49, "xlix"), (1994, "mcmxciv")])
def test_numbers_are_written_in_roman_numerals(value: int, said: str) -> None:
    assert in_roman(value) == said


@pytest.mark.parametrize(("value", "said"), [(1, "a"), (26, "z"), (27, "aa"), (702, "zz"), (703, "aaa")])
def test_numbers_are_written_in_letters(value: int, said: str) -> None:
    assert in_letters(value) == said
