"""Greetings, thanks and "what can you do?": replied to in a sentence, without searching.

Only a message that is nothing but small talk counts: "Hello, who signed?" is a question.
"""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"(hi|hello|hey|hallo|hola|bonjour|salut|ciao|good (morning|afternoon|evening|day)|greetings)"
    r"( (there|all|footnote))?"
)
_THANKS = re.compile(
    r"((ok|okay|great|perfect|cool|nice|good)\W+)?(many thanks|thanks|thank you|thx|cheers|merci|danke)"
    r"( (a lot|so much|very much|again|for (your|the) help))?|(ok|okay|great|perfect|cool|nice|good|got it)"
)
_FAREWELL = re.compile(r"(bye|goodbye|see you|good night)( (then|later|soon))?")
_ABILITY = re.compile(
    r"(what|how) (can|could|do) (you|i) (do|help|ask|ask you|use (you|this|it))( (for|with) me)?( here)?"
    r"|who are you|what are you|help|what is this|how does this work|how do you work"
)


def small_talk(message: str, documents: int) -> str | None:
    """A fitting reply to a message that asks nothing of the documents; None where it does ask.

    `documents` is how many documents the library holds.
    """
    said = re.sub(r"\s+", " ", re.sub(r"[^\w\s']", " ", message)).strip().lower()
    if not said:
        return "Ask a question in words, and I will look for the answer in your documents."
    if _GREETING.fullmatch(said):
        return f"Hello. {_invitation(documents)}"
    if _THANKS.fullmatch(said):
        return "You're welcome. Ask on whenever you like."
    if _FAREWELL.fullmatch(said):
        return "Goodbye. This conversation stays in the list."
    if _ABILITY.fullmatch(said):
        return (
            "I answer questions from your own documents in their own words, and show the page that each answer "
            "comes from. I can also summarise a document. When your documents don't say, I tell you. "
            + _invitation(documents)
        )
    return None


def _invitation(documents: int) -> str:
    if not documents:
        return "Add a document first, then ask me about it."
    return f"Ask me something about your {'document' if documents == 1 else f'{documents} documents'}."
