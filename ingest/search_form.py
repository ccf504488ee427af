"""A passage's words as searching wants them: one way to write each, whatever the page made of them."""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
AT_THE_END = re.compile("[-\u2010\u00ad][ \t]*\n")
# A hyphen at a line's end inside one lower-case word was put there by the typesetter; beside a capital
# or a digit ("well-\nKnown", "2019-\n2020") it belongs to the word.
# What stands before is looked at last: a pattern that begins so is tried at every character of a text.
BROKEN = re.compile(r"[-\u2010\u00ad](?<=[^\W\d_].)[ \t]*\n[ \t]*(?=([^\W\d_]))")
# Typographers set the thousands of a number apart by a space that does not break.
THOUSANDS = re.compile(r"[\u00a0\u2009\u202f](?<=\d.)(?=\d{3}(?!\d))")


def search_form(text: str) -> str:
    """`text` in NFKC: words cut across lines and numbers set apart joined, the invisible gone, space folded."""
    plain = text.isascii()  # most passages are, and then there is little to do
    if not plain:
        text = THOUSANDS.sub("", text)
    if AT_THE_END.search(text):
        text = BROKEN.sub(lambda m: "" if m[1].islower() else "-", text)
    if not plain:
        text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text))
    return " ".join(text.split())
