"""A follow-up question made to stand alone, by rule: pronouns get their name back, ellipses their question.

"Who leads it?" after "What is the Cybersecurity Tech Accord?" becomes "Who leads the Cybersecurity Tech
Accord?".  What a follow-up leans on is its topic: the last name that a person's questions brought up, else
the last noun phrase of theirs, else a name of the last answer.  Joining whole turns instead is known to
hurt finding, so nothing but the topic, or for an ellipsis the one question before, is taken along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .nouns import Turn

_WORD = re.compile(r"[^\W_][\w’'&.-]*[^\W_]|[^\W_]")
_QUESTION_WORDS = frozenset(("who whom whose what which when where why how").split())
_FUNCTION_WORDS = _QUESTION_WORDS | frozenset(
    (
        "a an the and or but so then also of in on at by for from to with about into over after before during "
        "since until as than is are was were be been being am do does did done has have had having can could "
        "will would shall should may might must not no yes any some all more most other another else there "
        "here that this these those it its he him his she her hers they them their theirs we us our you your "
        "i me my mine many much long old far often tell give show explain describe list name please ok okay "
        "if happen happened say said says mean means"
    ).split()
)
_SUBJECT = {"he", "she", "they", "it"}
_OBJECT = {"him", "them", "it"}
_POSSESSIVE = {"his", "her", "its", "their"}
_PERSON = {"he", "she", "him", "his", "her", "hers"}
_PRONOUNS = _SUBJECT | _OBJECT | _POSSESSIVE
_ELLIPSIS = re.compile(r"^(and|but|or|so|also|what about|how about|and what about|and how about)\b\s*", re.IGNORECASE)
_BARE = re.compile(
    r"^(why|why not|how|how so|when|where|who|which|how (many|much|long|often|far)|really|tell me more|more|go on|"
    r"what else|anything else|who else|explain|elaborate|and|yes|for example|such as)\W*$",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(this|that|these|those)(?=\s*([?.!,]|$|(is|was|are|were|do|does|did|has|have|happen)\b))", re.IGNORECASE
)


def standalone(question: str, history: Sequence[Turn]) -> str:
    """`question` as it would be asked with nothing said before; itself where it leans on nothing."""
    asked = [turn.text.strip() for turn in history if turn.role == "user" and turn.text.strip()]
    if not asked:
        return question
    previous = _resolved(asked)
    answers = [turn.text for turn in history if turn.role == "assistant"]
    return _alone(question.strip(), previous, answers)


def _resolved(asked: Sequence[str]) -> list[str]:
    """The questions before, each standing alone itself, oldest first."""
    alone: list[str] = []
    for text in asked[-6:]:
        alone.append(_alone(text, alone, []) if alone else text)
    return alone


def _alone(question: str, previous: Sequence[str], answers: Sequence[str]) -> str:
    if _BARE.match(question):
        return _bare(question, previous[-1])
    pronoun = _pronouns(question)
    rest = _ELLIPSIS.sub("", question)
    fragment = rest != question and not _has_verb_frame(rest)
    if fragment:
        return _ellipsis(rest, previous[-1])
    if pronoun or _DEMONSTRATIVE.search(question):
        topic = _topic(previous, answers, person=bool(pronoun & _PERSON))
        return _substitute(rest, topic) if topic else question
    if len(_content(question)) <= 1 and len(_WORD.findall(question)) <= 4:
        topic = _topic(previous, answers, person=False)
        if topic and topic.casefold() not in question.casefold():
            return f"{question.rstrip(' ?.!')} about {topic}?" if question.endswith("?") else f"{question} {topic}"
    return question


def _bare(question: str, before: str) -> str:
    """ "Why?" and the like: the question before, with the new word put in front where that is a question word."""
    word = question.strip(" ?.!").casefold()
    if word.split()[0] in {"why", "how", "when", "where"}:
        return f"{word.capitalize()}: {before}"
    return before


def _ellipsis(rest: str, before: str) -> str:
    """ "And in 2019?" after "What was the profit in 2018?": the year, or the name, in the place of its like."""
    new = rest.strip(" ?.!")
    for kind in (r"\b(1[5-9]|20)\d\d\b", r"\bQ[1-4]\b", r"\b(page|section|chapter|table|figure) \d+\b"):
        fresh = re.search(kind, new, re.IGNORECASE)
        if fresh and re.search(kind, before, re.IGNORECASE):
            return re.sub(kind, fresh.group(), before, count=1, flags=re.IGNORECASE)
    names, fresh_names = _names(before), _names(" ".join(["x", new]))
    if names and fresh_names:
        return before.replace(names[-1], new if len(fresh_names) == 1 else fresh_names[-1], 1)
    return f"{before.rstrip(' ?.!')}, {new}?"


def _substitute(question: str, topic: str) -> str:
    """Every pronoun that stands for a thing or a person replaced by `topic`, the possessive ones by its genitive."""
    genitive = topic + ("’" if topic.endswith("s") else "’s")

    def put(match: re.Match[str]) -> str:
        word, after = match.group().casefold(), question[match.end() :]
        if word == "it" and re.match(r"\s+(is|was)\s+\w+\s+(that|to)\b", after):
            return match.group()
        if word == "her":
            return genitive if re.match(r"\s+[^\W\d_]", after) and not _starts_with_function_word(after) else topic
        return genitive if word in _POSSESSIVE else topic

    changed = re.sub(r"\b(" + "|".join(sorted(_PRONOUNS)) + r")\b", put, question, count=2, flags=re.IGNORECASE)
    changed = _DEMONSTRATIVE.sub(lambda m: topic, changed, count=1) if changed == question else changed
    return changed[:1].upper() + changed[1:]


def _starts_with_function_word(text: str) -> bool:
    words = _WORD.findall(text)
    return bool(words) and words[0].casefold() in _FUNCTION_WORDS


def _pronouns(question: str) -> set[str]:
    return {w.casefold() for w in _WORD.findall(question)} & _PRONOUNS


def _has_verb_frame(text: str) -> bool:
    """True where `text` asks something by itself: it begins with a question word or an auxiliary verb."""
    words = [w.casefold() for w in _WORD.findall(text)]
    starters = _QUESTION_WORDS | set(("is are was were do does did has have had can could will would should").split())
    return len(words) > 1 and words[0] in starters


def _content(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w.casefold() not in _FUNCTION_WORDS]


def _names(text: str) -> list[str]:
    """Runs of capitalised words (joined by "of", "the", "for", "and" within), but for a lone first word."""
    found = []
    pattern = r"(?:[A-ZÀ-Þ][\w’'&.-]*|\d{4})(?:\s+(?:(?:of|for|the|on|and|de|von|van)\s+){0,2}[A-ZÀ-Þ0-9][\w’'&.-]*)*"
    for match in re.finditer(pattern, text):
        words = match.group().split()
        while words and words[0].casefold().strip(".,") in _FUNCTION_WORDS | {"compare", "summarise", "summarize"}:
            words.pop(0)
        while words and words[0].isdigit():
            words.pop(0)
        name = re.sub(r"['’]s$", "", " ".join(words).rstrip(".,'’"))
        lone_first = match.start() == 0 and len(match.group().split()) == 1
        if name and not lone_first:
            found.append(name)
    return found


def _noun_phrase(text: str) -> str:
    """The longest run of content words of `text`, later ones first; "" where there is none."""
    runs: list[list[str]] = [[]]
    for word in _WORD.findall(text):
        if word.casefold() in _FUNCTION_WORDS:
            runs.append([])
        else:
            runs[-1].append(word)
    best = max(reversed(runs), key=len)
    return " ".join(best[-4:])


def _topic(previous: Sequence[str], answers: Sequence[str], *, person: bool) -> str:
    """What the conversation is about: see the module's docstring.  "" where nothing can be told."""
    weights: dict[str, float] = {}
    for texts, worth in ((previous, 2.0), (answers, 1.0)):
        for age, text in enumerate(reversed(texts)):
            for name in dict.fromkeys(_names(text)):
                if not person or _may_be_a_person(name):
                    weights[name] = weights.get(name, 0.0) + worth * (_KEEPS_PERSON if person else _KEEPS_THING) ** age
    if not weights:
        return _noun_phrase_with_article(previous[-1])
    best = max(weights, key=lambda name: _with_its_other_forms(name, weights))
    fuller = [n for n in weights if set(best.split()) < set(n.split()) and len(n.split()) <= 3]
    return max(fuller, key=len) if person and fuller else best


# How much of its weight a name keeps with each turn: a person stays the subject longer than a thing does.
_KEEPS_PERSON, _KEEPS_THING = 0.9, 0.6


def _with_its_other_forms(name: str, weights: dict[str, float]) -> float:
    """The weight of `name`, and of the names that share a word with it ("Ada Lovelace" and "Lovelace")."""
    words = set(name.split())
    return sum(weight for other, weight in weights.items() if words & set(other.split())) + 0.01 * weights[name]


def _may_be_a_person(name: str) -> bool:
    words = name.split()
    return (
        len(words) <= 3
        and not any(c.isdigit() for c in name)
        and not all(w.isupper() for w in words)
        and "the" not in words
    )


def _noun_phrase_with_article(question: str) -> str:
    phrase = _noun_phrase(question)
    article = phrase and re.search(r"\b(the|an?)\s+" + re.escape(phrase), question, re.IGNORECASE)
    # "When was the treaty signed?", "When did the war end?": behind an auxiliary verb the last word is a verb.
    if article and " " in phrase and re.search(_AUXILIARY + r"\s+$", question[: article.start()], re.IGNORECASE):
        phrase = phrase.rsplit(" ", 1)[0]
    return f"the {phrase}" if article else phrase


_AUXILIARY = r"\b(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)"
