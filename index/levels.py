"""How often the word index was merged, which FTS5 counts as levels, and can't read any more beyond 2,000.

To take a document out leaves its words in FTS5's index as marks until all of it is merged ('optimize').  Every such
merge puts what it makes one or two levels above what was there, and gives none of them back (SQLite before 3.41;
`fts5_index.c`, `fts5IndexOptimizeStruct`).  So after a thousand removals a library could not be searched any more.
To make the index anew from its own rows ('rebuild') begins again with one level.
"""

from __future__ import annotations

from sqlite3 import Connection

MOST = 400  # levels from which on the index is made anew instead of merged
BEYOND = 2_000  # levels that FTS5 can read (FTS5_MAX_SEGMENT)
RECORD = 10  # the row of the index's structure: a cookie of 4 bytes, then varints, the first how many levels
NEWER = b"\xff\x00\x00\x01"  # follows the cookie in the structure as later versions of SQLite write it
EMPTY = bytes(7)  # a cookie, and no level, segment or write


def levels(connection: Connection) -> int:
    """How many levels the word index has."""
    (record,) = connection.execute("SELECT block FROM words_data WHERE id = ?", (RECORD,)).fetchone()
    count = 0
    for byte in record[4 + len(NEWER) * record.startswith(NEWER, 4) :]:
        count = count << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return count


def merge(connection: Connection) -> None:
    """Leave nothing in the word index of what was deleted.  Inside a transaction."""
    how = "optimize" if levels(connection) < MOST else "rebuild"
    connection.execute("INSERT INTO words (words) VALUES (?)", (how,))


def mend(connection: Connection) -> None:
    """Make the word index anew where FTS5 can't read it any more.  Inside a transaction, before the index is used."""
    connection.execute("UPDATE words_data SET block = ? WHERE id = ?", (EMPTY, RECORD))
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
