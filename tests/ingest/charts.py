"""Charts and diagrams as Office programs write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

A = "http://schemas.openxmlformats.org/drawingml/2006"
NAMES = f'xmlns:a="{A}/main" xmlns:c="{A}/chart" xmlns:dgm="{A}/diagram"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CX = "http://schemas.microsoft.com/office/drawing/2014/chartex"


def words(text: str) -> str:
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"


def points(values: Sequence[object]) -> str:
    return "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values) if v is not None)


def numbers(values: Sequence[object], pattern: str = "General") -> str:
    cache = f"<c:numCache><c:formatCode>{pattern}</c:formatCode>{points(values)}</c:numCache>"
    return f"<c:numRef>{cache}</c:numRef>"


def texts(values: Sequence[object]) -> str:
    return f"<c:strRef><c:strCache>{points(values)}</c:strCache></c:strRef>"


def series(name: str, **data: str) -> str:
    """`data` by the names that the series gives them: cat and val, or xVal and yVal."""
    named = f"<c:tx><c:strRef><c:strCache>{points([name])}</c:strCache></c:strRef></c:tx>" if name else ""
    return f"<c:ser>{named}{''.join(f'<c:{key}>{value}</c:{key}>' for key, value in data.items())}</c:ser>"


def bars() -> str:
    return f"<c:barChart>{series('Tonnes', cat=texts(['2024']), val=numbers([62.5]))}</c:barChart>"


def title(text: str) -> str:
    return f"<c:title><c:tx><c:rich>{words(text)}</c:rich></c:tx></c:title>" if text else ""


def chart(*plots: str, called: str = "") -> bytes:
    area = f"<c:chart>{title(called)}<c:plotArea>{''.join(plots)}</c:plotArea></c:chart>"
    return f"<c:chartSpace {NAMES}>{area}</c:chartSpace>".encode()


def diagram(*nodes: str, others: Mapping[str, str] | None = None) -> bytes:
    """A diagram of nodes; `others` by the kinds of their points."""
    held = [("node", node) for node in nodes] + list((others or {}).items())
    made = "".join(f'<dgm:pt type="{kind}"><dgm:t>{words(text)}</dgm:t></dgm:pt>' for kind, text in held)
    return f"<dgm:dataModel {NAMES}><dgm:ptLst>{made}</dgm:ptLst></dgm:dataModel>".encode()


def reference(tag: str, related: str) -> str:
    """What stands in a drawing for the chart or the diagram in a part related to the drawing's own."""
    return f'<{tag} {NAMES} xmlns:cx="{CX}" xmlns:r="{R}" r:{"dm" if tag == "dgm:relIds" else "id"}="{related}"/>'
