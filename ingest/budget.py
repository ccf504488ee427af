"""A budget of seconds for work on a file that may never end."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec

from .errors import Late

P = ParamSpec("P")


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


def until(seconds: float, tick: Callable[P, None]) -> Callable[P, None]:
    """`tick`, that is called again and again during some work, until so many seconds are over; then it raises Late."""
    end = time.monotonic() + seconds

    def checked(*args: P.args, **kwargs: P.kwargs) -> None:
        if time.monotonic() > end:
            raise Late("the time for one file was over before; raise FOOTNOTE_MAX_TOTAL_SECONDS, and add it again")
        tick(*args, **kwargs)

    return checked
