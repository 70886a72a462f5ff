"""What a format says of where an action item stands; the same words in each."""

from __future__ import annotations

from app.domain.actions import ActionStatus
from app.domain.report import ReportAction
from app.screens.render import N_, translate

STATUS = {ActionStatus.OPEN: N_("Open"), ActionStatus.DONE: N_("Done"), ActionStatus.CARRIED: N_("Carried on")}


def status_words(action: ReportAction, language: str) -> str:
    """`Open, overdue, without an owner`: in words, since a report is printed and read aloud."""
    said = [translate(language, STATUS[action.status])]
    if action.overdue:
        said.append(translate(language, N_("overdue")))
    if action.ownerless:
        said.append(translate(language, N_("without an owner")))
    return ", ".join(said)
