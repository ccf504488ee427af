"""The ways in which a follow-up can be read, each with the signs that speak for it, and the choice among them.

A follow-up leans on what was said by a pronoun ("did she …?") or a pointing word ("is that …?").  For every
thing that the conversation spoke of there is one way to read it.  The choice is a linear score over a few
named signs; its weights stand in `antecedent.json` beside this file, with how they were made and what they
are worth (`python -m bench.fit_antecedent` makes the file anew).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .mentions import FUNCTION_WORDS, WORD, Mention, mentions, names, noun_phrases
from .nouns import Turn

FILE = Path(__file__).with_name("antecedent.json")
PERSON, GROUP, THING, POINTED = "person", "group", "thing", "pointed"
_FOLLOWS = (
    r"(?=\s*(?:[?.!,;]|$|(?:is|was|are|were|do|does|did|has|have|had|happen|mean|get|make|in|for|on|at|with|to|from)\b)"
    r")"
)
_CLASSES = {
    PERSON: re.compile(r"\b(he|she|him|his|her|hers)\b", re.IGNORECASE),
    GROUP: re.compile(r"\b(they|them|their|theirs)\b", re.IGNORECASE),
    THING: re.compile(r"\b(it|its)\b", re.IGNORECASE),
    POINTED: re.compile(rf"\b(this|that|these|those)\b{_FOLLOWS}", re.IGNORECASE),
}
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
# The reading "as it was asked" has no signs; another must be worth more than this.
AS_ASKED = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """One reading: the question as it would stand alone, and what speaks for it (sign -> 0 to 1)."""

    text: str
    signs: Mapping[str, float]


def leaning(question: str) -> str | None:
    """The class of the first word that `question` leans on what was said by; None where it has no such word.

    A name before it is what it stands for ("did Ada sell her …?"), and so is a noun of an earlier clause.
    """
    if _IMPERSONAL.search(question):
        return None
    for kind, pattern in _CLASSES.items():
        match = pattern.search(question)
        if match:
            front = question[: match.start()]
            clause = re.search(r"[,;:.?]", front) and kind in (GROUP, THING) and noun_phrases(front)
            return None if clause or names(f"x {front}") else kind
    return None


def ways(question: str, history: Sequence[Turn]) -> list[Way]:
    """Every reading of `question`; the first is: as it was asked.  No other, where it leans on nothing."""
    kind = leaning(question)
    found = [Way(question, {})]
    if kind is None:
        return found
    spoken = mentions(history)
    most = max((len(m.turns) for m in spoken), default=1)
    for mention in spoken:
        if mention.is_person is not None and mention.is_person != (kind == PERSON) and kind in (PERSON, THING):
            continue
        if not re.search(rf"\b{re.escape(mention.text)}\b", question, re.IGNORECASE):
            signs = _signs(mention, kind, question, history)
            signs["often"] = len(mention.turns) / most
            found.append(Way(put(question, kind, mention), {f"{kind}: {k}": v for k, v in signs.items() if v}))
    return found


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


def _signs(mention: Mention, kind: str, question: str, history: Sequence[Turn]) -> dict[str, float]:
    """What is known of a mention as the one meant, but for how often it was named."""
    words, now, last = mention.text.split(), len(history), mention.turns[-1]
    before = [i for i, turn in enumerate(history) if turn.role == "user" and _CLASSES[kind].search(turn.text)]
    since = before[0] if before else now
    mine = {w.casefold() for w in words} & {w.casefold() for w in WORD.findall(question)}
    return {
        "mention": 1.0,
        "a name": float(mention.is_name),
        "a name of two or three words": float(mention.is_name and 2 <= len(words) <= 3),
        "more than three words": float(len(words) > 3),
        "in the last answer": float(last == now - 1),
        "all of the last answer": float(last == now - 1 and len(history[-1].text.split()) <= len(words) + 2),
        "in the last question": float(now - 2 in mention.turns),
        "in the first turns": float(mention.turns[0] <= 1),
        "in the first question": float(mention.turns[0] == 0 and mention.is_name),
        "turns ago": min(1.0, (now - 1 - last) / 8),
        "asked about": min(1.0, mention.asked / 2),
        "a subject": float(mention.subject > 0),
        "often a subject": min(1.0, mention.subject / 2),
        "behind a preposition": mention.behind_preposition / max(1, len(mention.turns)),
        "behind the": float(mention.article == "the"),
        "plural": float(words[-1].endswith("s") or " and " in mention.text),
        "holds a digit": float(any(c.isdigit() for c in mention.text)),
        "capitals only": float(words[0].isupper() and len(words[0]) > 1),
        "no person's name": float(bool(_NO_PERSON.search(mention.text))),
        "named after the pronoun": float(mention.turns[0] > since + 1),
        "never a subject, after the pronoun": float(mention.turns[0] > since and not mention.subject),
        "shares a word": float(bool(mine - FUNCTION_WORDS)),
    }


def put(question: str, kind: str, mention: Mention) -> str:
    """`question` with `mention` in the place of its first two words of class `kind`."""
    takes_article = mention.article == "the" or (mention.article and not mention.is_name)
    name = f"the {mention.text}" if takes_article else mention.text
    genitive = name + ("’" if name.endswith("s") else "’s")

    def instead(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if word == "her":  # "her work" or "met her yesterday"
            follows = WORD.match(question[match.end() :].lstrip())
            return genitive if follows and follows.group().casefold() not in FUNCTION_WORDS else name
        return genitive if word in _GENITIVE else name

    changed = _CLASSES[kind].sub(instead, question, count=2)
    return changed[:1].upper() + changed[1:]
