"""The doors for what was not planned: what they answer, and what the room then sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import sessions
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.screens.render import spaced_code
from tests.web.test_control_room import HTMX, fields, post
from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
BETWEEN = {"text": "Wat zegt u van deze zaal?", "way": "no_vote"}


async def close_door(world: World) -> None:
    await world.run(sessions.set_door, is_open=False)


async def test_an_unplanned_question_is_queued_and_the_moderator_reads_where(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        answer = await post(client, world, "/question-in-between", await fields(world, **BETWEEN), **HTMX)
        assert answer.status_code == 200
        assert "De vraag staat nu op de agenda als vraag 2, direct hierna." in answer.text
        assert BETWEEN["text"] in answer.text
        assert (await world.question(2)).phases == ",".join(WITHOUT_VOTE)


async def test_a_second_press_of_the_same_form_adds_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        form = await fields(world, **BETWEEN)
        answers = [await post(client, world, "/question-in-between", form) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [303, 409]


async def test_a_correction_after_the_first_statement_is_answered_with_a_sentence(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        form = await fields(world, text="Wat ervaart u als positief?")
        assert 'action="/sessions/1/question-text"' in (await client.get("/sessions/1/control-room")).text
        await world.write(world.seats[0], "korte lijnen")
        answer = await post(client, world, "/question-text", form, **HTMX)
        assert answer.status_code == 409
        assert "Er is al op deze vraag gereageerd" in answer.text
        assert 'action="/sessions/1/question-text"' not in answer.text


async def test_skipping_the_rest_asks_first_and_names_fewer_than_three_voters_in_words(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await world.write_all(["korte lijnen", "snelle actie"])
        await world.advance()
        theme = await world.make_theme("Samenwerking", ["korte lijnen", "snelle actie"])
        await world.advance()
        await world.vote(world.seats[0], {theme: 1})
        asked = await post(client, world, "/skip", await fields(world), **HTMX)
        assert asked.status_code == 409
        assert "De 2 uitspraken blijven bewaard" in asked.text
        assert "Wat minder dan 3 deelnemers hebben gestemd, vervalt." in asked.text
        done = await post(client, world, "/skip", await fields(world, confirmed="skip"), **HTMX)
        assert done.status_code == 200 and "Hierover is niet gestemd." in done.text


async def test_a_waiting_question_is_marked_as_skipped_and_is_not_the_next(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        first = (await world.question(1)).id
        answer = await post(client, world, f"/questions/{first}/skip", await fields(world, skipped="1"), **HTMX)
        assert "Overgeslagen" in answer.text and "Start vraag 2" in answer.text
        answer = await post(client, world, f"/questions/{first}/skip", await fields(world), **HTMX)
        assert "Overgeslagen" not in answer.text and "Start vraag 1" in answer.text


async def test_the_page_of_the_qr_code_says_that_the_door_is_closed_before_the_button_is_pressed(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path) as world, world.phone() as stranger:
        await close_door(world)
        row = await world.row()
        page = await stranger.get(f"/j/{row.join_key}")
        assert "De deur van deze sessie is dicht." in page.text
        pressed = await stranger.post(f"/s/{row.code}/join/{row.join_key}")
        assert pressed.status_code == 409 and "set-cookie" not in pressed.headers
        assert "Vraag de moderator om de deur te openen." in pressed.text
        typed = await stranger.post("/", data={"code": row.code}, follow_redirects=True)
        assert typed.status_code == 409 and "Vraag de moderator om de deur te openen." in typed.text
        await world.run(sessions.set_door, is_open=True)
        assert (await stranger.post(f"/s/{row.code}/join/{row.join_key}")).status_code == 303


async def test_who_has_a_seat_comes_back_through_a_closed_door(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await close_door(world)
        row = await world.row()
        again = await phone.post(f"/s/{row.code}/join/{row.join_key}")
        assert (again.status_code, again.headers["location"]) == (303, f"/s/{row.code}")
        assert (await phone.get(f"/s/{row.code}")).status_code == 200


async def test_the_big_screen_says_in_words_that_the_door_is_closed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as screen, world.laptop() as client:
        await post(client, world, "/door", await fields(world))
        row = await world.row()
        path = f"/big-screen/{row.big_screen_key}"
        code = spaced_code(row.code)
        joining = (await screen.get(path)).text
        await world.advance()
        asking = (await screen.get(path)).text
        for page in (joining, asking):
            assert "De deur is dicht" in page and code not in page and '<svg class="qr' not in page
        await post(client, world, "/door", await fields(world, is_open="1"))
        opened = (await screen.get(path)).text
        assert "De deur is dicht" not in opened and code in opened


async def test_a_pause_is_shown_everywhere_and_not_counted_as_a_question(tmp_path: Path) -> None:
    pause = QuestionSettings("Koffie in de hal", phases=PAUSE_ONLY, minutes={"pause": 10})
    first = QuestionSettings(POSITIVE, phases=(Phase.COLLECT, Phase.RESULT))
    async with a_world(tmp_path, (first, pause, QuestionSettings("Wat zijn de knelpunten?"))) as world:
        await world.advance_to(Phase.RESULT)
        row = await world.row()
        paths = (f"/s/{row.code}", f"/big-screen/{row.big_screen_key}", f"/sessions/{world.session}/control-room")
        async with world.phone(world.seats[0]) as phone, world.laptop() as client:
            assert "Naar de pauze" in (await client.get(paths[2])).text
            await world.advance()
            lookers = (phone, phone, client)
            seen = [(await who.get(path)).text for who, path in zip(lookers, paths, strict=True)]
            for page in seen:
                assert "Koffie in de hal" in page and "Pauze" in page and 'data-seconds-left="' in page
            assert 'data-phase="pause"' in seen[0] and "composer" not in seen[0].split("<main")[1].split("</main")[0]
            assert "Naar vraag 2" in seen[2]
            await world.advance()
            assert "Vraag 2 van 2" in (await phone.get(paths[0])).text
