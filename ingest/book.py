"""EPUB books: their chapters in reading order, labelled as the table of contents calls them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from . import archive
from .blocks import MOST, Block, document, paged, section
from .errors import ReadError
from .nouns import Document, Progress
from .pictures import Pictures
from .settings import Limits
from .web import blocks_of, inline, parsed, pictures_of

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
NAV_TYPE = "{http://www.idpf.org/2007/ops}type"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def read_book(
    data: bytes, name: str, limits: Limits, password: str | None, progress: Callable[[Progress], None]
) -> Document:
    """The document in an .epub file.  Raises ReadError where it is damaged, protected or over a limit."""
    with archive.opened(data, limits) as parts:
        folder, package = _package(parts)
        items = _items(package, folder)
        chapters = _spine(package, items)
        locked = _locked(parts)
        if any(path in locked for path in chapters):
            raise ReadError("it is protected against copying (DRM); only the shop's own program can open it")
        names = _contents(parts, items)
        blocks: list[Block] = []
        shown: list[tuple[str, str, str]] = []
        held = set(parts.namelist())
        for number, path in enumerate(chapters, 1):
            if path in held:
                root = parsed(archive.part(parts, path))
                within = names.get(path, {})
                for where, heading, address in pictures_of(root, within.get("", ""), len(shown), within):
                    shown.append((where, heading, _resolved(path, address)))
                blocks += _chapters([b for b in blocks_of(root, within) if b.text], within.get("", ""))
            progress(Progress(name, number, len(chapters)))
        pages, headings = paged(blocks, limits)
        pictures = Pictures(limits, lambda: progress(Progress(name, len(chapters), len(chapters))))
        loaded = ((where, heading, _picture(parts, address)) for where, heading, address in shown)
        recognised = list(pictures.pages(loaded, len(pages)))
    return document(
        data,
        name,
        "epub",
        (*pages, *(page for page, _ in recognised)),
        title=_metadata(package, "title"),
        headings=(*headings, *(heading for _, heading in recognised)),
        notes=pictures.notes(),
    )


def _resolved(path: str, address: str) -> str:
    """The part of the book that an address in the chapter at `path` names; one with a scheme stays as it is."""
    if SCHEME.match(address):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address.split("#")[0])))


def _picture(parts: zipfile.ZipFile, address: str) -> bytes | None:
    """The picture's file; empty where the book lacks it, None where it lies outside the book."""
    if SCHEME.match(address):
        return inline(address)
    try:
        return archive.part(parts, address)
    except ReadError:
        return b""


def _chapters(blocks: list[Block], called: str) -> Iterator[Block]:
    """The blocks of one file, of which those with a label begin a chapter; `called` is what it begins with."""
    starts = []
    for at, block in enumerate(blocks):
        if block.label:
            while not block.level and at > 0 and blocks[at - 1].level:  # the place is below its heading
                at -= 1
            starts.append((at, block.label))
    if not starts or starts[0][0]:
        starts.insert(0, (0, called))
    plain = [replace(block, label="") for block in blocks]
    for (start, name), (end, _) in pairwise([*starts, (len(blocks), "")]):
        yield from _chapter(plain[start:end], name)


def _chapter(blocks: list[Block], called: str) -> list[Block]:
    """The chapter's blocks; the first begins a page, named by the chapter's heading or the table of contents."""
    first = next((b for b in blocks[:3] if b.level), None)
    label = section(first.text if first else called) if first or called else ""
    return [replace(blocks[0], label=label), *blocks[1:]] if blocks and label else blocks


def _xml(data: bytes) -> _Element:
    from lxml import etree

    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except etree.XMLSyntaxError as error:
        raise ReadError("it is damaged: its list of chapters can't be read") from error


def _package(parts: zipfile.ZipFile) -> tuple[str, _Element]:
    """The folder of the package file, and the package: what the book is made of."""
    container = _xml(archive.part(parts, CONTAINER))
    root = container.find(".//{*}rootfile") if container is not None else None
    path = root.get("full-path", "") if root is not None else ""
    package = _xml(archive.part(parts, path))
    if package is None:
        raise ReadError("it is damaged: its list of chapters can't be read")
    return posixpath.dirname(path), package


def _items(package: _Element, folder: str) -> dict[str, tuple[str, str, str]]:
    """Path, media type and properties of every file of the book, by its id."""
    found = {}
    for item in package.iterfind(".//{*}manifest/{*}item"):
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        found[item.get("id", "")] = (path, item.get("media-type", ""), item.get("properties", ""))
    return found


def _spine(package: _Element, items: dict[str, tuple[str, str, str]]) -> list[str]:
    """The paths of the chapters in reading order, each once; the navigation page is none."""
    order = [items.get(ref.get("idref", "")) for ref in package.iterfind(".//{*}spine/{*}itemref")]
    chapters = (path for path, kind, what in filter(None, order) if "html" in kind and "nav" not in what)
    return list(dict.fromkeys(chapters))


def _contents(parts: zipfile.ZipFile, items: dict[str, tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """What the table of contents calls the places in each file, by the file's path and the place's id; "" is its top.

    The only place in a file is its top, wherever it is; so is the first of each, in a table as long as an index.
    """
    named: dict[str, dict[str, str]] = {}
    held = set(parts.namelist())
    for path, kind, properties in items.values():
        if path not in held or not ("ncx" in kind or "nav" in properties.split()):
            continue
        root = _xml(archive.part(parts, path))
        if root is None:
            continue
        for point in root.iter("{*}navPoint", "{*}a"):
            content = point.find("{*}content")
            target = content.get("src", "") if content is not None else point.get("href", "")
            label = point.find("{*}navLabel")
            text = " ".join("".join(map(str, (label if label is not None else point).itertext())).split())
            file, _, place = target.partition("#")
            at = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(file)))
            if text and _is_of_chapters(point):
                named.setdefault(at, {}).setdefault(unquote(place), text)
    long = sum(map(len, named.values())) > MOST
    return {
        at: {"": next(iter(places.values()))} if long or len(places) == 1 else places for at, places in named.items()
    }


def _is_of_chapters(point: _Element) -> bool:
    """True where the list that it is in is not one of printed pages or landmarks."""
    above = next(point.iterancestors("{*}nav"), None)
    kinds = above.get(NAV_TYPE, "").split() if above is not None else []
    return not kinds or "toc" in kinds


def _metadata(package: _Element, what: str) -> str:
    found = package.find(f".//{{http://purl.org/dc/elements/1.1/}}{what}")
    return "".join(map(str, found.itertext())) if found is not None else ""


def _locked(parts: zipfile.ZipFile) -> set[str]:
    """The paths of encrypted files; fonts often are, without harm."""
    if "META-INF/encryption.xml" not in parts.namelist():
        return set()
    root = _xml(archive.part(parts, "META-INF/encryption.xml"))
    return {unquote(r.get("URI", "")) for r in root.iter("{*}CipherReference")} if root is not None else set()
