"""Faults in what participants propose: a check that does not notice its fault checks nothing."""

from __future__ import annotations

import logging
from typing import Any

from pytest import MonkeyPatch

from app.commands import proposals
from app.commands.outcome import Outcome
from app.domain import anonymity
from app.domain.events import ProposalsChanged
from app.domain.proposals import Proposed
from app.screens import refresh
from app.store import database

log = logging.getLogger("app.planted")


def a_stored_proposer(plant: MonkeyPatch) -> None:
    real = database.Database.forget_order

    async def changing(self: Any) -> bool:
        try:
            await self._tell_driver("alter table statement add column proposer text")
        except Exception:
            log.debug("it was changed before")
        return await real(self)

    plant.setattr(database.Database, "forget_order", changing)


def proposals_shown_as_they_come(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "may_release", lambda participants: bool(participants))


def mixing_that_counts_proposals(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "may_release", lambda participants: len(participants) >= anonymity.FEW)


def a_push_of_what_waits(plant: MonkeyPatch) -> None:
    real = proposals.propose

    async def telling(db: Any, session: Any, **arguments: Any) -> Outcome:
        done = await real(db, session, **arguments)
        return Outcome([ProposalsChanged(session.current_question_id)], done.answer)

    plant.setattr(proposals, "propose", telling)


def proposals_on_every_phone(plant: MonkeyPatch) -> None:
    real = refresh.draw_changes

    async def telling(db: Any, screen: str, *others: Any) -> dict[str, str]:
        return await real(db, "control_room" if screen == "phone" else screen, *others)

    plant.setattr(refresh, "draw_changes", telling)


def the_last_of_one_hand_together(plant: MonkeyPatch) -> None:
    plant.setattr(proposals, "last_batch", lambda participants, had_one, _chance: [] if had_one else list(participants))


def an_end_that_shows_each_alone(plant: MonkeyPatch) -> None:
    real = proposals.last_batch
    plant.setattr(proposals, "last_batch", lambda participants, _had_one, chance: real(participants, False, chance))


def a_proposed_name_in_the_log(plant: MonkeyPatch) -> None:
    real = proposals.check_proposed

    def talkative(theme: int | None, name: str | None, themes: Any) -> Proposed:
        log.info("somebody proposes %s", name)
        return real(theme, name, themes)

    plant.setattr(proposals, "check_proposed", talkative)
