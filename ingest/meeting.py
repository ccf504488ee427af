"""Invitations within e-mails (text/calendar, RFC 5545): what is to happen, where, and from when to when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .blocks import Block

LINES = {"SUMMARY": "Meeting", "LOCATION": "Place", "DTSTART": "Begins", "DTEND": "Ends"}
FOLD = re.compile(r"\r?\n[ \t]")  # a long line goes on behind a space (3.1)
PROPERTY = re.compile(r'([\w-]+)((?:;[\w-]+=(?:"[^"]*"|[^":;]*))*):(.*)')
ZONE = re.compile(r';TZID="?([^":;]+)')
MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?")
ESCAPED = re.compile(r"\\(.)")


def invitation(text: str) -> Iterator[Block]:
    """A block for each event: its lines that say what, where and when."""
    lines: list[str] = []
    within: list[str] = []  # the parts that begin and don't end before a line; alarms have lines of their own
    for line in FOLD.sub("", text).splitlines():
        found = PROPERTY.match(line)
        if not found:
            continue
        name, parameters, value = found[1].upper(), found[2], found[3].strip()
        if name == "BEGIN":
            within.append(value.upper())
        elif name == "END" and within:
            if within.pop() == "VEVENT" and lines:
                yield Block("\n".join(lines))
                lines = []
        elif within[-1:] == ["VEVENT"] and name in LINES and value:
            said = _moment(value, ZONE.search(parameters)) if name.startswith("DT") else _plain(value)
            lines.append(f"{LINES[name]}: {said}")


def _plain(value: str) -> str:
    """A text without its escapes (3.3.11), on one line."""
    return " ".join(ESCAPED.sub(lambda m: " " if m[1] in "nN" else m[1], value).split())


def _moment(value: str, zone: re.Match[str] | None) -> str:
    """A day, or a day and a time with its zone, as people write it; what is neither stays as it stands."""
    found = MOMENT.fullmatch(value)
    if not found:
        return value
    day, hour = "-".join(found.group(1, 2, 3)), ":".join(filter(None, found.group(4, 5)))
    where = "UTC" if found[6] else f"({zone[1]})" if zone and hour else ""
    return " ".join(filter(None, (day, hour, where)))
