"""A follow-up that says only what is new ("and in 2019?"), made whole from the question before it.

What is new takes the place of its like: a year that of a year, "during …" that of "after …", a name that of a name.
A noun takes the place of the subject ("Are pets allowed in the flat?", "and dogs?") or of what the question ends
with ("Who leads the camp?", "and the board?"), whichever has an article like its own.  Where that can't be told, it
is set behind the whole question, so that nothing asked before is asked again as if it were the new question.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .mentions import AUXILIARIES, FUNCTION_WORDS, QUESTION_WORDS, WORD, names, noun_phrases

_PREPOSITIONS = (
    "in on at for from of by with about under during after before to until since against without above below over"
)
_PREPOSITION = re.compile(rf"\b({'|'.join(_PREPOSITIONS.split())})(?![\w-])", re.IGNORECASE)
# Prepositions that take each other's place.
_INSTEAD = [
    group.split()
    for group in ("during after before until since", "for against", "with without", "above below over under")
]
_DETERMINER = re.compile(r"(the|this|that|these|those|an?|my|our|your|his|her|its|their)\s+", re.IGNORECASE)
_SORTS = {
    **dict.fromkeys("the this that these those".split(), "the"),
    **dict.fromkeys("a an".split(), "a"),
    **dict.fromkeys("my our your his her its their".split(), "my"),
}
_YEAR = r"(?:(?:the\s+)?(?:(?:fiscal|financial|calendar|tax)\s+(?:year\s+)?|year\s+))?\b(?:1[5-9]|20)\d\d\b"
_PARTS = "page section chapter table figure article".split()
_KINDS = [re.compile(kind, re.IGNORECASE) for kind in (_YEAR, r"\bQ[1-4]\b", *(rf"\b{part} \d+\b" for part in _PARTS))]
# "when" and "where" begin a clause where no auxiliary verb follows: "when I pay late".
_CLAUSE = re.compile(
    r"(even if|only if|if|unless|as long as|in case|"
    r"(when|where)(?=\s+(i|you|he|she|it|we|they|the|an?|my|our|your)\b))\b",
    re.IGNORECASE,
)
_MAIN_CLAUSE = re.compile(r"[,;]|\b(who|what|which|how|why)\b", re.IGNORECASE)
_CONDITION = re.compile(r",?\s+(even if|only if|if|unless)\b[^,]*$", re.IGNORECASE)
# Told by its place in time, as no noun of the question is: "a year earlier".
_SHIFT = re.compile(
    r".*\b(earlier|before|later|ago|after|afterwards)$|(the )?(last|next|previous|following) \w+$", re.IGNORECASE
)
_AUXILIARY = "|".join(sorted(AUXILIARIES - {"be", "been", "being"}))
_BE = frozenset("is are am was were".split())
_WHAT_IS = re.compile(r"(who|what|how \w+)\s+(is|are|was|were)\b", re.IGNORECASE)
_WHOLE = re.compile(rf"(?P<front>({_WHAT_IS.pattern}\s+)?)({_DETERMINER.pattern})?(?P<what>[^,;:?]+)", re.IGNORECASE)
# "What", "who" and "how many" may be the subject themselves ("Which tenants have paid?"), but for "did" or an article.
_INVERTED = re.compile(
    r"(?:(?:when|where|why|how(?!\s+(?:many|much)\b)(?:\s+\w+)?)\s+"
    r"|(?P<what>(?:who|whom|what|which|whose|how\s+(?:many|much))(?:\s+[\w-]+){0,3}?)\s+)?"
    rf"(?P<verb>{_AUXILIARY})\s+(?P<the>{_DETERMINER.pattern})?",
    re.IGNORECASE,
)
_PREDICATE = re.compile(r"\w+(ed|[ai]ble)$|(open|closed|free|valid|due|kept|paid|built|held|sold|made)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun phrase of a question, `start` to `end`, with its article; `sort` is that of the article, "" for none."""

    start: int
    end: int
    sort: str


def is_clause(text: str) -> bool:
    """True for "if it rains" and the like, with no question behind it."""
    return bool(_CLAUSE.match(text)) and not _MAIN_CLAUSE.search(text, 4)


def filled(new: str, before: str) -> str:
    """`before` asked anew with `new` in it: "in 2019" after "What was the profit in 2018?"."""
    new, asked = new.strip(" ?.!"), before.rstrip(" ?.!")
    rest, changed = _by_kind(new, asked)
    if changed != asked or rest != new:
        return filled(rest, changed) if _content(rest) else f"{changed}?"
    if is_clause(new):
        return f"{_CONDITION.sub('', asked)} {new}?"
    preposition = _PREPOSITION.match(new)
    if preposition:
        return f"{_by_preposition(new, preposition.group(), asked)}?"
    return f"{_by_head(new, asked) or _by_name(new, asked) or _by_noun(new, asked) or f'{asked}, {new}'}?"


def _content(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word.casefold() not in FUNCTION_WORDS]


def _by_kind(new: str, asked: str) -> tuple[str, str]:
    """Years, quarters, pages put in the places of theirs: what is left of `new`, and the question with them."""
    for kind in _KINDS:
        behind = re.compile(rf"(?:{_PREPOSITION.pattern}\s+)?(?P<it>{kind.pattern})", re.IGNORECASE)
        for fresh, old in reversed(list(zip(behind.finditer(new), behind.finditer(asked), strict=False))):
            part: str | int = 0 if fresh.group(1) and old.group(1) else "it"
            asked = asked[: old.start(part)] + fresh.group(part) + asked[old.end(part) :]
            new = f"{new[: fresh.start()].rstrip()} {new[fresh.end() :].lstrip()}".strip()
    return new, asked


def _by_preposition(new: str, preposition: str, asked: str) -> str:
    """What is behind `preposition` put in the place of what is behind it or its like; else set behind the question."""
    like = next((group for group in _INSTEAD if preposition.casefold() in group), [preposition.casefold()])
    places = list(_PREPOSITION.finditer(asked))
    bare = re.fullmatch(r"\w+(\s+(it|them|that|this))?", new) and not _content(new)
    for i, place in reversed(list(enumerate(places))):
        if place.group().casefold() not in like:
            continue
        if bare:
            return f"{asked[: place.start()]}{preposition}{asked[place.end() :]}"
        ends = (p.start() for p in places[i + 1 :] if p.group().casefold() != "of")
        end = next(ends, len(asked))
        if _alike(asked[place.end() : end], new[len(preposition) :]):
            return f"{asked[: place.start()]}{new} {asked[end:]}".rstrip()
    return f"{asked}, {new}" if bare else f"{asked} {new}"


def _alike(old: str, new: str) -> bool:
    """True where `old` is no more than a noun phrase, and a year or a page only where `new` is one."""
    words = [word.casefold() for word in WORD.findall(old)]
    if not words or len(words) > 6 or AUXILIARIES.union(QUESTION_WORDS).intersection(words) or re.search(r"[,;:]", old):
        return False
    return all(bool(kind.search(old)) == bool(kind.search(new)) for kind in _KINDS)


def _by_head(new: str, asked: str) -> str:
    """ "The second quarter" in the place of "the third quarter"; "" where no phrase of the question ends alike."""
    words, bare = _content(new), _DETERMINER.sub("", new)
    if not words or bare.split() != words:
        return ""
    heads = list(re.finditer(rf"\b{re.escape(words[-1])}\b", asked, re.IGNORECASE))
    if not heads:
        return ""
    start = heads[-1].start()
    for word in reversed(list(WORD.finditer(asked, 0, start))[-len(words) :][1:]):
        if word.group().casefold() in FUNCTION_WORDS or asked[word.end() : start].strip():
            break
        start = word.start()
    return _without_article(asked[:start], new) + new + asked[heads[-1].end() :]


def _by_name(new: str, asked: str) -> str:
    """The last name of the question exchanged for that of `new`; "" where one of them has none."""
    old_names, new_names = names(f"x {asked}"), names(f"x {new}")
    if not old_names or not new_names or _again(new, asked):
        return ""
    _, start, end = old_names[-1]
    start, end = start - 2, end - 2
    if len(new_names) > 1:
        return asked[:start] + new_names[-1][0] + asked[end:]
    front = re.sub(rf"{_PREPOSITION.pattern}\s+({_DETERMINER.pattern})?$", "", new[: new_names[0][1] - 2]).strip()
    if not _content(front):
        return _without_article(asked[:start], new) + new + asked[end:]
    name = new[new_names[0][1] - 2 :]  # "the profit of Lenovo": both are new
    return filled(front, asked[:start] + name + asked[end:]).rstrip("?")


def _by_noun(new: str, asked: str) -> str:
    """`new` in the place of the subject or of the noun that the question ends with; "" where neither is its like."""
    if not noun_phrases(new) or _SHIFT.match(new) or _again(new, asked):
        return ""
    whole = _WHOLE.fullmatch(asked)
    if whole and len(_content(whole["what"])) == len(WORD.findall(whole["what"])):
        return f"{whole['front']}{new}"
    sort = _sort(new)
    if not sort and names(f"x {new}"):
        return ""
    subject, last = _subject(asked), _last(asked)
    if last and (not _is_exchanged(new, last, asked) or (subject and last.start < subject.end)):
        last = None
    meant = _meant(subject, last, sort, asked)
    return f"{asked[: meant.start]}{new}{asked[meant.end :]}" if meant else ""


def _again(new: str, asked: str) -> bool:
    """True where `new` says more than a word or a name, and some of it again: then its place can't be told."""
    said = {word.casefold() for word in _content(asked)}
    words = _content(new)
    named = [name for name, _, _ in names(f"x {new}")]
    return len(words) > 1 and _DETERMINER.sub("", new) not in named and any(word.casefold() in said for word in words)


def _is_exchanged(new: str, last: _Noun, asked: str) -> bool:
    """False for a year, a page or a name, which are exchanged for their like alone, and so is what something can be."""
    phrase = asked[last.start : last.end]
    if names(f"x {phrase}") or any(kind.search(phrase) for kind in _KINDS):
        return False
    return bool(_PREDICATE.match(new)) or not re.search(r"\b(be|been|being)\s+$", asked[: last.start], re.IGNORECASE)


def _meant(subject: _Noun | None, last: _Noun | None, sort: str, asked: str) -> _Noun | None:
    if not subject or not last:
        return last or (subject if subject and _likeness(subject, sort) else None)
    ours, theirs = _likeness(subject, sort), _likeness(last, sort)
    if ours != theirs:
        return subject if ours > theirs else last
    behind = re.search(r"\b(\w+)\s+$", asked[: last.start])
    word = behind.group(1).casefold() if behind else ""
    if word == "about":
        return last
    if not ours:
        return None
    # What a verb needs ("pay for"), and what a noun has ("the deposit for", "the hours of"), is rather meant than who.
    return last if _WHAT_IS.match(asked) or word in ("for", "of", "to", "with") else subject


def _likeness(noun: _Noun, sort: str) -> int:
    return 2 if noun.sort == sort else int(bool(noun.sort and sort))


def _sort(text: str) -> str:
    article = _DETERMINER.match(text)
    return _SORTS[article.group(1).casefold()] if article else ""


def _without_article(front: str, new: str) -> str:
    """`front` without the article that it ends with, where `new` has its own."""
    return re.sub(rf"\b{_DETERMINER.pattern}$", "", front, flags=re.IGNORECASE) if _sort(new) else front


def _subject(asked: str) -> _Noun | None:
    """The subject behind the auxiliary verb of a question; None where there is none, or its end can't be told."""
    match = _INVERTED.match(asked)
    if not match:
        return None
    verb, article = match["verb"].casefold(), match["the"] or ""
    if match["what"] and not article and verb not in ("do", "does", "did"):
        return None
    run: list[re.Match[str]] = []
    for word in WORD.finditer(asked, match.end()):
        if (
            word.group().casefold() in FUNCTION_WORDS
            or asked[run[-1].end() if run else match.end() : word.start()].strip()
        ):
            break
        run.append(word)
    joined = run and re.match(r"\s+(and|or|of)\b", asked[run[-1].end() :], re.IGNORECASE)
    if _WHAT_IS.match(asked):
        run = run[:-1] if len(run) > 1 and _PREDICATE.match(run[-1].group()) else run
    elif len(run) == 2 or (len(run) == 3 and verb in _BE):
        run.pop()
    elif len(run) > 1 or joined:  # "Does the policy cover flood": who, and what it does to what
        return None
    return _Noun(match.end() - len(article), run[-1].end(), _sort(article)) if run else None


def _last(asked: str) -> _Noun | None:
    """The noun phrase that a question ends with."""
    phrases = noun_phrases(asked)
    if not phrases or asked[phrases[-1][2] :].strip():
        return None
    _, start, end = phrases[-1]
    article = re.search(rf"\b{_DETERMINER.pattern}$", asked[:start], re.IGNORECASE)
    return _Noun(article.start() if article else start, end, _sort(article.group()) if article else "")
