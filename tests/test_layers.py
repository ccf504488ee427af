"""Imports point down only: ui -> answer -> index -> ingest; programs (`__main__`) may use every layer."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["ingest", "index", "answer", "ui"]
MODULES = sorted(p for layer in LAYERS for p in (ROOT / layer).rglob("*.py") if p.name != "__main__.py")


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it the import stands."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_from_its_own_layer_and_below(path: Path) -> None:
    layer = path.relative_to(ROOT).parts[0]
    above = set(LAYERS[LAYERS.index(layer) + 1 :]) | {"tests", "bench", "app"}
    assert imported(path) & above == set()


@pytest.mark.parametrize(
    ("leaf", "beside"), [("ingest/marking.py", []), ("ingest/errors.py", []), ("ingest/nouns.py", ["marking"])]
)
def test_leaf_modules_import_nothing_of_the_project(leaf: str, beside: list[str]) -> None:
    tree = ast.parse((ROOT / leaf).read_text("utf-8"))
    assert [n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level] == beside
    assert imported(ROOT / leaf) & set(LAYERS) == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_streamlit_is_known_to_the_page_alone(layer: str) -> None:
    users = [p.name for p in (ROOT / layer).rglob("*.py") if "streamlit" in imported(p)]
    assert layer == "ui" or users == []
