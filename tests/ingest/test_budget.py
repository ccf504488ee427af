import time

import pytest

from ingest.budget import OutOfTime, budget


def test_what_takes_longer_than_the_budget_is_ended() -> None:
    with pytest.raises(OutOfTime), budget(0.05):
        time.sleep(60)


def test_what_is_done_in_time_is_left_alone() -> None:
    with budget(30):
        done = True
    time.sleep(0)
    assert done
