"""Limits on what is read, each taken from the environment given (never from a global)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .errors import SettingError

# A file is kept in a row of SQLite, which holds a billion bytes with all its columns (its SQLITE_MAX_LENGTH).
MOST_MEGABYTES = 990
ON, OFF = ("on", "yes", "1", "true"), ("off", "no", "0", "false")


def number(
    environment: Mapping[str, str], key: str, default: float, low: float, high: float, *, unset: str = ""
) -> float:
    """The number under `key`, or `default` where it is not set; `unset` says what that is, where it is no number.

    Raises SettingError, naming the key and the value, unless it is a number from `low` to `high`.
    """
    given = environment.get(key, "").strip()
    if not given:
        return default
    try:
        value = float(given)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        unset = unset or f"{default:g}"
        raise SettingError(f"{key} is {given!r}; set it to a number from {low:g} to {high:g}, or unset it for {unset}")
    return value


def switch(environment: Mapping[str, str], key: str, default: bool) -> bool:
    """Whether `key` is on or off, or `default` where it is not set.  Raises SettingError for anything else."""
    given = environment.get(key, "").strip().casefold()
    if given and given not in (*ON, *OFF):
        raise SettingError(f"{key} is {given!r}; set it to on or off, or unset it for {'on' if default else 'off'}")
    return given in ON if given else default


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.  A file over a limit fails with a message that names the limit.

    `ocr`: whether pages that are pictures of text are recognised.
    """

    megabytes: float = 100
    pages: int = 2_000
    characters: int = 20_000_000
    idle_seconds: float = 60
    total_seconds: float = 900
    reader_gigabytes: float = 2
    megapixels: float = 25
    ocr: bool = True

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Limits:
        """The limits that the FOOTNOTE_MAX_* variables of `environment` set; else the defaults."""

        def get(key: str, default: float, high: float) -> float:
            return number(environment, f"FOOTNOTE_MAX_{key}", default, 0.001, high)

        return cls(
            megabytes=get("FILE_MB", 100, MOST_MEGABYTES),
            pages=int(get("PAGES", 2_000, 1_000_000)),
            characters=int(get("CHARACTERS", 20_000_000, 1e9)),
            idle_seconds=get("IDLE_SECONDS", 60, 86_400),
            total_seconds=get("TOTAL_SECONDS", 900, 864_000),
            reader_gigabytes=get("READER_GB", 2, 1_000),
            megapixels=get("MEGAPIXELS", 25, 1_000),
            ocr=switch(environment, "FOOTNOTE_OCR", True),
        )
