"""Faults in what the model says must hold; each has to make the application and the model differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pytest import MonkeyPatch
from sqlalchemy import update

from app.commands import archive, ballots, pages, phases, releases, run, statements, steps
from app.commands.outcome import Outcome
from app.domain import anonymity, events, moves
from app.domain import themes as board
from app.store import history, questions
from app.store.tables import ModerationSession, RoundTheme
from tests.model.machine import WholeSession


def points_over_the_budget(plant: MonkeyPatch) -> None:
    real = ballots.check_allocation

    def generous(points: object, themes: frozenset[int], budget: int, limit: int | None) -> dict[int, int]:
        return real(points, themes, budget + 100, limit)

    plant.setattr(ballots, "check_allocation", generous)


def an_older_allocation_that_wins(plant: MonkeyPatch) -> None:
    plant.setattr(ballots, "is_newer", lambda revision, standing: True)


def an_older_text_that_wins(plant: MonkeyPatch) -> None:
    plant.setattr(statements, "is_newer", lambda revision, standing: True)


def undo_that_loses_the_order(plant: MonkeyPatch) -> None:
    """Statements go back to their theme, at the rank they were taken to."""

    def inverse(self: board.Move) -> board.Move:
        there = {key: replace(place, rank=self.after.places[key].rank) for key, place in self.before.places.items()}
        return board.Move(self.kind, self.after, board.Touched(self.before.themes, there))

    plant.setattr(board.Move, "inverse", inverse)


def undo_that_overwrites_what_another_did(plant: MonkeyPatch) -> None:
    plant.setattr(steps, "obstacle", lambda *_: None)


def undo_that_skips_where_the_rest_was_asked_for(plant: MonkeyPatch) -> None:
    plant.setattr(steps, "REST", "the rest")


def a_place_between_others_that_is_not_kept_to(plant: MonkeyPatch) -> None:
    """What is put before another goes behind it."""
    real = moves._index

    def behind(order: Any, moving: Any, spot: moves.Spot[Any]) -> int:
        return real(order, moving, moves.Spot(behind=spot.before or spot.behind))

    plant.setattr(moves, "_index", behind)


def a_step_too_many(plant: MonkeyPatch) -> None:
    """Where one step should be remembered, more are."""

    async def nothing(*_: Any) -> None:
        pass

    plant.setattr(WholeSession, "histories", (1,))
    plant.setattr(history, "forget_oldest", nothing)


def moves_that_no_screen_hears_of(plant: MonkeyPatch) -> None:
    plant.setattr(events.BoardMoved, "raises_seq", False)


def a_page_of_another_phase(plant: MonkeyPatch) -> None:
    """A double click skips a phase."""

    async def careless(db: Any, session: ModerationSession, page: Any) -> Any:
        pages.check_open(session)
        return await questions.by_id(db, int(session.id or 0), int(session.current_question_id or 0))

    plant.setattr(phases, "question_on", careless)


def a_move_on_what_another_has_moved(plant: MonkeyPatch) -> None:
    plant.setattr(board.Touched, "overlaps", lambda self, other: False)


def hidden_ones_that_are_left_behind(plant: MonkeyPatch) -> None:
    """A theme goes without the hidden statements in it."""
    plant.setattr(board.Board, "all_under", board.Board.under)


def late_ones_that_come_in_alone(plant: MonkeyPatch) -> None:
    plant.setattr(anonymity, "FEW", 2)


def a_statement_that_is_never_shown(plant: MonkeyPatch) -> None:
    real = releases.anonymity.shuffled

    def losing(things: Any, chance: Any) -> list[Any]:
        return [one for one in real(things, chance) if not one.text.endswith("3")]

    plant.setattr(releases.anonymity, "shuffled", losing)


def a_tally_that_is_kept_while_people_vote(plant: MonkeyPatch) -> None:
    real = ballots.allocate_all

    async def counting(db: Any, session: Any, waiting: list[Any], batches: Any) -> list[Any]:
        outcomes = await real(db, session, waiting, batches)
        if any(isinstance(outcome, Outcome) for outcome in outcomes):
            await db.exec(update(RoundTheme).where(RoundTheme.round_id == waiting[0]["round_id"]).values(points=1))
        return outcomes

    plant.setitem(run.HOT, ballots.allocate, counting)


def an_archive_that_comes_in_without_its_loose_statements(plant: MonkeyPatch) -> None:
    real = archive._write_statements

    async def losing(db: Any, question_id: int, question: Any, keys: Any) -> None:
        await real(db, question_id, replace(question, unclustered=question.unclustered[1:]), keys)

    plant.setattr(archive, "_write_statements", losing)
