"""The control room as a moderator reads it: where the session stands, which themes there are, and what lies in them."""

from dataclasses import dataclass
from functools import cached_property

from app.replay.elements import Element
from app.replay.page import Form, Page
from app.replay.stops import ReplayStopped

ENDED = "ended"


@dataclass(frozen=True)
class Card:
    """A statement on the board."""

    id: str
    text: str


class ControlRoom:
    """What stands on a control room page, or in the fragments that replace it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def where(self) -> tuple[str, str]:
        """The current question's id (empty before the first) and its phase."""
        stage = self.page.root.first("main", id="stage")
        if stage and f"stage-{ENDED}" in stage["class"].split():
            return "", ENDED
        fields = dict(self.next_step().fields())
        return fields.get("question", ""), fields.get("phase", "")

    @property
    def is_whole(self) -> bool:
        """Whether this shows where the session stands, and is not only what moved on a board that is there already."""
        return self.page.root.first(id="top-bar") is not None

    @property
    def phase(self) -> str:
        return self.where[1]

    def next_step(self) -> Form:
        """The one black button."""
        bar = self.page.root.first(id="top-bar")
        actions = {form["action"] for form in bar.all("form")} if bar else set()
        return found(next((form for form in self.page.forms() if form.written_action in actions), None), "next step")

    @cached_property
    def code(self) -> str:
        """The six digits as the room sees them."""
        digits = self.page.root.first(class_="join-code-digits")
        return "".join(digits.text.split()) if digits else ""

    @property
    def question_count(self) -> int:
        rail = self.page.root.first("nav", id="rail")
        agenda = rail.first("ol") if rail else None
        return sum(isinstance(one, Element) and one.tag == "li" for one in agenda.children) if agenda else 0

    @cached_property
    def themes(self) -> dict[str, list[Card]]:
        """Theme ids in the order of the board, each with its cards in order."""
        return {_id(one): _cards(one) for one in self.page.root.all("li") if one.is_of_class("theme-cluster")}

    @cached_property
    def cards(self) -> list[Card]:
        """All statements that can be chosen, in the inbox and under the themes."""
        return _cards(self.page.root)

    def form(self, ending: str) -> Form:
        return found(self.page.form(ending), ending)


def found(form: Form | None, what: str) -> Form:
    """The form a person would look for. Raises ReplayStopped when the page hasn't got it."""
    if form is None:
        raise ReplayStopped(f"The page of the server has no form for “{what}”.")
    return form


def said(page: Page) -> str:
    """What a page tells of a refusal: its notice, its error, or its heading."""
    notices = [one for one in page.root.all() if one["role"] in ("alert", "status") and one.text]
    told = notices[0] if notices else page.root.first("h1") or page.root
    return told.text[:300] or f"status {page.status}"


def _id(cluster: Element) -> str:
    return cluster["id"].removeprefix("theme-")


def _cards(inside: Element) -> list[Card]:
    """The boxes by which statements are chosen, each with the exact text in its label."""
    return [
        Card(box["value"], text.exact_text)
        for label in inside.all("label")
        if (box := label.first("input", name="statement")) and (text := label.first(class_="statement-text"))
    ]
