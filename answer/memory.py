"""What keeps the memory of a program with a thread for every run of a page from growing."""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import time
from collections.abc import Callable
from functools import cache

ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
ARENAS = 2
EVERY = 30.0  # seconds between two times that free memory is given back


def few_arenas() -> None:
    """Let all threads share two heaps, where the system's library is glibc; elsewhere nothing.

    Else it makes up to eight a processor, one for each thread that meets others, and what one has let go of is not
    used by the others: each came to hold the scratch memory of a whole question.
    """
    if mallopt := _function("mallopt"):
        mallopt(ARENA_MAX, ARENAS)


@cache
def give_back_at_times() -> threading.Thread | None:
    """From now on, give the system what is free within the heaps every now and then; the thread that does it.

    Else a heap only ever shrinks at its end, and what questions and batches work with leaves holes all over it.
    """
    trim = _function("malloc_trim")
    if not trim:
        return None

    def at_times() -> None:
        while True:
            time.sleep(EVERY)
            trim(0)

    thread = threading.Thread(target=at_times, name="footnote-memory", daemon=True)
    thread.start()
    return thread


def _function(name: str) -> Callable[..., int] | None:
    """One of glibc's own functions; None on another system, or with another C library."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def settle() -> None:
    """Leave all that is there now out of garbage collection, for good.

    It is half a million objects once the models are loaded, and a collection of everything comes round only when a
    quarter as many new ones have outlived two smaller ones: what the page's sessions leave behind piled up for
    minutes, and each such collection held everybody up.
    """
    gc.collect()
    gc.freeze()
