"""Mutated files: each is read, or refused with a sentence.  FOOTNOTE_FUZZ sets how many (60)."""

import os
import random
from pathlib import Path

from bench.fuzz import fuzz, mutated, seeds

FILES = int(os.environ.get("FOOTNOTE_FUZZ", "60"))


def test_every_mutated_file_is_reported_and_none_brings_down_the_reader(tmp_path: Path) -> None:
    figures = fuzz(tmp_path, FILES, seed=3)
    assert figures.faults == []
    assert figures.tried == figures.read + figures.refused == FILES
    assert figures.read
    assert figures.refused


def test_the_same_seed_makes_the_same_files() -> None:
    name, data = seeds()[-3]
    one, two = (mutated(data, random.Random(5)) for _ in range(2))
    assert one == two != data, name
