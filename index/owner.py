"""Whose a library is, where several people sign in to one Footnote."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

USERS = "users"  # the folder below the library's own that holds theirs
NOBODY = ""  # the owner of a library that was made without sign-in


@dataclass(frozen=True, slots=True)
class Owner:
    """A person who signed in: the `subject` is theirs alone at its `issuer` (OpenID Connect Core 1.0, 2)."""

    issuer: str
    subject: str

    @property
    def key(self) -> str:
        """The person as a library and its folder know them: a SHA-256, so nothing that is typed becomes a path."""
        return hashlib.sha256(json.dumps([self.issuer, self.subject]).encode()).hexdigest()

    def folder(self, root: Path) -> Path:
        """Where the person's library lies below the folder `root`."""
        return root / USERS / self.key
