"""What became of one file that was to be stored."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace

from ingest.errors import FootnoteError, PasswordError, failed

from .nouns import Outcome

_log = logging.getLogger("footnote")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file's outcome, and the id of the document whose vectors are still to come (None: nothing to wait for).

    `locked`: it failed for want of the right password.  `later`: it holds pictures that are still to be recognised.
    """

    outcome: Outcome
    waits_for: str | None = None
    locked: bool = False
    later: bool = False


class Stopped(Exception):
    """The adding was cancelled."""


def not_added(path: str, error: Exception) -> Stored:
    """A file that could not be added, and why; what nobody foresaw goes into the log whole."""
    if not isinstance(error, FootnoteError):
        _log.error("adding a file failed", exc_info=error)
        error = failed(error)
    return Stored(Outcome(path, None, "failed", str(error)), locked=isinstance(error, PasswordError))


def timed(stored: Stored, path: str, started: float) -> Stored:
    """The same, with its path and the seconds since `started`."""
    return replace(stored, outcome=replace(stored.outcome, path=path, seconds=time.monotonic() - started))
