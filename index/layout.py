"""Where the lines and words of a page stand, as the library keeps it: zlib of the lines in JSON and the words' numbers.

The numbers of a word (`ingest.packed`) are kept as steps from the word before, the first bytes of all of them first:
neighbours differ little, so that this takes half the room, and a small part of the time, that words in JSON take,
which is what libraries up to version 3 hold.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence

import numpy as np

from ingest.nouns import Line, Word
from ingest.packed import BYTES, cut, numbers_of

LEVEL = 1  # of zlib; the best takes twice as long for an eighth less
END = b"\n"  # of the JSON, which holds none
NUMBERS = BYTES // 4


def encode(lines: Sequence[Line]) -> bytes:
    """The lines with their words."""
    rows = [
        [len(line.words), line.start, line.end, line.size, line.table, line.header, line.recognised] for line in lines
    ]
    table = np.frombuffer(numbers_of(lines), "<i4").reshape(-1, NUMBERS)
    steps = table.copy()
    steps[1:] -= table[:-1]
    planes = np.ascontiguousarray(steps.T).view(np.uint8).reshape(-1, 4).T
    return zlib.compress(json.dumps(rows, separators=(",", ":")).encode() + END + planes.tobytes(), LEVEL)


def decode(blob: bytes | None) -> tuple[Line, ...]:
    """The lines that `encode` was given, also by an older version; none for None."""
    if not blob:
        return ()
    head, end, planes = zlib.decompress(blob).partition(END)
    rows = json.loads(head)
    if not end:  # [[start, end, size, [[start, end, x0, y0, x1, y1], …], table, header], …]
        return tuple(Line(a, b, tuple(Word(*w) for w in words), size, *rest) for a, b, size, words, *rest in rows)
    parts = np.ascontiguousarray(np.frombuffer(planes, np.uint8).reshape(4, -1).T)
    table = parts.view("<i4").reshape(NUMBERS, -1).T.cumsum(axis=0, dtype=np.int32).astype("<i4")
    words = cut(table.tobytes(), [count for count, *_ in rows])
    return tuple([Line(a, b, next(words), *rest) for _, a, b, *rest in rows])
