"""The nouns of the library: entry, hit, outcome, job, health.  Frozen; `to_json` gives the contract's rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from ingest.nouns import Kind, Origin, Passage

LOOKED_AT = 5  # hits that tell whether a search leans where its question points
NAMED = 3  # documents that are told by their titles

Status = Literal["added", "unchanged", "replaced", "failed"]
State = Literal["waiting", "reading", "words", "done", "failed", "locked", "cancelled"]
OVER = ("done", "failed", "locked", "cancelled")


class Moment(NamedTuple):
    """The state of a library, by counts that only grow.

    `generation`: of changes to its documents.  `vectors`: of those made.  `removals`: of documents taken out, and of
    texts put in the place of others.
    """

    generation: int = -1
    vectors: int = 0
    removals: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.  `rank` counts from 1; `score` is in [0, 1], higher is better.

    `cosine` is exact, in [-1, 1] (0 while the passage has no vector yet); `bm25` is 0 where no word
    of the question stands in the passage, else positive, higher is better.  `placed` is true where the
    question names the page or the section that it stands in.
    """

    passage: Passage
    name: str
    rank: int
    score: float
    cosine: float
    bm25: float
    placed: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document": self.name,
            "page": self.passage.page,
            "text": self.passage.text,
            "start": self.passage.longest.start,
            "end": self.passage.longest.end,
        }


@dataclass(frozen=True, slots=True)
class Leaning:
    """Where a question is looked for first: documents that it names, each (name, title), best first, and places
    in documents, in its own words ("page 14", "Section 4.2").

    Where it sets documents side by side, `about` is the question about each of them alone, by name.
    """

    documents: tuple[tuple[str, str], ...] = ()
    places: tuple[str, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.documents or self.places)

    def of(self, hits: Sequence[Hit]) -> Leaning:
        """What of it these hits bear out."""
        names = {hit.name for hit in hits}
        placed = any(hit.placed for hit in hits)
        return replace(
            self,
            documents=tuple(d for d in self.documents if d[0] in names),
            places=self.places if placed else (),
            about={name: about for name, about in self.about.items() if name in names},
        )

    @property
    def described(self) -> str:
        """For a person, after "Looking first in": the titles, then the places."""
        titles = [title for _, title in self.documents]
        more = [f"{len(titles) - NAMED} more documents"] if len(titles) > NAMED else []
        return ", ".join([*titles[:NAMED], *more, *self.places])

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": [{"document": name, "title": title} for name, title in self.documents],
            "places": list(self.places),
        }


NOWHERE = Leaning()


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the library.  `size` in bytes; `added` is ISO 8601 in UTC; `vectors` <= `passages`."""

    name: str
    title: str
    id: str
    kind: Kind
    pages: int
    passages: int
    vectors: int
    size: int
    added: str
    source: str
    pages_without_text: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "document": self.name,
            "title": self.title,
            "pages": self.pages,
            "passages": self.passages,
            "bytes": self.size,
            "sha256": self.id,
            "added": self.added,
        }


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one page was read, without its text: see `ingest.nouns.Page`."""

    number: int
    label: str
    origin: Origin
    confidence: float
    characters: int

    @property
    def mixed(self) -> bool:
        """True for a page of text on which a picture's text was recognised too."""
        return self.origin == "text" and self.confidence < 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.  `name` is None, and `reason` a sentence, where it failed."""

    path: str
    name: str | None
    status: Status
    reason: str | None = None
    pages: int = 0
    pages_without_text: tuple[int, ...] = ()
    ocr_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    passages: int = 0
    seconds: float = 0.0

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Outcome:
        """The outcome that `to_json` gave this row."""
        return cls(
            row["path"],
            row["document"],
            row["status"],
            row["reason"],
            row["pages"],
            tuple(row["pages_without_text"]),
            tuple(row["ocr_pages"]),
            tuple(row["warnings"]),
            row["passages"],
            row["seconds"],
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "document": self.name,
            "status": self.status,
            "reason": self.reason,
            "pages": self.pages,
            "pages_without_text": list(self.pages_without_text),
            "ocr_pages": list(self.ocr_pages),
            "warnings": list(self.warnings),
            "passages": self.passages,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Job:
    """One file on its way in.  `done` of `total` pages while reading, of passages while `words` (findable by words).

    `locked`: it failed for want of a password, and `index.jobs.Jobs.unlock` puts it back in line.
    `later`: what is written in its pictures is still being read.
    `message` says the state in words for a person; `outcome` is there once the file is read.
    """

    id: int
    name: str
    state: State
    done: int
    total: int
    message: str
    outcome: Outcome | None
    later: bool = False

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def unread(self) -> bool:
        """True while some of what the file says can't be found yet, not even by words."""
        return self.later or self.state in ("waiting", "reading")


@dataclass(frozen=True, slots=True)
class Health:
    """What `check` counted, every problem found, and what is worth knowing though no problem; each a sentence."""

    documents: int
    passages: int
    vectors: int
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "passages": self.passages,
            "vectors": self.vectors,
            "problems": list(self.problems),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """Progress of adding: `stage` of the file `name`, `done` of `total` pages (reading) or passages (meaning)."""

    name: str
    stage: Literal["reading", "meaning"]
    done: int
    total: int
