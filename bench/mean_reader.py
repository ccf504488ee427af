"""The mean of several readers' weights: `python -m bench.mean_reader READER.safetensors… --out READER.safetensors`

Readers that were trained on from each other lie near enough for their mean to be a reader, and a better one than
each ("model soups", Wortsman et al., 2022).
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save


def mean(files: Sequence[Path]) -> bytes:
    """The bytes of the mean's file, in the precision of the first.  Raises ValueError where their tensors differ."""
    readers = [load_file(file) for file in files]
    shapes = [{name: (tensor.shape, tensor.dtype) for name, tensor in reader.items()} for reader in readers]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("these are not readers of one kind: their tensors differ in name, shape or precision")
    first = readers[0]
    return save({name: torch.stack([r[name].float() for r in readers]).mean(0).to(first[name].dtype) for name in first})


def main(given: Sequence[str] | None = None) -> int:
    """Run the command."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("readers", nargs="+", type=Path, metavar="READER.safetensors")
    p.add_argument("--out", type=Path, required=True)
    args = p.parse_args(given)
    data = mean(args.readers)
    args.out.write_bytes(data)
    print(f"{args.out}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
