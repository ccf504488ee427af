"""What a process that reads files of strangers gives up before it reads any: the network, other programs, writing.

    Linux       seccomp refuses sockets, other programs and debugging; Landlock refuses every change of files
    everywhere  limits on open files, files written (none), core dumps, processor time

Each is asked of the kernel, and done without where it has none of it.  It lasts as long as the process.
See seccomp(2), landlock(7) and setrlimit(2).
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys
from contextlib import suppress

OPEN_FILES = 64
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2  # prctl(2)
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06  # of the filter's instructions, linux/bpf_common.h
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EPERM
OTHER_ABI = 0x40000000  # the numbers of x32's calls begin here
LANDLOCK_CREATE, LANDLOCK_RESTRICT = 444, 446  # the same number on every architecture
# Write, remove and make files of every kind: LANDLOCK_ACCESS_FS_* of the first version.
CHANGES = 1 << 1 | sum(1 << bit for bit in range(4, 13))

# Machine: its audit number, then its numbers of socket, socketpair, connect, execve, execveat, ptrace,
# process_vm_readv, process_vm_writev, io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, (41, 53, 42, 59, 322, 101, 310, 311, 425)),
    "aarch64": (0xC00000B7, (198, 199, 203, 221, 281, 117, 270, 271, 425)),
}


def confine() -> tuple[str, ...]:
    """Give it all up, for this thread and those it starts: call it first.  Says what the kernel granted."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)
    if sys.platform != "linux":
        return ()
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return ()
    granted = (("landlock", _no_changes(system)), ("seccomp", _no_network(system)))
    return tuple(name for name, done in granted if done)


def limit_processor(seconds: float) -> None:
    """Let this process use `seconds` more of processor time, then end it (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 1)


def processor_left() -> float | None:
    """How many seconds more of processor time this process may use; None where there is no limit."""
    soft, _ = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return None if soft == resource.RLIM_INFINITY else max(0.0, soft - used.ru_utime - used.ru_stime)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _no_network(system: ctypes.CDLL) -> bool:
    """No sockets of any kind, no other programs, no looking into other processes."""
    known = CALLS.get(platform.machine())
    if known is None:
        return False
    machine, refused = known
    end = len(refused) + 5  # where the refusal stands; a jump counts from the instruction after it
    steps = [(LOAD, 0, 0, 4), (EQUAL, 0, end - 2, machine), (LOAD, 0, 0, 0), (AT_LEAST, end - 4, 0, OTHER_ABI)]
    steps += [(EQUAL, end - at - 1, 0, call) for at, call in enumerate(refused, 4)]
    steps += [(RETURN, 0, 0, ALLOW), (RETURN, 0, 0, REFUSE)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    return not system.prctl(SET_SECCOMP, FILTER, program, 0, 0)


def _no_changes(system: ctypes.CDLL) -> bool:
    """No file is written, made or removed."""
    rules = ctypes.create_string_buffer(struct.pack("=Q", CHANGES), 8)
    made = system.syscall(LANDLOCK_CREATE, rules, ctypes.c_size_t(8), 0)
    return made >= 0 and not system.syscall(LANDLOCK_RESTRICT, made, 0)
