"""What keeps the memory of a program with a thread for every run of a page from growing."""

from __future__ import annotations

import ctypes
import gc
import sys

ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
ARENAS = 2


def few_arenas() -> None:
    """Let all threads share two heaps, where the system's library is glibc; elsewhere nothing.

    Else it makes up to eight a processor, one for each thread that meets others, and what one has let go of is not
    used by the others: each came to hold the scratch memory of a whole question.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # not in every C library
        if mallopt:
            mallopt(ARENA_MAX, ARENAS)


def settle() -> None:
    """Leave all that is there now out of garbage collection, for good.

    It is half a million objects once the models are loaded, and a collection of everything comes round only when a
    quarter as many new ones have outlived two smaller ones: what the page's sessions leave behind piled up for
    minutes, and each such collection held everybody up.
    """
    gc.collect()
    gc.freeze()
