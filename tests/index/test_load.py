"""Many ask while one adds and removes: each answer is that of the library before or after a change, and of no other.

FOOTNOTE_CHANGES sets how many documents come and go (3).
"""

import os
import threading

from index.library import Library

CHANGES = int(os.environ.get("FOOTNOTE_CHANGES", "3"))
ASKING = 32
QUESTIONS = ["when do ships sail", "gulls nest", "paragraph 3 of file 2", "cliffs and mark5"]

Hits = list[tuple[str, str, float]]


def found(library: Library, question: str) -> Hits:
    return [(h.name, h.passage.text, h.score) for h in library.search(question, 5)]


def text(number: int) -> bytes:
    parts = [f"Paragraph {i} of file {number}: mark{number} ships sail, gulls nest. " * 9 for i in range(4)]
    return "\n\n".join(parts).encode()


def test_every_answer_is_that_of_one_state(open_library) -> None:
    changing, counting = open_library(), open_library()
    for number in range(3):
        changing.add_upload(f"{number}.txt", text(number))
    states = [{q: found(counting, q) for q in QUESTIONS}]
    failures: list[object] = []
    ended = threading.Event()
    asked = [0] * ASKING

    def settled() -> None:
        """Nobody else writes, so what is found now is right for this state."""
        states.append({q: found(counting, q) for q in QUESTIONS})

    def ask(number: int) -> None:
        library = changing if number % 2 else others[number % len(others)]
        while not ended.is_set() and not failures:
            question = QUESTIONS[asked[number] % len(QUESTIONS)]
            before = len(states) - 1
            try:
                hits = found(library, question)
            except BaseException as error:  # noqa: BLE001 - an error is what this test looks for
                failures.append(error)
                return
            seen.append((question, before, len(states), hits))
            asked[number] += 1

    others = [open_library() for _ in range(3)]
    seen: list[tuple[str, int, int, Hits]] = []
    threads = [threading.Thread(target=ask, args=(n,)) for n in range(ASKING)]
    for thread in threads:
        thread.start()
    for number in range(3, 3 + CHANGES):
        stored = changing.adder.store_upload(f"{number}.txt", text(number), None, None, None)
        assert stored.outcome.status == "added"
        settled()
        while changing.adder.embed():
            pass
        settled()
        changing.remove(f"{number - 3}.txt")
        settled()
    ended.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert all(asked)
    for question, before, after, hits in seen:
        # The change after the last that was counted may have happened already.
        assert hits in [state[question] for state in states[before : after + 1]], (question, before, after)
    assert changing.check().problems == ()
