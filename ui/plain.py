"""Text shown as text where Streamlit would read Markdown: labels of buttons, progress bars and headings."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SHORTCODE = re.compile(r":(?=[\w+-]+(?:/[\w]+)?:)")
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """`text` as Markdown that shows exactly that text, on one line.

    Every ASCII punctuation mark is escaped (CommonMark 2.4); what would be an emoji shortcode even so gets
    an invisible word joiner behind its colon.
    """
    one_line = " ".join(text.split())
    return _PUNCTUATION.sub(r"\\\1", _SHORTCODE.sub(":" + _WORD_JOINER, one_line))
