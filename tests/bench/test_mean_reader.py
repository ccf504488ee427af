"""The mean of readers' weights, and that only readers of one kind have one."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from bench.mean_reader import main, mean


def reader(folder: Path, name: str, value: float, size: int = 2) -> Path:
    path = folder / f"{name}.safetensors"
    save_file({"head.weight": torch.full((size, 2), value, dtype=torch.float16)}, path)
    return path


def test_every_weight_is_the_mean_of_its_like(tmp_path: Path) -> None:
    files = [reader(tmp_path, "one", 1.0), reader(tmp_path, "two", 2.0), reader(tmp_path, "three", 4.5)]
    assert main([*map(str, files), "--out", str(tmp_path / "mean.safetensors")]) == 0
    made = load_file(tmp_path / "mean.safetensors")["head.weight"]
    assert made.dtype == torch.float16
    assert made.tolist() == [[2.5, 2.5], [2.5, 2.5]]


def test_readers_of_two_kinds_have_no_mean(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not readers of one kind"):
        mean([reader(tmp_path, "one", 1.0), reader(tmp_path, "two", 2.0, size=3)])
