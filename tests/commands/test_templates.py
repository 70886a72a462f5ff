"""Templates: an agenda begins with one, and is saved as one; nobody changes another's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.commands import accounts, agenda, templates
from app.commands.agenda import Carried
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.domain.refusals import Reason, Refusal
from app.domain.templates import TemplateFields, mark_of
from app.screens import templates as shown
from app.store import questions
from app.store.tables import Template
from tests.world import PASSWORD_HASH, POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
NEW = (QuestionSettings("Nieuw?", budget=None), QuestionSettings("Pauze", PAUSE_ONLY, minutes={"pause": 15}))


async def refusal(act: Any) -> Reason:
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def texts(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        return [question.text for question in await questions.of_session(db, world.session)]


async def begin(world: World, replaces: bool = False, seq: int | None = None) -> Any:
    seq = (await world.row()).seq if seq is None else seq
    return await world.run(templates.begin_with, asked=NEW, replaces=replaces, seq=seq)


async def save(world: World, **fields: Any) -> Any:
    return await world.run(
        templates.save, moderator_id=world.moderator, fields=TemplateFields(**{"name": "Van ons", **fields})
    )


async def colleague(world: World) -> Any:
    return await world.parts.writer.run(
        accounts.create, email="collega@example.org", name="Collega", password_hash=PASSWORD_HASH
    )


async def names_for(world: World, moderator: int) -> list[str]:
    async with world.parts.database.reader() as db:
        return [card.name for card in await shown.cards(db, moderator, "nl") if card.id]


async def test_a_template_comes_behind_what_is_there_or_instead_of_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await begin(world)
        assert await texts(world) == [POSITIVE, "Wat zijn de knelpunten?", "Nieuw?", "Pauze"]
        await begin(world, replaces=True)
        assert await texts(world) == ["Nieuw?", "Pauze"]


async def test_a_question_that_was_changed_in_the_meantime_is_not_replaced_unseen(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        seq, first = (await world.row()).seq, await world.question(1)
        await world.run(agenda.change_question, question_id=first.id, settings=QuestionSettings("Net getypt?"), seq=seq)
        assert await refusal(begin(world, replaces=True, seq=seq)) == Reason.PAGE_IS_STALE
        assert "Net getypt?" in await texts(world)


async def test_a_second_press_does_not_add_everything_twice(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        seq = (await world.row()).seq
        await begin(world, seq=seq)
        assert await refusal(begin(world, seq=seq)) == Reason.PAGE_IS_STALE
        assert len(await texts(world)) == 4


async def test_an_agenda_that_has_begun_keeps_its_questions(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        for replaces in (True, False):
            assert await refusal(begin(world, replaces)) == Reason.AGENDA_HAS_BEGUN
        assert len(await texts(world)) == 2


async def test_what_is_saved_can_be_begun_with_again(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=NEW, opened=False) as world:
        made = await save(world, script="Zeg welkom.")
        async with world.parts.database.reader() as db:
            asked = await shown.questions_of(db, world.moderator, f"saved-{made}", "nl")
            (card,) = [card for card in await shown.cards(db, world.moderator, "nl") if card.id]
        assert [(one.text, dict(one.minutes)) for one in asked] == [("Nieuw?", {}), ("Pauze", {"pause": 15})]
        assert (card.questions, card.minutes, card.script) == (1, 15, "Zeg welkom.")


async def test_nothing_a_group_said_goes_into_a_template(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["een geheim", "twee", "drie"])
        await world.advance()
        theme = await world.make_theme("Wat de groep zei", ["een geheim"])
        await world.advance_to(Phase.RESULT)
        carried = [Carried(theme, "Wat de groep zei")]
        follow_up = QuestionSettings("En nu?", WITHOUT_VOTE)
        await world.run(agenda.add_follow_up, page=await world.page(), settings=follow_up, carried=carried)
        made = await save(world)
        async with world.parts.database.reader() as db:
            kept = str((await db.get(Template, made)).model_dump())  # type: ignore[union-attr]
        assert "een geheim" not in kept and "Wat de groep zei" not in kept and "En nu?" not in kept


async def test_an_empty_agenda_makes_no_template(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(), opened=False) as world:
        assert await refusal(save(world)) == Reason.AGENDA_IS_EMPTY


async def test_only_a_shared_template_is_there_for_a_colleague_who_cannot_change_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        await save(world, name="Alleen ik")
        shared = await save(world, name="Voor ons", shared=True)
        other = await colleague(world)
        assert await names_for(world, world.moderator) == ["Alleen ik", "Voor ons"]
        assert await names_for(world, other) == ["Voor ons"]
        run = world.parts.writer.run
        assert await refusal(run(templates.remove, moderator_id=other, template_id=shared)) == Reason.TEMPLATE_UNKNOWN
        taken = run(templates.change, moderator_id=other, template_id=shared, fields=TemplateFields("Van mij"), mark="")
        assert await refusal(taken) == Reason.TEMPLATE_UNKNOWN


async def test_a_change_from_an_old_page_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        made, old = await save(world), mark_of(TemplateFields("Van ons"))

        async def change(name: str) -> Any:
            fields = TemplateFields(name)
            return await world.parts.writer.run(
                templates.change, moderator_id=world.moderator, template_id=made, fields=fields, mark=old
            )

        await change("Nieuwe naam")
        assert await refusal(change("Uit een oud venster")) == Reason.PAGE_IS_STALE
        assert await names_for(world, world.moderator) == ["Nieuwe naam"]
