"""Answers that are as long whatever they say: on an encrypted line the length is all that others see."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse

# Bytes. Below what is compressed, since that would tell the length again.
STEP = 512


class SameLength(JSONResponse):
    """JSON with spaces behind it, up to the next step."""

    def render(self, content: Any) -> bytes:
        told = super().render(content)
        return told + b" " * (-len(told) % STEP)
