"""A library under random work, with an oracle that knows what must be in it: the ground of `bench.faults`.

Documents are small texts, each with words of its own, read in this process and embedded by the hashing
model: what is tested is the storing.  An act is begun, then done (acknowledged); between the two it may
have happened or not, but never by half.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from index.backup import backup, restore
from index.jobs import Worker
from index.library import Library
from index.settings import Settings
from ingest.errors import FootnoteError
from ingest.nouns import Document, Progress
from ingest.reader import read
from ingest.settings import Limits

Kind = Literal["add", "upload", "job", "remove", "talk", "rebuild", "backup"]
SETTINGS = Settings(model="hashing")
NAMES = [f"d{i}.txt" for i in range(8)]


class Inline:
    """Reads in this process."""

    def read(
        self,
        path: Path,
        *,
        name: str | None = None,
        password: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        recognise: bool = True,
    ) -> Document:
        return read(path.read_bytes(), name or path.name, Limits(ocr=recognise), password)


def opened(folder: Path) -> Library:
    """The library in `folder`, which is made where there is none."""
    return Library.open(folder, SETTINGS, create=True, reader=Inline())


@dataclass(frozen=True)
class Act:
    """One thing to do: `name` is a document's, `text` what it is to hold."""

    kind: Kind
    name: str
    text: str

    def do(self, library: Library, files: Path) -> None:
        """Do it; returning is the acknowledgement.  Raises FootnoteError where it was not done."""
        if self.kind == "add":
            (files / self.name).write_text(self.text)
            for outcome in library.add([files / self.name]):
                if outcome.status == "failed":
                    raise FootnoteError(outcome.reason)
        elif self.kind == "upload":
            outcome = library.add_upload(self.name, self.text.encode())
            if outcome.status == "failed":
                raise FootnoteError(outcome.reason)
        elif self.kind == "job":
            library.jobs.submit(self.name, self.text.encode())
        elif self.kind == "remove":
            library.remove(self.name)
        elif self.kind == "talk":
            library.conversations.append(library.conversations.create(self.name), "user", self.text)
        elif self.kind == "backup":  # and back again, which changes nothing
            file = files / "backup"
            file.unlink(missing_ok=True)
            backup(library.store, file)
            restore(library.store, file)
        else:
            library.rebuild()


@dataclass
class Oracle:
    """What a library must hold: the text of each document, and the conversations."""

    texts: dict[str, str] = field(default_factory=dict)
    talks: set[str] = field(default_factory=set)

    def acts(self, chance: random.Random, count: int, mark: str) -> Iterator[Act]:
        """Random acts; each is possible in the state that those before it leave.  `mark` makes their words unique."""
        there = set(self.texts)
        for number in range(count):
            paragraphs = [f"{mark}n{number}p{p} " + "Gulls nest in the cliffs each spring. " * 9 for p in range(3)]
            text = "\n\n".join(paragraphs)
            removable = sorted(there)
            kinds: list[Kind] = [
                "add",
                "add",
                "upload",
                "job",
                "talk",
                "rebuild",
                "backup",
                "remove",
                "remove",
                "remove",
            ]
            kind = chance.choice(kinds if len(removable) > 2 else kinds[:7])
            name = f"{mark}n{number}.txt"
            if kind == "add":
                name = chance.choice(NAMES)
            elif kind == "remove":
                name = chance.choice(removable)
                there.discard(name)
            if kind in ("add", "upload"):  # a job is done later
                there.add(name)
            yield Act(kind, name, text)

    def done(self, act: Act) -> None:
        """The act has happened."""
        if act.kind in ("add", "upload", "job"):
            self.texts[act.name] = act.text
        elif act.kind == "remove":
            self.texts.pop(act.name, None)
        elif act.kind == "talk":
            self.talks.add(act.text)

    def settle(self, library: Library) -> None:
        """Let the library end what it had begun: jobs in line, vectors that are missing."""
        library.jobs.resume()
        worker = Worker(library)
        while worker._read_next() or worker._make_vectors():
            pass
        list(library.add([]))

    def faults(self, library: Library, under_way: Act | None, looked_for: set[str]) -> list[str]:
        """What is not as it must be.  An act under way may have happened or not; the oracle learns which."""
        found = [f"check: {problem}" for problem in library.check().problems]
        entries = {entry.name: entry for entry in library.entries()}
        if under_way is not None:
            held = entries.get(under_way.name)
            after = None if under_way.kind == "remove" else under_way.text.encode()
            if under_way.kind == "talk":
                self.talks |= talks(library) & {under_way.text}
            elif (held is None and after is None) or (held and library.original(held.name) == after):
                self.done(under_way)
        found += [f"resurrected: {name}" for name in entries if name not in self.texts]
        for name, text in self.texts.items():
            entry = entries.get(name)
            if entry is None:
                found.append(f"lost: {name}")
            elif library.original(name) != text.encode():
                found.append(f"other bytes: {name}")
            elif not entry.passages or entry.vectors != entry.passages or library.page(name, 1).text != text:
                found.append(f"partial: {name}, {entry.vectors} of {entry.passages} vectors")
            elif name in looked_for:
                hits = library.search(text.split()[0], 1)
                if [h.name for h in hits if h.bm25 and h.cosine] != [name]:
                    found.append(f"not found: {name}, but {hits}")
        if lost := self.talks - talks(library):
            found.append(f"lost: {len(lost)} turns of conversations")
        return found


def talks(library: Library) -> set[str]:
    """All that was said in any conversation."""
    return {said.text for c in library.conversations.list() for said in library.conversations.turns(c.id)}
