import time

import pytest

from ingest import budget as budget_module
from ingest.budget import OutOfTime, budget, until
from ingest.errors import Late


def test_what_takes_longer_than_the_budget_is_ended() -> None:
    with pytest.raises(OutOfTime), budget(0.05):
        time.sleep(60)


def test_what_is_done_in_time_is_left_alone() -> None:
    with budget(30):
        done = True
    time.sleep(0)
    assert done


def test_a_tick_goes_on_until_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now, told = 100.0, []
    monkeypatch.setattr(budget_module.time, "monotonic", lambda: now)
    tick = until(5, told.append)
    now = 105.0
    tick("in time")
    now = 105.1
    with pytest.raises(Late, match="FOOTNOTE_MAX_TOTAL_SECONDS"):
        tick("late")
    assert told == ["in time"]
