"""`moderato run` with one addition: it counts how often the phone's scene is drawn, in a file others can read."""

from __future__ import annotations

import mmap
import struct
import sys
from pathlib import Path
from typing import Any

from jinja2 import Template

from app.cli import main

SCENE = "phone/scene.html"
NUMBER = struct.Struct("q")


def count_into(path: Path) -> None:
    """Every drawing of the scene adds one, whichever part of the server asks for it."""
    with path.open("r+b") as file:
        shared = mmap.mmap(file.fileno(), NUMBER.size)
    draw = Template.render

    def counting(self: Template, *arguments: Any, **named: Any) -> str:
        if self.name == SCENE:
            shared[:] = NUMBER.pack(NUMBER.unpack(shared[:])[0] + 1)
        return draw(self, *arguments, **named)

    Template.render = counting  # type: ignore[method-assign]


def read(path: Path) -> int:
    return int(NUMBER.unpack(path.read_bytes())[0])


if __name__ == "__main__":
    count_into(Path(sys.argv[1]))
    sys.exit(main(["run"]))
