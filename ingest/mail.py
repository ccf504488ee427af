"""E-mails saved as files (.eml), and web pages that a browser saved in one file (.mhtml)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

from .blocks import Block, document, paged
from .charsets import text_of
from .errors import ReadError
from .meeting import invitation
from .nouns import Attachment, Document, Progress
from .settings import Limits
from .web import blocks_of, parsed

HEADERS = ("Subject", "From", "To", "Cc", "Date")
WORD = re.compile(r"[\u2e80-\U0003ffff]|[^\W\u2e80-\U0003ffff]+")  # characters of East Asia are words of their own
DEEPEST = 5  # messages within messages


def read_mail(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in an .eml or .mhtml file.  Raises ReadError over a limit."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        raise ReadError("it is not an e-mail that can be read")
    attached: list[Attachment] = []
    saved = (message.get_content_type() == "multipart/related") and "Saved by" in _header(message, "From")
    blocks = list(_body(message) if saved else _message(message, "message", attached, 0))
    pages, headings = paged(blocks, limits)
    progress(Progress(name, len(pages), len(pages)))
    title = _header(message, "Subject")
    return document(data, name, "eml", pages, title=title, headings=headings, attached=attached)


def _message(message: EmailMessage, label: str, attached: list[Attachment], depth: int) -> Iterator[Block]:
    """Its headers, its body, and the messages attached to it; other attachments go into `attached`."""
    yield Block("", label=label)
    yield from (Block(f"{name}: {value}") for name in HEADERS if (value := _header(message, name)))
    yield from _body(message)
    for part in _beside(message):
        inner = part.get_content() if part.get_content_type() == "message/rfc822" else None
        if isinstance(inner, EmailMessage) and depth < DEEPEST:
            subject = _header(inner, "Subject") or "without a subject"
            yield from _message(inner, f'attached message "{subject[:80]}"', attached, depth + 1)
        elif _is_file(part):
            content = part.get_payload(decode=True)
            name = " ".join((part.get_filename() or part.get_content_type()).split())
            attached.append((name, content if isinstance(content, bytes) else None))


def _beside(message: Any) -> Iterator[Any]:
    """The parts that may be attached: those of series and twins, and what is beside a page with its pictures."""
    if not _is_series(message) and message.get_content_subtype() != "alternative":
        yield from message.iter_attachments()
        return
    for part in message.iter_parts():
        deeper = _is_series(part) or part.get_content_subtype() == "alternative"
        yield from _beside(part) if deeper else (part,)


def _is_series(part: Any) -> bool:
    """True where its parts follow each other, as opposed to twins and to a page with its pictures (RFC 2046, 5.1)."""
    twins = part.get_content_subtype() in ("alternative", "related")
    return part.get_content_maintype() == "multipart" and not twins


def _is_file(part: Any) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _body(message: Any) -> Iterator[Block]:
    """What is written in it; where texts stand between pictures, all of them; and the invitations beside them."""
    if _is_series(message):
        for part in message.iter_parts():
            if not _is_file(part):
                yield from _body(part)
        return
    yield from _versions(message)
    for part in message.walk():
        if part.get_content_type() == "text/calendar" and not _is_file(part):
            yield from invitation(text_of(_bytes(part), part.get_content_charset("")))


def _versions(message: Any) -> Iterator[Block]:
    """The plain text; the HTML where it says more, since some programs write only that they have HTML into the text."""
    plain = _version(message, "plain")
    said = _words(plain)
    try:
        html = _version(message, "html")
    except ReadError:
        if not said:
            raise
        html = []
    shown = _words(html)
    if 2 * len(shown & said) >= len(shown):
        yield from plain
        return
    if 2 * len(shown & said) < len(said):
        yield from plain
    yield from html


def _version(message: Any, kind: str) -> list[Block]:
    """Its text of this kind; empty where it has none."""
    try:
        part = message.get_body(preferencelist=(kind,))
    except (AttributeError, KeyError):  # a structure that contradicts itself
        return []
    return list(_written(part)) if part is not None else []


def _words(blocks: list[Block]) -> set[str]:
    return {word for block in blocks for word in WORD.findall(block.text.casefold())}


def _bytes(part: Any) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _written(part: Any) -> Iterator[Block]:
    data, label = _bytes(part), part.get_content_charset("")
    if part.get_content_subtype() == "html":
        if data.strip():
            yield from blocks_of(parsed(data, label))
        return
    for paragraph in text_of(data, label).replace("\r\n", "\n").split("\n\n"):
        yield Block(paragraph)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # a header that the parser can't make sense of
        return ""
