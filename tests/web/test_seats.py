"""Several people on one device: each with a seat of its own, and no request that ties two of them."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from app.commands import sessions
from app.domain.phases import Phase
from app.store import people
from app.web.seats import MOST_ON_A_DEVICE
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def join(client: httpx.AsyncClient, world: World, place: int = 1) -> str:
    """Take the seat at a place of this device; its address."""
    row = await world.row()
    start = "" if place == 1 else f"/{place}"
    answer = await client.post(f"{start}/s/{row.code}/join/{row.join_key}")
    assert answer.status_code == 303
    return answer.headers["location"]


async def seats(world: World) -> int:
    async with world.parts.database.reader() as db:
        return await people.seats(db, world.session)


async def test_each_place_of_a_device_is_a_seat_with_a_cookie_that_only_its_own_address_gets(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        paths = [await join(device, world, place) for place in (1, 2, 3)]
        assert await seats(world) == 3
        assert sorted(cookie.path for cookie in device.cookies.jar) == sorted(paths)
        for path in paths:
            request = device.build_request("GET", f"{path}/move")
            assert request.headers["cookie"].count("seat=") == 1


async def test_a_place_that_has_a_seat_keeps_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        assert await join(device, world, 2) == await join(device, world, 2)
        assert await seats(world) == 1


async def test_neighbours_have_limits_and_budgets_of_their_own(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        one, two = await join(device, world), await join(device, world, 2)
        await world.advance()
        await world.advance()
        theme = str(await world.make_theme("Samenwerking"))
        await world.advance("start_vote")
        number = int((await device.get(two)).text.split('data-round="')[1].split('"')[0])
        for path, points in ((one, {theme: 3}), (two, {theme: 1})):
            body = {"round": number, "revision": 1, "points": points}
            assert (await device.post(f"{path}/allocation", json=body)).status_code == 200
        own = [(await device.get(f"{path}/allocation?round={number}")).json()["points"] for path in (one, two)]
        assert own == [{theme: 3}, {theme: 1}]


async def test_neighbours_count_as_two_who_are_here_and_submitted(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        paths = [await join(device, world), await join(device, world, 2)]
        await world.advance()
        question = (await world.question()).id
        for number, path in enumerate(paths):
            await device.get(f"{path}/screen?since=0")
            body = {"question": question, "receipt": f"{number:032x}", "revision": 1, "text": "een"}
            assert (await device.post(f"{path}/statements", json=body)).status_code == 201
        counts = world.parts.rooms.of(world.session).presence.counts(question, None)
        assert (counts.connected, counts.submitted) == (2, 2)


async def test_the_page_of_a_neighbour_says_whose_turn_it_is_and_asks_its_own_address(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        one, two = await join(device, world), await join(device, world, 2)
        page = (await device.get(two)).text
        assert "Deelnemer 2 op dit apparaat" in page
        assert f'data-socket="{two}/socket"' in page and f'data-poll="{two}/screen"' in page
        assert f'href="{one}" data-place="1"' in page
        assert 'class="seats-bar" ' in page and "hidden" not in page.split('id="seats-bar"')[1].split(">")[0]


async def test_a_neighbours_plain_form_comes_back_to_the_neighbours_page(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        two = await join(device, world, 2)
        await world.advance()
        form = {"question": str((await world.question()).id), "text": "met de hand"}
        answer = await device.post(f"{two}/statements", data=form)
        assert answer.status_code == 303 and answer.headers["location"].startswith(f"{two}?said=sent")


async def test_a_scenes_plain_form_goes_to_the_seat_whose_page_sent_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        one, two = await join(device, world), await join(device, world, 2)
        await world.advance()
        question = (await world.question()).id
        form, sent_from = {"question": str(question), "text": "met de hand"}, {"Referer": f"http://test{two}"}
        answer = await device.post(f"{one}/statements", data=form, headers=sent_from, follow_redirects=True)
        assert answer.url.path == two
        # A script of that page means the seat it names.
        body = {"question": question, "receipt": "ab" * 16, "revision": 1, "text": "door een script"}
        answer = await device.post(f"{one}/statements", json=body, headers=sent_from)
        assert (answer.status_code, answer.request.url.path) == (201, f"{one}/statements")


async def test_a_neighbours_own_page_names_its_seat_so_that_a_browser_that_hides_where_it_came_from_is_safe(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        one, two = await join(device, world), await join(device, world, 2)
        await world.advance_to(Phase.COLLECT)
        page = (await device.get(two)).text
        assert f'action="{two}/statements"' in page and f'formaction="{two}/refresh"' in page
        assert one not in re.sub(r'href="[^"]*"', "", page).replace(two, "")
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Samenwerking")
        await world.advance_to(Phase.VOTE)
        assert f'action="{two}/allocation"' in (await device.get(two)).text


@pytest.mark.parametrize("referer", ["http://[", "/2/s/1", "http://test/9", "nonsense"])
async def test_an_odd_referer_is_no_page_of_a_neighbour(tmp_path: Path, referer: str) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone(Referer=referer) as device:
        one = await join(device, world)
        await world.advance()
        form = {"question": str((await world.question()).id), "text": "met de hand"}
        answer = await device.post(f"{one}/statements", data=form)
        assert answer.status_code == 303 and answer.headers["location"].startswith(f"{one}?said=sent")


async def test_a_neighbours_page_is_compressed_too(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        for place in (1, 2):
            page = await device.get(await join(device, world, place))
            assert page.headers.get("content-encoding") == "gzip"


async def test_the_button_takes_the_next_seat(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        row, two = await world.row(), await join(device, world, 2)
        page = (await device.get(f"{two}/neighbour")).text
        assert f'action="/3/s/{row.code}/join/{row.join_key}"' in page
        assert "Doe mee als deelnemer 3" in page


async def test_a_lost_neighbour_is_offered_its_own_place_again(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        row, one = await world.row(), await join(device, world)
        answer = await device.get(f"/3/s/{row.code}", follow_redirects=True)
        assert str(answer.url).endswith(f"{one}/neighbour?place=3")
        assert f'action="/3/s/{row.code}/join/{row.join_key}"' in answer.text


async def test_who_has_no_seat_at_all_reads_no_way_in(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as stranger:
        row = await world.row()
        for place in ("", "/2"):
            answer = await stranger.get(f"{place}/s/{row.code}/neighbour", follow_redirects=True)
            assert row.join_key not in answer.text
            assert 'name="code"' in answer.text


async def test_a_closed_door_is_closed_for_neighbours_too(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        row, one = await world.row(), await join(device, world)
        await world.run(sessions.set_door, is_open=False)
        page = (await device.get(f"{one}/neighbour")).text
        assert "De deur van deze sessie is dicht." in page and "<form" not in page
        answer = await device.post(f"/2/s/{row.code}/join/{row.join_key}")
        assert answer.status_code == 409
        assert f'action="/2/s/{row.code}/join/{row.join_key}"' in answer.text


async def test_after_the_ninth_seat_the_page_says_that_no_more_fit(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=0) as world, world.phone() as device:
        last = await join(device, world, MOST_ON_A_DEVICE)
        page = (await device.get(f"{last}/neighbour")).text
        assert "meer passen er niet" in page and "<form" not in page
        assert (await device.get(f"/10/s/{(await world.row()).code}")).status_code == 404
