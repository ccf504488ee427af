"""What a question says of where and how to look, apart from its words: a page, a section, the form of the answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .numbered import LAST, WORK, anywhere, pages_named
from .stopwords import ENGLISH

_SENTENCE = re.compile(r"(?<=[.?!])\s+")
# A list given to show what the answer is to look like.
_EXAMPLE = re.compile(
    r"(?<!\s)[,:]?\s*(?:\b(?:like|such as|as|e\.g\.|for example|for instance)[,:]?\s*)+\[[^\]]*\]", re.IGNORECASE
)
_FORM = re.compile(r"\b(?:answer|respond|reply|response|output|formatted?|format)\b", re.IGNORECASE)
_ORDER = re.compile(
    r"(?:please )?(?:directly |only |just )?(?:answer|respond|reply|format|save|write|output|express|round"
    r"|give (?:me|us|your|the answer|an? \w+\b)|(?:the|your) (?:answer|response|output) (?:should|must|is to))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")

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

_WORK = rf"\b(?:this|the) {WORK}"
_IMPRINT = (
    r"\b(?:title|titled|authors?|presenters?|publishers?|published|produced|prepared by|written by|wrote|cover"
    r"|web ?link|doi|url|affiliations?|edition)\b"
)
_OF_FRONT = re.compile(rf"{_IMPRINT}.*{_WORK}|{_WORK}.*{_IMPRINT}", re.IGNORECASE)
# "Which documents mention", which no document says of itself.
_WHICH = re.compile(
    r"\W*(?:in )?(?:which|what) (?:of (?:my|the|these) )?(?:documents?|files?|pdfs?|papers?|reports?|contracts?)"
    r" (?:(?:that|do|does|you) )*(?:mentions?|contains?|covers?|discuss(?:es)?|deals? with|(?:is|are) about"
    r"|(?:talks?|speaks?) (?:about|of)|says? (?:(?:some|any)thing )?about)\s+(?:(?:some|any)thing about )?",
    re.IGNORECASE,
)


def sought(question: str) -> str:
    """The question without sentences and examples of the form of its answer ("Answer in one word."), and without the
    pages that it is to be found on and "which documents mention", which these don't say of themselves.
    """
    parts = _SENTENCE.split(without_examples(question).strip())
    kept = [part for part in parts if part.endswith("?") or not _is_about_form(part)]
    rest = " ".join(kept)
    if not _WORD.search(rest):
        return question
    bare = anywhere(_WHICH.sub("", rest, count=1) if _WHICH.match(rest) else rest)
    return bare if any(word not in ENGLISH for word in re.findall(r"\w\w+", bare.casefold())) else rest


def without_examples(question: str) -> str:
    """The question without a list that shows what the answer is to look like."""
    return _EXAMPLE.sub("", question)


def _is_about_form(sentence: str) -> bool:
    ordered = _ORDER.match(sentence)
    return bool(ordered and (_FORM.search(sentence) or len(sentence.split()) <= 8))


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
    return Parts(pages_named(without_examples(question)), sections_named(question), statements_named(question))


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
