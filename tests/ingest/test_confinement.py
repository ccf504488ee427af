"""What a confined process can still do: read files and think."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.confinement import OPEN_FILES

ROOT = Path(__file__).resolve().parents[2]

TRIES = r"""
import ctypes, json, os, resource, socket, subprocess, sys, threading
from ingest.confinement import confine, limit_processor

folder = sys.argv[1]
granted = confine()
found = {"granted": granted}

def attempt(name, act):
    try:
        act()
        found[name] = "done"
    except OSError as error:
        found[name] = error.errno

def all_of_it():
    attempt("inet", lambda: socket.socket(socket.AF_INET))
    attempt("inet6", lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
    attempt("unix", lambda: socket.socket(socket.AF_UNIX))
    attempt("program", lambda: os.execv("/bin/true", ["true"]))
    attempt("child program", lambda: subprocess.run(["/bin/true"]))
    attempt("write", lambda: open(folder + "/new", "w"))
    attempt("overwrite", lambda: open(folder + "/old", "r+"))
    attempt("remove", lambda: os.remove(folder + "/old"))
    attempt("read", lambda: open(folder + "/old").read())

thread = threading.Thread(target=all_of_it)
thread.start()
thread.join()
found["core"], found["size"], found["open"] = (
    resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in ("CORE", "FSIZE", "NOFILE"))
print(json.dumps(found), flush=True)
limit_processor(0.1)
while True:
    pass
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("files")
    (folder / "old").write_text("mine")
    done = subprocess.run(
        [sys.executable, "-c", TRIES, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout, done.stderr
    return json.loads(done.stdout) | {"status": done.returncode, "left": sorted(p.name for p in folder.iterdir())}


def test_limits_hold_everywhere(found: dict) -> None:
    assert (found["core"], found["size"], found["open"]) == (0, 0, OPEN_FILES)
    assert found["read"] == "done"


def test_a_process_that_never_ends_runs_out_of_processor_time(found: dict) -> None:
    assert found["status"] in (-24, -9)  # SIGXCPU; SIGKILL where the hard limit is as low


def test_no_network_and_no_other_program(found: dict) -> None:
    if "seccomp" not in found["granted"]:
        pytest.skip("this kernel has no seccomp for us")
    assert [found[what] for what in ("inet", "inet6", "unix", "program", "child program")] == [1] * 5  # EPERM


def test_no_file_is_changed(found: dict) -> None:
    if "landlock" not in found["granted"]:
        pytest.skip("this kernel has no Landlock")
    assert [found[what] for what in ("write", "overwrite", "remove")] == [13] * 3  # EACCES
    assert found["left"] == ["old"]
