"""The names and numbers that a question gives: where no document has one of them, none is likely to answer."""

from __future__ import annotations

import re

from index.numbered import pages_named
from index.question import sought
from index.stopwords import ENGLISH

from .mentions import FUNCTION_WORDS
from .refusal import PARTS

# A capital letter that no sentence start explains, or a number.
_NAMED = re.compile(
    r"(?<=[\w,;:)’'\"”] )[“\"'‘(]?(?P<name>[A-ZÀ-Þ][\w-]{2,})"
    r"|(?<![\w.,])(?P<number>\d[\d.,]*\d|\d)(?![\w%])"
)
_DIGIT = re.compile(r"\d")
_SMALL_WORDS = ENGLISH | FUNCTION_WORDS | PARTS


def named(question: str) -> list[str]:
    """The names (word by word) and the numbers in a question, as it writes them, each once.

    What it says of the answer's form and of pages is left out, and so are letters all in capitals: of "EBITDA" or "USD"
    documents write what it stands for.  One that is shouted names nothing.
    """
    asked = sought(question)
    words = [word for word in asked.split() if len(word) > 3]
    if sum(map(str.isupper, words)) > len(words) / 2:
        return []
    found = [match["name"] or match["number"] for match in _NAMED.finditer(asked)]
    small = _SMALL_WORDS | pages_named(asked)
    return list(dict.fromkeys(w for w in found if w.casefold() not in small and (_DIGIT.search(w) or not w.isupper())))
