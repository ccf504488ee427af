"""What a reader makes of a passage: how likely it is that the answer starts, and ends, at each token."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.nouns import Passage

Logits = NDArray[np.float32]
LONGEST = 30  # tokens of the exact words


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words: characters `start:end` of a passage, and the log odds of them against "not here"."""

    start: int
    end: int
    odds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The logits of each token, those of "not in this passage" taken off.

    `offsets` are the characters of the passage's text that the tokens take, (n, 2); `starts` and `ends` have
    one number a token.
    """

    offsets: NDArray[np.int64]
    starts: Logits
    ends: Logits

    @property
    def odds(self) -> float:
        """The log odds that the passage answers at all, the mean of what start and end say."""
        return float(_sum(self.starts) + _sum(self.ends)) / 2 if len(self.offsets) else -20.0

    def best(self, start: int, end: int) -> Words | None:
        """The likeliest exact words within characters `start:end`; None where no token stands there."""
        inside = np.flatnonzero((self.offsets[:, 0] >= start) & (self.offsets[:, 1] <= end))
        if not len(inside):
            return None
        low, high = int(inside[0]), int(inside[-1]) + 1
        pairs = self.starts[low:high, None] + self.ends[None, low:high]
        size = high - low
        allowed = np.triu(np.ones((size, size), bool)) & np.tril(np.ones((size, size), bool), LONGEST - 1)
        first, last = divmod(int(np.where(allowed, pairs, -np.inf).argmax()), size)
        return Words(int(self.offsets[low + first, 0]), int(self.offsets[low + last, 1]), float(pairs[first, last]) / 2)


def _sum(logits: Logits) -> float:
    """log(sum(exp(logits)))."""
    most = float(logits.max())
    return most + float(np.log(np.exp(logits - most).sum()))


class Reader(Protocol):
    """What reads passages for a question.  Tests hand in one that knows the words to point at."""

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        ...
