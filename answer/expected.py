"""What kind of answer a question asks for, and whether a sentence holds something of that kind."""

from __future__ import annotations

import re
from typing import Literal

Expected = Literal["number", "date", "person", "place", ""]

_ASKS: tuple[tuple[Expected, re.Pattern[str]], ...] = (
    (
        "number",
        re.compile(
            r"\bhow (many|much|old|long|far|high|large|big|deep|fast|often)\b|\b(number|amount|percent(age)?|share|"
            r"proportion|total|price|cost|size|rate|ratio) (of|is|was|were|are)\b|\bwhat percent",
            re.IGNORECASE,
        ),
    ),
    ("date", re.compile(r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade|time)\b", re.IGNORECASE)),
    ("person", re.compile(r"\bwho(m|se)?\b|\bwhat is the name of\b", re.IGNORECASE)),
    ("place", re.compile(r"\bwhere\b|\b(what|which) (city|country|state|place|region|town|location)\b", re.IGNORECASE)),
)
_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve dozen twenty thirty forty fifty sixty "
    "seventy eighty ninety hundred thousand million billion half third quarter twice once"
).split()
_MONTHS = ("January February March April May June July August September October November December").split()
_HOLDS: dict[Expected, re.Pattern[str]] = {
    "number": re.compile(r"\d|\b(" + "|".join(_NUMBER_WORDS) + r")s?\b", re.IGNORECASE),
    "date": re.compile(r"\b\d{3,4}s?\b|\bcentur(y|ies)\b|\b\d{1,2}(st|nd|rd|th)\b|\b(" + "|".join(_MONTHS) + r")\b"),
    # A capital letter that no sentence start explains.
    "person": re.compile(r"[\w,;:’')] +[“\"'(]?[A-ZÀ-Þ][\w’'-]+"),
    "place": re.compile(r"[\w,;:’')] +[“\"'(]?[A-ZÀ-Þ][\w’'-]+"),
}

_STEPS = re.compile(
    r"\bhow (to|do|does|did|can|could|should|is|are)\b|\b(steps|procedure|process|list)\b", re.IGNORECASE
)
_YES_OR_NO = re.compile(
    r"\W*(is|are|was|were|am|do|does|did|has|have|had|can|could|will|would|shall|should|may|might|must)\b",
    re.IGNORECASE,
)
_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how)"
_NEXT_PART = re.compile(
    rf"(?:[,;?]\s*(?:and\s+)?|\s+and\s+)(?=(?:in |on |for |by |at |to )?{_ASKING}\b)", re.IGNORECASE
)
_ASKS_A_PART = re.compile(rf"\b{_ASKING}\b", re.IGNORECASE)


def parts(question: str) -> list[str]:
    """The questions that a question is made of: "Who built it, and when?" asks two."""
    found = [part.strip() for part in _NEXT_PART.split(question)]
    return found if all(_ASKS_A_PART.search(part) for part in found) else [question]


def asks_yes_or_no(question: str) -> bool:
    """True for "Is it open?", "Do they pay?" and the like."""
    return bool(_YES_OR_NO.match(question))


def asks_for_steps(question: str) -> bool:
    """True where an answer may take several sentences in a row: how something is done, or a list."""
    return bool(_STEPS.search(question)) and expected(question) != "number"


def expected(question: str) -> Expected:
    """The kind of answer that `question` asks for; "" where it can be of any kind (or isn't English)."""
    return next((kind for kind, pattern in _ASKS if pattern.search(question)), "")


def fits(kind: Expected, sentence: str) -> bool:
    """True where `sentence` holds something of that kind; always true for the kind ""."""
    return not kind or bool(_HOLDS[kind].search(sentence))
