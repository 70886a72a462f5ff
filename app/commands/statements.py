"""Submitting, editing and retracting statements."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import releases, tombstones
from app.commands.mixing import OpenBatches
from app.commands.outcome import Outcome
from app.commands.pages import Page, question_on
from app.domain import anonymity, ranks
from app.domain.agenda import Kind
from app.domain.events import (
    LateStatementsReleased,
    StatementEdited,
    StatementRetracted,
    StatementsReleased,
    StatementSubmitted,
)
from app.domain.lateness import check_may_change, comes_late
from app.domain.phases import Phase, Status, accepts_new_statements
from app.domain.proposals import Standing
from app.domain.refusals import Reason, Refusal
from app.domain.statements import check_revision, check_statement, is_newer
from app.store import proposals, questions, themes
from app.store import statements as stored
from app.store.tables import ModerationSession, Question, Statement, random_key


async def submit(db: AsyncSession, session: ModerationSession, batches: OpenBatches, **arguments: Any) -> Outcome:
    """One statement, or a newer revision of one; see `submit_all`."""
    outcome = (await submit_all(db, session, [arguments], batches))[0]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def submit_all(
    db: AsyncSession, session: ModerationSession, waiting: list[dict[str, Any]], batches: OpenBatches
) -> list[Outcome | Exception]:
    """All waiting statements: rules per item, one insert for the new ones, one release if a batch is full.

    Each item has participant (the seat's hash), question_id, receipt, revision, text, and theme_id where a guided
    question is answered per theme. An answer is a dictionary with
    status `stored`, `held` (late) or `stands` (a resend, or older than what stands), and the revision that stands.
    """
    sheet = _Sheet(session, batches, await stored.by_receipts(db, _hashes(waiting)))
    outcomes: list[Outcome | Exception] = []
    for item in waiting:
        try:
            asked = await _asked(db, sheet, item["question_id"])
            outcomes.append(_submit_one(sheet, asked, item))
        except Refusal as refusal:
            outcomes.append(refusal)
    if sheet.rows:
        await db.flush()
        await stored.add_all(db, list(sheet.rows.values()))
    if any(isinstance(outcome, Outcome) for outcome in outcomes):
        # Not beside refusals alone: no screen would hear of what is shown then.
        await _tell_of_releases(db, sheet, outcomes)
    return outcomes


@dataclass(frozen=True)
class _Asked:
    """A question, and the themes that were given with it."""

    question: Question
    themes: frozenset[int]


@dataclass
class _Sheet:
    """What those who wait write on together: read once for all of them, and written once."""

    session: ModerationSession
    batches: OpenBatches
    known: dict[str, Statement]
    """By receipt hash: those that were stored before, and new ones of which a second revision came at once."""
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By receipt hash: the new ones, as they will be inserted."""
    asked: dict[int, _Asked | None] = field(default_factory=dict)

    def standing(self, receipt_hash: str) -> Statement | None:
        """The statement with this receipt, if there is one already."""
        if receipt_hash not in self.known and receipt_hash in self.rows:
            self.known[receipt_hash] = Statement(**self.rows[receipt_hash])
        return self.known.get(receipt_hash)


def _submit_one(sheet: _Sheet, asked: _Asked, item: dict[str, Any]) -> Outcome:
    session, question, batches = sheet.session, asked.question, sheet.batches
    receipt_hash = anonymity.hash_receipt(item["receipt"])
    revision = check_revision(item["revision"])
    statement = sheet.standing(receipt_hash)
    _check_theme(asked, item, statement)
    if statement is not None:
        if statement.question_id != question.id:
            raise Refusal(Reason.QUESTION_UNKNOWN)
        batches.pens.change(statement.question_id, item["participant"], batches.clock())
        return _revise(sheet, question, statement, item)
    late = _must_be_late(session, question)
    text = check_statement(item["text"], question.max_length)
    batches.pens.write(int(question.id or 0), item["participant"], batches.clock(), question.most_statements, late)
    row = _new_row(question, item, text=text, late=late, revision=revision, receipt_hash=receipt_hash)
    sheet.rows[receipt_hash] = row
    batches.add(int(session.id or 0), row["question_id"], row["id"], item["participant"])
    status = {"status": "held" if late else "stored", "revision": revision}
    return Outcome([StatementSubmitted(row["question_id"])], status)


def _new_row(question: Question, item: dict[str, Any], **values: Any) -> dict[str, Any]:
    """A whole row, every column of it, since all are inserted together."""
    place = {"id": random_key(), "question_id": int(question.id or 0), "theme_id": item.get("theme_id"), "rank": ""}
    nothing = {"proposed_theme_id": None, "proposed_name": None, "proposal": Standing.NONE, "proposal_revision": 0}
    stays = {"redaction_asked": False, "redaction_marked": False, "redacted": False}
    return {**place, **nothing, **stays, "released": False, "hidden": False, "retracted": False, **values}


def _must_be_late(session: ModerationSession, question: Question) -> bool:
    """Whether a new statement is taken as a late one; raises Refusal when it can't be taken at all."""
    is_current, since = session.current_question_id == question.id, time.time() - (question.collecting_closed_at or 0)
    phases = questions.phases_of(question)
    return comes_late(Status(session.status), is_current, questions.standing_of(question), phases, since)


def _revise(sheet: _Sheet, question: Question, statement: Statement, item: dict[str, Any]) -> Outcome:
    revision, batches = item["revision"], sheet.batches
    if not is_newer(revision, statement.revision):
        return Outcome([], _what_stands(statement))
    _check_may_change(sheet.session, question, statement)
    text = check_statement(item["text"], question.max_length)
    if statement.retracted:
        batches.pens.put_back(statement.question_id, item["participant"], question.most_statements)
    statement.text, statement.revision = text, revision
    was_retracted, statement.retracted = statement.retracted, False
    if (row := sheet.rows.get(str(statement.receipt_hash))) is not None:
        row.update(text=text, revision=revision)
    if was_retracted:
        # It comes back as if new: into the batch and under a new key, so that its return can't be linked to its going.
        statement.id, statement.released, statement.rank, statement.hidden = random_key(), False, "", False
        statement.theme_id = item.get("theme_id")
        statement.late = not accepts_new_statements(questions.standing_of(question))
        batches.add(question.session_id, statement.question_id, statement.id, item["participant"])
    status = {"status": "stored" if statement.released or not statement.late else "held", "revision": revision}
    if was_retracted:
        return Outcome([StatementSubmitted(statement.question_id)], status)
    event = StatementEdited(statement.question_id, statement.id)
    return Outcome([event] if statement.released else [StatementSubmitted(statement.question_id)], status)


def _what_stands(statement: Statement) -> dict[str, Any]:
    return {
        "status": "stands",
        "revision": statement.revision,
        "retracted": statement.retracted,
        "held": statement.late and not statement.released and not statement.retracted,
    }


def _check_may_change(session: ModerationSession, question: Question, statement: Statement) -> None:
    """Raises Refusal when the statement stands as it is; one that was left out never comes back."""
    if statement.redacted:
        left_out = Refusal(Reason.STATEMENT_IS_REDACTED)
        left_out.stands = statement.model_dump(include={"revision", "text", "retracted"})
        raise left_out
    is_current, is_held = session.current_question_id == question.id, statement.late and not statement.released
    try:
        check_may_change(Status(session.status), is_current, questions.standing_of(question), is_held)
    except Refusal as refusal:
        # The device may not know it: the answer to an earlier try may never have been heard.
        refusal.stands = statement.model_dump(include={"revision", "text", "retracted"})
        raise


async def retract(
    db: AsyncSession,
    session: ModerationSession,
    receipt: str,
    revision: int,
    batches: OpenBatches,
    participant: str | None = None,
    question_id: int | None = None,
) -> Outcome:
    """Take a statement back; a tombstone stays, so that a late resend can't revive it. Answer as of `submit_all`.

    Its place among what `participant`, where the asker is one, may write is free again. With the `question_id` it can
    also be taken back before it has come.
    """
    receipt_hash = anonymity.hash_receipt(receipt)
    statement = (await stored.by_receipts(db, [receipt_hash])).get(receipt_hash)
    if statement is None and participant is not None and question_id is not None:
        early = {"question_id": question_id, "revision": revision}
        tombstone = await tombstones.leave_one(db, session, batches, participant, receipt_hash, **early)
        return Outcome([], _what_stands(tombstone))
    question = await questions.by_id(db, int(session.id or 0), statement.question_id) if statement else None
    if statement is None or question is None:
        raise Refusal(Reason.RECEIPT_UNKNOWN)
    if participant is not None:
        batches.pens.change(statement.question_id, participant, batches.clock())
    if not is_newer(check_revision(revision), statement.revision):
        return Outcome([], _what_stands(statement))
    _check_may_change(session, question, statement)
    if participant is not None and not statement.retracted:
        batches.pens.retract(statement.question_id, participant)
    was_released = statement.released
    statement.revision, statement.retracted, statement.text, statement.released = revision, True, "", False
    statement.theme_id, statement.rank = None, ""
    proposals.forget(statement)
    batches.remove(statement.question_id, statement.id)
    batches.proposals.remove(statement.question_id, statement.id)
    event = StatementRetracted(statement.question_id, statement.id)
    return Outcome([event if was_released else StatementSubmitted(statement.question_id)], _what_stands(statement))


async def _tell_of_releases(db: AsyncSession, sheet: _Sheet, outcomes: list[Outcome | Exception]) -> None:
    session, batches = sheet.session, sheet.batches
    for question in [asked.question for asked in sheet.asked.values() if asked is not None]:
        if releases.mixes(session, question) and not anonymity.may_release(batches.participants(int(question.id or 0))):
            continue
        events = await releases.release(db, question, batches)
        for index, outcome in enumerate(outcomes):
            if events and isinstance(outcome, Outcome):
                outcomes[index] = Outcome([*outcome.events, *events], outcome.answer)
                break


async def add_for_room(
    db: AsyncSession, session: ModerationSession, page: Page, text: str, batches: OpenBatches
) -> Outcome:
    """A statement the moderator writes down for the room: shown at once, without a receipt; counts for nobody."""
    question = await question_on(db, session, page)
    if question.phase not in (Phase.COLLECT, Phase.CLUSTER):
        raise Refusal(Reason.NOT_IN_THIS_PHASE)
    rank = ranks.after(await stored.last_rank(db, int(question.id or 0)), 1)[0]
    kept = check_statement(text, question.max_length)
    made = Statement(id=random_key(), question_id=int(question.id or 0), text=kept, released=True, rank=rank)
    db.add(made)
    await db.flush()
    released = StatementsReleased if question.phase == Phase.COLLECT else LateStatementsReleased
    return Outcome([released(made.question_id, (made.id,))], made.id)


def _check_theme(asked: _Asked, item: dict[str, Any], standing: Statement | None) -> None:
    """Raises Refusal unless the theme was given with this question.

    It matters to what comes in as new, or back from a retraction. A resend or an edit leaves a statement where it is,
    also when its theme has gone since.
    """
    theme_id = item.get("theme_id")
    if theme_id is None or (standing is not None and not standing.retracted):
        return
    if standing is not None and not is_newer(item["revision"], standing.revision):
        return
    if theme_id not in asked.themes:
        raise Refusal(Reason.THEME_UNKNOWN)


def _hashes(waiting: list[dict[str, Any]]) -> list[str]:
    hashes = []
    for item in waiting:
        try:
            hashes.append(anonymity.hash_receipt(item["receipt"]))
        except Refusal:
            continue
    return hashes


async def _asked(db: AsyncSession, sheet: _Sheet, question_id: int) -> _Asked:
    """The question with this key, read once for all. Raises Refusal when this session has none."""
    if question_id not in sheet.asked:
        question = await questions.by_id(db, int(sheet.session.id or 0), question_id)
        sheet.asked[question_id] = _Asked(question, await _given_themes(db, question)) if question else None
    asked = sheet.asked[question_id]
    if asked is None:
        raise Refusal(Reason.QUESTION_UNKNOWN)
    return asked


async def _given_themes(db: AsyncSession, question: Question) -> frozenset[int]:
    if question.kind != Kind.GUIDED:
        return frozenset()
    return frozenset(int(theme.id or 0) for theme in await themes.of_question(db, int(question.id or 0)))
