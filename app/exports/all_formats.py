"""Every format there is: the files and folders beside this one that hold a FORMAT, found and listed nowhere else."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from app.exports.formats import Format, Purpose


def _found() -> Iterator[Format]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        chosen = getattr(importlib.import_module(f"app.exports.{module.name}"), "FORMAT", None)
        if isinstance(chosen, Format):
            yield chosen


def _place(chosen: Format) -> tuple[int, str]:
    return list(Purpose).index(chosen.purpose), chosen.name


FORMATS: dict[str, Format] = {chosen.name: chosen for chosen in sorted(_found(), key=_place)}
