"""The ways in which a follow-up can be read, each with the signs that speak for it, and the choice among them.

A follow-up leans on what was said by a pronoun ("did she …?") or a pointing word ("is that …?"), or asks for
what was not said yet ("any other prizes?").  For every thing that the conversation spoke of there is one way
to read it.  The choice is a linear score over a few named signs; its weights stand in `antecedent.json`
beside this file, with how they were made and what they are worth (`python -m bench.fit_antecedent` makes the
file anew).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .mentions import FUNCTION_WORDS, PRONOUN_KINDS, TITLES, WORD, Mention, mentions, names, noun_phrases
from .nouns import Turn

FILE = Path(__file__).with_name("antecedent.json")
PERSON, GROUP, THING, TOPIC, OTHER = "person", "group", "thing", "topic", "other"
_ENDS = r"[?.!,;]|$|(?:happen|mean|get|make|in|for|on|at|with|to|from)\b"
_IS = r"(?:is|was|are|were|do|does|did|has|have|had)\b"
# "was this successful?", "is that a club?", and not "was this club large?"
_BARE = r"(?:(?<=\bwas )|(?<=\bis )|(?<=\bdid ))(?:this|that)(?=\s+(?:[\w-]+\W*$|an?\b|the\b|\w+ed\b))"
_CLASSES = {
    PERSON: re.compile(r"\b(he|she|him|his|her|hers)\b", re.IGNORECASE),
    GROUP: re.compile(r"\b(they|them|their|theirs)\b", re.IGNORECASE),
    # An auxiliary behind "that" makes it a relative: "the boats that were sold".
    THING: re.compile(
        rf"\b(it|its)\b|\b(this|these|those)\b(?=\s*(?:{_ENDS}|{_IS}))|\bthat\b(?=\s*(?:{_ENDS}))|{_BARE}",
        re.IGNORECASE,
    ),
}
_HAPPENED = re.compile(r"\bhappen(s|ed|ing)?\b(?!\s+(to|with)\b)", re.IGNORECASE)
_DEFINED = re.compile(r"(what|who)('s|\s+(is|are|was|were))\s+(an?\s+)?(?!(an?|the)\b)[\w-]+\W*$", re.IGNORECASE)
_POINTS = re.compile(r"\b(this|that|these|those)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(other|others|else|another)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(besides|aside from|apart from|other than|except|in addition to)\b", re.IGNORECASE)
# How many turns back what was said counts as just said.
RECENT = 4
# The "it" that stands for nothing: "is it possible to …", "it is true that …".
_IMPERSONAL = re.compile(r"\b((is|was)\s+it|it\s+(is|was))\s+\w+\s+(that|to)\b", re.IGNORECASE)
_GENITIVE = frozenset("his hers its their theirs".split())
# Words of names that no person bears.
_NO_PERSON = re.compile(
    r"\b(university|college|school|cent(er|re)|league|championships?|cup|awards?|series|army|war|battle|church|city|county|"
    r"states?|records?|club|party|house|street|park|album|film|festival|tour|show|games?|medal|hall|company|united|north|"
    r"south|east|west|new|national|international|association|institute|department|union|islands?|river|lake|mount|kingdom|"
    r"republic|act|bill|court|committee|board|prize|olympics?|tournament|division|conference|magazine|times|press|radio|"
    r"television|tv|network|band|orchestra|theat(re|er)|bridge|road|museum|library|hotel|hospital|airport|station|bank|"
    r"inc|corp|ltd|agreement|treaty|convention|accord|organi[sz]ation|agency|service|plan|fund)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(rf"\b({TITLES})\b\.?", re.IGNORECASE)
# The reading "as it was asked" has no signs; another must be worth more than this.
AS_ASKED = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """One reading: the question as it would stand alone, and what speaks for it (sign -> 0 to 1)."""

    text: str
    signs: Mapping[str, float]


def leaning(question: str) -> str | None:
    """The class of the first word that `question` leans on what was said by; None where it leans on nothing.

    A question without such a word or a name leans on the topic where it says too little ("any others?") or asks
    what happened.  A name before it is what it stands for ("did Ada sell her …?"), unless it is a person's and the word
    a thing's ("has Mr Holm sold it?"), and so is a noun of an earlier clause.
    """
    if _IMPERSONAL.search(question):
        return None
    for kind, pattern in _CLASSES.items():
        match = pattern.search(question)
        if match:
            front = question[: match.start()]
            clause = re.search(r"[,;:.?]", _TITLED.sub("", front)) and kind in (GROUP, THING) and noun_phrases(front)
            before = [name for name, _, _ in names(f"x {front}") if kind != THING or not _TITLED.match(name)]
            return None if clause or before else kind
    return TOPIC if not names(f"x {question}") and (_HAPPENED.search(question) or _says_too_little(question)) else None


def _says_too_little(question: str) -> bool:
    """At most one word of content among at most four ("any others?"), but for "what is rent?", "is that it?"."""
    words = WORD.findall(question)
    if _DEFINED.match(question) or _POINTS.search(question):
        return False
    return len(words) <= 4 and len([w for w in words if w.casefold() not in FUNCTION_WORDS]) <= 1


def ways(question: str, history: Sequence[Turn]) -> list[Way]:
    """Every reading of `question`; the first is: as it was asked.  No other, where it leans on nothing."""
    kind = leaning(question)
    if kind is None:
        return [Way(question, {})]
    spoken = [
        m
        for m in mentions(history)
        if m.is_person is None or m.is_person == (kind == PERSON) or kind not in (PERSON, THING)
    ]
    return _readings(question, kind, spoken, history)


def exceptions(question: str, history: Sequence[Turn]) -> list[Way]:
    """Every reading of "any other …?" by what it leaves out, which is a name of the last answers.

    The first is: as it was asked.  No other, where nothing else is asked for, or the question says besides what.
    """
    if not _OTHER.search(question) or _BUT.search(question):
        return [Way(question, {})]
    recent = len(history) - RECENT
    spoken = [m for m in mentions(history) if m.is_name and m.answered and m.turns[-1] >= recent]
    return _readings(question, OTHER, spoken, history)


def _readings(question: str, kind: str, spoken: Sequence[Mention], history: Sequence[Turn]) -> list[Way]:
    found = [Way(question, {})]
    most = max((len(m.turns) for m in spoken), default=1)
    first = next((m for m in spoken if m.is_name and m.answered and m.subject), None)
    pronoun = _kind(question)
    for mention in spoken:
        last = mention.text.split()[-1] if mention.is_name else mention.text
        if not re.search(rf"\b{re.escape(last)}\b", question, re.IGNORECASE):
            signs = _signs(mention, kind, pronoun, history)
            signs["often"] = len(mention.turns) / most
            signs["the first subject of an answer"] = float(mention is first)
            found.append(Way(put(question, kind, mention), {f"{kind}: {k}": v for k, v in signs.items() if v}))
    return found


def _kind(question: str) -> str:
    """The kind of the first pronoun; as "it", where there is none."""
    return next((PRONOUN_KINDS[w] for w in WORD.findall(question.casefold()) if w in PRONOUN_KINDS), "it")


def chosen(found: Sequence[Way], weights: Mapping[str, float] | None = None) -> str:
    """The text of the reading that the weights speak for; the first of equals."""
    known = model() if weights is None else weights

    def worth(way: Way) -> float:
        return sum(known.get(name, 0.0) * value for name, value in way.signs.items()) if way.signs else AS_ASKED

    return max(found, key=worth).text


@lru_cache(maxsize=1)
def model() -> dict[str, float]:
    """The weight of each sign, by "class: sign"."""
    return {key: float(value) for key, value in json.loads(FILE.read_text("utf-8"))["weights"].items()}


def _signs(mention: Mention, kind: str, pronoun: str, history: Sequence[Turn]) -> dict[str, float]:
    """What is known of a mention by itself as the one meant."""
    words, now, last = mention.text.split(), len(history), mention.turns[-1]
    pattern = _CLASSES.get(kind)
    since = next((i for i, t in enumerate(history) if pattern and t.role == "user" and pattern.search(t.text)), now)
    same = mention.followed[pronoun]
    return {
        "mention": 1.0,
        "a name": float(mention.is_name),
        "more than three words": float(len(words) > 3),
        "in the last answer": float(last == now - 1),
        "in the first question": float(mention.turns[0] == 0 and mention.is_name),
        "turns ago": min(1.0, (now - 1 - last) / 8),
        "a subject": float(mention.subject > 0),
        "acts": float(mention.acts > 0),
        "asked about": float(mention.asked > mention.asked_behind),
        "asked about behind a preposition": mention.asked_behind / max(1, mention.asked),
        "asked about beside the pronoun": float(pronoun in mention.beside),
        "behind a preposition": mention.behind_preposition / max(1, len(mention.turns)),
        "behind the": float(mention.article == "the"),
        "followed by other pronouns": float(mention.followed.total() > 2 * same),
        "only begins sentences": float(len(words) == 1 and mention.begins == len(mention.turns)),
        "behind in or at": mention.placed / max(1, len(mention.turns)),
        "has a genitive": float(mention.owns > 0),
        "a name of one word": float(len(words) == 1 and mention.is_name),
        "plural": float(words[-1].endswith("s") or " and " in mention.text),
        "no person's name": float(kind in _CLASSES and bool(_NO_PERSON.search(mention.text))),
        "named after the pronoun": float(mention.turns[0] > since + 1),
    }


def put(question: str, kind: str, mention: Mention) -> str:
    """`question` with `mention` in the place of its first word of class `kind`, as topic, or left out by "besides"."""
    takes_article = mention.article == "the" or (mention.article and not mention.is_name)
    name = f"the {mention.text}" if takes_article else mention.text
    if kind == OTHER:
        bare = question.rstrip(" ?.!")
        return f"{bare} besides {name}{'?' if question.rstrip().endswith('?') else ''}"
    if kind == TOPIC and _HAPPENED.search(question):
        return _HAPPENED.sub(rf"\g<0> to {name}", question, count=1)
    if kind == TOPIC:
        return f"{name[:1].upper()}{name[1:]}: {question}"
    owner = genitive(name)

    def instead(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if word == "her":  # "her work" or "met her yesterday"
            follows = WORD.match(question[match.end() :].lstrip())
            return owner if follows and follows.group().casefold() not in FUNCTION_WORDS else name
        return owner if word in _GENITIVE else name

    changed = _CLASSES[kind].sub(instead, question, count=1)
    return changed[:1].upper() + changed[1:]


def genitive(name: str) -> str:
    """`name` as whose something is."""
    return name + ("’" if name.endswith("s") else "’s")
