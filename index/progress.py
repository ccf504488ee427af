"""Progress of adding on a terminal: one line that is written over, with a rate and the time left."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TextIO

from .nouns import Step

WIDTH = 24


class Bar:
    """Shows steps on `stream` where it is a terminal; elsewhere it keeps quiet.  Thread-safe."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shows = stream.isatty()
        self._guard = threading.Lock()
        self._began: dict[tuple[str, str], tuple[float, int]] = {}
        self._drawn = 0.0

    def step(self, step: Step) -> None:
        """Draw the step, at most ten times a second."""
        moment = time.monotonic()
        if not self._shows or moment - self._drawn < 0.1:
            return
        with self._guard:
            self._drawn = moment
            start, first = self._began.setdefault((step.stage, step.name), (moment, step.done))
            line = describe(step, (step.done - first) / max(moment - start, 0.1))
            self._stream.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
            self._stream.flush()

    def clear(self) -> None:
        """Take the line away, before something else is printed."""
        if self._shows:
            with self._guard:
                self._stream.write("\r\x1b[K")
                self._stream.flush()


def describe(step: Step, rate: float) -> str:
    """The line for a step at `rate` pages (or passages) a second."""
    unit = "pages" if step.stage == "reading" else "passages"
    verb = "reading" if step.stage == "reading" else "embedding"
    if not step.total:
        return f"{verb} {step.name}: {step.done} {unit}"
    filled = WIDTH * min(step.done, step.total) // step.total
    said = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {step.done}/{step.total} {unit}"
    if rate > 0:
        left = round((step.total - step.done) / rate)
        said += f", {rate:.0f} {unit}/s, {left // 60}:{left % 60:02d} left"
    return f"{said}  {verb} {step.name}"
