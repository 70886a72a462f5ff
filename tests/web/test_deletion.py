"""Deleting at the doors: gone from every one of them, back by one press, and for nobody but the owner."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest

from app.commands import accounts, sessions, sharing
from app.domain import anonymity
from tests.commands.accounts import OTHER_EMAIL, another_moderator
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio


async def end(world: World) -> None:
    await world.run(sessions.end, page=await world.page(), confirmed="end")


async def test_deleting_says_so_and_one_press_puts_it_back(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/delete")
        page = (await laptop.get(answer.headers["location"])).text
        assert "is verwijderd. Terugzetten kan tot" in page and "Verwijderd (1)" in page
        assert f'action="/sessions/{world.session}/put-back"' in page
        assert f'href="/sessions/{world.session}/agenda"' not in page
        back = await laptop.post(f"/sessions/{world.session}/put-back")
        page = (await laptop.get(back.headers["location"])).text
        assert "is terug" in page and f'href="/sessions/{world.session}/agenda"' in page


async def test_a_deleted_session_is_gone_from_every_door(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop, world.phone(world.seats[0]) as phone:
        row = await world.row()
        await end(world)
        await world.run(sessions.share_report, shared=True)
        inside = ["control-room", "agenda", "actions", "attendees", "sharing", "copy", "screen"]
        inside += [f"report.{name}" for name in ("pdf", "csv", "json")]
        mine = [f"/sessions/{world.session}/{name}" for name in inside]
        theirs = [f"/j/{row.join_key}", f"/big-screen/{row.big_screen_key}", f"/s/{row.code}/report.pdf"]
        before = [(await laptop.get(path)).status_code for path in mine]
        assert before == [200] * len(before)
        await laptop.post(f"/sessions/{world.session}/delete")
        assert [(await laptop.get(path)).status_code for path in mine] == [404] * len(mine)
        for path in theirs:
            assert (await phone.get(path)).status_code in (303, 404), path
        typed = await phone.post("/", data={"code": str(row.code)})
        assert typed.status_code == 404


async def test_open_screens_of_a_deleted_session_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        closed: list[int] = []

        async def close(session_id: int) -> None:
            closed.append(session_id)

        monkeypatch.setattr(world.parts.rooms, "close_session", close)
        await laptop.post(f"/sessions/{world.session}/delete")
        assert closed == [world.session]


async def test_a_session_that_goes_on_is_finished_first(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/delete")
        assert answer.status_code == 409
        assert "Rond de sessie eerst af" in answer.text
        assert f"/sessions/{world.session}/delete" not in (await laptop.get("/sessions")).text


async def test_the_dashboard_says_only_what_happened_to_ones_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        for query in (f"deleted={world.session}", "deleted=999", "deleted=x", "back=999"):
            assert "just-done" not in (await laptop.get(f"/sessions?{query}")).text


async def test_who_shares_a_session_neither_deletes_it_nor_puts_it_back(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as owner, world.phone() as browser:
        other = await another_moderator(world)
        await world.run(sharing.share, moderator_id=world.moderator, email=OTHER_EMAIL)
        token = secrets.token_urlsafe(18)
        await world.parts.writer.run(accounts.sign_in, moderator_id=other, token_hash=anonymity.hash_token(token))
        browser.cookies.set("sign_in", token)
        assert (await browser.post(f"/sessions/{world.session}/delete")).status_code == 403
        assert f"/sessions/{world.session}/delete" not in (await browser.get("/sessions")).text
        await owner.post(f"/sessions/{world.session}/delete")
        assert (await browser.post(f"/sessions/{world.session}/put-back")).status_code == 404
        assert "Verwijderd (" not in (await browser.get("/sessions")).text


async def test_deleting_from_a_search_keeps_the_search(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        await make_world(world.app, opened=False, title="Wijkvisie 2035")
        assert 'name="search" value="quick"' in (await laptop.get("/sessions?search=quick")).text
        answer = await laptop.post(f"/sessions/{world.session}/delete", data={"search": "quick scan"})
        assert answer.headers["location"] == f"/sessions?deleted={world.session}&search=quick+scan"
