"""The doors of the attendance list: the public page, and the moderator's."""

from pathlib import Path

import pytest

from app.commands import attendance
from app.store import people
from tests.web.test_control_room import HTMX, post
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def path_of(world: World) -> str:
    return f"/attendance/{(await world.row()).attendance_key}"


async def names(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        return [one.name for one in await people.attendees(db, world.session)]


async def test_somebody_signs_and_may_hand_the_phone_on(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone() as phone:
        await world.run(attendance.set_open, wanted=True)
        await world.run(attendance.add, name="Al Aanwezig", role="burgemeester")
        path = await path_of(world)
        page = (await phone.get(path)).text
        assert "Deze lijst staat los van uw antwoorden." in page
        assert "Al Aanwezig" not in page and "burgemeester" not in page
        sent = await phone.post(path, data={"name": "Truus", "role": "wijkagent"})
        assert (sent.status_code, sent.headers["location"]) == (303, f"{path}?listed=1")
        thanks = (await phone.get(sent.headers["location"])).text
        assert "Dank u, u staat op de lijst" in thanks and "Nog iemand op de lijst zetten" in thanks
        assert "Truus" not in thanks
        assert await names(world) == ["Al Aanwezig", "Truus"]


async def test_the_door_sets_no_cookie_and_answers_with_a_seat_as_without(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone() as stranger, world.phone(world.seats[0]) as seated:
        await world.run(attendance.set_open, wanted=True)
        path = await path_of(world)
        for form in ({"name": "Truus", "role": ""}, {"name": " ", "role": "x"}):
            answers = [await client.post(path, data=form) for client in (stranger, seated)]
            assert answers[0].text == answers[1].text
            assert [one.headers.get("set-cookie") for one in answers] == [None, None]
        pages = [await client.get(path) for client in (stranger, seated)]
        assert pages[0].text == pages[1].text and "set-cookie" not in pages[1].headers


@pytest.mark.parametrize(("name", "sentence"), [(" ", "moet eerst iets"), ("x" * 201, "201 tekens")])
async def test_what_can_not_be_taken_stays_in_the_fields(tmp_path: Path, name: str, sentence: str):
    async with a_world(tmp_path) as world, world.phone() as phone:
        await world.run(attendance.set_open, wanted=True)
        refused = await phone.post(await path_of(world), data={"name": name, "role": "wijk<b>agent"})
        assert refused.status_code == 422 and sentence in refused.text
        assert f'value="{name}"' in refused.text and "wijk&lt;b&gt;agent" in refused.text
        assert await names(world) == []


async def test_during_the_questions_the_page_says_when_it_opens_again_and_keeps_what_was_typed(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone() as phone:
        path = await path_of(world)
        assert "De moderator schrijft op wie er is." in (await phone.get(path)).text
        await world.run(attendance.set_open, wanted=True)
        await world.advance()
        assert "Na de laatste vraag gaat hij weer open." in (await phone.get(path)).text
        refused = await phone.post(path, data={"name": "Truus", "role": ""})
        assert refused.status_code == 409 and 'value="Truus"' in refused.text
        assert await names(world) == []


async def test_the_big_screen_shows_the_way_only_while_the_list_is_open(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone() as anybody:
        path, screen = await path_of(world), f"/big-screen/{(await world.row()).big_screen_key}"
        assert path not in (await anybody.get(screen)).text
        await world.run(attendance.set_open, wanted=True)
        assert path in (await anybody.get(screen)).text
        await world.advance()
        assert path not in (await anybody.get(screen)).text


async def test_an_unknown_key_is_not_found(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone() as phone:
        assert (await phone.get("/attendance/onbekend")).status_code == 404
        assert (await phone.post("/attendance/onbekend", data={"name": "x"})).status_code == 404
        await world.run(attendance.set_open, wanted=True)
        crooked = await phone.post(await path_of(world), files={"name": ("x.txt", b"x")})
        assert crooked.status_code == 422


async def test_the_moderator_switches_it_on_and_chooses_what_the_report_tells(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        on = await post(client, world, "/attendance/open", {"wanted": "1"}, **HTMX)
        assert 'aria-checked="true"' in on.text and "De lijst is nu open." in on.text
        await post(client, world, "/attendance/report", {"names": "1", "roles": "no"}, **HTMX)
        row = await world.row()
        assert (row.attendance_open, row.names_in_report, row.roles_in_report) == (True, True, False)
        odd = await post(client, world, "/attendance/report", {"names": "1", "roles": "soms"}, **HTMX)
        assert odd.status_code == 422
        plain = await post(client, world, "/attendance/open", {})
        assert plain.status_code == 303 and not (await world.row()).attendance_open
        rows = await client.get(f"/sessions/{world.session}/attendees/rows")
        assert 'id="attendee-rows"' in rows.text
