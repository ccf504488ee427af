"""Counts and page numbers in words."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, one: str, many: str = "") -> str:
    """ "1 picture", "3 pictures"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def some(noun: str, numbers: Sequence[int], most: int = 8) -> str:
    """The noun and its numbers, the first few of them: "pages 2, 3 and 5"."""
    shown = [str(number) for number in numbers[:most]]
    if len(numbers) > most:
        shown.append(f"{len(numbers) - most} more")
    return f"{noun} {shown[0]}" if len(shown) == 1 else f"{noun}s {', '.join(shown[:-1])} and {shown[-1]}"
