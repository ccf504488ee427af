"""The page that measures, without a browser: questions come in, are corrected, asked, and the figures shown."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from index.library import Library
from index.settings import Settings
from ui.plain import plain


def script(folder: str) -> None:
    from pathlib import Path as Folder

    import index.library
    import index.settings
    from answer.assistant import Assistant
    from answer.settings import AnswerSettings
    from ui import navigation, quality

    settings = index.settings.Settings(model="hashing")
    with index.library.Library.open(Folder(folder), settings) as library:
        assistant = Assistant(library, AnswerSettings(threshold=0.05))
        place = navigation.Place("Quality", lambda: quality.show(library, assistant))
        navigation.run({navigation.CHAT: place}, lambda: lambda: None)


@pytest.fixture
def page(tmp_path: Path) -> AppTest:
    folder = tmp_path / "library"
    with Library.open(folder, Settings(model="hashing"), create=True) as library:
        library.add_upload("harbour.txt", b"The harbour master is a retired captain. Boats pay twelve crowns a night.")
        library.add_upload(
            "castle.txt", b"The castle is a ruin on the northern hill. Visitors climb ninety stone steps."
        )
    return AppTest.from_function(script, default_timeout=30, kwargs={"folder": str(folder)}).run()


def table(shown: AppTest, column: str, number: int = 0) -> list[object]:
    return list(shown.dataframe[number].value[column])


def test_drafted_questions_are_asked_and_their_figures_shown(page: AppTest) -> None:
    assert not page.exception
    page.button(key="draft").click().run()
    page.button(key="check").click().run()
    assert not page.exception
    figures = dict(zip(table(page, "figure", -1), table(page, "value", -1), strict=True))
    assert figures["right passage among the first 5"] == "100 %"
    assert page.markdown[-1].value == "### Failed · 0 of 2"


def test_a_file_of_questions_is_asked_and_what_failed_is_listed(page: AppTest) -> None:
    text = b"question,expected answer\nWhat do boats pay?,twelve crowns\nWhat do visitors climb?,a rope\n"
    page.file_uploader[0].set_value(("mine.csv", text, "text/csv")).run()
    page.button(key="check").click().run()
    assert not page.exception
    assert page.markdown[-1].value == "### Failed · 1 of 2"
    assert table(page, "question", -1) == ["What do visitors climb?"]


def test_a_file_that_can_not_be_used_says_why(page: AppTest) -> None:
    page.file_uploader[0].set_value(("mine.csv", b"ask\nWho?\n", "text/csv")).run()
    assert not page.exception
    assert "no column named question" in page.error[0].value
    page.file_uploader[0].set_value(("other.csv", "question\nüber\n".encode("latin-1"), "text/csv")).run()
    assert "not in UTF\\-8" in page.error[0].value or "not in UTF-8" in page.error[0].value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"question\n{'x' * 131_073}\n", "line 2 can't be read"),
        ("question,document,page\nWho?,harbour.txt,99999999999999999999\n", "is no page number"),
    ],
)
def test_a_file_with_a_cell_that_can_not_be_used_says_where(page: AppTest, text: str, said: str) -> None:
    page.file_uploader[0].set_value(("mine.csv", text.encode(), "text/csv")).run()
    assert not page.exception
    assert plain(said) in page.error[0].value


def test_a_file_with_the_line_ends_of_old_macs_is_read(page: AppTest) -> None:
    page.file_uploader[0].set_value(("mine.csv", b"question\rWho?\rWhy?\r", "text/csv")).run()
    assert not page.exception
    assert not page.error
    assert table(page, "question") == ["Who?", "Why?"]


def test_a_page_typed_without_a_document_is_said(page: AppTest) -> None:
    rows = {"question": ["What do boats pay?"], "expected answer": ["twelve crowns"], "document": [""], "page": [2]}
    page.button(key="empty").click().run()
    page.session_state["questions_table"] = pd.DataFrame(rows)
    page.run()
    page.button(key="check").click().run()
    assert not page.exception
    assert plain("line 2 names page 2 and no document") in page.error[0].value


def test_a_document_that_is_not_there_is_said(page: AppTest) -> None:
    text = b"question,document\nWhat do boats pay?,gone.pdf\n"
    page.file_uploader[0].set_value(("mine.csv", text, "text/csv")).run()
    page.button(key="check").click().run()
    assert "gone" in page.error[0].value
    assert len(page.dataframe) <= 1
