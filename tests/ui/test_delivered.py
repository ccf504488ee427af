"""What a run draws is shown, also where a part of the page asks to be run just as the run ends."""

from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from bench.load_users import served

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


def texts(port: int) -> list[str]:
    """What a tab is shown until the part has been run by itself."""
    message = BackMsg()
    message.rerun_script.query_string = ""
    found: list[str] = []
    with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=[Subprotocol("streamlit")]) as tab:
        tab.send(message.SerializeToString())
        while True:
            got = ForwardMsg()
            got.ParseFromString(tab.recv(60, decode=False))
            if got.delta.new_element.WhichOneof("type") == "text":
                found.append(got.delta.new_element.text.body)
            if got.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                return found


@pytest.mark.parametrize(("how", "shown"), [("waits", True), ("ends", False)])
def test_what_is_drawn_last_is_shown_where_the_run_waits_for_it(tmp_path: Path, how: str, shown: bool) -> None:
    """Without waiting it is lost: once it isn't, Streamlit has mended that, and the waiting can go."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    with served(tmp_path, str(script), how) as (port, _):
        assert ("answer" in texts(port)) is shown
