"""Fit the confidence of an answer: `python -m bench.fit_confidence LIBRARY=QUESTIONS.jsonl …`

Each LIBRARY is a library's folder, each QUESTIONS.jsonl has a line a question: {"question", "answerable",
"documents" (optional)}.  Every set counts the same, however many questions it has.  There are two models, one
for sentences that the reader points at, one for sentences chosen by similarity.  What is fitted goes to
`answer/confidence.json`: coefficients, the sets with their sizes, and figures that are cross-validated in five
folds: the area under the ROC curve of each set and a reliability table.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from answer.assistant import Assistant
from answer.confidence import FILE, Way, fitted, signs
from answer.settings import AnswerSettings
from index.library import Library
from index.settings import Settings

Floats = NDArray[np.float64]
Row = tuple[dict[str, float], bool]
STRENGTH = 1.0  # of the data against the pull to 0, for signs of variance 1 and sets of weight 1 each
WAYS: tuple[Way, ...] = ("reader", "similarity")


def rows(pair: str, way: Way) -> Iterator[Row]:
    """The signs of every question of a set, and whether it is answerable."""
    folder, _, questions = pair.partition("=")
    with Library.open(Path(folder), Settings.of(os.environ)) as library:
        assistant = Assistant(library, AnswerSettings(reader=way == "reader"))
        for line in Path(questions).read_text("utf-8").splitlines():
            row = json.loads(line)
            found = assistant.evidence(row["question"], row.get("documents"))
            if found.ranked:
                yield signs(found.hits, found.ranked, found.absent), bool(row["answerable"])


def reliability(scores: Floats, answerable: NDArray[np.bool_], weights: Floats) -> list[dict[str, float]]:
    """For each tenth of the confidence: what was promised, and the share that came true."""
    table = []
    for low in np.arange(0.0, 1.0, 0.1):
        inside = (scores >= low) & (scores < low + 0.1)
        if inside.any():
            share = np.average(answerable[inside], weights=weights[inside])
            promised = np.average(scores[inside], weights=weights[inside])
            table.append({"said": round(float(promised), 3), "true": round(float(share), 3), "n": int(inside.sum())})
    return table


def fit(sets: dict[str, list[Row]]) -> dict[str, Any]:
    """One model: what `confidence.json` says of a way."""
    keys = list(next(iter(sets.values()))[0][0])
    x = np.array([[features[key] for key in keys] for rows_ in sets.values() for features, _ in rows_])
    y = np.array([answerable for rows_ in sets.values() for _, answerable in rows_])
    which = np.concatenate([np.full(len(rows_), i) for i, rows_ in enumerate(sets.values())])
    weights = np.concatenate([np.full(len(rows_), 1 / len(rows_)) for rows_ in sets.values()])
    regression = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    given = {"logisticregression__sample_weight": weights}
    odds = cross_val_predict(regression, x, y, cv=folds, method="decision_function", params=given)[:, None]
    # The pull to 0 makes the odds too tame: questions left out tell how much they have to be stretched.
    stretched = LogisticRegression(C=np.inf).fit(odds, y, sample_weight=weights)
    scores = stretched.predict_proba(odds)[:, 1]
    regression.fit(x, y, **given)
    scaler, fitted = regression[0], regression[1]
    stretch = stretched.coef_[0, 0]
    coefficients = stretch * fitted.coef_[0] / scaler.scale_
    intercept = stretch * fitted.intercept_[0] + stretched.intercept_[0] - coefficients @ scaler.mean_
    return {
        "sets": {
            name: {
                "questions": int((which == i).sum()),
                "answerable": int(y[which == i].sum()),
                "auroc": round(float(roc_auc_score(y[which == i], scores[which == i])), 3),
            }
            for i, name in enumerate(sets)
        },
        "reliability": reliability(scores, y, weights),
        "coefficients": {
            "intercept": round(float(intercept), 4),
            **{key: round(float(value), 4) for key, value in zip(keys, coefficients, strict=True)},
        },
    }


def main() -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("pairs", nargs="+", metavar="LIBRARY=QUESTIONS.jsonl")
    p.add_argument("--out", type=Path, default=FILE)
    p.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS, help="the others stay as they are")
    args = p.parse_args()
    names = [Path(pair.partition("=")[2]).stem for pair in args.pairs]
    made = {
        "made": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "by": "python -m bench.fit_confidence",
        "models": {
            way: fit({name: list(rows(pair, way)) for name, pair in zip(names, args.pairs, strict=True)})
            if way in args.ways
            else fitted()["models"][way]
            for way in WAYS
        },
    }
    args.out.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(made, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
