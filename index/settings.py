"""The library's settings, taken from the environment given (never from a global)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import SettingError
from ingest.settings import Limits

from .quota import UNLIMITED, Quota

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_FOLDER = ".footnote"


@dataclass(frozen=True, slots=True)
class Settings:
    """`folder` holds the library; `model` is an embedding model's name or path; `device` is torch's, or "auto"."""

    folder: Path = Path(DEFAULT_FOLDER)
    model: str = DEFAULT_MODEL
    device: str = "auto"
    download: bool = False
    limits: Limits = field(default_factory=Limits)
    quota: Quota = UNLIMITED

    @classmethod
    def of(cls, environment: Mapping[str, str], quota: Quota = UNLIMITED) -> Settings:
        """The settings that the FOOTNOTE_* variables of `environment` make; `quota` where they set none.

        Raises SettingError.
        """
        device = environment.get("FOOTNOTE_DEVICE", "").strip() or "auto"
        if device.split(":")[0] not in {"auto", "cpu", "cuda", "mps", "xpu"}:
            raise SettingError(f"FOOTNOTE_DEVICE is {device!r}; set it to auto, cpu, cuda or mps")
        return cls(
            folder=Path(environment.get("FOOTNOTE_LIBRARY", "").strip() or DEFAULT_FOLDER),
            model=environment.get("FOOTNOTE_MODEL", "").strip() or DEFAULT_MODEL,
            device=device,
            download=environment.get("FOOTNOTE_ALLOW_DOWNLOAD", "").strip() not in {"", "0", "no", "false"},
            limits=Limits.of(environment),
            quota=Quota.of(environment, quota),
        )
