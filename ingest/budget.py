"""A budget of seconds for work on a file that may never end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class OutOfTime(BaseException):
    """The budget is spent.  No Exception, so that no handler within a library swallows it."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Raises OutOfTime within the block after `seconds`; only a process's main thread can keep time so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
