"""Questions drafted from a library's own text, for a person to correct.

A sentence that says what something is becomes "What is …?", any other with enough in it "What does DOCUMENT
say about …?".  The answers are the sentences themselves.  The words are the documents' own, so a draft as it
is flatters any search by words: put the questions as you would ask them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.library import Library
from index.nouns import Entry
from ingest.nouns import Passage

from .mentions import FUNCTION_WORDS, WORD, noun_phrases
from .quality import Known

_IS = re.compile(
    r"^((?:The|An?)\s+[^,;:.()]{3,60}?|[A-Z][^,;:.()]{2,60}?)\s+(is|was|are|were)\s+((?:the|an?)\s+.{8,})[.]$"
)
_STARTS_BADLY = re.compile(
    r"^(it|this|that|these|those|he|she|they|there|we|you|i|but|and|so|however)\b", re.IGNORECASE
)
# Words in a sentence that is worth a question.
SHORTEST, LONGEST = 7, 40


def draft(library: Library, n: int) -> list[Known]:
    """At most `n` questions, spread evenly over the documents and within each; the same ones every time."""
    waiting = [_questions(library, entry) for entry in library.entries()]
    found: list[Known] = []
    while waiting and len(found) < n:
        for questions in list(waiting):
            known = next(questions, None)
            if known is None:
                waiting.remove(questions)
            elif len(found) < n and known.question not in {k.question for k in found}:
                found.append(known)
    return found


def _questions(library: Library, entry: Entry) -> Iterator[Known]:
    """The questions of one document: from its passages in an order that spreads over it."""
    passages = library.passages(entry.name)
    for number in _spread(len(passages)):
        for text, page in _sentences(passages[number]):
            question = _question(text, entry.title or entry.name)
            if question:
                yield Known(question, text, entry.name, page)
                break


def _spread(n: int) -> list[int]:
    """0 … n - 1, each as far from those before it as halving allows: the middle, the quarters, the eighths."""
    order: list[int] = []
    step = n
    while step > 0 and len(order) < n:
        order += [i for i in range(step // 2, n, step) if i not in order]
        step //= 2
    return order + [i for i in range(n) if i not in order]


def _sentences(passage: Passage) -> Iterator[tuple[str, int]]:
    """(sentence with white space folded, its page) of those that are worth a question."""
    for start, end in passage.sentences:
        text = " ".join(passage.text[start:end].split())
        spans = passage.locate(start, end)
        if spans and SHORTEST <= len(text.split()) <= LONGEST and text.endswith(".") and not _STARTS_BADLY.match(text):
            yield text, spans[0].page


def _question(sentence: str, title: str) -> str | None:
    match = _IS.match(sentence)
    if match:
        subject, verb, _ = match.groups()
        lower = subject[:1].lower() + subject[1:] if subject.split()[0] in ("The", "A", "An") else subject
        return f"What {verb} {lower}?"
    first = WORD.match(sentence)
    body = sentence[first.end() :] if first and first.group().casefold() in FUNCTION_WORDS else sentence
    phrases = [re.sub(r"( \w+ed)+$", "", phrase) for phrase, _, _ in noun_phrases(body)]
    if not phrases:
        return None
    about = max(phrases, key=lambda phrase: (min(len(phrase.split()), 4), len(phrase)))
    return f"What does {title} say about {about}?"
