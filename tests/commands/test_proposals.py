"""Proposals of participants: whose they are nobody learns, and the moderator decides."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.commands import phases, proposals, sessions, statements, themes, turns
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.domain.proposals import Proposed, Standing
from app.domain.refusals import Reason, Refusal
from app.domain.themes import MoveKind
from app.store import history
from app.store import proposals as stored
from app.store.tables import Statement
from tests.world import Seat, World, a_world

pytestmark = pytest.mark.anyio
ON = QuestionSettings("Wat nu?", takes_proposals=True)


async def to_the_board(world: World) -> dict[str, str]:
    """Four people each wrote one statement; the receipts by text."""
    await world.advance()
    receipts = {text: secrets.token_hex(16) for text in "abcd"}
    for seat, (text, receipt) in zip(world.seats, receipts.items(), strict=True):
        await world.write(seat, text, receipt)
    await world.advance()
    return receipts


async def propose(world: World, seat: Seat, receipt: str, revision: int = 1, **what: Any) -> Any:
    return await world.run(proposals.propose, participant=seat.hash, receipt=receipt, revision=revision, **what)


async def of_three(world: World, receipts: dict[str, str], **what: Any) -> None:
    """The writers of a, b and c propose the same."""
    for seat, text in zip(world.seats, "abc", strict=False):
        await propose(world, seat, receipts[text], **what)


async def shown(world: World) -> dict[str, Proposed]:
    """By text, what a moderator may see."""
    async with world.parts.database.reader() as db:
        found = await stored.shown(db, (await world.question(1)).id)
        return {(await db.get(Statement, key)).text: proposed for key, proposed in found.items()}  # type: ignore[union-attr]


async def refusal(act: Any) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def test_proposals_are_shown_when_three_different_people_have_one(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        theme = await world.make_theme("Groen")
        seq = (await world.row()).seq
        await propose(world, world.seats[0], receipts["a"], theme_id=theme)
        # A second one of the same person does not count.
        await propose(world, world.seats[0], receipts["d"], name="Nieuw")
        await propose(world, world.seats[1], receipts["b"], theme_id=theme)
        assert (await shown(world), (await world.row()).seq) == ({}, seq), "nothing is shown, and nobody told"
        await propose(world, world.seats[2], receipts["c"], theme_id=theme)
        assert await shown(world) == {
            "a": Proposed(theme),
            "b": Proposed(theme),
            "c": Proposed(theme),
            "d": Proposed(name="Nieuw"),
        }
        assert (await world.row()).seq > seq


async def test_a_resent_proposal_is_stored_once_and_an_older_one_changes_nothing(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        first = await propose(world, world.seats[0], receipts["a"], revision=2, name="Groen")
        again = await propose(world, world.seats[0], receipts["a"], revision=2, name="Groen")
        older = await propose(world, world.seats[0], receipts["a"], revision=1, name="Verkeer")
        assert first == {"status": "stored", "revision": 2}
        assert again == older == {"status": "stands", "revision": 2}
        for seat, text in zip(world.seats[1:3], "bc", strict=True):
            await propose(world, seat, receipts[text], name="Groen")
        assert (await shown(world))["a"] == Proposed(name="Groen")


async def test_a_changed_proposal_goes_from_the_screen_and_waits_for_others_again(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Groen")
        await propose(world, world.seats[0], receipts["a"], 2, name="Verkeer")
        assert set(await shown(world)) == {"b", "c"}
        for seat, text in zip(world.seats[1:3], "bc", strict=True):
            await propose(world, seat, receipts[text], 2, name="Verkeer")
        assert await shown(world) == {text: Proposed(name="Verkeer") for text in "abc"}


async def test_the_same_proposal_once_more_leaves_it_shown(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Groen")
        await propose(world, world.seats[0], receipts["a"], 2, name="Groen")
        assert len(await shown(world)) == 3


async def test_whoever_takes_a_proposal_back_does_not_count_as_one_of_the_three(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await propose(world, world.seats[0], receipts["a"], name="Groen")
        await propose(world, world.seats[0], receipts["a"], 2)
        for seat, text in zip(world.seats[1:3], "bc", strict=True):
            await propose(world, seat, receipts[text], name="Groen")
        assert await shown(world) == {}
        await propose(world, world.seats[3], receipts["d"], name="Groen")
        assert set(await shown(world)) == {"b", "c", "d"}


async def test_only_who_holds_the_receipt_proposes_and_only_while_it_is_asked(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        one = world.seats[0]
        assert await refusal(propose(world, one, secrets.token_hex(16), name="x")) == Reason.RECEIPT_UNKNOWN
        assert await refusal(propose(world, one, "x", name="x")) == Reason.RECEIPT_MALFORMED
        assert await refusal(propose(world, one, receipts["a"], theme_id=999)) == Reason.THEME_UNKNOWN
        await world.run(proposals.switch, page=await world.page(), taken=False)
        assert await refusal(propose(world, one, receipts["a"], name="x")) == Reason.PROPOSALS_CLOSED
        await world.run(proposals.switch, page=await world.page(), taken=True)
        await propose(world, one, receipts["a"], name="x")
        await world.make_theme("Groen")
        await world.advance_to(Phase.VOTE)
        assert await refusal(propose(world, one, receipts["a"], 2, name="y")) == Reason.PROPOSALS_CLOSED


async def test_of_two_people_one_proposal_each_comes_in_when_grouping_ends_and_only_once(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await world.make_theme("Groen")
        for text in "abc":
            await propose(world, world.seats[0], receipts[text], name="Nieuw")
        await world.advance()
        assert (await world.question()).phase == Phase.CLUSTER, "they come in first, and one more press goes on"
        assert len(await shown(world)) == 1
        await propose(world, world.seats[1], receipts["d"], name="Nieuw")
        await world.advance()
        assert (await world.question()).phase == Phase.VOTE
        assert len(await shown(world)) == 1, "ending again shows nobody alone"


async def left_waiting(world: World) -> list[tuple[str, str | None, int]]:
    """What the database has of proposals that nobody has seen: standing, name and revision."""
    async with world.parts.database.reader() as db:
        rows = (await db.exec(select(Statement).where(Statement.proposal != Standing.SHOWN))).all()
    return [(row.proposal, row.proposed_name, row.proposal_revision) for row in rows]


@pytest.mark.parametrize("leaves", ["by going on", "by skipping the rest"])
async def test_what_is_not_shown_when_grouping_ends_is_nowhere_any_more(tmp_path: Path, leaves: str):
    """Three that wait of one person tell whoever reads the file that their statements are of one hand."""
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await world.make_theme("Groen")
        for text in "abc":
            await propose(world, world.seats[0], receipts[text], name="Een herkenbare naam")
        if leaves == "by going on":
            await world.advance()
            await world.advance()
        else:
            await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
        question = await world.question()
        assert question.phase != Phase.CLUSTER
        assert set(await left_waiting(world)) == {("none", None, 0)}
        assert not world.parts.writer.batches.proposals.participants(question.id), "nor does memory know whose they are"


async def test_whoever_comes_back_to_grouping_proposes_anew(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await world.make_theme("Groen")
        for text in "ab":
            await propose(world, world.seats[0], receipts[text], name="Nieuw")
        await world.advance_to(Phase.VOTE)
        await world.run(phases.go_back, page=await world.page(), confirmed="drop_votes")
        await of_three(world, receipts, revision=2, name="Anders")
        assert set(await shown(world)) == {"a", "b", "c"}


async def test_taking_one_over_is_one_step_that_can_be_undone(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Groen")
        chosen = [await world.statement_id(text) for text in "abc"]
        by = {"page": await world.page(), "moderator_id": world.moderator}
        await world.run(themes.create, **by, name="Groen", chosen=chosen)
        async with world.parts.database.reader() as db:
            (row,) = (await history.last_done(db, (await world.question()).id)).values()
        assert history.read_move(row.move).kind == MoveKind.CREATE
        await world.run(themes.undo, page=await world.page(), moderator_id=world.moderator)
        assert len(await shown(world)) == 3, "undone, it is proposed again"


async def test_ignored_ones_stay_away_until_shown_again_or_changed_by_their_writer(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Groen")
        chosen = [await world.statement_id(text) for text in "ab"]
        await world.run(proposals.ignore, page=await world.page(), chosen=chosen)
        assert set(await shown(world)) == {"c"}
        await world.run(proposals.restore, page=await world.page())
        assert set(await shown(world)) == {"a", "b", "c"}
        await world.run(proposals.ignore, page=await world.page(), chosen=chosen)
        for seat, text in zip(world.seats, "abc", strict=False):
            await propose(world, seat, receipts[text], 2, name="Verkeer")
        assert await shown(world) == {text: Proposed(name="Verkeer") for text in "abc"}


async def test_a_retracted_statement_takes_its_proposal_along(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Een naam")
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.run(statements.retract, receipt=receipts["a"], revision=2)
        await world.write(world.seats[0], "a", receipts["a"], revision=3)
        await world.advance_to(Phase.CLUSTER)
        assert set(await shown(world)) == {"b", "c"}, "what comes back comes without it"


async def test_a_theme_that_comes_back_by_undo_brings_what_was_proposed_for_it(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        theme = await world.make_theme("Groen")
        await of_three(world, receipts, theme_id=theme)
        by = {"moderator_id": world.moderator}
        await world.run(themes.remove, page=await world.page(), theme_id=theme, **by)
        await world.run(themes.undo, page=await world.page(), **by)
        assert await shown(world) == {text: Proposed(theme) for text in "abc"}


async def test_nothing_of_them_is_left_when_the_session_has_ended(tmp_path: Path):
    async with a_world(tmp_path, [ON]) as world:
        receipts = await to_the_board(world)
        await of_three(world, receipts, name="Een herkenbare naam")
        await propose(world, world.seats[3], receipts["d"], name="Een herkenbare naam")
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        assert await shown(world) == {}
        assert b"Een herkenbare naam" not in world.parts.database.path.read_bytes()
