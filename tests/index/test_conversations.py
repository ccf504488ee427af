from typing import Any

import pytest

from index.conversations import FORGOTTEN
from ingest.errors import LibraryError


def test_a_conversation_is_there_after_a_restart_with_its_turns_in_order(open_library) -> None:
    first = open_library()
    key = first.conversations.create("Who signed?")
    first.conversations.append(key, "user", "Who signed?")
    first.conversations.append(key, "assistant", "Sixty states.[1]", {"citations": [{"document": "a.txt", "page": 1}]})
    first.close()
    again = open_library().conversations
    assert [(c.id, c.title) for c in again.list()] == [(key, "Who signed?")]
    assert [(t.role, t.text) for t in again.turns(key)] == [("user", "Who signed?"), ("assistant", "Sixty states.[1]")]
    assert again.turns(key)[1].payload == {"citations": [{"document": "a.txt", "page": 1}]}


def test_renaming_and_removing(library) -> None:
    talks = library.conversations
    one, two = talks.create("one"), talks.create("two")
    talks.rename(one, "uno")
    talks.remove(two)
    assert [c.title for c in talks.list()] == ["uno"]
    with pytest.raises(LibraryError, match="is not in the library any more"):
        talks.turns(two)
    with pytest.raises(LibraryError, match="is not in the library any more"):
        talks.append(two, "user", "hello")


def test_a_question_and_its_answer_are_kept_both_or_neither(library) -> None:
    talks = library.conversations
    key = talks.exchange(None, "Who signed?", "Sixty states.", {"found": True})
    assert talks.exchange(key, "And when?", "In 2025.", {}) == key
    assert [(c.id, c.title) for c in talks.list()] == [(key, "Who signed?")]
    assert [(t.role, t.text, t.payload) for t in talks.turns(key)] == [
        ("user", "Who signed?", {}),
        ("assistant", "Sixty states.", {"found": True}),
        ("user", "And when?", {}),
        ("assistant", "In 2025.", {}),
    ]
    with pytest.raises(TypeError):
        talks.exchange(None, "Who else?", "Nobody.", {"not JSON": object()})
    with pytest.raises(LibraryError, match="is not in the library any more"):
        talks.exchange(key + 1, "Who else?", "Nobody.", {})
    assert [c.title for c in talks.list()] == ["Who signed?"]
    assert len(talks.turns(key)) == 4


def test_answers_that_used_a_removed_document_lose_its_words(library, write) -> None:
    list(library.add([write("a.txt", "Sixty states signed."), write("b.txt", "Other words.")]))
    key = library.conversations.create("x")
    library.conversations.append(key, "assistant", "Sixty states signed.[1]", {"citations": [{"document": "a.txt"}]})
    library.conversations.append(key, "assistant", "Other words.[1]", {"passages": [{"document": "b.txt"}]})
    library.remove("a.txt")
    first, second = library.conversations.turns(key)
    assert "Sixty" not in first.text
    assert first.payload == {}
    assert (second.text, second.payload) == ("Other words.[1]", {"passages": [{"document": "b.txt"}]})


@pytest.mark.parametrize(
    ("payload", "kept"),
    [
        ({"citations": [{"document": "a.txt"}], "passages": [{"document": "a.txt"}]}, True),
        ({"citations": [{"document": "a.txt"}], "passages": [{"document": "gone.txt"}]}, False),
        ({"citations": [], "looking_first": {"documents": [{"document": "gone.txt"}]}}, False),
        ({}, True),
    ],
)
def test_an_answer_of_a_document_removed_meanwhile_is_not_kept(library, payload: dict[str, Any], kept: bool) -> None:
    library.add_upload("a.txt", b"The ketch sails at nine.")
    chat = library.conversations.exchange(None, "When?", "At nine.[1]", payload)
    question, answer = library.conversations.turns(chat)
    assert question.text == "When?"
    assert (answer.text, answer.payload) == (("At nine.[1]", payload) if kept else (FORGOTTEN, {}))
