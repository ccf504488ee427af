"""What a reading has to say to its job, and the job to the reading."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from .nouns import Step

if TYPE_CHECKING:
    from .jobs import Jobs


class Watch:
    """Progress of one reading to its job's row, and the row's cancel mark back; at most 4 times a second.

    `first`: what ends it too, so that something else goes first.
    """

    def __init__(
        self, jobs: Jobs, key: int | None, stop: threading.Event, first: Callable[[], bool] = lambda: False
    ) -> None:
        self._jobs, self._key, self._stop, self._first = jobs, key, stop, first
        self._reported = self._asked = 0.0
        self._cancelled = False

    def report(self, step: Step) -> None:
        moment = time.monotonic()
        if self._key is not None and moment - self._reported > 0.25:
            self._reported = moment
            self._jobs.update(self._key, done=step.done, total=step.total)

    def cancelled(self) -> bool:
        moment = time.monotonic()
        if moment - self._asked > 0.25:
            self._asked = moment
            self._cancelled = self._first() or (self._key is not None and self._jobs.cancelled(self._key))
        return self._cancelled or self._stop.is_set()
