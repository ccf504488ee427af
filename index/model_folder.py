"""What a model's folder may hold: weights as safetensors, which are only numbers.

The older formats are pickles, and a pickle may run any program as it is read.
"""

from __future__ import annotations

from pathlib import Path

from ingest.errors import SettingError

PICKLES = {".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".h5", ".joblib"}


def refuse_pickles(place: str) -> None:
    """Raises SettingError where a part of the model in the folder `place` has its weights in another format alone.

    A name that is no folder says nothing: it is a model's name, and loading it keeps to safetensors as well.
    """
    root = Path(place)
    if not root.is_dir():
        return
    for folder in [root, *sorted(f for f in root.rglob("*") if f.is_dir())]:
        files = [f for f in folder.iterdir() if f.is_file()]
        pickles = sorted(f.name for f in files if f.suffix.lower() in PICKLES)
        if pickles and not any(f.suffix == ".safetensors" for f in files):
            raise SettingError(
                f"the model in {place} keeps weights as {pickles[0]}, a format that can run programs when it is read; "
                "use a model with safetensors, or convert it (model.save_pretrained does) where you trust it"
            )
