"""The one scene a phone shows, read from its page or from a push: what is asked, and what one may do now."""

from dataclasses import dataclass
from functools import lru_cache

from app.replay.elements import Element
from app.replay.page import Page


@dataclass(frozen=True)
class Theme:
    """A theme as a phone offers it: one to choose for a statement, or one to give points to."""

    id: str
    name: str


@dataclass(frozen=True)
class Scene:
    """`phase` is empty before anything was shown. `limit`: the most points for one theme; None for no such limit."""

    phase: str = ""
    question: str = ""
    text: str = ""
    longest: int = 0
    takes_late: bool = False
    round: int = 0
    budget: int = 0
    limit: int | None = None
    is_verifiable: bool = False
    offered: tuple[Theme, ...] = ()
    """What a statement may be about, where the question came with themes."""
    voted_on: tuple[Theme, ...] = ()
    statements_address: str = ""
    allocation_address: str = ""

    def offered_as(self, name: str) -> list[Theme]:
        """The themes of this name that one can choose for a statement."""
        return [theme for theme in self.offered if theme.name == " ".join(name.split())]


def scene_of(page: Page) -> Scene | None:
    """None where the page, or the push, holds no scene."""
    section = page.root.first(id="scene")
    if section is None:
        return None
    vote = section.first("form", id="vote") or Element("form")
    asked = section.first(id="scene-question") or section.first(class_="scene-question")
    statements, allocation = page.form("/statements"), page.form("/allocation")
    return Scene(
        phase=section["data-phase"],
        question=section["data-question"],
        text=asked.text if asked else "",
        longest=int(section["data-most"] or 0),
        takes_late="data-late" in section,
        round=int(section["data-round"] or 0),
        budget=int(vote["data-budget"] or 0),
        limit=int(vote["data-limit"]) if vote["data-limit"] else None,
        is_verifiable="data-verifiable" in vote,
        offered=tuple(_offered(section)),
        voted_on=tuple(_voted_on(vote)),
        statements_address=statements.action if statements else "",
        allocation_address=allocation.action if allocation else "",
    )


@lru_cache(maxsize=64)
def pushed_scene(pushed: str, address: str) -> Scene | None:
    """The scene in a push to the page at `address`. The same push goes to all, so it is taken apart once for all."""
    return scene_of(Page(200, address, pushed)) if 'id="scene"' in pushed else None


def _offered(section: Element) -> list[Theme]:
    return [
        Theme(choice["value"], shown.text)
        for label in section.all("label")
        if (choice := label.first("input", name="theme"))
        and (shown := label.first(class_="theme-option-name"))
        and choice["value"].isdigit()
    ]


def _voted_on(vote: Element) -> list[Theme]:
    return [
        Theme(card["data-theme"], name.text if (name := card.first(class_="theme-name-text")) else "")
        for card in vote.all("li")
        if "data-theme" in card
    ]
