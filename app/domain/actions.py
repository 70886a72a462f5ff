"""Action items: what, who, by when; only the what is demanded, and a hint says what else is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.phases import Phase, Status
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_line, has_content
from app.domain.verbs import says_what

LONGEST_ACTION = 500
LONGEST_OWNER = 120


class ActionStatus(StrEnum):
    """Where an action item stands; one that was `carried` goes on as an item of a later session of the group."""

    OPEN = "open"
    DONE = "done"
    CARRIED = "carried"


class Lack(StrEnum):
    """What an open action item does not say yet."""

    WHAT = "what"
    WHO = "who"
    WHEN = "when"


@dataclass(frozen=True)
class ActionFields:
    """What a moderator fills in of an action item."""

    text: str
    theme_id: int | None = None
    owner: str = ""
    due: date | None = None
    done: bool = False


def check_action(fields: ActionFields) -> ActionFields:
    """The fields with tidy texts. Raises Refusal when the text is missing or one of them is too long."""
    owner = check_line(fields.owner, LONGEST_OWNER) if has_content(fields.owner) else ""
    return ActionFields(check_line(fields.text, LONGEST_ACTION), fields.theme_id, owner, fields.due, fields.done)


def status_of(done: bool, carried: bool) -> ActionStatus:
    """What is done is done, also where it was carried on before."""
    return ActionStatus.DONE if done else ActionStatus.CARRIED if carried else ActionStatus.OPEN


def is_overdue(status: ActionStatus, due: date | None, today: date) -> bool:
    """Whether it is still to be done although its last day has passed."""
    return status == ActionStatus.OPEN and due is not None and due < today


def goes_into_calendar(status: ActionStatus, due: date | None) -> bool:
    """Whether a calendar shows it: it has a day, and is not in the calendar of a later session instead."""
    return due is not None and status != ActionStatus.CARRIED


def lacks(fields: ActionFields, status: ActionStatus) -> tuple[Lack, ...]:
    """What an open item should still say: what will be done, who does it, by when. A hint, which never blocks."""
    if status != ActionStatus.OPEN:
        return ()
    said = {
        Lack.WHAT: says_what(fields.text),
        Lack.WHO: has_content(fields.owner),
        Lack.WHEN: fields.due is not None,
    }
    return tuple(lack for lack, is_said in said.items() if not is_said)


def answers_are_in(phase: Phase, status: Status) -> bool:
    """Whether the answers to a question may become action items: at its result, or when the session is over."""
    return phase == Phase.RESULT or status == Status.ENDED and phase not in (Phase.WAITING, Phase.PAUSE)


def not_listed(texts: Iterable[str], listed: Collection[str]) -> list[str]:
    """Those texts of which there is no action item yet, each once: the same answer twice is one action."""
    return [text for text in dict.fromkeys(texts) if text not in listed]


def is_same_group(one: str, other: str) -> bool:
    """Whether two sessions were of one group, by its name: capitals and spaces don't matter, no name is none."""
    return has_content(one) and " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def parse_day(text: str) -> date | None:
    """A day written as 2026-12-07; None for an empty field. Raises Refusal for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Reason.DATE_MALFORMED) from None
