"""Failpoints: the places in the write paths where a test or `bench.faults` stops the program, or lets a write fail.

Unset, a place costs one comparison, and connections are SQLite's own.  Set (`failpoints.act = …`, before the
library is opened), `act` is called with the name of each place as it is reached: every statement that writes
by its SQL, every other write by the name given to `reach`.  It may raise OSError or sqlite3.Error as the
system would, or never return.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

Act = Callable[[str], None]
act: Act | None = None

READS = ("SELECT", "PRAGMA", "BEGIN\0", "ROLLBACK")  # a reading begins and ends so


def reach(place: str) -> None:
    """Say that `place` is reached."""
    if act is not None:
        act(place)


class Watched(sqlite3.Connection):
    """A connection that says what it is about to write."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        _reach_write(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        _reach_write(sql)
        return super().executemany(sql, *values)


def _reach_write(sql: str) -> None:
    said = " ".join(sql.split())
    if not (said + "\0").startswith(READS) or "wal_checkpoint" in said:
        reach(said)


def connection_class() -> type[sqlite3.Connection]:
    """What connections are to be made of just now."""
    return sqlite3.Connection if act is None else Watched
