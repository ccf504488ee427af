"""What is said where a file goes over one of its limits: the limit, its value, and how to raise it."""

from __future__ import annotations

from .errors import ReadError
from .settings import Limits


def over(what: str, limit: str, variable: str) -> ReadError:
    """The error for a file that is over `limit`, which the environment's `variable` sets."""
    return ReadError(f"{what}, more than the limit of {limit}; split it, or raise the limit with {variable}")


def check_size(size: int, limits: Limits) -> None:
    """Raises ReadError where a file of `size` bytes is larger than the limit."""
    if size > limits.megabytes * 1e6:
        raise over(f"it is {size / 1e6:.1f} MB", f"{limits.megabytes:g} MB", "FOOTNOTE_MAX_FILE_MB")


def check_pages(count: int, limits: Limits) -> None:
    """Raises ReadError where a file has more pages than the limit."""
    if count > limits.pages:
        raise over(f"it has {count} pages", f"{limits.pages} pages", "FOOTNOTE_MAX_PAGES")


def check_characters(count: int, limits: Limits) -> None:
    """Raises ReadError where a file holds more text than the limit."""
    if count > limits.characters:
        raise over(f"it holds {count} characters so far", f"{limits.characters}", "FOOTNOTE_MAX_CHARACTERS")
