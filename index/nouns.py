"""The nouns of the library: entry, hit, outcome, health.  Frozen; `to_json` gives the contract's rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ingest.nouns import Kind, Origin, Passage

Status = Literal["added", "unchanged", "replaced", "failed"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.  `rank` counts from 1; `score` is in [0, 1], higher is better.

    `cosine` is exact, in [-1, 1] (0 while the passage has no vector yet); `bm25` is 0 where no word
    of the question stands in the passage, else positive, higher is better.
    """

    passage: Passage
    name: str
    rank: int
    score: float
    cosine: float
    bm25: float

    def to_json(self) -> dict[str, Any]:
        return {
            "rank": self.rank,
            "score": round(self.score, 6),
            "document": self.name,
            "page": self.passage.page,
            "text": self.passage.text,
        }


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
