"""How much one library may hold, checked where documents are stored."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.errors import LibraryError
from ingest.settings import number

STORED = "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM originals"
STAGED = "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM jobs WHERE bytes IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Quota:
    """The most that a library's originals may have together, in `megabytes`, and how many `documents` there may be."""

    megabytes: float = math.inf
    documents: float = math.inf

    @classmethod
    def of(cls, environment: Mapping[str, str], default: Quota) -> Quota:
        """FOOTNOTE_QUOTA_MB and FOOTNOTE_QUOTA_DOCUMENTS of `environment`, else the default's.  Raises SettingError."""
        return cls(
            number(environment, "FOOTNOTE_QUOTA_MB", default.megabytes, 0, 1e9),
            number(environment, "FOOTNOTE_QUOTA_DOCUMENTS", default.documents, 0, 1e9),
        )

    def check(self, connection: sqlite3.Connection, size: int, *, leaving: int | None = None) -> None:
        """Raises LibraryError where another document of `size` bytes is too much, beside what is stored.

        `leaving` is the serial of a document that it takes the place of.  The connection is in a transaction.
        """
        if self == UNLIMITED:
            return
        count, used = connection.execute(STORED).fetchone()
        if leaving is not None:
            left = "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM originals WHERE document = ?"
            gone = connection.execute(left, (leaving,)).fetchone()
            count, used = count - gone[0], used - gone[1]
        self._refuse(count, used, size)

    def check_staged(self, connection: sqlite3.Connection, size: int) -> None:
        """The same, beside what is stored and what waits in line to be."""
        if self == UNLIMITED:
            return
        stored, staged = (connection.execute(query).fetchone() for query in (STORED, STAGED))
        self._refuse(stored[0] + staged[0], stored[1] + staged[1], size)

    def _refuse(self, count: int, used: int, size: int) -> None:
        if count + 1 > self.documents:
            raise LibraryError(
                f"the library holds {count} documents, those on their way included, and may hold {self.documents:g}; "
                "remove one first, or raise FOOTNOTE_QUOTA_DOCUMENTS"
            )
        if used + size > self.megabytes * 1e6:
            raise LibraryError(
                f"it has {size / 1e6:.1f} MB, the library holds {used / 1e6:.1f} MB of the {self.megabytes:g} MB that "
                "it may; remove a document first, or raise FOOTNOTE_QUOTA_MB"
            )


UNLIMITED = Quota()
SIGNED_IN = Quota(megabytes=2_000, documents=2_000)  # of each person, where people sign in
