"""Words as whole numbers, six each, as they travel and are stored; made into `Word`s when somebody looks at them.

A document has hundreds of thousands of words, and nearly all are only handed on from one process to the next and
into the library: an object for each, made again at every stop, takes longer than finding them on the page did.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, overload

import numpy as np

from .marking import Word

if TYPE_CHECKING:
    from .nouns import Line

BYTES = 24  # a word: start, end, and its rectangle in hundredths of a point, each of four bytes, the lowest first
SCALE = np.array([1, 1, 100, 100, 100, 100])
MOST = 2.0**31 - 1
_six = struct.Struct("<6i").iter_unpack
_new = tuple.__new__  # a named tuple's own takes twice as long


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


def table_of(words: Iterable[Iterable[float]]) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """The same as a table: a row for each word."""
    numbers = np.frombuffer(array("d", chain.from_iterable(words))).reshape(-1, 6) * SCALE
    table: np.ndarray[tuple[int, int], np.dtype[np.int32]]
    table = np.rint(np.fmax(np.fmin(numbers, MOST), -MOST)).astype("<i4")
    return table


def numbers_of(lines: Sequence[Line]) -> bytes:
    """The numbers of the words of some lines, one line after the other."""
    return b"".join([w.numbers if type(w) is Packed else packed(w) for w in [line.words for line in lines]])


def cut(numbers: bytes, counts: Iterable[int]) -> Iterator[Packed]:
    """The words of line after line, each of which has so many."""
    at = 0
    for count in counts:
        end = at + BYTES * count
        yield Packed(numbers[at:end])
        at = end
