"""What a question names by number: pages of documents, and the figures and tables in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SPELT = {unit: n for n, unit in enumerate(_UNITS, 1)}
_SPELT |= {ten: n for n, ten in zip(range(20, 100, 10), _TENS, strict=True)}
_SPELT |= {f"{ten}-{unit}": _SPELT[ten] + _SPELT[unit] for ten in _TENS for unit in _UNITS[:9]}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_FRONT = ("title", "cover", "front")
LAST = "last"  # the page that it is, among those named

_NUMBER = rf"(?:\d{{1,5}}(?!\w)|(?:{'|'.join(sorted(_SPELT, key=len, reverse=True)).replace('-', '[- ]')})(?![-\w]))"
_RANGE = r"(?:,? to |\s?[-–]\s?)"
_LIST = rf"{_NUMBER}(?:(?:{_RANGE}|,? and |,? or |, ?)(?:pages? )?{_NUMBER})*"
_ROMAN = re.compile(r"\bpages? ([ivxlc]{1,7})\b", re.IGNORECASE)
_COUNTED = re.compile(rf"\b(?:pages?|slides?|pp?\.) *({_LIST})", re.IGNORECASE)
_PLACED = re.compile(rf"\b({'|'.join([*_ORDINALS, *_FRONT, 'last', 'final'])}) (?:page|slide)\b", re.IGNORECASE)
_ITEM = re.compile(rf"({_RANGE})?(?:pages? )?({_NUMBER})", re.IGNORECASE)
WIDEST = 50  # pages of a range; of a longer one its ends are taken

WORK = (
    r"(?:document|paper|report|slides?|presentation|deck|article|book|guide|manual|file|pdf|brochure|contract|agreement"
    r"|lease|policy|minutes|filing|invoice|thesis|study)\b"
)
_THIS = rf"(?:the|this|that|my|our|your) {WORK}"
# Pages that the question means of a document in the library: not page 404 of the web, or the last page of a diary.
_ELSEWHERE = "".join(f"(?<!{word} )" for word in ("web", "home", "after", "before", "until", "beyond"))
_BY_NUMBER = rf"{_ELSEWHERE}\b(?:pages?|pp?\.) *{_LIST}(?! of (?:an?|another|his|her|their|its)\b)(?: of \d+\b)?"
_BY_PLACE = rf"(?:{'|'.join(_ORDINALS)}|last|final|title|cover) page\b(?! of (?!{_THIS}))"
_AT = r"\b(?:in|on|at|of|from|(?:according|referring) to) (?:the )?"
_MEANT = re.compile(rf"(?:{_BY_NUMBER}|{_AT}{_BY_PLACE})(?: of {_THIS})?", re.IGNORECASE)
_ON_PAGE = re.compile(
    rf"(?<![, ])[, ]*(?:\bas (?:\w+ed|shown|given|written) )?{_AT}"
    r"(?:(?:very )?(?:top|bottom|start|beginning|end) of (?:the )?)?"
    rf"(?:{_BY_NUMBER}|{_BY_PLACE})(?: of {_THIS})?",
    re.IGNORECASE,
)

# What stands in a document under a number of its own; others write "Fig. 7" of "Figure 7".
_CAPTIONED = re.compile(
    r"\b(figure|fig\.?|table) ?(\d{1,3}(?:\.\d{1,3})?)"
    r"(?![\w%]|[.,–-]\d| ?(?:per ?cent|thousand|million|billion|euros?|dollars?|crowns?)\b)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:the|an?|this|that) $", re.IGNORECASE)
_CAPTION_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})?|[IVX]{1,6}\b)"
_CAPTION_LIST = re.compile(
    rf"\b(fig(?:ure)?s?|tab(?:le)?s?)\.?\s?({_CAPTION_NUMBER}[a-z]?\b"
    rf"(?:(?:{_RANGE}|,? and |, ?|\s?&\s?){_CAPTION_NUMBER}[a-z]?\b)*)",
    re.IGNORECASE,
)
_CAPTION_ITEM = re.compile(rf"({_RANGE})?({_CAPTION_NUMBER})", re.IGNORECASE)
KINDS = {"figure": ("figure", "fig"), "table": ("table", "tab")}  # what captions call them


def pages_named(question: str) -> frozenset[str]:
    """The pages or slides that the question names, as numbers or labels or LAST: {"14"} of "the date on page 14"."""
    named = {page for found in _COUNTED.finditer(question) for page in _counted(found[1])}
    named.update(found[1].lower() for found in _ROMAN.finditer(question))
    named.update(_placed(found[1].lower()) for found in _PLACED.finditer(question))
    return frozenset(named)


def pages_meant(question: str) -> frozenset[str]:
    """Those pages that the question means of a document itself: "on page 14", "on the last page of the report"."""
    return frozenset(page for found in _MEANT.finditer(question) for page in pages_named(found[0]))


def anywhere(question: str) -> str:
    """The question without the pages that what it asks for is to be found on."""
    return _ON_PAGE.sub("", question).strip(" ,")


def with_pages_as(mark: str, question: str) -> str:
    """The question with a mark in the place of the pages that it means."""
    return _MEANT.sub(mark, question)


def _counted(numbers: str) -> Iterator[str]:
    before = 0
    for ranged, number in _ITEM.findall(numbers):
        n = int(number) if number.isdigit() else _SPELT[number.lower().replace(" ", "-")]
        yield from map(str, range(before + 1, n) if ranged and n - before <= WIDEST else ())
        yield str(n)
        before = n


def _placed(word: str) -> str:
    if word in _FRONT:
        return "1"
    return str(_ORDINALS.index(word) + 1) if word in _ORDINALS else LAST


def captions_named(question: str) -> dict[str, tuple[str, str]]:
    """The figures and tables that the question names by number: of each its kind (one of KINDS) and its number."""
    named: dict[str, tuple[str, str]] = {}
    for found in _CAPTIONED.finditer(question):
        if found[1][0].isupper() or not _ARTICLE.search(question, 0, found.start()):
            named[f"{found[1]} {found[2]}"] = ("table" if found[1].lower() == "table" else "figure", found[2])
    return named


def captions_in(text: str, kind: str) -> set[str]:
    """The numbers of the figures or tables that a text names; of "Figure 7b" and "Figure 7.2" the 7 as well."""
    numbers: set[str] = set()
    for found in _CAPTION_LIST.finditer(text):
        if found[1][0].lower() != kind[0]:
            continue
        before = 0
        for ranged, number in _CAPTION_ITEM.findall(found[2]):
            whole, _, _ = number.partition(".")
            n = int(whole) if whole.isdigit() else _roman(whole.upper())
            numbers.update(map(str, range(before + 1, n) if ranged and n - before <= WIDEST else ()))
            numbers |= {str(n), number}
            before = n
    return numbers


def _roman(number: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in number]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
