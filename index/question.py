"""What a question says of where and how to look, apart from its words: a page, a section, the form of the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .stopwords import ENGLISH

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
# A list given to show what the answer is to look like.
_EXAMPLE = re.compile(
    r"[,:]?\s*(?:\b(?:like|such as|as|e\.g\.|for example|for instance)[,:]?\s*)+\[[^\]]*\]", re.IGNORECASE
)
_FORM = re.compile(r"\b(?:answer|respond|reply|response|output|formatted?|format)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:please )?(?:directly |only |just )?(?:answer|respond|reply|format|save|write|output|express|round"
    r"|give (?:me|us|your|the answer|an? \w+\b)|(?:the|your) (?:answer|response|output) (?:should|must|is to))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_PAGES = re.compile(
    r"\b(?:pages?|slides?|p\.|pp\.) *((?:\d{1,5}|[ivxlc]{1,7}\b)(?:(?:,| and| or|,? to|-|–| ) *\d{1,5})*)",
    re.IGNORECASE,
)
_SPELT = re.compile(rf"\b(?:page|slide) ({'|'.join(_NUMBERS)})\b", re.IGNORECASE)
_COUNTED = re.compile(rf"\b({'|'.join(_ORDINALS)}) (?:page|slide)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:title|cover|front) (?:page|slide)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|final) (?:page|slide)\b", re.IGNORECASE)
_NUMBER = rf"(?:\d{{1,5}}|{'|'.join(_NUMBERS)})\b"
_THIS = (
    r"(?:the|this|that) (?:document|paper|report|slides?|presentation|deck|article|book|guide|manual|file|brochure"
    r"|contract|agreement|lease|policy|minutes|filing)\b"
)
# Pages that are those of the document beyond doubt: not the last page of a letter that it tells of.
_BY_NUMBER = rf"(?:pages?|slides?|p\.|pp\.) *{_NUMBER}(?:(?:,| and| or|,? to|-|–) *{_NUMBER})*"
_BY_PLACE = rf"(?:{'|'.join(_ORDINALS)}|last|final) (?:page|slide)\b(?! of (?!{_THIS}))"
_AT = r"\b(?:in|on|at|of|from|(?:according|referring) to) (?:the )?"
_MEANT = re.compile(rf"\b{_BY_NUMBER}|{_AT}{_BY_PLACE}", re.IGNORECASE)
_ON_PAGE = re.compile(
    rf"(?:,? as (?:\w+ed|shown|given|written) )?[, ]*{_AT}"
    r"(?:(?:very )?(?:top|bottom|start|beginning|end) of (?:the )?)?"
    rf"(?:{_BY_NUMBER}|{_BY_PLACE}|(?:title|cover) (?:page|slide)\b)(?: of {_THIS})?",
    re.IGNORECASE,
)
LAST = "last"  # the page that it is, among those named

# What stands in a document under a number of its own; others write "Fig. 7" of "Figure 7".
_CAPTIONED = re.compile(r"\b(figure|fig\.?|table) ?(\d{1,3}(?:\.\d{1,3})?)(?![\w%]|[.,]\d)", re.IGNORECASE)

# "Section 4.2", "Chapter 3", "Appendix B"; and "the Risk Factors section".
_PARTS = r"(?:section|chapter|appendix|annex|article|clause|item|part|schedule|exhibit)"
_NUMBERED = re.compile(rf"\b((?i:{_PARTS})) (\d+(?:\.\d+)*[A-Za-z]?|[IVX]+|[A-Z])\b(?!['’])")
_CALLED = re.compile(
    r"\b[Tt]he [\"“'‘]?((?:[\w&-]+ ){0,5}[\w&-]+)[\"”'’]? (?:section|chapter)\b(?! (?:\d|[IVX]+\b|[A-Z]\b))"
)
_NO_NAME = frozenset("first second third next last previous following whole same other this that".split())

# The statements of a financial report.
TITLE_LINES, TITLE_LONGEST = 8, 90
_STATEMENTS = {
    "cash": r"statements? of (?:consolidated )?cash[- ]?flows?|cash[- ]?flows? statements?",
    "balance": r"(?<!off[ -])balance sheets?|statements? of (?:consolidated )?financial (?:position|condition)",
    "income": r"income statements?|statements? of (?:consolidated )?(?:income|operations|earnings"
    r"|profits? (?:and|or|&) loss(?:es)?)|profit (?:and|&) loss (?:statements?|accounts?)|P&L(?: statements?)?",
    "equity": r"statements? of (?:changes in )?(?:consolidated )?(?:stock|share)?(?:holders|owners)['’]? ?equity",
}
# Such a title may follow a name ("Tern Group Consolidated Balance Sheets"), no words of a sentence.
_TITLE_END = r"(?i: and comprehensive (?:income|loss)\b)?(?:(?i: (?:for|as of|as at|at)\b)|(?! *[\w\t]|-\w))"
_TITLES = {
    kind: re.compile(rf"(?:(?:[A-Z&][\w.,&'’-]*|and) ){{0,8}}(?i:{names})\b{_TITLE_END}")
    for kind, names in _STATEMENTS.items()
}

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
    """The question without sentences and examples of the form of its answer ("Answer in one word."), and without the
    pages that it is to be found on, which don't say so of themselves.
    """
    parts = _SENTENCE.split(_EXAMPLE.sub("", question).strip())
    kept = [part for part in parts if part.endswith("?") or not _is_about_form(part)]
    rest = " ".join(kept)
    if not _WORD.search(rest):
        return question
    anywhere = _ON_PAGE.sub("", rest).strip(" ,")
    return anywhere if any(word not in ENGLISH for word in re.findall(r"\w+", anywhere.casefold())) else rest


def _is_about_form(sentence: str) -> bool:
    ordered = _ORDER.match(sentence)
    return bool(ordered and (_FORM.search(sentence) or len(sentence.split()) <= 8))


def pages_named(question: str) -> frozenset[str]:
    """The pages that the question names, as numbers or labels or LAST: {"14"} of "the date on page 14"."""
    question = _EXAMPLE.sub("", question)
    named: set[str] = set()
    for found in _PAGES.finditer(question):
        named.update(part.lower() for part in re.findall(r"\w+", found[1]) if part.lower() not in ("and", "or", "to"))
    named.update(str(_NUMBERS.index(found[1].lower()) + 1) for found in _SPELT.finditer(question))
    named.update(str(_ORDINALS.index(found[1].lower()) + 1) for found in _COUNTED.finditer(question))
    if _FIRST.search(question):
        named.add("1")
    if _LAST.search(question):
        named.add(LAST)
    return frozenset(named)


def means_pages(question: str) -> bool:
    """Whether the question names pages, and beyond doubt means the document's: "on page 14", "on the last page"."""
    return bool(_MEANT.search(_EXAMPLE.sub("", question)))


def besides_pages(question: str) -> str:
    """The question without the pages that it means so."""
    return _MEANT.sub(" ", question)


def captions_named(question: str) -> dict[str, tuple[tuple[str, ...], str]]:
    """The figures and tables that the question names by number: what each may be called, and its number."""
    found = {f"{kind} {number}": (kind.lower().strip("."), number) for kind, number in _CAPTIONED.findall(question)}
    return {name: (("table",) if kind == "table" else ("figure", "fig"), n) for name, (kind, n) in found.items()}


def sections_named(question: str) -> dict[str, str]:
    """The sections that the question names, by number or title, and how it says so: {"4.2": "Section 4.2"}."""
    named = {label.casefold(): f"{kind} {label}" for kind, label in _NUMBERED.findall(question)}
    for title in _CALLED.findall(question):
        own = title.casefold().rpartition(" the ")[2]
        if not _NO_NAME.intersection(own.split()):
            named[own] = f"section “{title.rpartition(' the ')[2]}”"
    return named


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of documents that a question names: pages, sections and financial statements, by what they are told
    by and how the question says so.
    """

    pages: frozenset[str] = frozenset()
    sections: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pages or self.sections or self.statements)

    @property
    def described(self) -> tuple[str, ...]:
        """Each as a person is told of it."""
        pages = [
            "the last page" if page == LAST else f"page {page}"
            for page in sorted(self.pages, key=lambda p: (len(p), p))
        ]
        return (*pages, *self.sections.values(), *self.statements.values())


def parts_named(question: str) -> Parts:
    """The parts of documents that the question names."""
    return Parts(pages_named(question), sections_named(question), statements_named(question))


def statements_named(question: str) -> dict[str, str]:
    """The financial statements that the question names, and how it says so: {"cash": "cash flow statement"}."""
    found = {kind: re.search(rf"\b(?:{names})\b", question, re.IGNORECASE) for kind, names in _STATEMENTS.items()}
    return {kind: match[0] for kind, match in found.items() if match}


def statement_of(page: str) -> str:
    """The financial statement that a page's first lines are the title of; "" where they are none, or of several."""
    kinds = {
        kind
        for line in page.splitlines()[:TITLE_LINES]
        if len(line) <= TITLE_LONGEST and not line.endswith((".", ":"))
        for kind, title in _TITLES.items()
        if title.match(line)
    }
    return kinds.pop() if len(kinds) == 1 else ""


def is_in_section(path: str, sections: Collection[str]) -> bool:
    """Whether one of these sections, as `sections_named` gives them, is among the headings of a path."""
    return any(_is_called(heading, section) for heading in path.casefold().split(" › ") for section in sections)


def _is_called(heading: str, section: str) -> bool:
    begins = re.match(rf"(?:{_PARTS}\s+)?{re.escape(section)}(?!\w|\.\d)", heading)
    numbered = section[0].isdigit() or len(section) == 1 or not section.strip("ivx")
    if numbered:
        return bool(begins)
    return re.sub(r"^[\W\d]+|\W+$", "", heading) == section


def asks_of_front(question: str) -> bool:
    """Whether the question asks for what a document says of itself on its first page: title, author, date."""
    return bool(_OF_FRONT.search(question))
