"""A conversation as a Markdown file, every answer with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from index.conversations import Said

from .places import place
from .plain import plain


def as_markdown(title: str, turns: Sequence[Said]) -> str:
    """The conversation for keeping: questions as headings, answers, and the quotes that they rest on."""
    lines = [f"# {plain(title)}", ""]
    for turn in turns:
        if turn.role == "user":
            lines += [f"## {plain(turn.text)}", ""]
            continue
        lines += [plain(turn.text), ""]
        for citation in turn.payload.get("citations", []):
            quote = plain(citation["quote"])
            where = f"{plain(citation['document'])}, page {citation['page']}{plain(place(citation))}"
            lines += [f"{citation['marker']}. {where}: “{quote}”"]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
