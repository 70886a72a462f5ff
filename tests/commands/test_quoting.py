"""What repeats a marked statement: found here and in what came of it, reworded only where somebody says so."""

from __future__ import annotations

from datetime import date

import pytest

from app.commands import actions, agenda, archive, copies, quoting, sessions, templates
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.quoting import Quote, Quoted, Quoting
from app.domain.refusals import Reason
from app.domain.templates import TemplateFields
from app.screens.report import build_report
from app.store.tables import ActionItem, BoardMove, ModerationSession, Question, RoundTheme, Template, Theme
from tests.commands.test_redaction import NAMING, at_a_result, carried_along, end, mark, redact, refusal, rows
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def found(world: World, moderator: int | None = None) -> Quoted:
    async with world.parts.database.reader() as db:
        return await quoting.find(db, await world.row(), moderator or world.moderator)


async def reword(world: World, old: Quote, text: str) -> None:
    """As the page does it, also where it stands in another session."""
    await world.run(quoting.reword, moderator_id=world.moderator, old=old, text=text)
    if old.session is not None:
        await world.parts.writer.run(quoting.reword_there, old.session, old=old, text=text)


async def test_the_title_and_the_group_are_searched_and_reworded(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        row = await world.row()
        fields = sessions.SessionFields("Avond over buurman Piet", "Vrienden van Piet", row.held_on, row.language)
        await world.run(sessions.change, fields=fields, seq=row.seq)
        await mark(world)
        named = [one for one in (await found(world)).here if one.kind in (Quoting.TITLE, Quoting.GROUP)]
        assert [one.text for one in named] == ["Avond over buurman Piet", "Vrienden van Piet"]
        for one in named:
            await reword(world, one, "Buurtavond")
        row = await world.row()
        assert (row.title, row.group_name) == ("Buurtavond", "Buurtavond")
        assert {one.kind for one in (await found(world)).here} == {Quoting.THEME}


async def test_who_owns_an_action_is_named_and_left_as_it_is(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await world.run(actions.add, fields=ActionFields("Hekje plaatsen", owner="Piet"))
        await mark(world)
        (owner,) = [one for one in (await found(world)).here if one.kind is Quoting.OWNER]
        assert owner.text == "Piet"
        asked = world.run(quoting.reword, moderator_id=world.moderator, old=owner, text="Iemand")
        assert await refusal(asked) == Reason.PAGE_IS_STALE
        assert [item.owner for item in await rows(world, ActionItem)] == ["Piet"]


async def asking(world: World, text: str) -> None:
    """One more question on the agenda, with a theme that is given."""
    settings = QuestionSettings(text, phases=("vote", "result"), budget=3, themes=("Buurman Piet", "Straat"))
    await world.run(agenda.add_question, settings=settings)


async def test_a_copy_of_the_session_is_searched_and_reworded_there(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await asking(world, "Wat doen we met de honden van buurman Piet?")
        occasion = copies.Occasion("Andere groep", date(2030, 1, 2))
        copy = await world.run(copies.copy, moderator_id=world.moderator, occasion=occasion)
        await mark(world)
        there = [one for one in (await found(world)).here if one.session == copy]
        assert {(one.kind, one.text) for one in there} == {
            (Quoting.QUESTION, "Wat doen we met de honden van buurman Piet?"),
            (Quoting.THEME, "Buurman Piet"),
        }
        for one in there:
            await reword(world, one, f"Anders gezegd: {one.kind}")
        assert not [one for one in (await found(world)).here if one.session == copy]
        questions = {row.id: row for row in await rows(world, Question)}
        assert {row.text for row in questions.values() if row.session_id == copy} >= {"Anders gezegd: question"}
        # Here it stays until somebody says so, too.
        assert "Wat doen we met de honden van buurman Piet?" in [row.text for row in questions.values()]
        themes = [row.name for row in await rows(world, Theme) if questions[row.question_id].session_id == copy]
        assert themes == ["Anders gezegd: theme", "Straat"]


async def test_what_somebody_else_leads_is_not_searched_so_that_nobody_learns_what_it_says(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await asking(world, "Wat doen we met de honden van buurman Piet?")
        helper = await world.share_with("Hulp")
        occasion = copies.Occasion("Andere groep", date(2030, 1, 2))
        copy = await world.run(copies.copy, moderator_id=helper, occasion=occasion)
        await mark(world)
        assert not [one for one in (await found(world)).here if one.session]
        theirs = [one for one in (await found(world, helper)).here if one.session]
        assert {one.session for one in theirs} == {copy}
        asked = world.run(quoting.reword, moderator_id=world.moderator, old=theirs[0], text="Anders")
        assert await refusal(asked) == Reason.PAGE_IS_STALE


async def test_what_reads_otherwise_by_now_in_the_other_session_is_left_as_it_is(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        for kind in (Quoting.TITLE, Quoting.GROUP, Quoting.QUESTION, Quoting.THEME):
            old = Quote(kind, world.session, "stond er nooit", session=world.session)
            await world.parts.writer.run(quoting.reword_there, world.session, old=old, text="Anders")
        assert "Anders" not in [row.title for row in await rows(world, ModerationSession)]
        assert "Anders" not in [row.text for row in await rows(world, Question)]


async def test_a_template_is_searched_and_reworded_but_its_script_and_those_of_others_are_only_named(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await asking(world, "Wat doen we met de honden van buurman Piet?")
        fields = TemplateFields("Avond over Piet", "Vraag eerst naar Piet.", shared=True)
        key = await world.run(templates.save, moderator_id=world.moderator, fields=fields)
        helper = await world.share_with("Hulp")
        await mark(world)
        own = {one.kind: one for one in (await found(world)).here if one.where == "Avond over Piet"}
        assert set(own) == {
            Quoting.TEMPLATE,
            Quoting.TEMPLATE_QUESTION,
            Quoting.TEMPLATE_THEME,
            Quoting.SCRIPT,
        }
        theirs = [one for one in (await found(world, helper)).here if one.kind in own]
        assert theirs and not any(one.can_be_reworded for one in theirs)
        for one in own.values():
            if one.can_be_reworded:
                await reword(world, one, f"Anders: {one.kind}")
        (template,) = await rows(world, Template)
        assert (template.id, template.name, template.script) == (key, "Anders: template", "Vraag eerst naar Piet.")
        last = template.questions[-1]
        assert (last["text"], last["themes"]) == ("Anders: template_question", ["Anders: template_theme", "Straat"])


async def test_an_archive_of_it_that_was_read_in_again_is_named_with_how_many_read_the_same(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        async with world.parts.database.reader() as db:
            report = await build_report(db, world.session)
        done = await world.parts.writer.run(archive.bring_in, moderator_id=world.moderator, report=report)
        again = done.session_id
        await mark(world)
        assert [(one.session, one.count) for one in (await found(world)).same] == [(again, 1)]
        await redact(world)
        texts = [row.text for row in await rows(world)]
        # Nothing of another session goes by itself.
        assert texts.count(NAMING) == 1


async def test_what_repeats_a_marked_statement_is_named_and_can_be_reworded_wherever_it_stands(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        action = await world.run(actions.add, fields=ActionFields("Met Piet praten"))
        await world.run(actions.add, fields=ActionFields("Hondenuitlaatplek aanvragen"))
        async with world.parts.database.reader() as db:
            assert (await quoting.find(db, await world.row(), world.moderator)).here == ()
        await mark(world)
        (theme,) = (await world.theme_ids()).values()
        async with world.parts.database.reader() as db:
            found = (await quoting.find(db, await world.row(), world.moderator)).here
        named = Quote(Quoting.THEME, theme, "Honden van buurman Piet")
        agreed = Quote(Quoting.ACTION, action, "Met Piet praten")
        assert found == (named, agreed)
        await world.run(quoting.reword, moderator_id=world.moderator, old=named, text="Blaffende honden")
        await world.run(quoting.reword, moderator_id=world.moderator, old=agreed, text="Met een buurman praten")
        assert [row.name for row in await rows(world, Theme)] == ["Blaffende honden"]
        assert [row.name for row in await rows(world, RoundTheme)] == ["Blaffende honden"]
        assert await rows(world, BoardMove) == []
        async with world.parts.database.reader() as db:
            assert (await quoting.find(db, await world.row(), world.moderator)).here == ()
        assert (
            await refusal(world.run(quoting.reword, moderator_id=world.moderator, old=named, text="x"))
            == Reason.PAGE_IS_STALE
        )


async def test_rewording_reaches_only_what_repeats_something(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await mark(world)
        question = await world.question()
        other = Quote(Quoting.QUESTION, question.id, question.text)
        assert (
            await refusal(world.run(quoting.reword, moderator_id=world.moderator, old=other, text="x"))
            == Reason.PAGE_IS_STALE
        )


async def test_an_action_item_that_went_along_is_reworded_in_both_sessions(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        later, action = await carried_along(world)
        await mark(world)
        async with world.parts.database.reader() as db:
            found = await quoting.find(db, await world.row(), world.moderator)
        # Named once, since it reads the same there.
        assert [one for one in found.here if one.kind is Quoting.ACTION] == [
            Quote(Quoting.ACTION, action, "Met Piet praten")
        ]
        before = (await later.row()).seq
        old, about = Quote(Quoting.ACTION, action, "Met Piet praten"), {"moderator_id": world.moderator}
        copies = await world.run(quoting.reword, old=old, text="Met iemand praten", **about)
        assert copies.sessions == (later.session,)
        await later.run(quoting.reword_copies, uid=copies.uid, old=old.text, text="Met iemand praten")
        assert {item.text for item in await rows(world, ActionItem)} == {"Met iemand praten"}
        assert (await later.row()).seq == before + 1


async def test_what_was_reworded_since_it_went_along_is_named_with_the_day_of_its_session(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        later, action = await carried_along(world)
        (copy,) = [item for item in await rows(world, ActionItem) if item.session_id == later.session]
        fields = ActionFields("Piet bellen")
        await later.run(actions.change, action_id=copy.id, fields=fields, seq=(await later.row()).seq)
        await mark(world)
        async with world.parts.database.reader() as db:
            found = await quoting.find(db, await world.row(), world.moderator)
        there = [(one.id, one.text, one.held_on) for one in found.here if one.held_on]
        assert there == [(copy.id, "Piet bellen", (await later.row()).held_on)]
        copies = await world.run(quoting.reword, moderator_id=world.moderator, old=found.here[-1], text="Iemand bellen")
        await later.run(quoting.reword_copies, uid=copies.uid, old="Piet bellen", text="Iemand bellen")
        texts = {item.session_id: item.text for item in await rows(world, ActionItem)}
        assert texts == {world.session: "Met Piet praten", later.session: "Iemand bellen"}


async def test_in_a_session_that_somebody_else_leads_it_is_only_counted(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        later, action = await carried_along(world)
        helper = await world.share_with("Hulp")
        await mark(world)
        async with world.parts.database.reader() as db:
            found = await quoting.find(db, await world.row(), helper)
        assert (len(found.here), found.beyond, found.count) == (2, 1, 3)
        old = Quote(Quoting.ACTION, action, "Met Piet praten")
        copies = await world.run(quoting.reword, moderator_id=helper, old=old, text="Met iemand praten")
        assert copies.sessions == ()
        texts = {item.session_id: item.text for item in await rows(world, ActionItem)}
        assert texts == {world.session: "Met iemand praten", later.session: "Met Piet praten"}
