import pytest

from index.table_labels import asked, labels, named


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Harbour dues payable\t1,204\t(988)", "Harbour dues payable"),
        ("Total boats $ 83 $ 131", "Total boats"),
        ("Fare per passenger (2) $ 0.59 $ (0.52)", "Fare per passenger"),
        ("Fares as a % of sales (1)\t21.4 %\t22.5 %", "Fares as a % of sales"),
        ("Loss of a ferry\t—\t—\t(25)", "Loss of a ferry"),
        ("Boats: 12 14", "Boats"),
        ("Safety at sea\t45", None),
        ("Safety at sea 45", None),
        ("In 2015 we had 3 boats", None),
        ("The fares rose by 4.5 % in spring", None),
        ("2015 2014 2013", None),
    ],
)
def test_a_row_has_a_label_where_nothing_but_amounts_follows_it(line: str, label: str | None) -> None:
    assert list(labels(line)) == ([label] if label else [])


TABLE = "Harbour dues\t1,204\t988\nHarbour dues payable\t13\t14\nTotal\t1,217\t1,002"


@pytest.mark.parametrize(
    ("words", "share"),
    [
        (["tern", "harbour", "dues", "payable"], 0.75),
        (["tern", "dues", "harbour"], 2 / 3),
        (["dues", "payable"], 0.0),
        (["totals", "tern"], 0.5),
        ([], 0.0),
    ],
)
def test_a_row_is_named_by_a_question_that_has_all_words_of_its_label(words: list[str], share: float) -> None:
    assert named(TABLE, asked(dict.fromkeys(words, 1.0))) == pytest.approx(share)


@pytest.mark.parametrize(("row", "question"), [("Inventories", "inventory"), ("Losses", "loss"), ("Gas", "gas")])
def test_a_row_is_named_in_the_singular_or_the_plural(row: str, question: str) -> None:
    assert named(f"{row}\t1,204\t988", asked({question: 1.0})) == 1.0
