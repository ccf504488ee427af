"""What the sidebar says of a file on its way in."""

from types import SimpleNamespace

import pytest

from index.library import Library
from index.nouns import Job, Outcome
from tests.ui.page import add, asked, page
from ui import sidebar
from ui.sidebar import row


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (Job(1, "a.pdf", "waiting", 0, 0, "waiting", None), "a.pdf: waiting"),
        (Job(1, "a.pdf", "reading", 0, 0, "reading", None), "Reading a.pdf"),
        (Job(1, "a.pdf", "reading", 3, 9, "reading", None), "Reading a.pdf: page 3 of 9"),
        (Job(1, "a.pdf", "words", 2, 8, "", None), "a.pdf: searchable by words, 2 of 8 passages by meaning"),
        (Job(1, "a.pdf", "done", 8, 8, "", Outcome("a.pdf", "a.pdf", "added")), "Added a.pdf"),
        (
            Job(1, "a.pdf", "done", 8, 8, "", Outcome("a.pdf", "a.pdf", "unchanged")),
            "Added a.pdf: it was in the library already",
        ),
        (Job(1, "a.pdf", "done", 8, 8, "", Outcome("a.pdf", "a (2).pdf", "added")), "Added a.pdf as a (2).pdf"),
        (
            Job(1, "a.pdf", "done", 8, 8, "", Outcome("a.pdf", "b.pdf", "unchanged")),
            "Added a.pdf: it was in the library already as b.pdf",
        ),
        (
            Job(1, "a.pdf", "done", 8, 8, "", Outcome("a.pdf", "a.pdf", "added", warnings=("Page 2 has no text",))),
            "Added a.pdf. Page 2 has no text",
        ),
        (Job(1, "a.pdf", "failed", 0, 0, "Could not add a.pdf: it is empty", None), "Could not add a.pdf: it is empty"),
        (
            Job(1, "a.pdf", "locked", 0, 0, "Could not add a.pdf: it is protected by a password; …", None),
            "Could not add a.pdf: it is protected by a password; give it below",
        ),
        (
            Job(1, "a.pdf", "locked", 0, 0, "Could not add a.pdf: the password does not open it; …", None),
            "Could not add a.pdf: that password does not open it, so the right one is needed; give it below",
        ),
        (Job(1, "a.pdf", "cancelled", 0, 0, "cancelled", None), "a.pdf: cancelled, nothing was added"),
    ],
)
def test_each_state_is_said_with_the_files_name(job: Job, said: str) -> None:
    assert row(job)["text"] == said
    assert row(job)["over"] == (job.state in ("done", "failed", "locked", "cancelled"))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (set(), "Asking in all documents"),
        ({"gone.txt"}, "Asking in all documents"),
        ({"harbour.txt"}, "Asking in 1 of 2 documents"),
        ({"harbour.txt", "castle.txt"}, "Asking in no document: choose one below"),
    ],
)
def test_the_sidebar_says_which_documents_are_asked(library: Library, left_out: set[str], said: str) -> None:
    add(library, harbour="The harbour master is Jon Vane.", castle="It lies inland.")
    shown = page()
    shown.session_state["left_out"] = left_out
    shown.run()
    assert [c.value for c in shown.sidebar.caption] == [said]


@pytest.mark.parametrize("question", ["Who is the harbour master?", "Summarise this document", "What can you do?"])
def test_a_question_asked_in_no_document_does_not_fail(library: Library, question: str) -> None:
    add(library, harbour="The harbour master is Jon Vane.")
    shown = page()
    shown.session_state["left_out"] = {"harbour.txt"}
    shown.chat_input(key="question").set_value(question).run()
    assert not shown.exception
    assert not shown.error
    assert not shown.warning
    assert asked(library) == [question]


class DrawnAnew(Exception):
    pass


@pytest.mark.parametrize(("closed", "over"), [(True, False), (False, True)])
def test_a_tab_left_open_is_drawn_anew_where_its_library_is_closed_or_its_sign_in_over(
    closed: bool, over: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rerun() -> None:
        raise DrawnAnew

    monkeypatch.setattr(sidebar.st, "rerun", rerun)
    monkeypatch.setattr(sidebar.st, "session_state", SimpleNamespace(drawing=False))
    monkeypatch.setattr(sidebar.sign_in, "over", lambda: over)
    with pytest.raises(DrawnAnew):
        sidebar._contents(SimpleNamespace(closed=closed), filled=True)


@pytest.mark.parametrize(
    ("unread", "said"), [(True, "The first documents are being read."), (False, "No documents yet.")]
)
def test_a_library_whose_first_documents_are_being_read_says_so(
    unread: bool, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    captions: list[str] = []
    monkeypatch.setattr(sidebar.st, "session_state", {})
    monkeypatch.setattr(sidebar.st, "markdown", lambda text: None)
    monkeypatch.setattr(sidebar.st, "caption", captions.append)
    sidebar.documents(SimpleNamespace(entries=list, unread=lambda: unread))
    assert captions == [said]
