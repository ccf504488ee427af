"""A follow-up question made to stand alone, and what is searched for it.

What is read and what is searched differ.  A person reads the question as it stands alone: a pronoun's name
put in, an ellipsis filled, "why?" with what it asks about, "any other?" with besides what.  Searched is that,
less what it leaves out, and, counting for less, the question as it was typed beside the question before: it
brings the subject along even where no word points to it ("any special rules for children?" after a question
on passports).  Joining whole turns instead is known to hurt finding, so no answer and no older question is
taken along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .mentions import QUESTION_WORDS, WORD, names, noun_phrases
from .nouns import Turn
from .pointed import pointed
from .rewriting import chosen, exceptions, leaning, ways
from .smalltalk import small_talk

# Older turns than this are not looked at.
TURNS = 24
_AUXILIARY = "is are was were do does did has have had can could will would shall should may might must".split()
# A question that another question word can take over: "did she …?", "where was she …?".
_INVERTED = re.compile(rf"((why|how|when|where)\s+)?({'|'.join(_AUXILIARY)})\b", re.IGNORECASE)
_MORE = re.compile(
    r"^((yes|yeah|yep|sure|ok|okay|please|and)\W+)*(yes|yeah|yep|sure|please do|tell me (more|everything)"
    r"( about (it|this|that|them|him|her))?|(some )?more( please| details?| information| info)?|go on|continue"
    r"|what else|anything else|(can|could) you (elaborate|tell me more|say more)|elaborate|say more|details?|and)"
    r"( please)?\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(and |but |so )?(why( not)?|how( so| come)?|when|where|who|which( ones?)?|what|how (many|much|long|often|far)|"
    r"really|since when|by whom|explain|for example|such as)\W*$",
    re.IGNORECASE,
)
# "How did it happen?" asks it of what the question before is about, and not of a thing.
_EVENT = re.compile(
    r"^(and |but |so )?(why|how|when|where)\s+((did|does)\s+(it|this|that)\s+(happen|occur|take place|come about)"
    r"|(is|was)\s+(this|that))\W*$",
    re.IGNORECASE,
)
_ELLIPSIS = re.compile(
    r"^(and what about|and how about|but what about|what about|how about|and|but|or|so|also)\b[\s,]*", re.IGNORECASE
)
_LIKE = (r"\b(1[5-9]|20)\d\d\b", r"\bQ[1-4]\b", r"\b(page|section|chapter|table|figure|article) \d+\b")
_PLACE = re.compile(r"\b(in|on|at|for|from|by|with|about|under|during|after|before|to)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """A question in its conversation.

    `alone` is the question as it would be asked with nothing said before, `sought` what is searched for it:
    the same but for what it leaves out ("… besides the first prize"), which need not be found again.  `beside`
    is what else is searched, "" where nothing was asked before.  `more` is true where what was said already is
    not wanted again.
    """

    alone: str
    sought: str
    beside: str = ""
    more: bool = False


def understood(question: str, history: Sequence[Turn]) -> Understood:
    """How `question`, asked after `history`, is understood; as it stands where nothing was asked before."""
    asked = question.strip()
    said = _heard(history)
    before = _before(said)
    if not before or not asked:
        return Understood(question, question)
    if _MORE.match(asked):
        return Understood(before, before, more=True)
    sought = _alone(asked, said)
    return Understood(chosen(exceptions(sought, said)), sought, f"{before} {asked}")


def standalone(question: str, history: Sequence[Turn]) -> str:
    """`question` as it would be asked with nothing said before; itself where it leans on nothing."""
    return understood(question, history).alone


def _heard(history: Sequence[Turn]) -> list[Turn]:
    """The turns before, small talk and its replies left out, oldest first."""
    said: list[Turn] = []
    skip = False
    for turn in history[-TURNS:]:
        text = turn.text.strip()
        if turn.role == "user":
            skip = not text or small_talk(text, 1, begun=True) is not None
        if text and not skip:
            said.append(Turn(turn.role, text))
    return said


def _before(said: Sequence[Turn]) -> str:
    """The last question, standing alone; "" where nothing was asked."""
    last = next((i for i in reversed(range(len(said))) if said[i].role == "user"), None)
    return "" if last is None else _alone(said[last].text, said[:last])


def _alone(question: str, said: Sequence[Turn]) -> str:
    if all(turn.role != "user" for turn in said):
        return question
    if _MORE.match(question):
        return _before(said)
    if _BARE.match(question):
        return _bare(question, _before(said))
    event = _EVENT.match(question)
    if event and _INVERTED.match(_before(said)):
        return _bare(event.group(2), _before(said))
    rest = _ELLIPSIS.sub("", question)
    if rest != question and rest and not _asks(rest):
        return _ellipsis(rest, _before(said))
    return chosen(pointed(chosen(ways(rest, said)) if leaning(rest) else question, said, question))


def _bare(question: str, before: str) -> str:
    """ "Why?" and the like.  The question word goes in front of "did she …?", and in the place of another such word."""
    word = re.sub(r"^(and|but|so)\s+", "", question.strip(" ?.!,").casefold())
    asks_back = word in ("why", "how", "when", "where", "since when", "how long", "how often")
    inverted = _INVERTED.match(before)
    if inverted and asks_back:
        rest = before[inverted.end(1) if inverted.group(1) else 0 :]
        return f"{word.capitalize()} {rest[:1].lower()}{rest[1:]}"
    if before.casefold().startswith(f"{word}: "):
        return before
    return f"{word.capitalize()}: {before}"


def _ellipsis(rest: str, before: str) -> str:
    """ "And in 2019?" after "What was the profit in 2018?": what is new, in the place of its like."""
    new = rest.strip(" ?.!")
    for kind in _LIKE:
        fresh = re.search(kind, new, re.IGNORECASE)
        if fresh and re.search(kind, before, re.IGNORECASE):
            return re.sub(kind, fresh.group(), before, count=1, flags=re.IGNORECASE)
    place = _PLACE.match(new)
    if place:
        old = list(re.finditer(rf"\b{place.group(1)}\s+(the\s+)?[\w’'-]+\s*(?=[?.!]*$)", before, re.IGNORECASE))
        return f"{before[: old[-1].start()]}{new}?" if old else f"{before.rstrip(' ?.!')} {new}?"
    old_names, new_names = names(before), names(f"x {new}")
    if old_names and new_names:
        _, start, end = old_names[-1]
        return before[:start] + (new if len(new_names) == 1 else new_names[-1][0]) + before[end:]
    phrases = noun_phrases(before)
    if phrases and not new_names and noun_phrases(new) and not before[phrases[-1][2] :].strip(" ?.!"):
        return f"{before[: phrases[-1][1]]}{new}?"
    return f"{before.rstrip(' ?.!')}, {new}?"


def _asks(text: str) -> bool:
    """True where `text` asks something by itself: it begins with a question word or an auxiliary verb."""
    words = [word.casefold() for word in WORD.findall(text)]
    return len(words) > 1 and (words[0] in QUESTION_WORDS or words[0] in _AUXILIARY)
