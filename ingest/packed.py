"""Words as whole numbers, six each, as they travel and are stored; made into `Word`s when somebody looks at them.

A document has hundreds of thousands of words, and nearly all are only handed on from one process to the next and
into the library: an object for each, made again at every stop, takes longer than finding them on the page did.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Protocol, overload

import numpy as np

from .marking import Word

BYTES = 24  # a word: start, end, and its rectangle in hundredths of a point, each of four bytes, the lowest first
NUMBERS = 6  # of a word
SCALE = np.array([1, 1, 100, 100, 100, 100])
MOST = 2.0**31 - 1
Table = np.ndarray[tuple[int, int], np.dtype[np.int32]]
_six = struct.Struct("<6i").iter_unpack
_new = tuple.__new__  # a named tuple's own takes twice as long


class _Words(Protocol):
    """A line, in whatever state."""

    @property
    def words(self) -> Sequence[Iterable[float]]: ...


class Packed(Sequence[Word]):
    """The words of a line, equal to a tuple of them; `numbers` are its bytes."""

    __slots__ = ("_words", "numbers")

    def __init__(self, numbers: bytes) -> None:
        self.numbers = numbers
        self._words: tuple[Word, ...] | None = None

    def _all(self) -> tuple[Word, ...]:
        if self._words is None:
            self._words = tuple(
                [_new(Word, (s, e, a / 100, b / 100, c / 100, d / 100)) for s, e, a, b, c, d in _six(self.numbers)]
            )
        return self._words

    def __len__(self) -> int:
        return len(self.numbers) // BYTES

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, at: int | slice) -> Word | tuple[Word, ...]:
        return self._all()[at]

    def __iter__(self) -> Iterator[Word]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Packed):
            return self.numbers == other.numbers
        return self._all() == other

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


def packed(words: Iterable[Iterable[float]]) -> bytes:
    """The numbers of some words, in hundredths of a point; a place beyond what four bytes hold is put at its edge."""
    return table_of(words).tobytes()


def table_of(words: Iterable[Iterable[float]]) -> Table:
    """The same as a table: a row for each word."""
    return rounded(np.frombuffer(array("d", chain.from_iterable(words))).reshape(-1, 6))


def rounded(words: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> Table:
    """The same of a table in points."""
    table: Table = np.rint(np.fmax(np.fmin(words * SCALE, MOST), -MOST)).astype("<i4")
    return table


def numbers_of(lines: Iterable[_Words]) -> bytes:
    """The numbers of the words of some lines, one line after the other."""
    every = [line.words for line in lines]
    loose = [words for words in every if type(words) is not Packed]
    if not loose:
        return b"".join([words.numbers for words in every])  # type: ignore[attr-defined]
    others = cut(packed(chain.from_iterable(loose)), map(len, loose))
    return b"".join([(words if type(words) is Packed else next(others)).numbers for words in every])


def cut(numbers: bytes, counts: Iterable[int]) -> Iterator[Packed]:
    """The words of line after line, each of which has so many."""
    at = 0
    for count in counts:
        end = at + BYTES * count
        yield Packed(numbers[at:end])
        at = end
