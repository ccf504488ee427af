"""Threads share few heaps, and what is loaded is left out of garbage collection."""

import gc
import subprocess
import sys

import pytest

from answer.memory import settle

# Each of many threads at once takes memory too small for a mapping of its own; the heaps are named in malloc_info(3).
HEAPS = """
import ctypes, sys, tempfile, threading
from answer.memory import few_arenas
if sys.argv[1] == "few":
    few_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
together = threading.Barrier(12)
def work():
    together.wait()
    for _ in range(200):
        libc.malloc(ctypes.c_size_t(1000))
    together.wait()
threads = [threading.Thread(target=work) for _ in range(12)]
[t.start() for t in threads], [t.join() for t in threads]
libc.fopen.restype = ctypes.c_void_p
name = tempfile.mktemp()
file = ctypes.c_void_p(libc.fopen(name.encode(), b"w"))
libc.malloc_info(0, file), libc.fclose(file)
print(open(name).read().count("<heap nr="))
"""


def heaps(which: str) -> int:
    ran = subprocess.run([sys.executable, "-c", HEAPS, which], capture_output=True, text=True, check=True)
    return int(ran.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's heaps")
def test_threads_share_two_heaps() -> None:
    assert heaps("few") <= 2 < heaps("many")


def test_what_is_there_is_left_out_of_garbage_collection() -> None:
    before = gc.get_freeze_count()
    kept = [[] for _ in range(1000)]
    settle()
    assert gc.get_freeze_count() >= before + len(kept)
    gc.unfreeze()
