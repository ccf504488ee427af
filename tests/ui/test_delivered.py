"""What a run draws is shown, also where a part of the page asks to be run just as the run ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

ROOT = Path(__file__).resolve().parents[2]
# The event loop is busy when the run ends; then, before it comes to what was drawn, the part asks to be run.
SCRIPT = """
import sys, time
import streamlit as st
from streamlit import runtime
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.scriptrunner import get_script_run_ctx
from ui import delivered

@st.fragment
def part():
    st.text("part")

part()
server = runtime.get_instance()
session = server._session_mgr.get_session_info(get_script_run_ctx().session_id).session
(name,) = session._fragment_storage._fragments

def busy():
    time.sleep(1.0)
    session.request_rerun(ClientState(fragment_id=name))

server._get_async_objs().eventloop.call_soon_threadsafe(busy)
st.text("answer")
if sys.argv[1] == "waits":
    delivered.wait()
"""


@contextmanager
def served(script: Path, how: str) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--server.headless", "true", "--server.port", str(port), "--", how]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with script.with_suffix(".log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(script), *options], env=environment, stdout=log, stderr=log
        )
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def texts(port: int) -> list[str]:
    """What a tab is shown until the part has been run by itself."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    found: list[str] = []
    with opened(port) as tab:
        tab.send(message.SerializeToString())
        while True:
            got = ForwardMsg()
            got.ParseFromString(tab.recv(60, decode=False))
            if got.delta.new_element.WhichOneof("type") == "text":
                found.append(got.delta.new_element.text.body)
            if got.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                return found


def opened(port: int) -> ClientConnection:
    """A tab, once the server is there."""
    end = time.monotonic() + 60
    while True:
        try:
            return connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")])
        except OSError:
            assert time.monotonic() < end, "the server didn't start"
            time.sleep(0.2)


@pytest.mark.parametrize(("how", "shown"), [("waits", True), ("ends", False)])
def test_what_is_drawn_last_is_shown_where_the_run_waits_for_it(tmp_path: Path, how: str, shown: bool) -> None:
    """Without waiting it is lost: once it isn't, Streamlit has mended that, and the waiting can go."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    with served(script, how) as port:
        assert ("answer" in texts(port)) is shown
