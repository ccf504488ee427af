"""Settings of answering, taken from the environment given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from ingest.errors import SettingError
from ingest.settings import number

# How sure to be before answering: the stated cost of a wrong answer, in wrong refusals, is in `confidence.COSTS`.
Caution = Literal["strict", "balanced", "generous"]


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """`threshold`: the confidence below which the assistant declines, where it isn't left to `caution`.

    `passages`: how many are found for a question; `reader`: whether the reader is used.
    """

    threshold: float | None = None
    caution: Caution = "balanced"
    passages: int = 10
    reader: bool = True

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> AnswerSettings:
        """FOOTNOTE_THRESHOLD (0 to 1), FOOTNOTE_CAUTION, FOOTNOTE_PASSAGES and FOOTNOTE_READER of `environment`."""
        asked = number(environment, "FOOTNOTE_THRESHOLD", -1, 0, 1, unset="what FOOTNOTE_CAUTION says")
        return cls(
            threshold=None if asked < 0 else asked,
            caution=cast(Caution, _one_of(environment, "FOOTNOTE_CAUTION", get_args(Caution), "balanced")),
            passages=int(number(environment, "FOOTNOTE_PASSAGES", 10, 1, 100)),
            reader=_one_of(environment, "FOOTNOTE_READER", ("on", "off"), "on") == "on",
        )


def _one_of(environment: Mapping[str, str], key: str, allowed: tuple[str, ...], default: str) -> str:
    given = environment.get(key, "").strip().lower() or default
    if given not in allowed:
        raise SettingError(f"{key} is {given!r}; set it to {' or '.join(allowed)}, or unset it for {default}")
    return given
