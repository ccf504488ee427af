"""Questions about the library itself, which no document answers: what is in it, and how many pages a document has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.nouns import Entry

from .summary import named_document, unnamed

LISTED = 20  # documents that are named in an answer

_FILES = r"(?:documents|files|pdfs)"
_HERE = r"(?: (?:are )?(?:there|here|now|stored|loaded|in (?:the|my|your|this) library))*"
_WHO = r"(?:i|you|we)"
_HELD = rf"(?:(?:do|did|can) {_WHO} (?:have|see|know|add|upload|search)|have {_WHO}(?: added| uploaded)?){_HERE}"
_HOW_MANY = re.compile(rf"how many {_FILES} ?(?:{_HELD}|(?:are|does the library hold|is the library made of){_HERE})")
_WHICH = re.compile(
    rf"(?:can you |please )*(?:list|show|name)(?: me)?(?: all)?(?: of)?(?: (?:the|my|your|our))? {_FILES}"
    rf"(?: (?:that )?{_WHO} (?:have|added|uploaded)| have)?{_HERE}"
    rf"|(?:what|which) {_FILES} ?(?:{_HELD}|are{_HERE})"
)
_PAGES = re.compile(
    r"how (?:many pages|long)(?: (?:does|do|has|have|is|are|there|in|of|the|document|file|pdf|report|contract|paper))*"
)


def of_library(question: str, entries: Sequence[Entry]) -> str | None:
    """The reply to a question about the library, which holds `entries`; None where it is about something else.

    None, too, of an empty one, of which there is more to say.
    """
    said = _plain(question)
    names = [entry.name for entry in entries]
    many = f"{len(names)} document{'' if len(names) == 1 else 's'}"
    if _HOW_MANY.fullmatch(said) or _WHICH.fullmatch(said):
        more = f", and {len(names) - LISTED} more" if len(names) > LISTED else ""
        return f"The library holds {many}: {', '.join(names[:LISTED])}{more}." if names else None
    name = named_document(question, names)
    if name and "pages" in said and _PAGES.fullmatch(_plain(unnamed(question, names))):
        pages = next(entry.pages for entry in entries if entry.name == name)
        return f"{name} has {pages} page{'' if pages == 1 else 's'}."
    return None


def _plain(question: str) -> str:
    return " ".join(re.sub(r"[^\w\s']", " ", question.casefold()).split())
