"""A model's folder is not read where it could run a program."""

import json
import pickle
import sys
from pathlib import Path

import pytest

from index.embedder import SentenceTransformerEmbedder, bundled_folder
from index.model_folder import refuse_pickles
from ingest.errors import SettingError


def linked(folder: Path) -> Path:
    """A copy of the bundled model without its weights."""
    folder.mkdir()
    for path in bundled_folder().iterdir():
        if path.suffix not in (".safetensors", ".bin"):
            (folder / path.name).symlink_to(path)
    return folder


class Bomb:
    def __reduce__(self):
        return (exec, ("import pathlib; pathlib.Path('exploded').touch()",))


@pytest.mark.parametrize("name", ["pytorch_model.bin", "2_Dense/pytorch_model.bin", "model.pt", "tf_model.h5"])
def test_weights_that_are_a_pickle_are_refused_before_they_are_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = linked(tmp_path / "model")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(SettingError, match=r"can run programs when it is read; use a model with safetensors"):
        SentenceTransformerEmbedder(str(folder)).encode(["text"])
    assert not (tmp_path / "exploded").exists()


def test_safetensors_beside_other_formats_are_taken(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").touch()
    with pytest.raises(SettingError):
        refuse_pickles(str(tmp_path))
    (tmp_path / "model.safetensors").touch()
    refuse_pickles(str(tmp_path))
    refuse_pickles("all-MiniLM-L6-v2")


@pytest.mark.model
def test_code_that_lies_in_a_models_folder_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = linked(tmp_path / "model")
    (folder / "model.safetensors").symlink_to(bundled_folder() / "model.safetensors")
    (folder / "evil.py").write_text("import pathlib; pathlib.Path('exploded').touch()\nclass Evil: pass\n")
    modules = json.loads((folder / "modules.json").read_text())
    modules[-1]["type"] = "evil.Evil"
    (folder / "modules.json").unlink()
    (folder / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(SettingError, match="can't be loaded"):
        SentenceTransformerEmbedder(str(folder)).encode(["text"])
    assert not (tmp_path / "exploded").exists()
    assert "evil" not in sys.modules
