"""What is said where the documents don't answer: that they don't, and what was looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.numbered import pages_named
from index.stopwords import ENGLISH

from .expected import Expected, expected
from .mentions import FUNCTION_WORDS

NOT_HERE = "The answer is not in your documents."
_KINDS: dict[Expected, str] = {
    "number": "a number",
    "date": "a date",
    "person": "a name",
    "place": "a place",
    "": "a passage",
}
_MOST = 6
_ENDING = re.compile(r"(?<=\w)['’](?:s|re|ve|ll|d|m)$|^\w+n['’]t$", re.IGNORECASE)  # "what's", "the bank's"; "can't"
# What questions are made of, besides the stop words, and says nothing of what they are about.
_ASKING = frozenset(
    "many much long often far may must shall might happens happen hi hello hope please thanks sure".split()
)
# What documents are made of, and what they do: a question names these whatever it is about.
PARTS = frozenset(
    "document documents file files paper papers report reports text page pages section chapter table figure e.g i.e "
    "mention mentions mentioned contain contains state states stated write writes written answer question".split()
)


def looked_for(question: str) -> list[str]:
    """The first words of a question that say what it is about, as it writes them."""
    found = (_ENDING.sub("", word) for word in re.findall(r"\w(?:[\w’'.-]|(?<=\d),(?=\d))*\w|\w", question))
    words = [w for w in found if w and w.casefold() not in ENGLISH | _ASKING]
    return list(dict.fromkeys(words[:_MOST]))


def telling(question: str) -> list[str]:
    """Those of the words looked for whose absence says something: names, things and years, no "say" or "page 3"."""
    places = pages_named(question)
    return [
        word
        for word in looked_for(question)
        if len(word) > 2 - (not word.isascii()) and word.casefold() not in FUNCTION_WORDS | PARTS and word not in places
    ]


def refusal(question: str, documents: int, absent: Sequence[str] = (), lacking: Sequence[str] = ()) -> str:
    """The refusal of a question that stands alone, looked for in so many documents.

    None of them holds the words `absent`, nor has what the question names by number (`lacking`: "Figure 7").
    """
    words = looked_for(question)
    if not words:
        return NOT_HERE
    where = "1 document" if documents == 1 else f"{documents} documents"
    missed = "It doesn’t mention" if documents == 1 else "None of them mentions"
    if lacking:
        has = "It has no" if documents == 1 else "None of them has a"
        return f"{NOT_HERE} Looked in {where}. {has} {_listed(lacking, 'or')}."
    if set(words) <= set(absent):
        return f"{NOT_HERE} Looked in {where}. {missed} {_quoted(words, 'or')}."
    said = f"{NOT_HERE} Looked in {where} for {_KINDS[expected(question)]} about {_quoted(words)}."
    return f"{said} {missed} {_quoted(absent, 'or')}." if absent else said


def _quoted(words: Sequence[str], last: str = "") -> str:
    """The words in quotation marks, parted by commas; the last by another word, where one is given."""
    return _listed([f"“{word}”" for word in words], last)


def _listed(items: Sequence[str], last: str) -> str:
    return f"{', '.join(items[:-1])} {last} {items[-1]}" if last and len(items) > 1 else ", ".join(items)
