"""How long do finding and answering take?  Run it: python -m bench.speed [--passages 20000] [--library DIR]

Makes a library of so many passages in a temporary folder (or in DIR, where the next run finds it again), asks
it questions that were not asked before, one at a time, and prints median and 95th percentile of finding and of
a whole answer, and the mean of each stage, in milliseconds of the clock and of the processor (all cores
together; what else runs on the machine does not change that one much).

The text is made by code: words of the embedding model's vocabulary, as rare as Zipf's law has it, a fifth of each
document's drawn from words of its own; questions are made of the words of a passage.  Its vectors are made of
random ones, a word one vector: what they mean does not matter to the clock, and the model would take many
minutes.  The questions' vectors, and the reader's work, are the real ones.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, wraps
from itertools import accumulate
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any

import numpy as np

from answer.assistant import Assistant
from answer.settings import AnswerSettings
from index import closely, finding, word_search
from index.embedder import SentenceTransformerEmbedder, bundled_folder, normalised
from index.library import Library
from index.settings import Settings
from index.vectors import Faiss

from .workload import Inline

if TYPE_CHECKING:
    from numpy.typing import NDArray

A_DOCUMENT = 100  # passages
OWN = 40  # words of a document's own
WARM = 5  # questions that are not counted
EVERY = 5  # documents, one of which is asked about
FRAMES = (
    "What is the {} {} of the {} {} in {}?",
    "How many {} did the {} of {} have {}?",
    "When did the {} of {} begin to {} the {}?",
    "Who was responsible for the {} {} in the {} of {} {}?",
    "Why does the {} say that {} and {} matter to the {} {} of {}?",
    "Which {} was the most {} of all {}?",
)


class StandIn(SentenceTransformerEmbedder):
    """Takes the model's name, limit and counting of tokens; a text's vector is the sum of its words' random ones."""

    @cached_property
    def _places(self) -> dict[str, NDArray[np.float32]]:
        return {}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return normalised(np.stack([self._sum(text.split()) for text in texts]))

    def _sum(self, words: Sequence[str]) -> NDArray[np.float32]:
        for word in words:
            if word not in self._places:
                self._places[word] = np.random.default_rng(len(self._places)).standard_normal(384, np.float32)
        found: NDArray[np.float32] = np.sum([self._places[word] for word in words], axis=0)
        return found


def vocabulary() -> list[str]:
    """The whole words that the bundled model knows, about the commonest first."""
    known = json.loads((bundled_folder() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return [word for word in sorted(known, key=known.get) if word.isascii() and word.isalpha() and len(word) > 1]


class Writer:
    """Makes documents and questions; the same seed makes the same."""

    def __init__(self, seed: int = 7) -> None:
        self._random, self._words = random.Random(seed), vocabulary()
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self._words))))

    def _drawn(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)

    def document(self, passages: int) -> str:
        """Paragraphs of about a passage's length."""
        own = self._random.sample(self._words[200:], OWN)
        return "\n\n".join(self._paragraph(own) for _ in range(passages))

    def _paragraph(self, own: Sequence[str]) -> str:
        sentences = []
        for length in self._random.choices(range(8, 26), k=10):
            words = [self._random.choice(own) if self._random.random() < 0.2 else w for w in self._drawn(length)]
            sentences.append(" ".join(words).capitalize() + ".")
        return " ".join(sentences)

    def question(self, text: str) -> str:
        """One on what a text says."""
        words = [word for word in text.casefold().replace(".", "").split() if len(word) > 3]
        frame = self._random.choice(FRAMES)
        return frame.format(*self._random.sample(words, frame.count("{}")))


def made(folder: Path, passages: int) -> None:
    """A library of at least so many passages in `folder`, unless it holds one."""
    settings, writer = Settings(), Writer()
    with (
        Library.open(folder, settings, create=True, embedder=StandIn(), reader=Inline()) as library,
        tempfile.TemporaryDirectory(prefix="footnote-speed-") as files,
    ):
        held, number = sum(e.passages for e in library.entries()), 0
        while held < passages:
            number += 1
            path = Path(files) / f"{'_'.join(writer._drawn(3))}_{number}.txt"
            path.write_text(writer.document(min(A_DOCUMENT, passages - held)), "utf-8")
            list(library.add([path]))  # nothing new where an earlier call wrote the same
            held = sum(e.passages for e in library.entries())
            print(f"\r{held} passages", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


class Watch:
    """What each stage took, question by question: (seconds, seconds of the processor)."""

    def __init__(self) -> None:
        self.spent: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._now: dict[str, tuple[float, float]] = {}
        self._watched: list[tuple[Any, str, Any]] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What runs within counts to the stage `name` of the question."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        before = self._now.get(name, (0.0, 0.0))
        self._now[name] = (before[0] + time.perf_counter() - clock, before[1] + time.process_time() - processor)

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Count every call of the function `name` of an object, a class or a module to a stage."""
        act = getattr(owner, name)

        @wraps(act)
        def watched(*given: Any, **named: Any) -> Any:
            with self.stage(stage):
                return act(*given, **named)

        self._watched.append((owner, name, act))
        setattr(owner, name, watched)

    def end(self) -> None:
        """Leave everything as it was, and keep what was counted."""
        for owner, name, act in reversed(self._watched):
            setattr(owner, name, act)
        self._watched.clear()

    def next(self) -> None:
        """A question is over."""
        for name, took in self._now.items():
            self.spent[name].append(took)
        self._now = {}

    def row(self, name: str, of: Callable[[Sequence[float]], float]) -> list[str]:
        """A stage's milliseconds, of the clock and of the processor."""
        return [f"{1e3 * of([took[i] for took in self.spent[name]]):.1f}" for i in (0, 1)]


def watch_all(watch: Watch, assistant: Assistant) -> None:
    """Count each stage of finding and of answering."""
    finder, library = assistant.library.finder, assistant.library
    watch.watch(library.embedder, "encode", "model: vectors of question and sentences")
    watch.watch(finder, "words", "its words, as the library writes them")
    watch.watch(word_search, "best", "words: bm25")
    watch.watch(Faiss, "search", "meaning: nearest vectors")
    watch.watch(closely, "signs", "the closer look")
    watch.watch(finding, "fuse", "fusion")
    watch.watch(finding, "arranged", "arranging")
    watch.watch(library, "looking_first", "documents that it names")
    if assistant.reader:
        watch.watch(assistant.reader, "read", "the reader")


def asked(assistant: Assistant, questions: Sequence[str], act: Callable[[str], object]) -> Watch:
    """What `act` took on each of the questions, after the first few, which wait for models to load."""
    watch = Watch()
    try:
        for number, question in enumerate(questions):
            with watch.stage("in all"):
                act(question)
            watch.next()
            if number == WARM - 1:
                watch.spent.clear()
                watch_all(watch, assistant)
    finally:
        watch.end()
    return watch


def percentile(values: Sequence[float]) -> float:
    """The 95th."""
    return float(np.percentile(values, 95))


def report(name: str, watch: Watch) -> None:
    """Print what was spent."""
    totals = watch.row("in all", median) + watch.row("in all", percentile)
    print(f"\n{name}: median {totals[0]} ms ({totals[1]} of the processor), 95 % within {totals[2]} ({totals[3]})")
    for stage in watch.spent:
        if stage != "in all":
            clock, processor = watch.row(stage, mean)
            print(f"    {stage:44s} {clock:>7s} {processor:>7s}")


def main() -> None:
    """Make the library, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--questions", type=int, default=60, help="of each kind")
    parser.add_argument("--library", type=Path, help="keep the library in this folder")
    parser.add_argument("--only", choices=["finding", "answering"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="footnote-speed-") as temporary:
        folder = options.library or Path(temporary) / "library"
        made(folder, options.passages)
        for kind in ("finding", "answering"):
            if options.only in (None, kind):
                # Opened anew, so that nothing is remembered from the other.
                with Library.open(folder, Settings.of({**os.environ, "FOOTNOTE_MODEL": ""})) as library:
                    assistant = Assistant(library, AnswerSettings.of(os.environ))
                    texts = [p.text for e in library.entries()[::EVERY] for p in library.passages(e.name)]
                    writer = Writer(11 if kind == "finding" else 13)
                    step = max(1, len(texts) // (options.questions + WARM))
                    questions = [writer.question(text) for text in texts[::step]][: options.questions + WARM]
                    act = library.search if kind == "finding" else assistant.ask
                    report(kind, asked(assistant, questions, act))


if __name__ == "__main__":
    main()
