"""What a question says of where and how to look, apart from its words: a page, or the form of the answer."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_FORM = re.compile(r"\b(?:answer|respond|reply|response|output|formatted?|format)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:please )?(?:directly |only |just )?(?:answer|respond|reply|format|save|write|output|express|round"
    r"|give (?:me|us|your|the answer|an? \w+\b))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_PAGES = re.compile(
    r"\b(?:pages?|p\.|pp\.) *((?:\d{1,5}|[ivxlc]{1,7}\b)(?:(?:,| and| or|,? to|-|–| ) *\d{1,5})*)", re.IGNORECASE
)
_SPELT = re.compile(rf"\bpage ({'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|title|cover|front) page\b", re.IGNORECASE)

_WORK = (
    r"\b(?:this|the) (?:document|paper|report|slides?|presentation|deck|article|book|guide|manual|file|brochure"
    r"|thesis|study)\b"
)
_IMPRINT = (
    r"\b(?:title|titled|authors?|presenters?|publishers?|published|produced|prepared by|written by|wrote|cover"
    r"|web ?link|doi|url|affiliations?|edition)\b"
)
_OF_FRONT = re.compile(rf"{_IMPRINT}.*{_WORK}|{_WORK}.*{_IMPRINT}", re.IGNORECASE)


def sought(question: str) -> str:
    """The question without sentences about the form of its answer ("Answer in one word."), where others remain."""
    parts = _SENTENCE.split(question.strip())
    kept = [part for part in parts if part.endswith("?") or not _is_about_form(part)]
    rest = " ".join(kept)
    return rest if len(kept) < len(parts) and _WORD.search(rest) else question


def _is_about_form(sentence: str) -> bool:
    ordered = _ORDER.match(sentence)
    return bool(ordered and (_FORM.search(sentence) or len(sentence.split()) <= 8))


def pages_named(question: str) -> frozenset[str]:
    """The pages that the question names, as numbers or labels: {"14"} of "the date on page 14"."""
    named: set[str] = set()
    for found in _PAGES.finditer(question):
        named.update(part.lower() for part in re.findall(r"\w+", found[1]) if part.lower() not in ("and", "or", "to"))
    named.update(str(_NUMBERS.index(found[1].lower()) + 1) for found in _SPELT.finditer(question))
    if _FIRST.search(question):
        named.add("1")
    return frozenset(named)


def asks_of_front(question: str) -> bool:
    """Whether the question asks for what a document says of itself on its first page: title, author, date."""
    return bool(_OF_FRONT.search(question))
