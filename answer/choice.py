"""Which of the sentences found are said: the best, those that add to it, and the neighbours they need."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.nouns import NOWHERE, Hit, Leaning
from ingest.sentences import BULLET

from .evidence import Candidate, Place, headings_of, is_ended, is_fragment, place_of, sentences_of
from .expected import asks_for_steps, asks_yes_or_no, expected, parts

SENTENCES = 3
# A sentence of a document that the question names goes before one of another that is better by so much, in log odds.
LED = 4.0
# The same of a page, section or statement that it names, which people do more on purpose.
PLACED = 3.0
# A sentence says none of what is asked where it holds less than this of the question's words, by rarity, and says it
# where it holds as much as that and is so near it in meaning: 3 of 670 answerable questions, none right or wrong by it.
UNSAID, SAID, MEANT = 0.4, 0.8, 0.6
# Of an answer, neighbours counted in; the first sentence and those that it needs are said however long they are.
WORDS = 70
LOOKED_AT = 12
# Without a reader, a further sentence is said only where its score is nearly the first one's.
NEARLY = 0.9
# With one, where its score, in log odds, is within this of the first one's; wider where more is asked for.
BEHIND = 1.1
BEHIND_FOR_PARTS = 3.0
# What another document says is added only where it holds so much of the question's words, as against the first.
ELSEWHERE = 0.8
# The sentences after one that is said, so many at most, belong to it where their own scores, in log odds, are within
# this of it: answers that take several sentences are seldom told by the best one alone (READER.md has the gain).
AFTER = 2
GOES_WITH = 3.5
# Exact words are shown from these log odds on (SQuAD 2, word F1: 0.733 from -1.5 on, 0.753 from -4, no more below);
# two documents are said to differ from those.
SHOWN = -4.0
SURE = 0.0
# A sentence with a neighbour that it needs has at most so many words; the steps of how something is done, so many.
WITH_NEIGHBOUR = 60
STEPS = 130
LEAD = 2  # sentences from one that leads to steps to the first of them

_LEANS = re.compile(r"\W*(he|she|it|they|this|that|these|those|such|his|her|its|their)\b", re.IGNORECASE)
# "It is recommended that you wait", "It is best to wait"; but "It is used to cut wood".
_STANDS = re.compile(
    r"it (is|was) (\w+ that|"
    r"(best|better|possible|important|necessary|advisable|recommended|essential|common|easy|hard|difficult) to)\b",
    re.IGNORECASE,
)
_HOW_TO = re.compile(
    r"\W*(?:(?:and|so|hi|hello|please)\W+)*how (?:do|can|should|must|could) (?:i|we|you|one)\b|.*\bhow to\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"\W*(?:step )?(\d{1,2})\b[.):]?\s", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")  # but for years
_GOES_ON = re.compile(
    r"\W*((then|next|after (that|this)|afterwards|finally|second(ly)?|third(ly)?|also|step \d)\b|\d+[.)]\s|[•–*-]\s)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Statement:
    """Characters `start:end` of a hit's passage, to be said and cited; `exact` of them are the very words asked for."""

    hit: Hit
    start: int
    end: int
    exact: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What is said.  `differ` is true where two documents give different answers to the same question."""

    statements: tuple[Statement, ...]
    differ: bool = False


def chosen(question: str, ranked: Sequence[Candidate], leaning: Leaning = NOWHERE) -> Choice:
    """One to three of the candidates (best first), each with the neighbours that it needs to be understood.

    `leaning` are the documents that the question names; where it sets them side by side, the best of each is said.
    """
    if not ranked:
        return Choice(())
    found: list[Statement] = []
    sides = of_each(ranked, list(leaning.about))
    ranked = ranked if len(sides) > 1 else as_asked(placed(led(ranked, called(question, leaning)), leaning))
    scores = {candidate.place: candidate.score for candidate in ranked if candidate.exact}
    if len(sides) > 1:
        for side in sides:
            found = _more(question, side, scores, found, math.inf)
        return Choice(tuple(found))
    said: list[Candidate] = []
    several = len(parts(question)) > 1
    for candidate in ranked[:LOOKED_AT]:
        if said and not _adds(candidate, said, several):
            continue
        more = _more(question, candidate, scores, found)
        if more != found:
            found = more
            said.append(candidate)
        if len(said) == SENTENCES:
            break
    return Choice(tuple(found), differ(question, said))


def of_each(ranked: Sequence[Candidate], named: Sequence[str]) -> list[Candidate]:
    """The best candidate of each of the documents named, the best first; at most SENTENCES.

    A line that is no sentence and has no number but a year, such as a title, is taken only where there is nothing else.
    """
    telling = [c for c in ranked if is_ended(c.text) or _NUMBER.search(c.text)]
    best: dict[str, Candidate] = {}
    for candidate in [*telling, *ranked]:
        if candidate.hit.name in named:
            best.setdefault(candidate.hit.name, candidate)
    return sorted(best.values(), key=ranked.index)[:SENTENCES]


def called(question: str, leaning: Leaning) -> list[str]:
    """The documents that the question calls by a name or a number; "the software" may be meant of any document."""
    own = {
        word.casefold()
        for word in re.findall(r"(?<=\w )(?:[^\W\d_]*\d\w*|[^\W\d_]\w*)", question)
        if not word.islower()
    }
    return [
        name for name, title in leaning.documents if own & set(re.findall(r"[^\W_]+", f"{name} {title}".casefold()))
    ]


def led(ranked: Sequence[Candidate], named: Sequence[str]) -> Sequence[Candidate]:
    """The candidates of the documents named alone, unless others are better by far."""
    own = [c for c in ranked if c.hit.name in named]
    if not own or own[0].exact is None or own[0].score < ranked[0].score - LED:
        return ranked
    return own


def placed(ranked: Sequence[Candidate], leaning: Leaning) -> Sequence[Candidate]:
    """The candidates on the pages and in the sections that the question names alone, unless others are far better."""
    own = [c for c in ranked if c.hit.placed] if leaning.places else []
    if not own or own[0].exact is None or own[0].score < ranked[0].score - PLACED:
        return ranked
    return own


def as_asked(ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates with a sentence first that says what is asked, where the best says none of it.

    Of "Tide Ltd runs the ferry. It declined to come. Ada Holm is its director." the reader points at Ada Holm when
    asked who declined to come, as "it" names nobody.
    """
    best = ranked[0]
    if best.exact is None or best.words >= UNSAID:
        return ranked
    passage = best.hit.passage
    said = [c for c in ranked if c.hit.passage == passage and c.words >= SAID and c.meaning >= MEANT]
    return [said[0], *(c for c in ranked if c is not said[0] and c is not best)] if said else ranked


def _adds(candidate: Candidate, said: Sequence[Candidate], several: bool) -> bool:
    """True where a candidate is nearly as good as the first, and says something else than those said already."""
    first = said[0]
    if is_fragment(candidate.text) or any(alike(candidate.text, other.text) for other in said):
        return False
    if candidate.exact is None:
        return candidate.score >= NEARLY * first.score
    if candidate.hit.name != first.hit.name and candidate.words < ELSEWHERE * first.words:
        return False
    return candidate.score >= first.score - (BEHIND_FOR_PARTS if several else BEHIND)


def alike(one: str, other: str) -> bool:
    """True where two texts share nearly all their words, as copies of a text in two documents do."""
    a, b = set(one.casefold().split()), set(other.casefold().split())
    return len(a & b) >= 0.8 * min(len(a), len(b))


def same_answer(one: Candidate, other: Candidate) -> bool:
    """True where the exact words of two candidates have a word in common."""
    a, b = ({w for w in re.findall(r"\w+", c.answer.casefold()) if len(w) > 2 or w.isdigit()} for c in (one, other))
    return bool(a & b) or not (a and b)


def differ(question: str, said: Sequence[Candidate]) -> bool:
    """True where sentences of two documents give different numbers, dates, persons or places for one question."""
    if not said or not expected(question) or len(parts(question)) > 1:
        return False
    first = said[0]
    return any(
        c.exact is not None
        and c.hit.passage.document != first.hit.passage.document
        and min(c.odds, first.odds) > SURE
        and c.fits
        and first.fits
        and c.words >= ELSEWHERE * first.words
        and not same_answer(c, first)
        for c in said[1:]
    )


def _more(
    question: str, candidate: Candidate, scores: Mapping[Place, float], found: list[Statement], most: float = WORDS
) -> list[Statement]:
    """The statements found and a candidate as one that can be understood alone, or else as its bare sentence.

    Those found alone where it is said already, or makes more than `most` words.  `scores` are those of the sentences
    that a reader looked at.
    """
    # What answers yes or no is a whole statement, no words within it.
    shown = candidate.odds > SHOWN and not asks_yes_or_no(question)
    exact = candidate.exact if shown else None
    if not found and (steps := _steps(question, candidate)):
        if candidate.start >= steps[0]:
            return [Statement(candidate.hit, *steps, exact)]
        lead = Statement(candidate.hit, candidate.start, candidate.end, exact)
        return [lead, Statement(candidate.hit, *steps)]
    for start, end in (_with_neighbours(question, candidate, scores), (candidate.start, candidate.end)):
        statement = Statement(candidate.hit, start, end, exact)
        if not any(_overlap(statement, other) for other in found):
            joined = _joined(found, statement)
            if not found or sum(_words(s.hit.passage.text, s.start, s.end) for s in joined) <= most:
                return joined
    return found


def _joined(found: Sequence[Statement], statement: Statement) -> list[Statement]:
    """The statements with another; right after or before one of them in its paragraph, it becomes one with it."""
    text = statement.hit.passage.text
    for i, other in enumerate(found):
        if other.hit.passage == statement.hit.passage:
            start, end = min(other.start, statement.start), max(other.end, statement.end)
            between = text[min(other.end, statement.end) : max(other.start, statement.start)]
            if not between.strip() and "\n\n" not in between and _words(text, start, end) <= WITH_NEIGHBOUR:
                one = Statement(other.hit, start, end, other.exact or statement.exact)
                return [*found[:i], one, *found[i + 1 :]]
    return [*found, statement]


def _overlap(one: Statement, other: Statement) -> bool:
    """True where two statements have characters of a page in common."""
    if one.hit.passage.document != other.hit.passage.document:
        return False
    places = [s.hit.passage.locate(s.start, s.end) for s in (one, other)]
    return any(a.page == b.page and a.start < b.end and b.start < a.end for a in places[0] for b in places[1])


def _with_neighbours(question: str, candidate: Candidate, scores: Mapping[Place, float]) -> tuple[int, int]:
    """Where a candidate begins and ends, with the sentences before and after that belong to it.

    A heading is said with the first sentence below it.  What stands between two sentences and is none, such as the
    marks of a Markdown heading, parts them.
    """
    passage = candidate.hit.passage
    [(_, places)], text = sentences_of([candidate.hit]), passage.text
    here = (candidate.start, candidate.end)
    if here not in places:  # a heading, which says little without what is below it
        below = [place for place in places if place[0] >= here[1]]
        if not below or text[here[1] : below[0][0]].strip() or _words(text, here[0], below[0][1]) > WITH_NEIGHBOUR:
            return here
        end = below[0][1]
        for before, after in pairwise(below):  # "Yes." says nothing without what follows it
            whole = not is_fragment(text[slice(*before)]) or "\n\n" in text[before[1] : after[0]]
            if whole or _words(text, here[0], after[1]) > WITH_NEIGHBOUR:
                break
            end = after[1]
        return here[0], end
    own = last = places.index(here)
    begin = here[0]
    if own > 0 and _leans(text[slice(*here)]):
        start, end = max(p for p in (places[own - 1], *headings_of(candidate.hit)) if p[1] <= begin)
        begin = begin if text[end:begin].strip() else start
    if _words(text, begin, here[1]) > WITH_NEIGHBOUR:
        return here
    announces, steps = candidate.text.endswith((":", "：")), asks_for_steps(question)
    row = "\t" in text[slice(*here)]  # of a table, which is whole by itself
    while last + 1 < len(places) and _words(text, begin, places[last + 1][1]) <= WITH_NEIGHBOUR:
        after = places[last + 1]
        said, between = text[slice(*after)], text[places[last][1] : after[0]]
        goes_on = announces or (steps and _GOES_ON.match(said))
        label = is_fragment(said) and not is_ended(said)  # of what comes after it
        new = row or label or "\n\n" in between or bool(between.strip())
        if not goes_on and not (last < own + AFTER and not new and _goes_with(candidate, after, scores)):
            break
        last += 1
    return begin, places[last][1]


def _steps(question: str, candidate: Candidate) -> tuple[int, int] | None:
    """Where the numbered steps stand that a candidate is one of or leads to; None where it isn't asked how to do it."""
    if not _HOW_TO.match(question):
        return None
    text, places = candidate.hit.passage.text, candidate.hit.passage.sentences
    before = sum(start < candidate.start for start, _ in places)  # sentences before the candidate
    for first, (start, end) in enumerate(places):
        if not (step := _STEP.match(text, start, end)) or step[1] != "1" or first > before + LEAD:
            continue
        number = 1
        for (_, last), (begin, stop) in pairwise(places[first:]):
            step = _STEP.match(text, begin, stop)
            follows = step is not None and int(step[1]) == number + 1
            if (not follows and "\n\n" in text[last:begin]) or _words(text, start, stop) > STEPS:
                break
            number, end = number + follows, stop
        if number > 1 and candidate.start < end:
            return start, end
    return None


def _leans(sentence: str) -> bool:
    """True where a sentence speaks of what the one before named; an item of a list doesn't."""
    return bool(_LEANS.match(sentence)) and not (_STANDS.match(sentence) or BULLET.match(sentence))


def _goes_with(candidate: Candidate, after: tuple[int, int], scores: Mapping[Place, float]) -> bool:
    """True where a sentence `after` a candidate answers nearly as well."""
    score = scores.get(place_of(candidate.hit, *after))
    return score is not None and score >= candidate.score - GOES_WITH


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
