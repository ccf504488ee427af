"""How likely it is that the documents hold an answer: a logistic regression over a few named signs.

There are two, one for sentences that the reader pointed at and one for sentences chosen by similarity.  Their
coefficients stand in `confidence.json` beside this file, with the data they were fitted on, the cross-validated
figures and a reliability table each; `python -m bench.fit_confidence` makes it anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from index.nouns import Hit

from .evidence import Candidate
from .settings import Caution

FILE = Path(__file__).with_name("confidence.json")
# What an answer that the documents don't hold costs, in refusals of one that they do.  Every answer shows its page,
# so that a wrong one is soon seen through; a wrong refusal ends the search.
COSTS: dict[Caution, float] = {"strict": 2.0, "balanced": 0.5, "generous": 0.25}
Way = Literal["reader", "similarity"]


def way(ranked: Sequence[Candidate]) -> Way:
    """How the candidates were come by."""
    return "reader" if ranked and ranked[0].exact else "similarity"


def signs(hits: Sequence[Hit], ranked: Sequence[Candidate], absent: Sequence[str] = ()) -> dict[str, float]:
    """What the model looks at, each about 0 to 1.

    `ranked` are the candidates, best first; `absent` the names and numbers of the question that no document has.
    """
    if way(ranked) == "reader":
        return {**_signs_of_reader(ranked), "names_absent": float(bool(absent))}
    best = ranked[0] if ranked else None
    return {
        "passage_meaning": _cosine(hits, 0),
        "sentence_meaning": max((c.meaning for c in ranked), default=0.0),
        "chosen_meaning": best.meaning if best else 0.0,
        "chosen_words": best.words if best else 0.0,
        "passage_words": max((c.covered for c in ranked), default=0.0),
        "chosen_passage_words": best.covered if best else 0.0,
        "chosen_fits": float(best.fits) if best else 0.0,
        "passage_margin": _cosine(hits, 0) - _cosine(hits, 4),
    }


def _signs_of_reader(ranked: Sequence[Candidate]) -> dict[str, float]:
    """Few, since what tells near misses apart misleads where nothing comes near, and the other way round."""
    best, first = ranked[0], min(ranked, key=lambda c: c.hit.rank)
    answering = max(c.passage_odds for c in ranked)
    return {
        "first_passage": _tenth(first.passage_odds),
        "best_passage": _tenth(answering),
        "answering_meaning": _logistic(answering) * best.meaning,
        "sentence_meaning": max(c.meaning for c in ranked),
    }


def _cosine(hits: Sequence[Hit], place: int) -> float:
    """The cosine of the hit at `place` among them from the nearest; 0 without hits."""
    cosines = sorted((hit.cosine for hit in hits), reverse=True)
    return cosines[min(place, len(cosines) - 1)] if cosines else 0.0


def _tenth(odds: float) -> float:
    return max(-10.0, min(10.0, odds)) / 10


def _logistic(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, odds))))


@lru_cache(maxsize=1)
def fitted() -> dict[str, Any]:
    """The file: under "models" one for each way."""
    return dict(json.loads(FILE.read_text("utf-8")))


def confidence(hits: Sequence[Hit], ranked: Sequence[Candidate], absent: Sequence[str] = ()) -> float:
    """The probability (0 to 1) that the documents hold an answer; 0 where nothing at all was found."""
    if not ranked:
        return 0.0
    weights = fitted()["models"][way(ranked)]["coefficients"]
    total = weights["intercept"] + sum(weights[key] * value for key, value in signs(hits, ranked, absent).items())
    return _logistic(total)


def threshold(caution: Caution) -> float:
    """The confidence below which it costs less to decline: an answer costs cost * (1 - p), a refusal p."""
    return COSTS[caution] / (1 + COSTS[caution])
