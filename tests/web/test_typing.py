"""A phone says that somebody types; the moderator who closes on them is asked, with a number from three on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from tests.web.test_control_room import HTMX, fields, post
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
SOMEBODY = "Er wordt nog geschreven."


async def tell(world: World, number: int, typing: object = True, **other: Any) -> httpx.Response:
    """The phone of a seat is here, and says whether somebody types on it."""
    seat, question = world.seats[number], await world.question()
    room = world.parts.rooms.of(world.session)
    room.presence.polled(seat.hash)
    async with world.phone(seat) as phone:
        body = {"question": question.id, "typing": typing, **other}
        return await phone.post(f"/s/{(await world.row()).code}/presence", json=body)


async def next_step(client: httpx.AsyncClient, world: World, **more: str) -> httpx.Response:
    return await post(client, world, "/next", await fields(world, **more), **HTMX)


async def test_one_or_two_who_type_are_asked_about_in_the_same_words(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        asked = []
        for number in range(2):
            assert (await tell(world, number)).status_code == 204
            asked.append(await next_step(client, world))
        assert [answer.status_code for answer in asked] == [409, 409]
        assert asked[0].text == asked[1].text and SOMEBODY in asked[0].text
        assert (await world.question()).phase == Phase.COLLECT


async def test_three_who_type_are_counted_and_what_becomes_of_their_text_is_said(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        for number in range(3):
            await tell(world, number)
        answer = await next_step(client, world)
        assert "3 deelnemers schrijven nog." in answer.text and SOMEBODY not in answer.text
        assert "Ze kunnen het nog insturen terwijl u ordent." in answer.text
        assert "Nu sluiten" in answer.text and "Nog even wachten" in answer.text


async def test_closing_anyway_closes(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await tell(world, 0)
        asked = await next_step(client, world)
        confirmed = re.findall(r'name="confirmed" value="(\w+)"', asked.text)[0]
        assert (await next_step(client, world, confirmed=confirmed)).status_code == 200
        assert (await world.question()).phase == Phase.CLUSTER


async def test_without_scripts_the_same_is_asked_on_a_page_of_its_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await tell(world, 0)
        answer = await post(client, world, "/next", await fields(world))
        assert answer.status_code == 409 and f'<h1 class="message-page-title">{SOMEBODY}</h1>' in answer.text
        assert "Nog even wachten" in answer.text


async def test_whoever_has_stopped_keeps_nobody_waiting(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await tell(world, 0)
        await tell(world, 0, typing=False)
        assert (await next_step(client, world)).status_code == 200


async def test_where_no_grouping_follows_the_moderator_reads_that_a_minute_is_left(tmp_path: Path) -> None:
    short = QuestionSettings("Wat nu?", phases=("collect", "result"))
    async with a_world(tmp_path, questions=(short,)) as world, world.laptop() as client:
        await world.advance()
        await tell(world, 0)
        assert "Ze kunnen het nog een minuut insturen." in (await next_step(client, world)).text


async def test_typing_on_a_question_of_another_session_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        assert (await tell(world, 0, question=999)).status_code == 404
        assert (await tell(world, 0, question="x")).status_code == 422


@pytest.mark.parametrize("odd", ["yes", 1, None, [True]])
async def test_anything_but_a_boolean_says_nothing(tmp_path: Path, odd: object) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        assert (await tell(world, 0, typing=odd)).status_code == 204
        assert (await next_step(client, world)).status_code == 200
