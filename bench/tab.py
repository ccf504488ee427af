"""A browser tab without a browser: it speaks to Streamlit's server over a websocket, as the page's own script does."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

REMOVED = "This answer quoted a document that was removed."  # stands in the place of such an answer
PATIENCE = 60.0  # seconds that a person waits for an answer


class Tab:
    """One browser tab; what is wrong with what it is shown goes into `errors`."""

    def __init__(self, port: int, errors: list[str]) -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.errors = errors
        self.answer = ""
        self.ready = False  # documents are there, and none is on its way
        self._answered = self._said = self._box = self._fresh = ""
        self._drawn: set[tuple[str, int]] = set()  # answers, by place and conversation, that are on the page already
        self._over = self._drawing = False  # the run asked for last is at its end, has drawn the question box
        self._looks: dict[str, tuple[float, float]] = {}  # by part of the page: how often it looks for news, when next
        self._seen: dict[str, None] = {}  # what needn't be sent again

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """The tab, open and drawn."""
        async with connect(self.address, subprotocols=[Subprotocol("streamlit")], max_size=None) as self.socket:
            await self.send()
            await self._until(lambda: self._over)
            yield

    async def send(self, widget: str = "", *, text: str = "", part: str = "") -> None:
        """Ask for a run of the page, or of a part of it; a widget was clicked, or given a text."""
        message = BackMsg()
        state = message.rerun_script
        state.cached_message_hashes.extend(self._seen)
        if part:
            state.fragment_id, state.is_auto_rerun = part, True
        if widget:
            changed = state.widget_states.widgets.add()
            changed.id = widget
            if text:
                changed.chat_input_value.data = text
            else:
                changed.trigger_value = True
        if not part:
            self._over = self._drawing = False
        await self.socket.send(message.SerializeToString())

    async def ask(self, question: str) -> float:
        """Ask, wait until the answer is on the page, and until the page is whole; the seconds to the answer."""
        self._answered = ""
        began = time.monotonic()
        await self.send(self._box, text=question)
        await self._until(lambda: self._answered == question, what=f"the answer to {question!r}")
        seconds = time.monotonic() - began
        await self._until(lambda: self._over)
        return seconds

    async def begin_anew(self) -> None:
        await self.send(self._fresh)
        await self._until(lambda: self._over)

    async def rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        await self._until(lambda: time.monotonic() >= end, seconds + PATIENCE)

    async def _until(
        self, reached: Callable[[], bool], patience: float = PATIENCE, what: str = "the whole page"
    ) -> None:
        end = time.monotonic() + patience
        while not reached():
            now = time.monotonic()
            if now > end:
                state = f"said {self._said!r}, answered {self._answered!r}, page over: {self._over}"
                raise TimeoutError(f"waited {patience:.0f} seconds for {what} in vain ({state})")
            for part, (every, due) in list(self._looks.items()):
                if due <= now:
                    self._looks[part] = every, now + every
                    await self.send(part=part)
            try:
                data = await asyncio.wait_for(self.socket.recv(), 0.25)
            except TimeoutError:
                continue
            message = ForwardMsg()
            message.ParseFromString(data if isinstance(data, bytes) else data.encode())
            self._take(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._seen[message.hash] = None
            while len(self._seen) > 200:
                del self._seen[next(iter(self._seen))]
        if kind == "auto_rerun":
            every = message.auto_rerun.interval
            self._looks[message.auto_rerun.fragment_id] = every, time.monotonic() + every
        elif kind == "script_finished":
            self._over = self._over or message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.errors.append("the page could not be compiled")
        elif kind == "session_status_changed":
            # Where a part runs right after the page, that the page is at its end may not be told.
            self._over = self._over or (self._drawing and not message.session_status_changed.script_is_running)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element)

    def _draw(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind == "chat_input":
            self._box, self._drawing = element.chat_input.id, True
        elif kind == "button" and element.button.label == "New chat":
            self._fresh = element.button.id
        elif kind == "text":
            self._said = element.text.body
        elif kind == "markdown" and element.markdown.body == REMOVED:
            self._answered, self.answer = self._said, ""
        elif kind in ("exception", "alert"):
            self.errors.append(f"{kind}: {str(getattr(element, kind))[:300]}")
        elif kind == "bidi_component" and element.bidi_component.component_name == "footnote_answer":
            data = json.loads(element.bidi_component.json)
            answer = (element.bidi_component.id, data["chat"])
            if answer in self._drawn:
                return
            self._drawn.add(answer)
            self._answered, self.answer = data["asked"], "".join(piece["text"] for piece in data["pieces"])
        elif kind == "bidi_component" and element.bidi_component.component_name == "footnote_library":
            details = [d["detail"] for d in json.loads(element.bidi_component.json)["documents"]]
            self.ready = len(details) > 4 and all("ready" in detail for detail in details)
