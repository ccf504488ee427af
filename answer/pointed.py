"""What "the album" or "this war" points at, said with it: "the Ebb Gate album", "the Harbour War", "Holm’s method".

For every noun phrase that points back, and every name that the conversation spoke of, there is one way to read the
question.  The name goes in front of the noun, which says no more of how the two belong together than the question
does; a person's as a genitive; and a name that holds the noun takes its place.  The choice among the readings is that
of `rewriting`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .mentions import FUNCTION_WORDS, Mention, mentions
from .nouns import Turn
from .rewriting import Way, genitive

_POINTS = re.compile(r"\b(this|that|these|those|the)\s+([^\W\d_][\w-]*)", re.IGNORECASE)
# What is told by its place in time, in a row or in the text points at no name.
_NO_THING = frozenset(
    "time period year years era season day days decade age first second third last next same most best only two three "
    "others rest beginning end past future world article section information way".split()
)
# Behind "this" these are nouns; what else is, the conversation shows ("a method").
_NOUNS = frozenset(
    "album record song single film movie book novel show series play episode tour magazine recording poem opera paper "
    "story game band group team club company party organisation organization project war battle fight match race "
    "election campaign trial scandal case law treaty agreement plan theory method technique style role position job "
    "career tournament event incident accident character idea study research award prize contract report policy "
    "product system model".split()
)


def pointed(question: str, history: Sequence[Turn], asked: str) -> list[Way]:
    """Every reading of `question` by what a noun phrase of it points at; the first is: as it stands.

    `asked` is the question before anything was put into it: what was put in points at nothing.
    """
    found = [Way(question, {})]
    places = [
        m for m in _POINTS.finditer(question) if m.group().casefold() in asked.casefold() and _is_noun(m, history)
    ]
    spoken = [m for m in mentions(history) if m.is_name] if places else []
    most = max((len(m.turns) for m in spoken), default=1)
    for match in places:
        rest = question[: match.start()] + question[match.end() :]
        for mention in spoken:
            if _names(rest, mention):
                continue
            signs = dict(_signs(match, mention, history))
            signs["often"] = len(mention.turns) / most
            found.append(Way(_put(question, match, mention), {f"pointed: {k}": v for k, v in signs.items() if v}))
    return found


def _names(question: str, mention: Mention) -> bool:
    return bool(re.search(rf"\b{re.escape(mention.text.split()[-1])}\b", question, re.IGNORECASE))


def _is_noun(match: re.Match[str], history: Sequence[Turn]) -> bool:
    """True where the noun behind "the" or "this" was spoken of; "this" needs no more than a noun that is known."""
    noun = match.group(2)
    if noun.casefold() in FUNCTION_WORDS | _NO_THING or noun[0].isupper():
        return False
    if match.group(1).casefold() == "the":
        said = re.compile(rf"\b{re.escape(_stem(noun))}s?\b", re.IGNORECASE)
    elif _stem(noun) in _NOUNS:
        return True
    else:
        said = re.compile(
            rf"\b(an?|the|his|her|their|its|first|second|new)\s+(\w+\s+)?{re.escape(noun)}\b", re.IGNORECASE
        )
    return any(said.search(turn.text) for turn in history)


def _stem(noun: str) -> str:
    return noun.casefold().removesuffix("s") if not noun.casefold().endswith("series") else "series"


def _holds(mention: Mention, noun: str) -> bool:
    return _stem(noun) in map(_stem, mention.text.split())


def _is_person(mention: Mention) -> bool:
    followed = mention.followed
    return bool(mention.is_person) or followed["he"] + followed["she"] > followed["it"] + followed["they"]


def _signs(match: re.Match[str], mention: Mention, history: Sequence[Turn]) -> Iterator[tuple[str, float]]:
    """What is known of a mention as what the noun phrase points at."""
    now, last, noun = len(history), mention.turns[-1], re.escape(_stem(match.group(2)))
    name = re.escape(mention.text)
    near = re.compile(rf"\b{noun}s?\W+(\w+\W+){{0,2}}{name}|{name}\W+(\w+\W+){{0,4}}{noun}s?\b", re.IGNORECASE)
    holds = _holds(mention, match.group(2))
    yield "mention", 1.0
    yield "holds the noun", float(holds)
    yield "a person", float(_is_person(mention) and not holds)
    yield "said beside the noun", float(any(near.search(turn.text) for turn in history))
    yield "behind the", float(match.group(1).casefold() == "the")
    yield "in the last answer", float(last == now - 1)
    yield "in the last question", float(now - 2 in mention.turns)
    yield "turns ago", min(1.0, (now - 1 - last) / 8)
    yield "in the first question", float(mention.turns[0] == 0)
    yield "asked about", float(mention.asked > 0)
    yield "acts", float(mention.acts > 0)
    yield "behind a preposition", mention.behind_preposition / max(1, len(mention.turns))


def _put(question: str, match: re.Match[str], mention: Mention) -> str:
    """`question` with `mention` in front of the noun, or in its place where it holds it."""
    whole = f"the {mention.text}" if mention.article == "the" else mention.text
    before, after = question[: match.start()], question[match.end(1) :]
    if _holds(mention, match.group(2)):
        changed = f"{before}{whole}{question[match.end() :]}"
    elif _is_person(mention):
        changed = f"{before}{genitive(whole)}{after}"
    else:
        changed = f"{before}the {mention.text}{after}"
    return changed[:1].upper() + changed[1:]
