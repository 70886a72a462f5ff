"""The moderator's doors: what they answer, to whom, and that a stale or doubled form does nothing."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.world import DISTRICT_TEAM, POSITIVE, World, a_world, texts_of

pytestmark = pytest.mark.anyio
TEXTS = texts_of(DISTRICT_TEAM["questions"][0])
HTMX = {"HX-Request": "true"}


async def fields(world: World, **more: str) -> dict[str, str]:
    """The hidden fields of a form on the page as it is now, and what the form adds."""
    page = await world.page()
    return {"phase": page.phase, "question": str(page.question_id or ""), "seq": str(page.seq), **more}


async def post(client: httpx.AsyncClient, world: World, path: str, form: dict[str, str], **headers: str):
    return await client.post(f"/sessions/{world.session}{path}", data=form, headers=headers)


async def to_the_board(world: World) -> None:
    await world.advance()
    await world.write_all(TEXTS[:4])
    await world.advance()


async def test_the_next_step_of_a_plain_form_leads_back_to_the_page(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        answer = await post(client, world, "/next", await fields(world))
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sessions/{world.session}/control-room")
        assert (await world.question()).phase == Phase.COLLECT


async def test_a_double_click_skips_no_phase_and_shows_how_it_stands(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        form = await fields(world)
        first = await post(client, world, "/next", form, **HTMX)
        second = await post(client, world, "/next", form, **HTMX)
        assert (first.status_code, second.status_code) == (200, 409)
        assert (await world.question()).phase == Phase.COLLECT
        assert 'id="stage" class="stage stage-collect"' in second.text
        assert "Er is intussen iets veranderd" in second.text


async def test_a_new_statement_alone_makes_no_form_stale(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        form = await fields(world)
        await world.write_all(TEXTS[:3])
        assert (await post(client, world, "/next", form, **HTMX)).status_code == 200


async def test_moving_statements_by_the_form_of_the_page(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        theme = await world.make_theme("Samenwerking")
        chosen = [await world.statement_id(text) for text in TEXTS[:2]]
        form = {**await fields(world, theme=str(theme)), "statement": chosen}
        answer = await post(client, world, "/statements/put", form, **HTMX)  # type: ignore[arg-type]
        assert answer.status_code == 200
        assert "Nog te ordenen (2)" in answer.text and "2 uitspraken naar Samenwerking" in answer.text


async def test_a_theme_without_a_name_is_refused_with_a_sentence(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        answer = await post(client, world, "/themes", await fields(world, name="  "), **HTMX)
        assert answer.status_code == 422
        assert 'id="notice"' in answer.text and await world.theme_ids() == {}


async def test_undo_and_redo_by_their_buttons(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        await world.make_theme("Samenwerking", TEXTS[:2])
        undone = await post(client, world, "/undo", await fields(world), **HTMX)
        assert "Nog te ordenen (4)" in undone.text and "Opnieuw: nieuw thema Samenwerking" in undone.text
        redone = await post(client, world, "/redo", await fields(world), **HTMX)
        assert "Nog te ordenen (2)" in redone.text


async def test_starting_a_vote_with_loose_statements_asks_first_and_names_how_many(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        await world.make_theme("Samenwerking", TEXTS[:1])
        asked = await post(client, world, "/next", await fields(world), **HTMX)
        assert asked.status_code == 409
        assert "3 uitspraken hebben nog geen thema " in asked.text and 'value="start_vote"' in asked.text
        assert (await world.question()).phase == Phase.CLUSTER
        answer = await post(client, world, "/next", await fields(world, confirmed="start_vote"), **HTMX)
        assert 'class="stage stage-vote"' in answer.text


async def test_going_back_from_a_vote_says_how_many_voted_but_never_one_or_two(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        theme = await world.make_theme("Samenwerking", TEXTS[:1])
        await world.advance("start_vote")
        await world.vote(world.seats[0], {theme: 2})
        asked = await post(client, world, "/back", await fields(world), **HTMX)
        assert "Wat minder dan 3 deelnemers al stemden, vervalt." in asked.text
        for seat in world.seats[1:3]:
            await world.vote(seat, {theme: 1})
        asked = await post(client, world, "/back", await fields(world), **HTMX)
        assert "Wat 3 deelnemers al stemden, vervalt." in asked.text
        await post(client, world, "/back", await fields(world, confirmed="drop_votes"), **HTMX)
        assert (await world.question()).phase == Phase.CLUSTER


async def test_no_answer_tells_points_while_the_vote_is_open(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        theme = await world.make_theme("Samenwerking", TEXTS[:1])
        await world.advance("start_vote")
        before = await client.get(f"/sessions/{world.session}/control-room")
        for seat in world.seats:
            await world.vote(seat, {theme: 3})
        after = await client.get(f"/sessions/{world.session}/control-room")
        assert before.text == after.text


async def test_the_timer_starts_pauses_and_counts_from_the_first_minute(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        added = await post(client, world, "/timer", await fields(world, act="add"), **HTMX)
        assert re.search(r'data-seconds-left="(59|60)" data-running="true"', added.text)
        paused = await post(client, world, "/timer", await fields(world, act="pause"), **HTMX)
        assert 'data-running="false"' in paused.text and "Ga verder" in paused.text


async def test_the_switch_for_the_big_screen_goes_on_and_off(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        on = await post(client, world, "/big-screen-statements", await fields(world, shown="1"), **HTMX)
        assert 'aria-checked="true"' in on.text
        off = await post(client, world, "/big-screen-statements", await fields(world), **HTMX)
        assert 'aria-checked="false"' in off.text


async def test_new_statements_can_be_switched_off_and_on_while_collecting(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await post(client, world, "/new-statements", await fields(world), **HTMX)
        assert not (await world.question()).accepts_statements
        await post(client, world, "/new-statements", await fields(world, accepted="1"), **HTMX)
        assert (await world.question()).accepts_statements


async def test_the_moderator_can_write_down_a_statement_for_the_room(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        added = await post(client, world, "/statements", await fields(world, text="hardop gezegd"), **HTMX)
        assert "hardop gezegd" in added.text and "1 uitspraak</strong>" in added.text


async def test_hidden_statements_are_counted_apart_and_come_back_where_they_were(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        chosen = await world.statement_id(TEXTS[0])
        hidden = await post(
            client, world, "/statements/hide", await fields(world, statement=chosen, hidden="1"), **HTMX
        )
        assert "Verborgen (1)" in hidden.text and "Nog te ordenen (3)" in hidden.text
        assert "Ongedaan: 1 uitspraak verborgen" in hidden.text
        shown = await post(client, world, "/statements/hide", await fields(world, statement=chosen), **HTMX)
        assert "Nog te ordenen (4)" in shown.text and "Verborgen" not in shown.text


async def test_combining_two_themes_says_so_in_undo(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        first = await world.make_theme("Samen", TEXTS[:1])
        second = await world.make_theme("Samenwerking", TEXTS[1:2])
        merged = await post(client, world, f"/themes/{first}/merge", await fields(world, into=str(second)), **HTMX)
        assert "Ongedaan: Samen samengevoegd met Samenwerking" in merged.text
        assert await world.theme_ids() == {"Samenwerking": second}


async def test_an_automatic_budget_is_proposed_before_the_vote_and_can_be_changed(tmp_path: Path):
    automatic = (QuestionSettings(POSITIVE, budget=None),)
    async with a_world(tmp_path, automatic) as world, world.laptop() as client:
        await to_the_board(world)
        await world.make_theme("Samenwerking", TEXTS[:4])
        asked = await post(client, world, "/next", await fields(world), **HTMX)
        assert "Hoeveel punten verdeelt iedere deelnemer?" in asked.text and 'name="budget"' in asked.text
        assert "1 thema: een derde is 1" in asked.text
        voting = await post(client, world, "/next", await fields(world, confirmed="start_vote", budget="5"), **HTMX)
        assert "<dt>Punten per deelnemer</dt><dd>5</dd>" in voting.text


async def test_a_follow_up_is_queued_once_however_often_it_is_pressed(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        theme = await world.make_theme("Samenwerking", TEXTS[:1])
        await world.advance_to(Phase.RESULT)
        form = await fields(
            world, theme=str(theme), text="Wat moet er concreet gebeuren?", **{f"name-{theme}": "Samen", "budget": "3"}
        )
        first = await post(client, world, "/follow-up", form, **HTMX)
        second = await post(client, world, "/follow-up", form, **HTMX)
        assert (first.status_code, second.status_code) == (200, 409)
        assert "De vervolgvraag staat klaar" in first.text
        assert first.text.count("Wat moet er concreet gebeuren?") >= 2
        assert (await world.question(2)).text == "Wat moet er concreet gebeuren?"


async def test_ending_asks_and_then_leaves_a_calm_page_with_the_report(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await to_the_board(world)
        await world.make_theme("Samenwerking", TEXTS[:1])
        await world.advance_to(Phase.RESULT)
        asked = await post(client, world, "/end", await fields(world), **HTMX)
        assert "Deze sessie afronden? 4 uitspraken blijven bewaard" in asked.text
        ended = await post(client, world, "/end", await fields(world, confirmed="end"), **HTMX)
        assert "Deze sessie is afgelopen." in ended.text and "report.pdf" in ended.text
        shared = await post(client, world, "/report-sharing", {"shared": "1"}, **HTMX)
        assert 'aria-checked="true"' in shared.text


async def test_actions_are_noted_changed_and_removed(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        added = await post(client, world, "/actions", {"text": "Verslag maken"}, **HTMX)
        assert "Wie pakt dit op?" in added.text and "Kies datum" in added.text
        number = re.findall(r'id="action-(\d+)"', added.text)[0]
        seq = re.findall(r'data-seq="(\d+)"', added.text)[0]
        change = {"text": "Verslag maken", "owner": "Secretaris", "due": "2026-12-07", "done": "1", "seq": seq}
        changed = await post(client, world, f"/actions/{number}", change, **HTMX)
        assert 'value="Secretaris"' in changed.text and 'value="2026-12-07"' in changed.text
        stale = await post(client, world, f"/actions/{number}", {**change, "owner": "Een ander"}, **HTMX)
        assert stale.status_code == 409 and 'value="Secretaris"' in stale.text
        seq = re.findall(r'data-seq="(\d+)"', changed.text)[0]
        gone = await post(client, world, f"/actions/{number}/remove", {"seq": seq}, **HTMX)
        assert "Nog geen acties. Typ de eerste." in gone.text


async def test_attendees_are_listed_by_name_and_can_be_taken_off(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await post(client, world, "/attendees", {"name": "Zeno", "role": "wijkagent"}, **HTMX)
        listed = await post(client, world, "/attendees", {"name": "Anna", "role": ""}, **HTMX)
        assert listed.text.index("Anna") < listed.text.index("Zeno")
        first = re.findall(r'id="attendee-(\w{16})"', listed.text)[0]
        left = await post(client, world, f"/attendees/{first}/remove", {}, **HTMX)
        assert "Anna" not in left.text and "Zeno" in left.text


PATHS = ["/next", "/back", "/end", "/undo", "/themes", "/statements/put", "/follow-up", "/actions", "/attendees"]


@pytest.mark.parametrize("path", PATHS)
async def test_participants_and_strangers_can_not_lead(tmp_path: Path, path: str):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        answer = await post(client, world, path, await fields(world, text="x", name="x"))
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/sessions")
        assert await world.question() is None


@pytest.mark.parametrize(
    "form", [{}, {"phase": "ended", "seq": "1"}, {"phase": "waiting", "question": "x", "seq": "-1"}]
)
async def test_odd_hidden_fields_are_refused(tmp_path: Path, form: dict[str, str]):
    async with a_world(tmp_path) as world, world.laptop() as client:
        assert (await post(client, world, "/next", form, **HTMX)).status_code == 422


async def test_polling_gets_nothing_when_nothing_is_new(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        seq = (await world.row()).seq
        address = f"/sessions/{world.session}/screen?since="
        assert (await client.get(f"{address}{seq}")).status_code == 204
        assert 'id="stage"' in (await client.get(f"{address}{seq - 1}")).text
