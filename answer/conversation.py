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
from dataclasses import dataclass, replace

from .ellipsis import filled, is_clause
from .mentions import AUXILIARIES, QUESTION_WORDS, WORD
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
    r"since when|by whom|explain|for example|such as)\W*$",
    re.IGNORECASE,
)
# What doubts an answer, or asks for its place, asks for it again.
_IT = "(it|that|this|so)"
_WHICH_PAGE = "(in |on |at )?(which|what) (page|document|file|section|chapter|paragraph)"
_DOUBT = re.compile(
    r"^((and|but|so|ok|okay|hm+|wait|no|yes)\W+)*"
    r"(are you (really |quite |absolutely |very )?(sure|certain)( (about|of) (it|that|this))?|how sure are you"
    rf"|is {_IT} (really |actually )?(right|correct|true|so)|really|seriously|says who|who says( {_IT})?"
    rf"|how (do|can|could) you (know|tell)( {_IT})?|(what is|what['’]s) (your|the) source( (for|of) {_IT})?"
    rf"|({_WHICH_PAGE}|where)( exactly)? "
    rf"((does|did|do) ({_IT}|the documents?) (say|state)( {_IT})?|says? {_IT}|(did|do) you (find|get|read) {_IT})"
    rf"|{_WHICH_PAGE} (is|was|does) {_IT}( (stand|come))?( (on|in|from|at))?"
    rf"|where (is {_IT} (written|stated)|does {_IT} stand))\W*$",
    re.IGNORECASE,
)
# "How did it happen?" asks it of what the question before is about, and not of a thing.
_EVENT = re.compile(
    r"^(and |but |so )?(why|how|when|where)\s+((did|does)\s+(it|this|that)\s+(happen|occur|take place|come about)"
    r"|(is|was)\s+(this|that))\W*$",
    re.IGNORECASE,
)
# "How long does it take?" asks it of what the question before wants to do.
_TAKES = re.compile(
    r"^(and |but |so )?how (long|much time) (does|did|will|would) (it|this|that)( \w+ly)? take\W*$", re.IGNORECASE
)
_TO_DO = re.compile(r"how (do|can|could|should|must|would) (i|we|you|one) (?P<what>.*\w)", re.IGNORECASE)
_ELLIPSIS = re.compile(
    r"^((and |but )?(what|how) about|(and|but|so) what(?= if\b)|and|but|or|also"
    r"|(?P<short>so|((no|sorry|oh|oops|actually|well)\W+)*i (mean|meant)"
    r"|no,(?= (in|on|at|for|from|of|by|the|my|our)\b)))"
    r"(?!\w)[\s,:]*",
    re.IGNORECASE,
)
# A sentence of its own, and nothing to be filled from the question before.
_SENTENCE = re.compile(r"(i|you|he|she|it|we|they|if|unless)\s+\w|(that|this|it)['’]s\b", re.IGNORECASE)
# So many words at most put a word right; more explain or conclude.
_SHORT = 5


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
    if _DOUBT.match(asked):
        last = _last_asked(said)
        return replace(understood(said[last].text, said[:last]), more=False)
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
    last = _last_asked(said)
    return "" if last < 0 else _alone(said[last].text, said[:last])


def _last_asked(said: Sequence[Turn]) -> int:
    """Which turn is the last question; -1 where nothing was asked."""
    return next((i for i in reversed(range(len(said))) if said[i].role == "user"), -1)


def _alone(question: str, said: Sequence[Turn]) -> str:
    if all(turn.role != "user" for turn in said):
        return question
    if _MORE.match(question) or _DOUBT.match(question):
        return _before(said)
    if _BARE.match(question):
        return _bare(question, _before(said))
    event = _EVENT.match(question)
    if event and _INVERTED.match(_before(said)):
        return _bare(event.group(2), _before(said))
    to_do = _TO_DO.match(_before(said)) if _TAKES.match(question) else None
    if to_do:
        return f"How long does it take to {to_do['what']}?"
    ellipsis = _ELLIPSIS.match(question)
    rest = question[ellipsis.end() :] if ellipsis else question
    if ellipsis and rest and not _asks(rest) and not (ellipsis["short"] and _says_much(rest)):
        return filled(rest, _before(said))
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


def _asks(text: str) -> bool:
    """True where `text` is a sentence by itself: it begins with a question word, an auxiliary verb or a pronoun."""
    words = [word.casefold() for word in WORD.findall(text)]
    if is_clause(text) or len(words) < 2:
        return False
    return words[0] in QUESTION_WORDS or words[0] in _AUXILIARY or bool(_SENTENCE.match(text))


def _says_much(text: str) -> bool:
    """True where "I mean …" or "so …" explains or concludes, and puts no word right."""
    words = [word.casefold() for word in WORD.findall(text)]
    return len(words) > _SHORT or "," in text or bool({*AUXILIARIES, *QUESTION_WORDS}.intersection(words))
