"""The child process that reads files: `python -m ingest.child`, started by `ingest.sandbox`.

It takes one request a line on standard input and answers in lines on what was standard output:

    {"do": "read", "path", "name", "password", "limits"}  ->  {"progress": [done, total]} …,
                                                              {"page": {…}} …, {"document": {…}, "last"}
    {"do": "render", "path", "page", "scale", …}          ->  {"png": base64, "last"}
    whatever goes wrong                                   ->  {"error": "read" | "password", "message", "last"}

"last" true means that the child has grown and ends itself after this answer.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import select
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .confinement import confine, limit_processor
from .errors import PasswordError, PictureError, ReadError, failed
from .limits import check_size
from .memory import address_space, limit_memory
from .nouns import Progress
from .settings import Limits
from .wire import Json, document_to_json, page_to_json

Send = Callable[[Json], None]


def main() -> None:
    """Answer requests until standard input ends."""
    confine()
    from . import pdf_team, reader  # noqa: F401 - here, so that what the libraries take is no part of what a file may

    gc.freeze()  # what is loaded stays: nothing in it has to be looked for again and again
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)  # what native libraries print must not come between the answers
    threading.Thread(target=_end_with_the_parent, daemon=True).start()

    def send(row: Json) -> None:
        out.write(json.dumps(row, separators=(",", ":")) + "\n")
        out.flush()

    with pdf_team.at_once():
        _answer_all(send)


def _answer_all(send: Send) -> None:
    base = 0
    for line in sys.stdin.buffer:
        request = json.loads(line)
        limits = Limits(**request["limits"])
        base = base or address_space()
        room = int(limits.reader_gigabytes * 1e9)
        limit_memory(base + room)
        limit_processor(limits.total_seconds * (os.cpu_count() or 1))
        answer = _answered(request, limits, send)
        last = address_space() - base > room / 2 or "memory" in answer
        answer.pop("memory", None)
        send({**answer, "last": last})
        if last:
            return


def _answered(request: Json, limits: Limits, send: Send) -> Json:
    """The final answer to one request; an error is one too."""
    try:
        return REQUESTS[request["do"]](request, limits, send)
    except PasswordError as error:
        return {"error": "password", "message": str(error)}
    except PictureError as error:
        return {"error": "picture", "message": str(error)}
    except ReadError as error:
        return {"error": "read", "message": str(error)}
    except MemoryError:
        return {"error": "read", "message": out_of_memory(limits), "memory": True}
    except OSError as error:
        return {"error": "read", "message": f"the file cannot be opened: {error.strerror or 'unknown reason'}"}
    except Exception as error:  # noqa: BLE001 - one file must never end the reading of the others
        return {"error": "read", "message": str(failed(error))}


def out_of_memory(limits: Limits) -> str:
    """What is said where reading needs more memory than the limit."""
    return (
        f"reading it needs more than the limit of {limits.reader_gigabytes:g} GB of memory; "
        "raise the limit with FOOTNOTE_MAX_READER_GB"
    )


def _read(request: Json, limits: Limits, send: Send) -> Json:
    from .reader import read

    data = _bytes_of(Path(request["path"]), limits)

    def progress(at: Progress) -> None:
        send({"progress": [at.done, at.total]})

    document = read(data, request["name"], limits, request["password"], progress)
    for page in document.pages:
        send({"page": page_to_json(page)})
    return {"document": document_to_json(document)}


def _render(request: Json, limits: Limits, _: Send) -> Json:
    from .render import render_page

    data = _bytes_of(Path(request["path"]), limits)
    picture = render_page(data, request["page"], scale=request["scale"], limits=limits, password=request["password"])
    return {"png": base64.b64encode(picture).decode("ascii")}


REQUESTS: dict[str, Callable[[Json, Limits, Send], Json]] = {"read": _read, "render": _render}


def _bytes_of(path: Path, limits: Limits) -> bytes:
    """The file's bytes; its size is checked first, and again should it have grown meanwhile."""
    with path.open("rb") as file:
        check_size(os.fstat(file.fileno()).st_size, limits)
        data = file.read(int(limits.megabytes * 1e6) + 1)
    check_size(len(data), limits)
    return data


def _end_with_the_parent() -> None:
    """End this process as soon as nobody can write to its standard input any more, whatever it is doing.

    PR_SET_PDEATHSIG would do it too, but it fires when the *thread* that started the child ends.
    """
    poll: Any = select.poll()
    poll.register(0, 0)  # a hang-up is reported even where nothing is asked for
    poll.poll()
    os._exit(0)


if __name__ == "__main__":
    main()
