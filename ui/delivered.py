"""That what a run of the page has drawn reaches the browser.

Streamlit hands what a run draws to its event loop, which sends it.  Where a part of the page that looks for news asks
to be run just as a run ends, it makes a new runner, and throws away what of the old one the loop had not come to yet
(`AppSession.request_rerun` says so): an answer that was given, and is kept, never shows.
"""

from __future__ import annotations

import asyncio
import threading

from streamlit import runtime

PATIENCE = 10.0  # seconds, so that no run waits forever where the server is being stopped


def wait() -> None:
    """Wait, at the end of a run, until the event loop has all that the run has drawn."""
    loop = runtime.get_instance()._get_async_objs().eventloop if runtime.exists() else None
    if not isinstance(loop, asyncio.AbstractEventLoop):  # in a test without a server, which may have a mock of one
        return
    taken = threading.Event()
    loop.call_soon_threadsafe(taken.set)
    taken.wait(PATIENCE)
