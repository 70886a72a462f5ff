"""The scene on a phone, read from a page or a push as far as a person acts on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from app.replay.elements import Element
from app.replay.page import Page

_PUSH = re.compile(r'<div id="push" data-seq="(\d+)"')


@dataclass(frozen=True)
class Scene:
    """`about` are themes one can choose for a statement, `themes` those of the vote."""

    kind: str = ""
    question: int = 0
    takes_late: bool = False
    about: tuple[int, ...] = ()
    round_id: int = 0
    budget: int = 0
    limit: int | None = None
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    seq: int
    scene: Scene | None
    """None where a push has other fragments only."""


@lru_cache(maxsize=64)
def shown_in(html: str) -> Shown:
    """All phones are sent the same, so it is taken apart once."""
    if 'id="scene"' not in html:
        push = _PUSH.search(html)
        return Shown(int(push.group(1)) if push else 0, None)
    root = Page(200, "", html).root
    body = root.first("body")
    top = root.first(id="push") or body or root
    scene = root.first(id="scene")
    return Shown(int(top["data-seq"] or 0), _scene(scene) if scene else None)


def _scene(scene: Element) -> Scene:
    vote = scene.first("form", id="vote")
    return Scene(
        kind=scene["data-phase"],
        question=int(scene["data-question"] or 0),
        takes_late="data-late" in scene,
        about=tuple(int(box["value"]) for box in scene.all("input") if box["name"] == "theme" and box["value"]),
        round_id=int(scene["data-round"] or 0),
        budget=int(vote["data-budget"]) if vote else 0,
        limit=int(vote["data-limit"]) if vote and vote["data-limit"] else None,
        themes=tuple(card["data-theme"] for card in vote.all("li") if "data-theme" in card) if vote else (),
    )
