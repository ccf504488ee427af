"""Rows hold what was read, whole."""

import json
import zlib

from index.records import decode_layout, encode_layout
from ingest.nouns import Line, Word

LINES = (
    Line(0, 5, (Word(0, 5, 1.5, 2.25, 30.0, 12.0),), 10.5),
    Line(6, 9, (Word(6, 7, 1.0, 2.0, 3.0, 4.0), Word(8, 9, 5.0, 6.0, 7.0, 8.0)), 9.0, table=2, header=True),
    Line(10, 14, (), 0.0, recognised=True),
)


def test_lines_come_back_as_they_were_stored() -> None:
    assert decode_layout(encode_layout(LINES)) == LINES
    assert decode_layout(None) == ()


def test_lines_that_an_earlier_version_stored_are_read() -> None:
    early = zlib.compress(json.dumps([[0, 5, 10.5, [[0, 5, 1.5, 2.25, 30.0, 12.0]], 3, True]]).encode())
    (line,) = decode_layout(early)
    assert (line.size, line.table, line.header, line.recognised) == (10.5, 3, True, False)
    earliest = zlib.compress(json.dumps([[0, 5, 10.5, []]]).encode())
    assert decode_layout(earliest) == (Line(0, 5, (), 10.5),)
