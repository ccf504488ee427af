"""What a conversation has spoken of: its names and noun phrases, gathered over the turns.

A name is a run of capitalised words; its short forms ("Lovelace" for "Ada Lovelace") count as the same
thing, and so does a name that a question writes in small letters.  A noun phrase is a run of content words
of a question.  No list of names is needed, so any domain will do; a language without capital letters gets
noun phrases alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .nouns import Turn

WORD = re.compile(r"[^\W_](?:[\w’'&.-]*[^\W_])?")
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
AUXILIARIES = frozenset(
    "is are am was were be been being do does did has have had can could will would shall should may might must".split()
)
PRONOUNS = frozenset(
    "he him his himself she her hers herself it its itself they them their theirs themselves we us our you your i me "
    "my mine this that these those there here one ones who someone anyone anything something everything".split()
)
FUNCTION_WORDS = (
    QUESTION_WORDS
    | AUXILIARIES
    | PRONOUNS
    | frozenset(
        "a an the and or but so then also of in on at by for from to with about into over after before during since "
        "until as than not no yes any some all more most other another else many much long old far often such same "
        "ever just only very well still yet too even up out off down between among against through both each either "
        "neither yesterday today tomorrow "
        "tell give show explain describe list name please ok okay if because while although though however once when "
        "happen happened happening say said says mean means know like get got make made go went come came take took "
        "compare summarise summarize thank thanks can't don't didn't doesn't wasn't isn't i'm interesting aspects "
        "born late early article important perhaps despite following later according aside besides meanwhile generally "
        "initially eventually afterwards additionally moreover furthermore subsequently originally finally soon upon "
        "prior therefore thus instead nevertheless likewise otherwise indeed recently previously together alongside "
        "throughout within without along around near i've he's she's it's they've we've".split()
    )
)
# A full stop belongs to an abbreviation ("Dr.", "St.", "U.S."), else it ends the name with its sentence.
_BIG = r"[^\W\d_a-zß-öø-ÿ]"
_PART = rf"(?:(?:{_BIG}\.){{2,}}(?=\s{_BIG})|{_BIG}\w{{0,2}}\.(?=\s{_BIG})|{_BIG}(?:[\w’'&-]|\.(?=\w))*)"
_NAME = re.compile(
    rf"(?:{_PART}|(?:1[5-9]|20)\d\d(?=\s+[A-Z]))(?:\s+(?:(?:of|for|the|and|&|de|la|von|van|der)\s+){{0,2}}(?:{_PART}|\d+))*"
)
_QUOTED = re.compile(r"[\"“]([^\"“”]{2,60})[\"”]")
_PREPOSITION = re.compile(
    r"\b(in|on|at|from|to|for|with|by|of|against|near|via|under|into|than)\s+(the\s+|a\s+)?$", re.IGNORECASE
)
_IN = re.compile(r"\b(in|at|from|near|to|on)\s+(the\s+)?$", re.IGNORECASE)
_THE = re.compile(r"\b(the|a|an)\s+$", re.IGNORECASE)
_DATE = re.compile(
    r"(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t(ember)?)?|oct(ober)?|nov(ember)?|dec(ember)?|"
    r"(mon|tues|wednes|thurs|fri|satur|sun)days?)\b\.?($|[\s,]*([a-z]+\s*)?\d)",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[\d+\]")
# What a table's row writes with a capital letter is no name: "Weight | 9 kg".
_ROW = re.compile(r"^.*[|\t].*$", re.MULTILINE)
_STEP = re.compile(r"^\W*(\d{1,2}[.)]|step \d+\b)\W*$", re.IGNORECASE)
_HOW_TO = re.compile(r"\bhow (to|(do|can|could|should|must|shall|may|would) (i|we|you|one))\b", re.IGNORECASE)


_ACTS = re.compile(
    r"\s+(also |then |later |never |first |often )?(was|were|is|are|has|had|have|did|does|would|could|can|will|went|"
    r"made|took|became|began|got|gave|said|won|lost|left|wrote|met|told|came|felt|led|held|kept|saw|sang|spoke|[a-z]+ed)\b"
)
_ROLE = (
    r"(secretary(-general)?|president|minister|director|chair(man|woman|person)?|ambassador|senator|mayor|governor|"
    r"judge|professor|spokes(man|woman|person)|leader|founder|author|officer|manager|lawyer|engineer|scientist)"
)
TITLES = "mr|mrs|ms|miss|dr|prof|professor|sir|dame"
_TITLE = re.compile(rf"(^|\s)({TITLES}|{_ROLE})\.?\s", re.IGNORECASE)
_IN_OFFICE = re.compile(rf"\s+(is|was)\s+(the|an?)\s+([\w-]+\s+){{0,3}}{_ROLE}\b", re.IGNORECASE)
# The kind of each pronoun: one thing spoken of takes pronouns of one kind.
PRONOUN_KINDS = {
    **dict.fromkeys("he him his himself".split(), "he"),
    **dict.fromkeys("she her hers herself".split(), "she"),
    **dict.fromkeys("they them their theirs themselves".split(), "they"),
    **dict.fromkeys("it its itself".split(), "it"),
}


_COUNTS = "asked answered subject behind_preposition asked_behind begins acts placed owns".split()


@dataclass
class Mention:
    """One thing spoken of.  `turns` are the turns that name it (0 is the first), each as often as it does.

    The counts are of its places: in questions (`asked`, of these `asked_behind` a preposition) and in answers,
    as a subject, at the beginning of a sentence, before a verb (`acts`), behind a word of place (`placed`), with a
    genitive (`owns`).  `beside` are the kinds of pronoun in the
    questions that name it, `followed` those in the answers behind it, with how many there are.
    """

    text: str
    is_name: bool
    turns: list[int] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    subject: int = 0
    behind_preposition: int = 0
    asked_behind: int = 0
    begins: int = 0
    acts: int = 0
    placed: int = 0
    owns: int = 0
    beside: set[str] = field(default_factory=set)
    followed: Counter[str] = field(default_factory=Counter)
    article: str = ""
    is_person: bool | None = None  # as a question ("who is …?", "what is …?"), a title or an office tells


def mentions(turns: Sequence[Turn]) -> list[Mention]:
    """Everything that `turns` speak of, in the order of first mention."""
    found: dict[str, Mention] = {}
    for number, turn in enumerate(turns):
        text = _MARKER.sub("", turn.text if turn.role == "user" else _ROW.sub("", turn.text))
        wholes = names(text)
        if turn.role == "assistant":
            how_to = bool(number and _HOW_TO.search(turns[number - 1].text))
            wholes = [(name, start, end) for name, start, end in wholes if not _commands(text, start, end, how_to)]
        for name, start, end in [part for whole in wholes for part in (whole, *_parts(*whole))]:
            _note(found, name, True, number, turn.role, text, start, end)
    known = list(found.values())
    for number, turn in enumerate(turns):
        if turn.role != "user":
            continue
        for mention in known:  # names that a question writes in small letters
            if number not in mention.turns and re.search(rf"\b{re.escape(mention.text.casefold())}\b", turn.text):
                mention.turns.append(number)
                mention.asked += 1
        named = [(start, end) for _, start, end in names(turn.text)]
        for phrase, start, end in noun_phrases(turn.text):
            noted = found.get(phrase.casefold())
            if any(start < stop and begin < end for begin, stop in named) or (noted and number in noted.turns):
                continue
            _note(found, phrase, False, number, turn.role, turn.text, start, end)
    return _merged(list(found.values()))


def _note(
    found: dict[str, Mention], text: str, is_name: bool, number: int, role: str, whole: str, start: int, end: int
) -> None:
    mention = found.setdefault(text.casefold(), Mention(text, is_name))
    mention.turns.append(number)
    if role == "user":
        mention.asked += 1
    else:
        mention.answered += 1
    before, after = whole[:start], whole[end:]
    behind = bool(_PREPOSITION.search(before))
    mention.behind_preposition += behind
    kinds = [
        PRONOUN_KINDS[w] for w in WORD.findall((whole if role == "user" else after).casefold()) if w in PRONOUN_KINDS
    ]
    if role == "user":
        mention.asked_behind += behind
        mention.beside.update(kinds)
    else:
        mention.followed.update(kinds)
    put = re.search(r"\b(who|what)('s|\s+(is|was|are|were))\s+((the|an?)\s+)?$", before, re.IGNORECASE)
    if put and role == "user" and re.match(r"\W*$", after):
        mention.is_person = put.group(1).casefold() == "who"
    elif mention.is_person is None and is_name and (_TITLE.search(text) or _IN_OFFICE.match(after)):
        mention.is_person = True
    article = _THE.search(before)
    if article:
        mention.article = article.group(1).casefold()
    begins = _begins(before)
    mention.begins += begins
    mention.acts += bool(_ACTS.match(after))
    mention.placed += bool(_IN.search(before))
    mention.owns += bool(re.match(r"['’]s?\b", after))
    mention.subject += begins or bool(re.match(r"\s+(was|were|is|are|has|had|did|does|[a-z]+ed)\b", after))


def _begins(before: str) -> bool:
    """True where a sentence begins behind `before`."""
    return not re.search(r"[^\W\d_]", re.split(r"[.!?]\s", before)[-1])


def _commands(text: str, start: int, end: int, how_to: bool) -> bool:
    """True where what looks like a name begins a step, which tells what to do: "1. Hold Rinse for five seconds."

    What does something there is a name ("1. Red Kite opened in 1937."); an answer to "how do I …?" is all steps.
    """
    if _ACTS.match(text[end:]):
        return False
    return (how_to and _begins(text[:start])) or bool(_STEP.match(text[:start].rpartition("\n")[2]))


def names(text: str) -> list[tuple[str, int, int]]:
    """(name, start, end) of every run of capitalised words and every quoted title in `text`."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        while True:  # function words at the front are no part of it
            first = WORD.match(text, start, end)
            if first is None or first.group().casefold().strip(".") not in FUNCTION_WORDS:
                break
            start = first.end()
            while start < end and not text[start].isalnum():
                start += 1
        name = re.sub(r"['’]s?$", "", text[start:end].rstrip(".,'’&- "))
        last = name.rsplit(" ", 1)[-1]
        if len(name) < 2 or name.isdigit() or last.casefold() in FUNCTION_WORDS or _DATE.match(name):
            continue
        found.append((name, start, start + len(name)))
    found += [(m.group(1).strip(" ,."), *m.span(1)) for m in _QUOTED.finditer(text) if m.group(1)[0].isupper()]
    return [f for f in found if f[0]]


def _parts(name: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The names that "and" joins in `name`; none where it joins nothing."""
    if " and " not in name:
        return []
    spans = [m.span() for m in re.finditer(r"(?:^|(?<= and ))(?:(?! and ).)+", name)]
    return [(name[a:b], start + a, start + b) for a, b in spans if name[a].isupper()]


def noun_phrases(text: str) -> list[tuple[str, int, int]]:
    """(phrase, start, end) of every run of content words of a question."""
    found: list[tuple[str, int, int]] = []
    run: list[re.Match[str]] = []
    for match in [*WORD.finditer(text), None]:
        if match is not None and match.group().casefold() not in FUNCTION_WORDS:
            if run and not re.fullmatch(r"\s*", text[run[-1].end() : match.start()]):
                _close(text, run, found)
            run.append(match)
        else:
            _close(text, run, found)
    return found


def _close(text: str, run: list[re.Match[str]], found: list[tuple[str, int, int]]) -> None:
    """End a run.  Behind "who" or "she" its first word is a verb, behind an auxiliary its last: "did the war end"."""
    if run and re.search(r"\b(who|he|she|they|it|we|you|i)\W+$", text[: run[0].start()], re.IGNORECASE):
        run.pop(0)
    if run:
        before = re.search(r"(\w+)\W+(?:(?:the|an?)\s+)?$", text[: run[0].start()])
        if len(run) > 1 and before and before.group(1).casefold() in AUXILIARIES:
            run.pop()
        phrase = text[run[0].start() : run[-1].end()]
        found.append((re.sub(r"['’]s$", "", phrase), run[0].start(), run[-1].end()))
        run.clear()


def _merged(found: list[Mention]) -> list[Mention]:
    """Short forms taken into the fullest form of the same name."""
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (-len(m.text.split()), m.turns[0])):
        words = mention.text.casefold().split()
        longer = next((k for k in kept if k.is_name and mention.is_name and _is_short_form(words, k)), None)
        if longer is None:
            kept.append(mention)
        else:
            longer.turns += mention.turns
            for count in _COUNTS:
                setattr(longer, count, getattr(longer, count) + getattr(mention, count))
            longer.beside |= mention.beside
            longer.followed.update(mention.followed)
            longer.is_person = mention.is_person if longer.is_person is None else longer.is_person
    for mention in kept:
        mention.turns.sort()
    return sorted(kept, key=lambda m: m.turns[0])


def _is_short_form(words: list[str], longer: Mention) -> bool:
    full = longer.text.casefold().split()
    if "and" in full and "and" not in words:  # one of two is not short for both
        return False
    return len(full) <= 4 and len(words) < len(full) and (full[-len(words) :] == words or full[: len(words)] == words)
