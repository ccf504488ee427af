"""A summary without a language model: the most central sentences of a document, in its own order, cited.

Central is a sentence whose meaning is near the document's average meaning; of two that say nearly the same
only one is taken (maximal marginal relevance, Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from index.nouns import Hit
from index.numbered import pages_named, with_pages_as
from index.question import sections_named
from ingest.nouns import Passage

from .choice import Statement
from .evidence import Corpus, Vectors, is_ended, sentences_of
from .refusal import telling

SENTENCES = 4
# A long document is read at this many passages, evenly spread.
PASSAGES = 40
_ASKED = re.compile(
    r"^\W*((please|can you|could you)\s+)*(summari[sz]e|sum up|give (me )?(a |an )?(short |brief |quick )?"
    r"(summary|overview|outline)|(write|make) (me )?a (short |brief )?summary|what('s| is| are) (this|these|the) "
    r"(document|file|paper|text|report|contract|pdf|article)s? about|what('s| is) this (all )?about\W*$|"
    r"(a )?(short |brief )?summary( of| please|$)|tl;?dr)",
    re.IGNORECASE,
)
# "What is report.pdf about?" once the name is taken out.
_ABOUT = re.compile(
    r"(?:please |(?:can|could) you )?(?:tell me )?what(?:['’]s| is| are)?(?: (?:this|the))?"
    r"(?: (?:document|file|paper|text|report|contract|pdf|article))?(?: is)? about ?[?.!]*",
    re.IGNORECASE,
)
_OF_DOCUMENTS = re.compile(
    r"summari[sz]e[sd]?|summary|sum|overview|outline|short(?:ly)?|brief(?:ly)?|quick(?:ly)?|concise(?:ly)?|detail(?:ed)?"
    r"|please|write|make|could|contracts?|pdfs?|texts?|articles?|tl;?dr|everything|whole|entire|key|main|important"
    r"|points?|findings?|ideas?|takeaways?|highlights?|gist",
    re.IGNORECASE,
)
_MANNER = re.compile(r"\b(?:in|within|using|with|as|for)\b.*")  # "in three sentences", "for a child"
_ON = re.compile(r"\b(?:about|on|regarding|concerning)\b(.*)", re.IGNORECASE | re.DOTALL)

_OF_PAGES = re.compile(
    r"(?:please |(?:can|could|would) you )*(?:"
    r"what(?:['’]s| is| are| stands?| do you find| does it say)?(?: (?:there|written|said|shown))?(?: (?:on|in|at))? #"
    r"|what (?:does|do) # (?:say|show|contain|cover|tell|describe)(?: (?:us|me))?"
    r"|what (?:is|are) # about"
    r"|(?:describe|explain|read|show(?: me)?|tell me(?: about)?)(?: what (?:is|stands))?(?: (?:on|in))? #"
    r"|#) ?[?.!]*",
    re.IGNORECASE,
)


def asks_for_summary(question: str, names: Sequence[str] = ()) -> bool:
    """True for "summarise this document", "give me an overview of …", "what is report.pdf about?" and the like.

    Documents are called `names`.
    """
    if _ASKED.search(question):
        return True
    return named_document(question, names) is not None and bool(
        _ABOUT.fullmatch(" ".join(unnamed(question, names).split()))
    )


def asks_of_pages(question: str, names: Sequence[str]) -> bool:
    """True of "What is on page 3?", which asks for all that stands there; documents are called `names`."""
    asked = with_pages_as(" # ", unnamed(question, names))
    return bool(_OF_PAGES.fullmatch(" ".join(asked.split())))


def unnamed(question: str, names: Sequence[str]) -> str:
    """The question without the name of a document in it, which may hold numbers and parts."""
    name = named_document(question, names)
    if name is None:
        return question
    words = r"[\W_]+".join(map(re.escape, _plain(name.rpartition(".")[0] or name).split()))
    return re.sub(
        rf"(?: (?:of|in|from))?(?: the)? [\"“'‘]?{words}(?:\.\w{{2,5}})?\b[\"”'’]?", "", question, flags=re.IGNORECASE
    )


def of_nothing_else(question: str) -> bool:
    """True where a summary is asked of a document that isn't said: "Summarise this document, please"."""
    return not pages_named(question) and not sections_named(question) and not subject(question)


def subject(question: str, called: str = "") -> list[str]:
    """What a summary is asked of besides a document that is called so: "risks" of "an overview of its risks"."""
    own = _plain(called).replace(" ", "")
    words = [word for word in telling(_MANNER.sub("", question)) if not _OF_DOCUMENTS.fullmatch(word)]
    return [word for word in words if _plain(word).replace(" ", "") not in own]


def said_on(question: str, called: str = "") -> list[str]:
    """The same, of what is expressly asked about: "llamas" of "summarise what report.pdf says about llamas"."""
    on = _ON.search(question)
    return subject(on[1], called) if on else []


def named_document(question: str, names: Sequence[str]) -> str | None:
    """The document that `question` names, by its file name with or without the ending; None where none is."""
    asked = f" {_plain(question)} "
    found = [n for n in names if (stem := _plain(n.rsplit(".", 1)[0])) and f" {stem} " in asked]
    return max(found, key=lambda name: (f" {_plain(name)} " in asked, len(name))) if found else None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def central(corpus: Corpus, name: str, passages: Sequence[Passage]) -> list[Statement]:
    """The most central sentences of the passages of the document `name`, in reading order."""
    step = max(1.0, len(passages) / PASSAGES)
    picked = [passages[int(i * step)] for i in range(int(len(passages) / step))]
    hits = [Hit(passage=p, name=name, rank=1, score=1.0, cosine=1.0, bm25=0.0) for p in picked]
    every = [(hit, start, end) for hit, places in sentences_of(hits) for start, end in places]
    texts = [hit.passage.text[start:end] for hit, start, end in every]
    found = [s for s, text in zip(every, texts, strict=True) if _tells(text)]
    if len(found) < 2:  # a document of lines without stops
        found = [s for s, text in zip(every, texts, strict=True) if 8 <= len(text.split()) <= 45] or every
    if not found:
        return []
    vectors = corpus.encode([hit.passage.text[start:end] for hit, start, end in found])
    return [Statement(*found[i]) for i in sorted(_diverse(vectors, SENTENCES))]


def _tells(text: str) -> bool:
    """True of a sentence of middling length; not of a heading, a row of a table, or a line of the contents."""
    words = text.split()
    numbers = sum(any(c.isdigit() for c in word) for word in words)
    return 8 <= len(words) <= 45 and 4 * numbers <= len(words) and is_ended(text)


def _diverse(vectors: Vectors, count: int, trade: float = 0.7) -> list[int]:
    """Rows near the mean of all rows yet unlike each other: `trade` weighs the one against the other."""
    mean = vectors.mean(axis=0)
    near = vectors @ (mean / max(float(np.linalg.norm(mean)), 1e-9))
    taken: list[int] = []
    while len(taken) < min(count, len(vectors)):
        like = (vectors @ vectors[taken].T).max(axis=1) if taken else np.zeros(len(vectors), np.float32)
        worth = trade * near - (1 - trade) * like
        worth[taken] = -np.inf
        taken.append(int(worth.argmax()))
    return taken
