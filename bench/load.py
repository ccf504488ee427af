"""What a library and the app bear: many processes on one library, and many people on one page.

    python -m bench.load processes --minutes 10     2 add, 1 removes, 8 search; held against a serial oracle
    python -m bench.load users --minutes 10 --users 50     browser sessions over websockets, documents come and go

A person thinks for half to one and a half times `--think` after each answer, looks at what is new every two
seconds as a browser does, and begins a new chat after four questions or so; a document comes every five seconds and
goes after thirty.  One JSON row; status 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from . import load_processes, load_users


def main() -> int:
    """The whole command; its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.load", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=["processes", "users"])
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=30, help="seconds between two questions of a person, on average")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="footnote-load-") as place:
        folder = Path(place)
        if given.part == "processes":
            figures = load_processes.run(folder, 60 * given.minutes, given.seed)
            print(json.dumps(load_processes.row(figures)))
            return int(bool(figures.faults))
        users = load_users.run(folder, 60 * given.minutes, given.users, given.think, given.seed)
        print(json.dumps(load_users.row(users)))
        return int(bool(users.errors))


if __name__ == "__main__":
    sys.exit(main())
