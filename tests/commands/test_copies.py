"""A copy for another group: the same agenda, another day, and nothing that anybody said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import func, select

from app.commands import agenda, copies, sessions
from app.commands.agenda import Carried
from app.commands.copies import Occasion
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.store import agendas
from app.store.tables import ActionItem, Attendee, ModerationSession, Participant, Round, Statement
from tests.commands.accounts import another_moderator
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
QUESTIONS = (
    QuestionSettings(
        "Open?",
        budget=4,
        limit_per_theme=2,
        max_length=280,
        most_statements=5,
        statements_on_phones=True,
        minutes={"collect": 10, "vote": 3},
    ),
    QuestionSettings("Pauze", phases=PAUSE_ONLY, minutes={"pause": 15}),
    QuestionSettings("Vast?", phases=("collect", "vote", "result"), themes=("Groen", "Ontmoeten")),
    QuestionSettings("Wat gaan we doen?", phases=WITHOUT_VOTE, budget=None),
)
OCCASION = Occasion("Wijkteam Rokkeveen", date(2026, 11, 26), "14:00")


async def copied(world: World, moderator: int | None = None, occasion: Occasion = OCCASION) -> ModerationSession:
    made = await world.run(copies.copy, moderator_id=moderator or world.moderator, occasion=occasion)
    async with world.parts.database.reader() as db:
        found = await db.get(ModerationSession, made)
        assert found is not None
        return found


async def agenda_of(world: World, session: int) -> list[tuple[Any, ...]]:
    async with world.parts.database.reader() as db:
        return [
            (
                item.question.text,
                item.question.kind,
                item.question.phases,
                item.question.budget,
                item.question.limit_per_theme,
                item.question.max_length,
                item.question.most_statements,
                item.question.statements_on_phones,
                item.question.minutes,
                [theme.name for theme in item.themes],
            )
            for item in await agendas.items(db, session)
        ]


async def test_a_copy_has_the_same_agenda_for_another_group_and_day(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=QUESTIONS, opened=False, mixing=False) as world:
        copy, own = await copied(world), await world.row()
        assert await agenda_of(world, int(copy.id or 0)) == await agenda_of(world, world.session)
        assert (copy.title, copy.language, copy.mixing) == (own.title, own.language, own.mixing)
        assert (copy.group_name, copy.held_on, copy.starts_at) == ("Wijkteam Rokkeveen", date(2026, 11, 26), "14:00")
        assert (copy.status, copy.code, copy.kept_from) == ("draft", None, date.today())
        assert copy.join_key != own.join_key and copy.attendance_key != own.attendance_key


async def test_nothing_that_anybody_said_goes_along(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=QUESTIONS) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.write_all(["a", "b", "c", "d"])
        await world.make_theme("Van die avond")
        before = await counts(world)
        copy = await copied(world)
        assert await counts(world) == before
        assert [row[-1] for row in await agenda_of(world, int(copy.id or 0))] == [[], [], ["Groen", "Ontmoeten"], []]


async def counts(world: World) -> list[int]:
    tables = (Statement, Round, Participant, Attendee, ActionItem)
    async with world.parts.database.reader() as db:
        return [(await db.exec(select(func.count()).select_from(table))).one() for table in tables]


async def test_follow_up_questions_of_that_evening_stay_there(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(QuestionSettings("Open?"),)) as world:
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Van die avond")
        await world.advance_to(Phase.RESULT)
        page, settings = await world.page(), QuestionSettings("Verder over deze thema’s?")
        await world.run(agenda.add_follow_up, page=page, settings=settings, carried=[Carried(theme, "Van die avond")])
        copy = await copied(world)
        assert [row[0] for row in await agenda_of(world, int(copy.id or 0))] == ["Open?"]


async def test_an_ended_session_is_copied_and_the_copy_can_be_opened(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        copy = await copied(world)
        assert await world.parts.writer.run(sessions.open_session, copy.id)


async def test_the_copy_belongs_to_who_copies(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        other = await another_moderator(world)
        assert (await copied(world, other)).moderator_id == other


async def test_a_group_that_is_too_long_to_name_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        with pytest.raises(Refusal) as refused:
            await copied(world, occasion=Occasion("x" * 201, date(2026, 1, 1)))
        assert refused.value.reason == Reason.TEXT_TOO_LONG
