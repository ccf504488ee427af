"""What the rows of tables are called, and whether a question names one: "accounts payable" of a balance sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .words import terms

# Words, perhaps with a note's number, then nothing but numbers and dashes.
_ROW = re.compile(
    r"(?P<label>[^\W\d_][^$€£\d]*?)[ :.]*(?:\(\d\))?(?: [ $€£]*[-–—(]?[$€£]?\d[\d,.]*(?: ?[%)])*| [-–—])+"
)
# Several numbers, or one that is written as an amount: a row of contents has a page alone.
_AMOUNTS = re.compile(r"\d.* .*\d|[$€£%]|\d[.,]\d| [-–—] ")
LONGEST = 300  # characters of a row


def asked(question_terms: Mapping[str, float]) -> dict[str, float]:
    """A question's terms as labels are compared with them: without the endings of plurals."""
    return {singular(term): rarity for term, rarity in question_terms.items()}


def named(text: str, words: Mapping[str, float]) -> float:
    """The share of the words asked (by rarity, see `asked`) in the label of one row of `text` that has no others."""
    whole = sum(words.values())
    best = 0.0
    for label in labels(text):
        own = {singular(term) for term in terms(label)}
        if own <= words.keys():
            best = max(best, sum(words[word] for word in own))
    return best / whole if whole else 0.0


def labels(text: str) -> Iterator[str]:
    """The labels of the rows in a text."""
    for line in text.splitlines():
        row = " ".join(line.split())
        found = _ROW.fullmatch(row) if len(row) <= LONGEST else None
        if found and _AMOUNTS.search(row, found.end("label")):
            yield found["label"]


def singular(word: str) -> str:
    """A word without its plural's ending, near enough to compare two."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 5 and word.endswith("sses"):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
