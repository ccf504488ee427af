from pathlib import Path

import pytest

from bench.ablation import figure, found_of, rows_of, spent, table, worth
from index.embedder import HashingEmbedder
from index.library import Library
from index.settings import Settings


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ({"document": "a", "pages": [2]}, 1.0),
        ({"document": "b", "pages": [2]}, 0.0),
        ({"evidence": ["a", "b", "c"]}, 2 / 3),
        ({"answers": ["SIXTY states"]}, 1.0),
        ({"answers": ["sixty"]}, 1.0),
        ({"answers": ["six"]}, 0.0),
        ({"gist": ["The sixty states agreed", "all kings"]}, 2 / 3),
    ],
)
def test_the_worth_of_what_was_found(row: dict[str, object], value: float) -> None:
    assert worth(row, [("a", 1, "x"), ("a", 2, "sixty states signed"), ("b", 1, "y")]) == value


def test_only_the_first_five_pages_count_each_once() -> None:
    found = [("a", page, "") for page in (1, 1, 2, 3, 4, 5, 6)]
    assert worth({"document": "a", "pages": [5]}, found) == 1.0
    assert worth({"document": "a", "pages": [6]}, found) == 0.0


def test_every_part_is_left_out_in_turn_and_every_step_has_its_cost(tmp_path: Path) -> None:
    for name, text in (("cats.txt", "Cats sleep all day."), ("ships.txt", "Ships sail at dawn.")):
        (tmp_path / name).write_text(text, "utf-8")
    row = {"question": "When do ships sail?", "answers": ["dawn"]}
    with Library.open(
        tmp_path / "library", Settings(model="hashing"), create=True, embedder=HashingEmbedder()
    ) as library:
        assert [o.status for o in library.add([tmp_path / "cats.txt", tmp_path / "ships.txt"])] == ["added"] * 2
        found = [found_of(library, row)]
        assert figure(found) == 1.0
        parts = dict(rows_of(found))
        assert parts["words alone"] == 1.0
        assert "without `together`" in parts
        assert parts["all parts, over the better of the two alone"] == 0.0
        assert spent(library, [f"When do {n} ships sail?" for n in range(7)]).keys() >= {"the closer look", "in all"}


def test_a_table_is_markdown() -> None:
    assert table(["", "set"], [["all parts", 0.5]]) == "|  | set |\n| --- | --- |\n| all parts | 0.500 |"
