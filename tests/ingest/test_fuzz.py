"""Mutated files: each is read, or refused with a sentence.  FOOTNOTE_FUZZ sets how many (60)."""

import io
import os
import random
import zipfile
from pathlib import Path

from bench.fuzz import fuzz, mutated
from bench.fuzz_files import seeds
from ingest.kinds import ENDINGS

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


def test_every_kind_of_file_is_mutated() -> None:
    assert {ENDINGS[Path(name).suffix] for name, _ in seeds()} == set(ENDINGS.values())


def test_an_archive_is_changed_within_and_stays_one() -> None:
    data = dict(seeds())["word.docx"]
    made = [mutated(data, random.Random(seed)) for seed in range(10)]
    assert all(changed != data for changed in made)
    assert sum(zipfile.is_zipfile(io.BytesIO(changed)) for changed in made) >= 5
