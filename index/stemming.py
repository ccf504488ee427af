"""Words of other languages cut to their stems, mostly by Snowball; English is FTS5's own matter.

Where the script tells the language, text and questions are stemmed.  Where it doesn't, only a question is: its words
find all that begins as their stems do, so that a text's language need not be known.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from typing import Any, cast

# Each script's letters, and the language that is taken for all that is written in it.  Persian and Urdu are told
# from Arabic by letters that Arabic lacks, and left as they are.
_SCRIPTS = (
    ("arabic", "\u0621-\u063a\u0641-\u064a"),
    ("hindi", "\u0901-\u0963\u0971-\u097f"),
    ("russian", "\u0400-\u04ff"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("tamil", "\u0b82-\u0bd7"),
    ("armenian", "\u0531-\u0587"),
)
_LANGUAGES = tuple(language for language, _ in _SCRIPTS)
# Arabic: one way to write each letter; then, as in the light stemmers of Larkey, Ballesteros and Connell (light10) and
# of Chen and Gey (TREC 2002), what is written onto a word: "and", "so", the article with "with", "as" or "for" before
# it; endings; a last "with" or "for".
_ARABIC = str.maketrans(
    "\u0623\u0625\u0622\u0671\u0649\u0629\u0624\u0626", "\u0627\u0627\u0627\u0627\u064a\u0647\u0648\u064a"
)
_AND = re.compile("^[\u0648\u0641](?=.{3})")
_ARTICLE = re.compile("^(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=.{2})")
_AFTER = tuple("هما هم ها ان ات ون ين يه ه ي".split())
_WITH = re.compile("^[\u0628\u0644](?=.{3})")
_ENDINGS = frozenset("dutch french german italian portuguese romanian spanish turkish".split())
SHORTEST = 4  # letters of a beginning that tells a word
_WORD = re.compile("|".join(rf"(?<!\w)([{letters}]+)(?!\w)" for _, letters in _SCRIPTS))


def stemmed(text: str) -> str:
    """`text`, case folded, with every word of these scripts in the place of its stem."""
    return text if text.isascii() else _WORD.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    return _stem(_LANGUAGES[(found.lastindex or 1) - 1], found[0])


@lru_cache(maxsize=100_000)
def _stem(language: str, word: str) -> str:
    if language == "arabic":
        return _light(word)
    return cast("str", _stemmer(language).stemWord(word)) or word


def _light(word: str) -> str:
    """The light stem of an Arabic word.  Snowball's keeps what is written before and after it more often."""
    word = _ARTICLE.sub("", _AND.sub("", word.translate(_ARABIC)))
    for ending in _AFTER:
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            word = word.removesuffix(ending)
    return _WITH.sub("", word)


@lru_cache(maxsize=len(_SCRIPTS))
def _stemmer(language: str) -> Any:
    import snowballstemmer  # here, so that who never meets such a script does not load it

    return snowballstemmer.stemmer(language)


def beginning(language: str, word: str) -> str:
    """How the forms of a question's word, as `index.words.form` has it, begin: a term of the word index, or "".

    `language` is that of the question, as Snowball calls it; it tells nothing of words of other scripts.
    """
    if _WORD.fullmatch(word):
        stem = word
    elif language in _ENDINGS and word.isalpha():
        both = zip(_bare(word), _bare(_stem(language, word)), strict=False)
        stem = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], both))
    else:
        return ""
    return f"{stem}*" if len(stem) >= SHORTEST else ""


def _bare(word: str) -> str:
    """A word without its accents, as the word index has it."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
