"""How likely it is that the documents hold an answer: a logistic regression over a few named signs.

The coefficients stand in `confidence.json` beside this file, with the data they were fitted on, the
cross-validated figures and a reliability table; `python -m bench.fit_confidence` makes it anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from index.nouns import Hit

from .evidence import Candidate

FILE = Path(__file__).with_name("confidence.json")


def signs(hits: Sequence[Hit], ranked: Sequence[Candidate]) -> dict[str, float]:
    """What the model looks at, each about 0 to 1.  `ranked` are the candidates, best first."""
    best = ranked[0] if ranked else None
    cosines = sorted((hit.cosine for hit in hits), reverse=True)
    return {
        "passage_meaning": cosines[0] if cosines else 0.0,
        "sentence_meaning": max((c.meaning for c in ranked), default=0.0),
        "chosen_meaning": best.meaning if best else 0.0,
        "chosen_words": best.words if best else 0.0,
        "passage_words": max((c.covered for c in ranked), default=0.0),
        "chosen_passage_words": best.covered if best else 0.0,
        "chosen_fits": float(best.fits) if best else 0.0,
        "passage_margin": cosines[0] - cosines[min(4, len(cosines) - 1)] if cosines else 0.0,
    }


@lru_cache(maxsize=1)
def model() -> dict[str, float]:
    """The coefficient of each sign, and "intercept"."""
    return {key: float(value) for key, value in json.loads(FILE.read_text("utf-8"))["coefficients"].items()}


def confidence(hits: Sequence[Hit], ranked: Sequence[Candidate]) -> float:
    """The probability (0 to 1) that the documents hold an answer; 0 where nothing at all was found."""
    if not ranked:
        return 0.0
    weights = model()
    total = weights["intercept"] + sum(weights[key] * value for key, value in signs(hits, ranked).items())
    return 1.0 / (1.0 + math.exp(-total))


def fitted_threshold() -> float:
    """The confidence below which it is better to decline, as fitted (see the file for its cost)."""
    return float(json.loads(FILE.read_text("utf-8"))["threshold"])
