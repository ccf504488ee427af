"""The limits that the environment sets are bounded by what can be kept."""

import sqlite3

import pytest

from ingest.errors import SettingError
from ingest.settings import MOST_MEGABYTES, Limits


def test_the_largest_file_that_may_be_allowed_fits_into_a_row_of_sqlite() -> None:
    assert Limits.of({"FOOTNOTE_MAX_FILE_MB": "990"}).megabytes == MOST_MEGABYTES == 990
    assert sqlite3.connect(":memory:").getlimit(sqlite3.SQLITE_LIMIT_LENGTH) > MOST_MEGABYTES * 1e6
    with pytest.raises(SettingError, match=r"FOOTNOTE_MAX_FILE_MB is '4000'; set it to .* from 0\.001 to 990"):
        Limits.of({"FOOTNOTE_MAX_FILE_MB": "4000"})
