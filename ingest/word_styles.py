"""What the styles of a Word file make of its paragraphs: headings, and items of lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .word_numbers import Numbering
from .word_text import FALLBACK, W, count_at, text_of, value

if TYPE_CHECKING:
    from lxml.etree import _Element

DEEPEST = 12  # styles based on styles
GONE = ("del", "moveFrom", "vanish")  # the end of a paragraph of which nothing is to be seen


class Styles:
    """What the paragraph styles say, by their ids, and the number of each paragraph of the body that has one."""

    def __init__(self, opened: Any) -> None:
        self._levels: dict[str, int] = {}  # of headings
        self._lists: dict[str, tuple[str, int]] = {}  # (list, level) of items
        self._numbering = Numbering(_numbering(opened))
        for style in opened.styles:
            at: Any = style
            chain: list[Any] = []
            while at is not None and len(chain) < DEEPEST:
                chain.append(at)
                at = getattr(at, "base_style", None)
            levels = (_level_of_name(str(s.name or "")) or _outline(s.element) for s in chain)
            self._levels[style.style_id] = next(filter(None, levels), 0)
            self._lists[style.style_id] = self._list_of(chain)
        self._numbers: dict[_Element, str] = dict(self._counted(opened.element.body))

    def level(self, paragraph: _Element) -> int:
        """The paragraph's level as a heading; 0 where it is none."""
        return min(_outline(paragraph) or self._levels.get(value(paragraph, "pPr/pStyle"), 0), 6)

    def number(self, paragraph: _Element) -> str:
        """What is counted before the paragraph: "2.1", "(a)"; BULLET for an item that isn't counted, else nothing."""
        return self._numbers.get(paragraph, "")

    def _list_of(self, chain: list[Any]) -> tuple[str, int]:
        """The list of a style and the level in it, each the first that one of `chain`, its bases, gives."""
        listed, level = "", None
        for style in chain:
            given = value(style.element, "pPr/numPr/numId")
            if given and not listed:
                listed = given
                level = self._numbering.level_of(style.style_id, listed) if level is None else level
            if level is None and value(style.element, "pPr/numPr/ilvl"):
                level = count_at(style.element, "pPr/numPr/ilvl", 0)
        return listed, level or 0

    def _counted(self, body: _Element) -> Iterator[tuple[_Element, str]]:
        for paragraph in body.iter(f"{W}p"):
            of_style, level = self._lists.get(value(paragraph, "pPr/pStyle"), ("", 0))
            listed = value(paragraph, "pPr/numPr/numId", of_style)
            if listed in ("", "0") or any(above.tag == FALLBACK for above in paragraph.iterancestors()):
                continue
            gone = any(paragraph.find(f"{W}pPr/{W}rPr/{W}{how}") is not None for how in GONE)
            if not (gone and not text_of(paragraph).strip()):
                yield paragraph, self._numbering.following(listed, count_at(paragraph, "pPr/numPr/ilvl", level))


def _numbering(opened: Any) -> _Element | None:
    from docx.opc.constants import RELATIONSHIP_TYPE

    kind = RELATIONSHIP_TYPE.NUMBERING
    parts = [r.target_part for r in opened.part.rels.values() if r.reltype == kind and not r.is_external]
    return getattr(parts[0], "element", None) if parts else None


def _level_of_name(name: str) -> int:
    words = name.casefold().split()
    if words == ["title"]:
        return 1
    return int(words[1]) if len(words) == 2 and words[0] == "heading" and words[1] in "123456789" else 0


def _outline(element: _Element) -> int:
    """The outline level of a style or a paragraph, from 1; 0 where it is body text."""
    level = count_at(element, "pPr/outlineLvl", 9)
    return level + 1 if level < 9 else 0
