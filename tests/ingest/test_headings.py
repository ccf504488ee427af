"""The path of headings above a place."""

from ingest.headings import LONGEST, heading_paths
from ingest.nouns import Heading


def test_a_long_heading_is_cut_at_a_space_in_each_path_below_it() -> None:
    long = " ".join(["harbour"] * 1_000)
    path = heading_paths([Heading(1, long, 1, 0), Heading(2, "Fees", 1, 9_000)])
    cut = " ".join(["harbour"] * 37) + "…"  # 37 words with their spaces are 296 characters
    assert path(1, 0) == cut
    assert path(1, 9_001) == f"{cut} › Fees"


def test_a_heading_of_one_long_word_is_cut_within_it() -> None:
    path = heading_paths([Heading(1, "x" * 301, 1, 0)])
    assert path(1, 0) == "x" * (LONGEST - 1) + "…"


def test_a_heading_that_just_fits_is_whole() -> None:
    assert heading_paths([Heading(1, "x" * LONGEST, 1, 0)])(1, 0) == "x" * LONGEST
