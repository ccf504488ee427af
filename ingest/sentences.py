"""Where sentences begin and end, by rules: stops, abbreviations, paragraphs, list items.

A single line break is only where the page was full, unless the text's lines are as long as their paragraphs; a
blank line, a bullet, a Markdown heading or one of several labels below each other ("Name: Ada") ends the sentence.
Scripts without stops (Thai) are cut at paragraphs and, when very long, at line ends.
Every step passes over the text once, so the time grows with its length and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

LONG = 80  # words: a "sentence" beyond this is a table or a list without stops, cut at its line ends

LINE = re.compile(
    r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|.+\Z"
)  # str.splitlines
BULLET = re.compile(r"[ \t]*(?:[-*+•◦▪‣·●○◉■□☐☑☒–—][ \t]|\(?(?:\d{1,3}|[a-zA-Z])[.)][ \t]|#{1,6}[ \t]|\|)")
# A label of a few words and what it is the label of, as in a form that was filled in; one alone may be prose.
LABELLED = re.compile(r"[ \t]*[^\W\d_][^:：.;!?\n]{0,48}(?::[ \t]+|：)[^\s:：]")
# Of the breaks within paragraphs, the share at a full line, and before a small letter: in 50 texts set to a width 0.4
# and 0.2 or more, for the most part 0.9 and 0.6; in 30 whose lines are paragraphs at most 0.24 and 0.1.
FULL, GOING_ON = 0.3, 0.2
NEARLY = 0.8  # of the length that one pair of lines in ten goes beyond; a line with the next word so long was full
MOSTLY = 0.6  # the same of lines below each other in a text whose lines are for the most part paragraphs
NARROWEST, WIDEST = 40, 200  # characters that lines are set to
SAMPLE = 1_000_000  # characters that tell how a text is set
BLANK = re.compile(r"\n[ \t]*\n")
LONGER = 1.3  # times a line: the one before was not full, so its break is no mere line break
OPENERS = "\"'“‘«([{¿¡„‚*_「『（【《"
# All stops in one set first: a pattern that begins with a choice is tried at every character.
STOP = re.compile(
    r"[.!?…؟۔।॥。！？｡．]"
    r"(?:(?<=[.!?…؟۔।॥])[.!?…؟۔।॥]*[\"'”’»)\]}*_]{0,4}(?:\[\d{1,3}\]){0,3}|(?<=[。！？｡．])[。！？｡．]*[」』”’）】》\"']{0,4})"
)
WIDE = "。！？｡"
BEFORE = re.compile(r"[\s(\[\"“'‘—–/]")

NEVER = frozenset(
    "dr mr mrs ms messrs prof st sen rep gov gen col sgt capt lt rev hon pres e.g i.e eg ie viz cf vs v approx".split()
)
BEFORE_NUMBER = frozenset(
    "no nos fig figs eq eqs vol vols p pp sec sect art arts ch chap para paras tab ref refs app ca "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
MAYBE = frozenset(
    "al etc inc ltd co corp jr sr u.s u.k u.n e.u u.s.a a.m p.m b.c a.d ph.d m.d b.a m.a d.c dept est ed eds".split()
)
STARTERS = frozenset(
    "the a an in on at it its this that these those he she they we you i there but and or if when while as for from "
    "to by with however our their his her not no what who how why where which after before since although".split()
)
INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")  # of a name, "C" or "C.E"
FIRST_WORD = re.compile(r"[^\W\d_]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of `text`, in order, white space trimmed; they never overlap.

    Every character that is not white space is in exactly one of them.
    """
    return list(each_sentence(text))


def lines_are_paragraphs(text: str) -> bool:
    """True where the text's lines were not broken at a width, so that each is a heading, an item or a paragraph.

    A million of its characters tell.
    """
    return _by_paragraph([line.strip() for line in text[:SAMPLE].splitlines()], FULL)


def _by_paragraph(lines: list[str], most: float) -> bool:
    """True where lines below each other are not full, but for a share of `most`, and don't go on in the next."""
    within = [(line, after) for line, after in pairwise(lines) if line and after]
    if not within:
        return False
    lengths = sorted(max(len(line), len(after)) for line, after in within)
    width = NEARLY * lengths[len(lengths) * 9 // 10]
    full = sum(width <= len(line) + 1 + len(after.split(None, 1)[0]) <= WIDEST for line, after in within)
    going_on = sum(after[0].islower() and line[-1] not in ".!?" for line, after in within)
    return full < most * len(within) and going_on < GOING_ON * len(within)


def each_sentence(text: str, *, paragraphs: bool = False) -> Iterator[tuple[int, int]]:
    """The same, one at a time: a text may be nothing but short ones, millions of them.

    With `paragraphs`, every line ends the sentence (see `lines_are_paragraphs`), but where lines below each other were
    broken at a width all the same.
    """
    for start, end in _blocks(text, paragraphs):
        begin = start
        for stop in _stops(text, start, end):
            yield from _short(text, begin, stop)
            begin = stop
        yield from _short(text, begin, end)


def _blocks(text: str, paragraphs: bool) -> Iterator[tuple[int, int]]:
    """Paragraphs, list items and headings; with `paragraphs`, each line."""
    if len(text.splitlines()) < 2:  # most are
        if text.strip():
            yield 0, len(text)
        return
    begin, at = 0, 0
    heading = row = False
    each, until = False, 0  # whether each line is a paragraph, up to where
    labels = ":" in text or "：" in text
    labelled = labels and LABELLED.match(text) is not None
    before = 0  # the length of the line before, which is a row of labels
    for found in LINE.finditer(text):
        line = found[0]
        stripped = line.strip()
        blank = not stripped
        follows = labels and LABELLED.match(text, found.end()) is not None
        row, labelled = labelled and (row or follows), follows
        if paragraphs and at >= until:
            each, until = _apart(text, at)
        ended = 0 < LONGER * before < len(stripped) and not stripped[0].islower()
        if at > begin and (each or blank or heading or row or ended or line[0] == "\f" or BULLET.match(line)):
            yield begin, at
            begin = at
        heading = line.startswith("#") and not blank
        before = len(stripped) if row else 0
        at += len(line)
        if blank and begin + len(line) == at:
            begin = at
    if at > begin:
        yield begin, at


def _apart(text: str, at: int) -> tuple[bool, int]:
    """Whether each of the lines below each other that begin at `at` is a paragraph, and where these lines end."""
    blank = BLANK.search(text, at)
    end = blank.end() if blank else len(text)
    lines = [line.strip() for line in text[at : min(end, at + SAMPLE)].splitlines()]
    narrowest = NARROWEST if any(" " in line for line in lines) else NARROWEST // 3  # as wide in Chinese
    return max(map(len, lines), default=0) < narrowest or _by_paragraph(lines, MOSTLY), end


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    """The ends of the sentences inside one paragraph."""
    first = BULLET.match(text, start, end)
    for stop in STOP.finditer(text, first.end() if first else start, end):
        at = stop.end()
        if stop[0][0] in WIDE or (at < end and text[at].isspace() and _ends(text, stop, start, end)):
            yield at


def _ends(text: str, stop: re.Match[str], start: int, end: int) -> bool:
    """True where the stop, which white space follows, ends its sentence."""
    at = stop.end()
    after = text[at : min(end, at + 40)].lstrip().lstrip(OPENERS)
    if after[:1].islower():
        return False
    if stop[0] != ".":
        return True
    word = BEFORE.split(text[max(start, stop.start() - 20) : stop.start()])[-1]
    folded = word.lower()
    if folded in NEVER or (folded in BEFORE_NUMBER and after[:1].isdigit()):
        return False
    if folded in MAYBE or (word.isupper() and INITIALS.fullmatch(word)):
        following = FIRST_WORD.match(after)
        return not after or (following is not None and following[0].lower() in STARTERS)
    return True


def _short(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentence trimmed, or its groups of lines where it is too long to be one; nothing where it is blank."""
    sentence = text[start:end]
    if len(sentence) < 2 * LONG or sentence.count("\n") < 2 or len(sentence.split()) <= LONG:
        return _trimmed(sentence, start)
    found: list[tuple[int, int]] = []
    words, begin, at = 0, start, start
    for line in sentence.splitlines(keepends=True):
        more = len(line.split())
        if words and words + more > LONG:
            found += _trimmed(text[begin:at], begin)
            begin, words = at, 0
        words, at = words + more, at + len(line)
    return found + _trimmed(text[begin:end], begin)


def _trimmed(piece: str, start: int) -> list[tuple[int, int]]:
    """Where the piece, which begins at `start`, stands without the white space around it; nothing where it is blank."""
    rest = piece.lstrip()
    if not rest:
        return []
    end = start + len(piece)
    return [(end - len(rest), end - len(rest) + len(rest.rstrip()))]
