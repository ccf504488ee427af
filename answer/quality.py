"""How well a library answers questions whose answers are known.

A question tells as much as its row does.  A passage is right where it stands on the page, or in the
document, that the row names, and, where no page is named, holds the expected answer.  A row whose expected
answer is "none" or "-" is a question that the documents don't answer.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.errors import SettingError

from .assistant import Assistant
from .nouns import Answer

COLUMNS = ("question", "expected answer", "document", "page")
PAGES = 1_000_000  # of a document, at most (FOOTNOTE_MAX_PAGES)
# A free-form answer counts as held where this share of its words is there.
ENOUGH = 0.75
BINS = 5
_NONE = re.compile(r"(-+|—|none|n/?a|not in (your|the) documents?\.?)", re.IGNORECASE)
_NAMES = {"answer": "expected answer", "expected": "expected answer", "file": "document"}


@dataclass(frozen=True, slots=True)
class Known:
    """A question and what is known of its answer; `page` counts from 1, `line` is its line in the file."""

    question: str
    answer: str = ""
    document: str = ""
    page: int | None = None
    line: int = 0

    @property
    def answerable(self) -> bool:
        """False where the row says that the documents hold no answer."""
        return not _NONE.fullmatch(self.answer.strip())

    @property
    def gold(self) -> bool:
        """True where it can be told which passage is right."""
        return self.answerable and bool(self.answer.strip() or self.document)

    def right(self, name: str, pages: Sequence[int], text: str) -> bool:
        """True where a text of document `name` on `pages` is what was asked for."""
        if self.document and name != self.document:
            return False
        if self.page is not None:
            return self.page in pages
        return holds(text, self.answer) if self.answer.strip() else True


@dataclass(frozen=True, slots=True)
class Checked:
    """A question with what came back.

    `rank` is the first right passage's, None where none is right; `cited` says whether the first citation is
    right, None where nothing was cited or it can't be told.
    """

    known: Known
    answer: Answer
    rank: int | None
    cited: bool | None

    @property
    def failure(self) -> str | None:
        """What went wrong, in words; None where all is as expected, or nothing is known."""
        if not self.known.answerable:
            return "answered, though the documents don't say" if self.answer.found else None
        if not self.answer.found:
            return "declined" + (f"; the right passage was number {self.rank}" if self.rank else "")
        if self.cited is False:
            where = f"; the right passage was number {self.rank}" if self.rank else "; the right passage was not found"
            return "the first citation is another place" + where
        return None

    @property
    def held(self) -> bool | None:
        """What the confidence is about, as far as it is known: was there an answer, and was it found?"""
        if not self.known.answerable:
            return False
        return self.rank is not None and self.rank <= 5 if self.known.gold else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over `n` questions; a share from 0 to 1, or seconds."""

    name: str
    value: float
    n: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence: `said` on average, and the share of them that came `true`."""

    said: float
    true: float
    n: int


def read(text: str) -> list[Known]:
    """The questions of a CSV file (comma, semicolon or tab).  Raises SettingError naming the line at fault."""
    lines = io.StringIO(text.lstrip("\ufeff"), newline=None)  # line ends as any system writes them
    head = lines.readline()
    lines.seek(0)
    rows = csv.DictReader(lines, delimiter=max(",;\t", key=head.count))
    try:
        return _questions(rows)
    except csv.Error as error:
        raise SettingError(f"line {rows.line_num + 1} can't be read ({error}); shorten or correct it") from error


def _questions(rows: csv.DictReader[str]) -> list[Known]:
    columns = {_column(name): name for name in rows.fieldnames or [] if name}
    if "question" not in columns:
        raise SettingError(f"the file has no column named question; its first line should be: {','.join(COLUMNS)}")
    found = []
    for row in rows:
        cells = {name: (row.get(own) or "").strip() for name, own in columns.items()}
        if cells["question"]:
            found.append(_known(cells, rows.line_num))
    if not found:
        raise SettingError("the file holds no question; give each a line below the first one")
    return found


def _column(name: str) -> str:
    plain = " ".join(name.replace("_", " ").casefold().split())
    return _NAMES.get(plain, plain)


def _known(cells: dict[str, str], line: int) -> Known:
    page = cells.get("page", "")
    if page and not (page.isdecimal() and len(page) <= len(str(PAGES)) and 1 <= int(page) <= PAGES):
        raise SettingError(
            f"line {line}: the page {page!r:.30} is no page number; pages count from 1, to {PAGES:,} at most"
        )
    known = Known(
        cells["question"],
        cells.get("expected answer", ""),
        cells.get("document", ""),
        int(page) if page else None,
        line,
    )
    _check_page(known)
    return known


def _check_page(known: Known) -> None:
    """Raises SettingError where a page is named and no document that it is of."""
    if known.page is not None and not known.document:
        raise SettingError(
            f"line {known.line} names page {known.page} and no document; name the document as the library lists it"
        )


def write(questions: Sequence[Known]) -> str:
    """The questions as a CSV file."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([k.question, k.answer, k.document, k.page or ""] for k in questions)
    return out.getvalue()


def check(
    assistant: Assistant, questions: Sequence[Known], progress: Callable[[int, int], None] | None = None
) -> list[Checked]:
    """Ask every question in all documents.

    Raises SettingError for a document that the library doesn't hold, and for a page without a document.
    """
    names = {entry.name for entry in assistant.library.entries()}
    for known in questions:
        _check_page(known)
        if known.document and known.document not in names:
            raise SettingError(
                f"line {known.line}: no document named {known.document!r} is in the library; "
                "python -m index list shows the names"
            )
    done = []
    for number, known in enumerate(questions, 1):
        done.append(checked(known, assistant.ask(known.question)))
        if progress:
            progress(number, len(questions))
    return done


def checked(known: Known, answer: Answer) -> Checked:
    """What an answer is worth, held against what is known."""
    rank = cited = None
    if known.gold:
        right = (
            h.rank for h in answer.hits if known.right(h.name, h.passage.pages, f"{h.passage.heading} {h.passage.text}")
        )
        rank = next(right, None)
        if answer.found and answer.citations:
            first = answer.citations[0]
            cited = known.right(first.name, (first.page,), first.quote)
    return Checked(known, answer, rank, cited)


def figures(done: Sequence[Checked]) -> list[Figure]:
    """The figures that what is known allows, in the order of their telling."""
    gold = [c for c in done if c.known.gold]
    yes = [c for c in done if c.known.answerable]
    no = [c for c in done if not c.known.answerable]
    cited = [c for c in done if c.cited is not None]
    found = [
        *(_share(f"right passage among the first {k}", [(c.rank or 99) <= k for c in gold]) for k in (1, 5, 10)),
        _share("first citation right, of those answered", [bool(c.cited) for c in cited]),
        _share("declined, of all", [not c.answer.found for c in done]),
        _share("declined, of those with an answer", [not c.answer.found for c in yes] if no else []),
        _share("declined, of those without an answer", [not c.answer.found for c in no]),
    ]  # fmt: skip
    bins = calibration(done)
    total = sum(b.n for b in bins)
    if total:
        off = sum(b.n * abs(b.said - b.true) for b in bins) / total
        found.append(Figure("confidence off by, on average", off, total))
    found.append(
        Figure("seconds a question, median", median(c.answer.seconds for c in done) if done else 0.0, len(done))
    )
    return [f for f in found if f.n]


def _share(name: str, values: Sequence[bool]) -> Figure:
    return Figure(name, sum(values) / len(values) if values else 0.0, len(values))


def calibration(done: Sequence[Checked]) -> list[Bin]:
    """What the confidence said, and how often an answer was there and found, by fifths of the confidence."""
    return list(_bins([(c.answer.confidence, c.held) for c in done if c.held is not None]))


def _bins(pairs: Sequence[tuple[float, bool]]) -> Iterator[Bin]:
    for number in range(BINS):
        inside = [(said, true) for said, true in pairs if min(BINS - 1, int(said * BINS)) == number]
        if inside:
            n = len(inside)
            yield Bin(sum(s for s, _ in inside) / n, sum(t for _, t in inside) / n, n)


def holds(text: str, answer: str) -> bool:
    """True where `text` holds `answer` word for word, or nearly all the words of a long one."""
    have, want = _folded(text), _folded(answer)
    if f" {want} " in f" {have} ":
        return True
    words, there = [w for w in want.split() if len(w) > 2], set(have.split())
    return len(words) >= 4 and sum(w in there for w in words) >= ENOUGH * len(words)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", unicodedata.normalize("NFKC", text).casefold()).split())
