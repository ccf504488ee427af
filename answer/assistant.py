"""The assistant: a question and a conversation in, an answer with citations out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache

from index.embedder import Embedder
from index.library import Library
from index.nouns import LOOKED_AT, NOWHERE, Hit, Leaning
from index.numbered import pages_meant
from index.question import Parts, parts_named, sought, without_examples
from ingest.nouns import Page

from .catalogue import of_library
from .choice import Choice, chosen
from .compose import compose
from .confidence import confidence, threshold
from .conversation import understood
from .evidence import Candidate, Vectors, candidates
from .followup import DEPTH, together
from .named import named
from .nouns import Answer, Turn
from .pointing import pointed_at, readable
from .reader import reader_for
from .reading import Reader
from .refusal import NOT_HERE, refusal, telling
from .settings import AnswerSettings, Caution
from .smalltalk import small_talk
from .summary import (
    asks_for_summary,
    asks_of_pages,
    central,
    named_document,
    of_nothing_else,
    said_on,
    subject,
    unnamed,
)

NOTHING_MORE = "More on this is not in your documents."
NO_DOCUMENTS = "The answer is not in your documents: the library is empty. Add a document, then ask again."
BEING_READ = "The answer is not in your documents yet: they are still being read. Ask again in a moment."
NOT_ALL_READ = "Not everything in the library is read yet: ask again when it is."
NONE_CHOSEN = "The answer is not in your documents as long as none of them is chosen. Choose one, then ask again."
WHICH = (
    "A summary of all of them is not in your documents. Which one is to be summarised? Name it as it is called in the "
    "list of documents, or choose it there alone."
)
# The passages that the reader reads, and those whose sentences are compared where there is none.
READ = 4
WEIGHED = 6
AGAIN = 2  # times that a question is answered again because a document was taken out meanwhile


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found for a question: the hits, their sentences best first, what the question names, what of its names
    and numbers no document has (`absent`), and the figures, tables and pages among these (`lacking`).
    """

    hits: tuple[Hit, ...]
    ranked: tuple[Candidate, ...]
    leaning: Leaning = NOWHERE
    absent: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()


class Assistant:
    """Answers questions from a library, verbatim and cited.  Safe to use from several threads."""

    model = "extractive"

    def __init__(self, library: Library, settings: AnswerSettings | None = None, reader: Reader | None = None) -> None:
        self.library = library
        self.settings = settings or AnswerSettings()
        self.reader = reader or (reader_for(library.embedder) if self.settings.reader else None)
        self._encoded = lru_cache(maxsize=200)(_encode)
        self._asking = threading.local()

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: Sequence[str] | None = None,
        caution: Caution | None = None,
        *,
        everywhere: bool = False,
    ) -> Answer:
        """Answer `question`, asked after `history`, from the documents named (all of them where None).

        `caution` says how sure to be, where it isn't as set; with `everywhere`, what the question names is not
        preferred.  The answer is true of one state of the library; where a document was taken out or read anew
        meanwhile, it is answered again.  Raises UnknownDocument where one of `documents` isn't in the library.
        """
        started = time.perf_counter()
        caution = caution or self.settings.caution
        for _ in range(AGAIN + 1):
            with self.library.steady(), self._one_model():
                before = self.library.moment().removals
                answer = self._ask(question, history, documents, caution, everywhere)
            if self.library.moment().removals == before:
                break
        return replace(answer, seconds=time.perf_counter() - started)

    def evidence(
        self, question: str, documents: Sequence[str] | None = None, beside: str = "", *, everywhere: bool = False
    ) -> Evidence:
        """What the library holds on a question that stands alone; of a follow-up, with what is searched `beside` it."""
        k = self.settings.passages
        if beside:
            deep = max(k, DEPTH)
            alone, more = (
                self.library.search(text, deep, documents, everywhere=everywhere) for text in (question, beside)
            )
            hits = together(alone, more, k)
        else:
            hits = tuple(self.library.search(question, k, documents, everywhere=everywhere))
        leaning = NOWHERE if everywhere else self.library.looking_first(question, documents).of(hits[:LOOKED_AT])
        lacking = [] if everywhere else self.library.lacking(question, documents)
        if self.reader and readable(question):
            ranked = self._read(self.reader, sought(question), hits[:READ], leaning.about)
            absent = (*self.library.absent(named(question), documents), *lacking)
        else:
            ranked, absent = candidates(self, question, hits[:WEIGHED]), ()
        asked_for = set() if everywhere else self.library.pages_asked_for(question, {hit.name for hit in hits})
        there = [c for c in ranked if any((c.hit.name, page) in asked_for for page in c.hit.passage.pages)]
        return Evidence(hits, tuple(there or ranked), leaning, absent, tuple(lacking))

    def _read(self, reader: Reader, question: str, hits: Sequence[Hit], about: Mapping[str, str]) -> list[Candidate]:
        """The sentences of the hits, best first; a document that is set beside others is asked about it alone."""
        found: list[Candidate] = []
        for asked in dict.fromkeys([*about.values(), question]):
            found += pointed_at(self, reader, asked, [h for h in hits if about.get(h.name, question) == asked])
        return sorted(found, key=lambda c: (-c.score, c.hit.rank, c.start))

    def rarity(self, words: Sequence[str]) -> dict[str, float]:
        """The inverse document frequency of each word in the library."""
        return self.library.rarity(words)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of `texts`, (n, dimension), made in one batch; what was asked for lately is remembered."""
        embedder: Embedder | None = getattr(self._asking, "embedder", None)
        return self._encoded(embedder or self.library.embedder, tuple(texts))

    @contextmanager
    def _one_model(self) -> Iterator[None]:
        """Within it, this thread encodes with one model, whatever the library goes over to meanwhile."""
        self._asking.embedder = self.library.embedder
        try:
            yield
        finally:
            self._asking.embedder = None

    def _ask(
        self,
        question: str,
        history: Sequence[Turn],
        documents: Sequence[str] | None,
        caution: Caution,
        everywhere: bool,
    ) -> Answer:
        entries = self.library.entries()
        reply = small_talk(question, len(entries), begun=bool(history)) or of_library(question, entries)
        if reply:
            return Answer(question, question, True, 1.0, "small-talk", reply)
        if not entries:
            why = BEING_READ if self.library.unread() else NO_DOCUMENTS
            return Answer(question, question, False, 0.0, self.model, why)
        if documents is not None and not documents:
            return Answer(question, question, False, 0.0, self.model, NONE_CHOSEN)
        meant = understood(question, history)
        alone = meant.alone
        titles = {e.name: e.title for e in entries if documents is None or e.name in documents}
        if asks_for_summary(question, list(titles)) or asks_of_pages(alone, list(titles)):
            name = self._meant(alone, titles, documents)
            if name:
                return self._summary(question, alone, name)
            if of_nothing_else(alone):
                return Answer(question, question, False, 0.0, self.model, WHICH, (), self._closest(alone, documents))
        found = self.evidence(meant.sought, documents, meant.beside, everywhere=everywhere)
        leaning, said = found.leaning, ""
        if meant.more:
            found, said = replace(found, ranked=_unsaid(found.ranked, history)), NOTHING_MORE
        sure = confidence(found.hits, found.ranked, found.absent)
        if not found.ranked or sure < self._least(caution):
            missing = self.library.absent(telling(alone), documents)
            said = said or refusal(alone, len(entries if documents is None else documents), missing, found.lacking)
            said += f" {NOT_ALL_READ}" if documents is None and self.library.unread() else ""
            return Answer(question, alone, False, sure, self.model, said, (), found.hits, looking_first=leaning)
        choice = chosen(meant.sought, found.ranked, leaning)
        answer = self._said(question, alone, sure, choice, found.hits)
        return replace(answer, looking_first=leaning)

    def _least(self, caution: Caution) -> float:
        """The confidence from which on a question is answered."""
        given = self.settings.threshold
        return threshold(caution) if given is None else given

    def _closest(self, question: str, documents: Sequence[str] | None) -> tuple[Hit, ...]:
        """What is nearest to a question that is not answered."""
        return tuple(self.library.search(question, self.settings.passages, documents))

    def _said(self, question: str, alone: str, sure: float, choice: Choice, hits: tuple[Hit, ...]) -> Answer:
        text, citations, bold = compose(choice.statements, lru_cache(maxsize=8)(self._page))
        return Answer(question, alone, True, sure, self.model, text, citations, hits, bold=bold, differ=choice.differ)

    def _page(self, name: str, number: int) -> Page:
        return self.library.page(name, number)

    def _meant(self, question: str, titles: Mapping[str, str], documents: Sequence[str] | None) -> str | None:
        """The one document that a summary is asked of; None where that can't be told, or it is of something in it.

        `titles` are those of the documents to choose from, by their names.
        """
        named = named_document(question, list(titles))
        led = [name for name, _ in self.library.looking_first(question, documents).documents]
        if named or len(led) == 1:
            name = named or led[0]
            return None if said_on(question, f"{name} {titles[name]}") else name
        only = next(iter(titles.items())) if len(titles) == 1 else None
        return only[0] if only and not subject(question, " ".join(only)) else None

    def _summary(self, question: str, alone: str, name: str) -> Answer:
        """The most central sentences of the document, or of the pages or sections of it that the question names."""
        asked = unnamed(alone, [name])
        pages = pages_meant(without_examples(asked))
        parts = Parts(pages) if pages else replace(parts_named(asked), pages=frozenset())
        within = self.library.passages(name, parts) if parts else []
        if pages and not within:
            there = " or ".join(parts.described)
            said = f"{NOT_HERE} {name} has no text on {there}."
            return Answer(question, alone, False, 0.0, self.model, said, (), self._closest(alone, [name]))
        statements = tuple(central(self, name, within or self.library.passages(name)))
        if not statements:
            return Answer(question, alone, False, 0.0, self.model, f"{NOT_HERE} {name} holds no text.")
        hits = tuple(replace(s.hit, rank=i) for i, s in enumerate(statements, 1))
        return self._said(question, alone, 1.0, Choice(statements), hits)


def _encode(embedder: Embedder, texts: tuple[str, ...]) -> Vectors:
    return embedder.encode(texts)


def _unsaid(ranked: Sequence[Candidate], history: Sequence[Turn]) -> tuple[Candidate, ...]:
    """The sentences that no answer before has quoted."""
    said = " ".join(" ".join(turn.text.split()) for turn in history if turn.role == "assistant")
    return tuple(c for c in ranked if c.text.rstrip(" .") not in said)
