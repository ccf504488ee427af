"""Files mutated at random, read as a stranger's: each is read or refused with a sentence, and the reader goes on.

    python -m bench.fuzz                 2,000 files
    python -m bench.fuzz --files 50 --json

The mutations are our own, over files of every kind (`fuzz_files`).  Status 1 where a file brought down
the program, was not reported, or was refused without a sentence.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from index.embedder import HashingEmbedder
from ingest.errors import FootnoteError, ReadError
from ingest.passages import passages
from ingest.sandbox import Sandbox
from ingest.settings import Limits

from .fuzz_files import seeds

WITHIN = 0.8  # of the archives are damaged within: a damaged ZIP is soon refused
LIMITS = Limits(idle_seconds=20, total_seconds=60, reader_gigabytes=1)
# What a file's structure is made of: put where it does not belong, it does most harm.
TOKENS = [
    b"<<", b">>", b"[" * 300, b"]", b"stream\n", b"endstream", b"endobj", b"1 0 obj", b"99999999999", b"-1", b"0 R",
    b"/Kids", b"/Parent 1 0 R", b"/Count 2147483647", b"/Length 0", b"/Filter[/FlateDecode/FlateDecode]", b"xref",
    b"trailer", b"startxref\n0", b"%%EOF", b"%PDF-1.7", b"\0" * 64, b"\xff\xfe", b"\xef\xbb\xbf", b"\f" * 40,
    b"\x1b[2J", b"```\n", b"# ", b"\r", b"\xe2\x80\xae", b"<!DOCTYPE a [<!ENTITY b '&b;&b;'>]>",
    b"PK\x03\x04", b"../../",
]  # fmt: skip


@dataclass
class Figures:
    """How many files were read and refused, and every fault, in words; `reasons` by their first words."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


def mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one to eight changes; of an archive more often in one of its parts, which is packed again."""
    if data.startswith(b"PK") and chance.random() < WITHIN:
        return _repacked(data, chance)
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        chance.choice(MUTATIONS)(changed, chance)
    return bytes(changed)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as sound, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        names = sound.namelist()
        which = chance.choice(names)
        for name in names:
            part = sound.read(name)
            made.writestr(name, mutated(part, chance) if name == which else part)
    return file.getvalue()


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice((1, 8, 64))):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) + 1) :]


def _drop(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.choice((1, 16, 512))]


def _copy(data: bytearray, chance: random.Random) -> None:
    start, to = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    data[to:to] = data[start : start + chance.choice((16, 512, 8192))]


def _token(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    token = chance.choice(TOKENS)
    data[at : at + chance.choice((0, len(token)))] = token


def _number(data: bytearray, chance: random.Random) -> None:
    digits = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        at = chance.choice(digits)
        data[at : at + 1] = chance.choice((b"0", b"-1", b"65536", b"2147483648", b"9" * 30, b"1e9"))


MUTATIONS: list[Callable[[bytearray, random.Random], None]] = [_flip, _cut, _drop, _copy, _token, _token, _number]


def fuzz(folder: Path, files: int, seed: int) -> Figures:
    """Read that many mutated files in one sandbox."""
    figures, chance, sound = Figures(), random.Random(seed), seeds()
    with Sandbox(LIMITS) as sandbox:
        for number in range(files):
            name, data = chance.choice(sound)
            path = folder / name
            path.write_bytes(mutated(data, chance))
            _try(figures, sandbox, path, number)
            if number % 100 == 99:  # a sound file is still read as it is
                name, data = sound[number // 100 % len(sound)]
                path = folder / name
                path.write_bytes(data)
                if not sandbox.read(path).pages:
                    figures.faults.append(f"{name} as it is was not read after file {number}")
    return figures


def _try(figures: Figures, sandbox: Sandbox, path: Path, number: int) -> None:
    figures.tried += 1
    try:
        document = sandbox.read(path)
        figures.read += 1
        passages(document, HashingEmbedder().count, size=198)  # the rest of adding happens in the program itself
        if path.suffix == ".pdf" and number % 5 == 0:
            _draw(figures, sandbox, path, len(document.pages))
    except ReadError as error:
        figures.refused += 1
        said = str(error)
        figures.reasons[" ".join(said.split()[:6])] += 1
        if not said or "\n" in said or "Traceback" in said:
            figures.faults.append(f"file {number} ({path.name}) was refused without a sentence: {said!r}")
    except Exception as error:  # noqa: BLE001 - what else comes is the very fault that is looked for
        figures.faults.append(f"file {number} ({path.name}): {error!r}")


def _draw(figures: Figures, sandbox: Sandbox, path: Path, pages: int) -> None:
    try:
        sandbox.render(path.read_bytes(), max(1, pages), scale=1)
    except FootnoteError:
        figures.reasons["(not drawn)"] += 1


def main() -> int:
    """The whole program; its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20251025)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    began = time.monotonic()
    with TemporaryDirectory(prefix="footnote-fuzz-") as folder:
        figures = fuzz(Path(folder), given.files, given.seed)
    figures.seconds = round(time.monotonic() - began, 1)
    if given.json:
        print(json.dumps(vars(figures)))
    else:
        print(f"{figures.tried} files: {figures.read} read, {figures.refused} refused, {len(figures.faults)} faults, "
              f"{figures.seconds} s")  # fmt: skip
        for reason, count in figures.reasons.most_common():
            print(f"  {count:5} {reason} …")
        print("".join(f"fault: {fault}\n" for fault in figures.faults), end="")
    return bool(figures.faults)


if __name__ == "__main__":
    sys.exit(main())
