"""Charts and diagrams (SmartArt) in Word and PowerPoint files: their figures as lines of a table, and their words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from .grid import LONG, row_text
from .numbers import counted
from .workbook import shown_as

if TYPE_CHECKING:
    from lxml.etree import _Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
CHART, DIAGRAM = f"{C}chart", f"{D}relIds"
NEW_CHART = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"  # a waterfall, a funnel, a map
IN_WORD = "{urn:schemas-microsoft-com:office:office}OLEObject"  # a file of another program
ON_SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}oleObj"
DRAWN = (CHART, DIAGRAM, NEW_CHART, IN_WORD, ON_SLIDE)  # what stands in a drawing for the part that holds it
PATTERN = 255  # characters; spreadsheet programs take no longer one
BETWEEN = ("parTrans", "sibTrans", "pres")  # points of a diagram that only draw others


class Drawings:
    """Reads the charts and diagrams of one file, and remembers how many it can't read."""

    def __init__(self) -> None:
        self.unread = 0

    def lines(self, drawn: _Element, part: Any) -> list[str]:
        """What is in the chart or diagram that one of DRAWN in `part` stands for, line by line."""
        from lxml import etree

        try:
            held = part.rels[drawn.get(f"{R}dm" if drawn.tag == DIAGRAM else f"{R}id", "")].target_part.blob
            root = etree.fromstring(held, etree.XMLParser(resolve_entities=False, no_network=True))
        except (KeyError, ValueError, etree.XMLSyntaxError):  # its part is missing, lies elsewhere, or is damaged
            lines = []
        else:
            lines = list(_diagram(root) if drawn.tag == DIAGRAM else _chart(root))
        self.unread += not lines
        return lines

    def notes(self) -> Iterator[str]:
        """What a person should know of those that aren't read."""
        if self.unread:
            are = counted(self.unread, "chart, diagram or embedded file is", "charts, diagrams or embedded files are")
            yield f"{are} not read: empty, or of a kind unknown here; add a PDF of the file to have the words read."


def _diagram(root: _Element) -> Iterator[str]:
    for point in root.iter(f"{D}pt"):
        if point.get("type", "node") not in BETWEEN:
            for paragraph in point.iter(f"{A}p"):
                text = _words(paragraph, f"{A}t")
                if text:
                    yield text


def _chart(root: _Element) -> Iterator[str]:
    """A chart's figures: a row a category, a column a series; a row a point where both its axes have numbers."""
    chart = root.find(CHART)
    area = chart.find(f"{C}plotArea") if chart is not None else None
    if chart is None or area is None:
        return
    title = _words(chart.find(f"{C}title"), f"{A}t")
    categories: dict[int, str] = {}
    columns: list[tuple[dict[int, str], str, dict[int, str]]] = []  # categories, name, values of each series
    for series in area.iter(f"{C}ser"):
        name = _words(series.find(f"{C}tx"), f"{C}v")
        across = series.find(f"{C}xVal")
        if across is None:
            categories = _points(series.find(f"{C}cat")) or categories
            columns.append((categories, name, _points(series.find(f"{C}val"))))
        else:
            values, sizes = _points(series.find(f"{C}yVal")), _points(series.find(f"{C}bubbleSize"))
            header = [_axis(area) or "x", name or "y", *(["Size"] if sizes else [])]
            rows = [[x, values.get(i, ""), sizes.get(i, "")] for i, x in _points(across).items()]
            yield from ([title] if title else [])
            title = ""
            yield from _lines(header, rows)
    for known, group in groupby(columns, key=lambda column: column[0]):
        together = [(name, values) for _, name, values in group]
        numbers = sorted(set(known).union(*(values for _, values in together)))
        rows = [[known.get(i, str(i + 1)), *(values.get(i, "") for _, values in together)] for i in numbers]
        yield from _lines([title or "Category", *(name for name, _ in together)], rows)


def _lines(header: list[str], rows: list[list[str]]) -> Iterator[str]:
    names = [name if len(name) <= LONG else "" for name in header]
    yield from (row_text(header), *(row_text(row, names) for row in rows)) if rows else ()


def _axis(area: _Element) -> str:
    """What the axis from left to right is called."""
    axes = (axis for axis in area.iter(f"{C}valAx") if _get(axis.find(f"{C}axPos"), "val") in ("b", "t"))
    return next((_words(axis.find(f"{C}title"), f"{A}t") for axis in axes), "")


def _points(data: _Element | None) -> dict[int, str]:
    """The values of a series, or its categories, by their numbers; of levels of categories the widest first."""
    if data is None:
        return {}
    levels = list(data.iter(f"{C}lvl"))
    if not levels:
        pattern = (data.findtext(f".//{C}formatCode") or "General")[:PATTERN]
        texts = data.find(f"{C}strRef") is not None or data.find(f"{C}strLit") is not None
        return {i: v if texts else _figure(v, pattern) for i, v in _values(data)}
    said = dict(_values(levels[0]))
    for level in levels[1:]:
        wide, above = dict(_values(level)), ""
        for i in sorted(said):
            above = wide.get(i, above)[:LONG]
            said[i] = f"{above} {said[i]}".strip()
    return said


def _values(data: _Element) -> Iterator[tuple[int, str]]:
    for point in data.iter(f"{C}pt"):
        number, text = point.get("idx", ""), point.findtext(f"{C}v") or ""
        if number.isdecimal() and len(number) < 10 and text:
            yield int(number), text


def _figure(text: str, pattern: str) -> str:
    """A number as the chart shows it; one that counts days, as the date that it is."""
    from openpyxl.styles.numbers import is_date_format
    from openpyxl.utils.datetime import from_excel

    try:
        number = float(text)
        return shown_as(from_excel(number) if is_date_format(pattern) else number, pattern)
    except (ValueError, ArithmeticError):
        return text


def _words(element: _Element | None, tag: str) -> str:
    texts = (at.text or "" for at in element.iter(tag)) if element is not None else ()
    return " ".join("".join(texts).split())


def _get(element: _Element | None, name: str) -> str:
    return str(element.get(name, "")) if element is not None else ""
