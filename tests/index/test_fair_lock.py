"""Turns are taken in the order of asking, one at a time."""

import threading
import time

import pytest

from index.fair_lock import FairLock


def test_turns_come_in_the_order_of_asking_also_against_one_that_asks_again_at_once() -> None:
    lock, order = FairLock(), []
    threads = []

    def take(name: int) -> None:
        with lock:
            order.append(name)

    with lock:
        for name in range(5):
            threads.append(threading.Thread(target=take, args=(name,)))
            threads[-1].start()
            while len(lock._line) <= name:  # it stands in line
                time.sleep(0.001)
    take(5)  # asked last, by the thread that has just let go
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4, 5]


def test_one_at_a_time_holds_it() -> None:
    lock, inside, most = FairLock(), 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            with lock:
                inside += 1
                most = max(most, inside)
                time.sleep(0)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, lock._held, len(lock._line)) == (1, False, 0)


def test_an_error_lets_the_next_have_it() -> None:
    lock = FairLock()
    with pytest.raises(KeyError), lock:
        raise KeyError
    with lock:
        assert lock._held


@pytest.mark.parametrize("given", [False, True], ids=["still in line", "just given the lock"])
def test_whoever_is_interrupted_while_standing_in_line_keeps_nobody_out(
    monkeypatch: pytest.MonkeyPatch, given: bool
) -> None:
    lock = FairLock()

    class Interrupted:
        def __init__(self) -> None:
            self.taken = 0

        def acquire(self) -> None:
            self.taken += 1
            if self.taken > 1:
                if given:
                    lock.__exit__()  # by its holder
                raise KeyboardInterrupt

        def release(self) -> None: ...

    lock.__enter__()
    with monkeypatch.context() as patched:
        patched.setattr("index.fair_lock.threading.Lock", Interrupted)
        with pytest.raises(KeyboardInterrupt):
            lock.__enter__()
    if not given:
        lock.__exit__()
    free = threading.Thread(target=lock.__enter__)
    free.start()
    free.join(5)
    assert not free.is_alive()
