"""Who may sign in, of all whom the provider knows: addresses and domains that whoever runs Footnote has named.

At many providers anybody can have an account, so nobody is let in until FOOTNOTE_ALLOWED says who.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from ingest.errors import SettingError
from ingest.settings import switch

KEY = "FOOTNOTE_ALLOWED"
UNVERIFIED = "FOOTNOTE_ALLOWED_UNVERIFIED"
EVERYBODY = "*"
# One @ and nothing that separates addresses: what a provider calls an address and isn't one matches nothing.
_PART = r'[^\s@,;:*<>()"\\]+'
_ADDRESS = re.compile(f"{_PART}@{_PART}")
_ENTRY = re.compile(f"(?:{_PART})?@{_PART}")
# ASCII alone: other letters, made small, can become another's (the Kelvin sign becomes a k).
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(frozen=True, slots=True)
class Allowed:
    """`names`: addresses (`ada@example.org`) and domains (`@example.org`); None for everybody.

    `unverified`: an address counts too where the provider doesn't say whether it is verified.
    """

    names: frozenset[str] | None = frozenset()
    unverified: bool = False

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Allowed:
        """What FOOTNOTE_ALLOWED and FOOTNOTE_ALLOWED_UNVERIFIED say; unset, nobody.

        Raises SettingError where an entry is neither an address nor a domain.
        """
        entries = re.split(r"[\s,;]+", environment.get(KEY, "").strip(" \t\n,;"))
        unverified = switch(environment, UNVERIFIED, False)
        if entries == [EVERYBODY]:
            return cls(None, unverified)
        for entry in entries:
            if entry and not (_ENTRY.fullmatch(entry) and entry.isprintable()):
                raise SettingError(
                    f"{KEY} holds {entry!r}; set it to addresses and domains such as ada@example.org @example.org, "
                    f"or to {EVERYBODY} alone for everybody whom the provider lets in"
                )
        return cls(frozenset(_folded(entry) for entry in entries if entry), unverified)

    @property
    def trouble(self) -> str:
        """Why nobody may sign in, and what to do; empty where somebody may."""
        if self.names == frozenset():
            return (
                f"nobody may sign in yet: set {KEY} to the addresses and domains of those who may (see the README), "
                f"or to {EVERYBODY} for everybody whom the provider lets in"
            )
        return ""

    def refusal(self, claims: Mapping[str, Any]) -> str:
        """Why the person with these claims of an identity token may not come in; empty where they may."""
        if self.names is None:
            return ""
        address = claims.get("email")
        if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
            return "Your sign-in tells Footnote no e-mail address, and it lets people in by their address."
        said = claims.get("email_verified")
        if not (said is True or (said is None and self.unverified)):
            return (
                f"Your sign-in doesn't say that the address {address} is verified to be yours, so Footnote can't let "
                "you in by it."
            )
        folded = _folded(address)
        if folded in self.names or folded[folded.index("@") :] in self.names:
            return ""
        return f"{address} is not among those who may use this Footnote."


def _folded(address: str) -> str:
    return address.translate(_SMALL)
