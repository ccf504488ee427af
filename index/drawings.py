"""Pages as pictures: drawn in a child process, and kept for a while."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from ingest.sandbox import Sandbox

MOST = 48  # pictures kept in memory


class Renderer(Protocol):
    """What draws a page: `ingest.sandbox.Sandbox`, or a fake."""

    def render(self, data: bytes, page: int, *, scale: float, password: str | None = None) -> bytes: ...


class Drawings:
    """The pages drawn lately, by the id of their document.  Thread-safe."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._kept: OrderedDict[tuple[str, int, float], bytes] = OrderedDict()
        self._guard = threading.Lock()

    def of(self, document: str, page: int, scale: float, data: Callable[[], bytes], password: str | None) -> bytes:
        """A page as PNG, `scale` pixels a point; `data` gives the file.  Raises ReadError where it can't be drawn."""
        key = (document, page, scale)
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        image = self._renderer.render(data(), page, scale=scale, password=password)
        with self._guard:
            self._kept[key] = image
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return image

    def forget(self, document: str) -> None:
        """Let go of a document's pictures."""
        with self._guard:
            for key in [key for key in self._kept if key[0] == document]:
                del self._kept[key]

    def close(self) -> None:
        """Let go of all pictures, and of the child process."""
        with self._guard:
            self._kept.clear()
        if isinstance(self._renderer, Sandbox):
            self._renderer.close()
