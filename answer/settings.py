"""Settings of answering, taken from the environment given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ingest.settings import number

from .confidence import fitted_threshold


@dataclass(frozen=True, slots=True)
class AnswerSettings:
    """`threshold`: the confidence below which the assistant declines; `passages`: how many it looks at."""

    threshold: float
    passages: int = 10

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> AnswerSettings:
        """FOOTNOTE_THRESHOLD (0 to 1) and FOOTNOTE_PASSAGES of `environment`, else what was fitted."""
        return cls(
            threshold=number(environment, "FOOTNOTE_THRESHOLD", fitted_threshold(), 0, 1),
            passages=int(number(environment, "FOOTNOTE_PASSAGES", 10, 1, 100)),
        )
