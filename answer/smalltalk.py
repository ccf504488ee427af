"""Greetings, thanks and "what can you do?": replied to in a sentence, without searching.

Only a message that is nothing but small talk counts: "Hello, who signed?" is a question.
"""

from __future__ import annotations

import re

from ingest.kinds import FILES

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
_KINDS = re.compile(
    r"(what|which) (kinds?|types?|sorts?|formats?) of (file|document)s? "
    r"(can|could|do|may) (i|you) (add|upload|read|use|open)"
)
_PRIVACY = re.compile(
    r"(does|will) (anything|something|my data|my documents?|what i (add|ask|upload)) (leave|get sent from) "
    r"(my|this|the) (machine|computer|laptop)|is (my data|anything) (safe|private|uploaded|sent( anywhere)?)"
)
_NO = re.compile(r"(no|nope|nah|never ?mind|forget it|that is all|that's all|nothing else)( thanks| thank you)?")
_YES = re.compile(r"(yes|yeah|yep|sure|please|go on|more|tell me more|continue)( please)?")


def small_talk(message: str, documents: int, *, begun: bool = False) -> str | None:
    """A fitting reply to a message that asks nothing of the documents; None where it does ask.

    `documents` is how many documents the library holds.  Once a conversation has `begun`, a bare "yes" asks
    for more; before, there is nothing that it could say yes to.
    """
    said = re.sub(r"\s+", " ", re.sub(r"[^\w\s']", " ", message)).strip().lower()
    if not said:
        return "Ask a question in words, and I will look for the answer in your documents."
    if _GREETING.fullmatch(said):
        return f"Hello. {_invitation(documents)}"
    if _THANKS.fullmatch(said):
        return "You're welcome. Ask on whenever you like."
    if _NO.fullmatch(said):
        return "All right. Ask on whenever you like."
    if _YES.fullmatch(said) and not begun:
        return "Ask a question first, and I will look for the answer in your documents."
    if _FAREWELL.fullmatch(said):
        return "Goodbye. This conversation stays in the list."
    if _ABILITY.fullmatch(said):
        return (
            "I answer questions from your own documents in their own words, and show the page that each answer "
            "comes from. I can also summarise a document. When your documents don't say, I tell you. "
            + _invitation(documents)
        )
    if _KINDS.fullmatch(said):
        return f"{FILES}. {_invitation(documents)}"
    if _PRIVACY.fullmatch(said):
        return "Nothing leaves the machine that I run on: your documents, your questions and the answers stay there."
    return None


def _invitation(documents: int) -> str:
    if not documents:
        return "Add a document first, then ask me about it."
    return f"Ask me something about your {'document' if documents == 1 else f'{documents} documents'}."
