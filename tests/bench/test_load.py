"""The load benches find what is wrong, and a small run of each finds nothing.  Nothing here depends on speed."""

from pathlib import Path

import pytest

from answer.assistant import NOT_ALL_READ
from bench import load_processes, load_users
from bench.load_processes import alike, judged, quiet, text_of


def act(what: str, name: str, begun: float, done: float) -> load_processes.Row:
    return {"what": what, "name": f"{name}.txt", "begun": begun, "done": done}


def search(own: str, begun: float, done: float, *found: str) -> load_processes.Row:
    hits = [[f"{name}.txt", "", 1.0] for name in found]
    return {"what": "search", "own": own and f"{own}.txt", "question": own, "hits": hits, "begun": begun, "done": done}


LIFE = [act("add", "a", 1, 2), act("remove", "a", 5, 6)]


@pytest.mark.parametrize(
    ("row", "stale", "missing"),
    [
        (search("a", 3, 4, "a"), 0, 0),
        (search("a", 3, 4), 0, 1),  # it was there
        (search("a", 3, 5.5), 0, 0),  # it may have gone
        (search("a", 7, 8), 0, 0),
        (search("a", 7, 8, "a"), 1, 0),  # it was gone
        (search("a", 5.5, 8, "a"), 0, 0),
        (search("a", 0, 0.5, "a"), 1, 0),  # it was not there yet
        (search("a", 1.5, 1.8), 0, 0),
        (search("", 3, 4), 0, 1),
        (search("", 3, 4, "a", "ghost"), 1, 0),  # it was never there
    ],
)
def test_a_search_is_held_against_what_was_there(row: load_processes.Row, stale: int, missing: int) -> None:
    figures = judged([*LIFE, row], 10)
    assert (len(figures.stale), len(figures.missing), figures.searches) == (stale, missing, 1)


def test_searches_between_changes_know_what_was_there() -> None:
    rows = [*LIFE, search("", 0.1, 0.9), search("", 1.5, 2.5), search("", 3, 4), search("", 7, 8)]
    assert [(row["begun"], set(there)) for row, there in quiet(rows)] == [(0.1, set()), (3, {"a.txt"}), (7, set())]


def test_results_are_alike_in_scores_and_above_the_last_in_names() -> None:
    one, other = [["a", "", 0.9], ["b", "", 0.5]], [["a", "", 0.9], ["c", "", 0.5]]
    assert alike(one, other)
    assert not alike(one, [["a", "", 0.8], ["b", "", 0.5]])
    assert not alike(one, [["c", "", 0.9], ["b", "", 0.5]])
    assert not alike(one, one[:1])


def test_a_document_has_a_word_of_its_own_and_is_the_same_again() -> None:
    assert text_of("mark1z.txt") == text_of("mark1z.txt") != text_of("mark2z.txt")
    assert text_of("mark1z.txt").count("mark1z") == 3


def test_few_processes_for_a_moment_meet_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = load_processes.run(tmp_path, 4.0, crew=(1, 1, 2))
    assert figures.faults == []
    assert min(figures.added, figures.searches, figures.repeated) > 0


def test_the_end_of_each_stack_trace_is_found_in_a_log() -> None:
    log = """2026-11-24 started
Traceback (most recent call last):
  File "a.py", line 1, in <module>
    first()
ValueError: one
 a line between
  Traceback (most recent call last):
    File "b.py", line 2, in second
KeyError: 'two'
done
"""
    one, two = load_users.traces(log)
    assert one.startswith("Traceback")
    assert one.endswith("first()\nValueError: one")
    assert two.endswith("KeyError: 'two'")


def test_a_refusal_is_the_same_whatever_number_of_documents_it_names_or_waits_for() -> None:
    one, two = ("Not here. Looked in 5 documents for a number.", "Not here. Looked in 12 documents for a number.")
    same = {load_users.told_of(answer) for answer in (one, two, f"{one} {NOT_ALL_READ}")}
    assert same == {"Not here. Looked for a number."}


@pytest.mark.browser
def test_two_people_for_a_moment_meet_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MODEL": "hashing", "READER": "off", "THRESHOLD": "0.01"}.items():
        monkeypatch.setenv(f"FOOTNOTE_{name}", value)
    monkeypatch.setattr(load_users, "EVERY", 1.0)
    figures = load_users.run(tmp_path, seconds=6.0, users=2, think=1.0, seed=1)
    assert figures.errors == []
    assert len(figures.waits) >= 2
    assert figures.changes >= 1
    assert len(figures.memory) >= 1
    assert figures.served > 0
    assert figures.visited > 0


def test_what_memory_is_kept_is_the_least_of_each_whole_minute() -> None:
    seen = [(0.0, 800.0), (30.0, 700.0), (59.9, 900.0), (60.0, 750.0), (130.0, 710.0)]
    assert load_users.kept(seen) == [700, 750]
    assert load_users.kept([]) == []


def test_a_last_minute_that_was_cut_short_does_not_make_memory_rise() -> None:
    level = [(60.0 * minute + second, 780.0 + second) for minute in range(12) for second in (1, 30)]
    figures = load_users.Figures(10, 720.0, 2.0, memory=[*level, (721.0, 861.0)])
    row = load_users.row(figures)
    assert row["memory_mb"] == [781] * 12
    assert (row["memory_slope_mb_a_minute"], row["memory_most_mb"]) == (pytest.approx(0), 861)


def test_a_slope_comes_with_how_sure_it_is() -> None:
    assert load_users.rise([(0, 1), (1, 3), (2, 5), (3, 7)]) == (pytest.approx(2), pytest.approx(0, abs=1e-6))
    assert load_users.rise([(0, 0), (1, 1), (2, 0), (3, 1)]) == (pytest.approx(0.2), pytest.approx(0.08**0.5))
    assert load_users.rise([(0, 0), (1, 1), (2, 0)]) == (None, None)
