"""How much address space this process takes, and how much it may."""

from __future__ import annotations

import resource
from contextlib import suppress
from pathlib import Path


def address_space() -> int:
    """This process's address space in bytes; 0 where the system does not tell it."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def limit_memory(size: int) -> None:
    """Let the address space grow to `size` bytes at most; where the system does not allow it, do without."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size if hard == resource.RLIM_INFINITY else min(size, hard), hard))


def memory_limit() -> int | None:
    """The bytes that the address space may grow to; None where there is no limit."""
    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if soft == resource.RLIM_INFINITY else soft
