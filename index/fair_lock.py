"""A lock that threads get in the order in which they ask for it."""

from __future__ import annotations

import threading
from collections import deque


class FairLock:
    """`threading.Lock` goes to whoever comes at the right moment, mostly the thread that has just let go of it: one
    that takes it again and again, to make a whole document's vectors, kept those with one question waiting."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._line: deque[threading.Lock] = deque()  # each locked until its turn comes

    def __enter__(self) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        try:
            turn.acquire()
        except BaseException:  # an interrupt while standing in line
            with self._guard:
                given = turn not in self._line
                if not given:
                    self._line.remove(turn)
            if given:
                self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._line:
                self._line.popleft().release()
            else:
                self._held = False
