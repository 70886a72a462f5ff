"""Two who lead one session: each reads what the other did, by name, and a stale press is answered by how it stands."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from app.commands import accounts
from app.domain.phases import Phase
from app.domain.presence import ModeratorHere
from tests.world import PASSWORD_HASH, World, a_world

pytestmark = pytest.mark.anyio
HTMX = {"HX-Request": "true"}


async def fields(world: World, **more: str) -> dict[str, str]:
    page = await world.page()
    return {"phase": page.phase, "question": str(page.question_id or ""), "seq": str(page.seq), **more}


async def post(client: httpx.AsyncClient, world: World, path: str, form: dict[str, str], **headers: str):
    return await client.post(f"/sessions/{world.session}{path}", data=form, headers=headers)


def own_undo(page: str, moderator: int) -> tuple[str, bool]:
    """What the undo of this moderator says on a page, and whether that page shows it."""
    (drawn,) = re.findall(rf'<div id="history-{moderator}"([^>]*)>(.*?)</form>', page, re.DOTALL)
    return re.findall(r' title="([^"]*)"', drawn[1])[0], "hidden" not in drawn[0]


def here(world: World, *moderators: ModeratorHere) -> None:
    """Their control rooms are open."""
    for moderator in moderators:
        world.parts.rooms.of(world.session).presence.opened_control_room(moderator)


async def test_what_one_did_on_the_board_stands_in_the_room_of_the_other_with_the_name(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan = await world.share_with("Jan")
        here(world, ModeratorHere(world.moderator, "Marieke"), ModeratorHere(jan, "Jan"))
        await world.advance()
        await world.write_all(["a", "b", "c", "d"])
        await world.advance()
        theme = await world.make_theme("Contact burgers")
        async with world.laptop(jan) as tablet, world.laptop() as laptop:
            form = await fields(world, statement=await world.statement_id("a"), theme=str(theme))
            await post(tablet, world, "/statements/put", form, **HTMX)
            page = (await laptop.get(f"/sessions/{world.session}/control-room")).text
            assert "2 moderators: Jan, Marieke" in page
            assert "Jan: 1 uitspraak naar Contact burgers" in page
            assert own_undo(page, world.moderator) == ("Ongedaan: nieuw thema Contact burgers", True)
            assert own_undo(page, jan) == ("Ongedaan: 1 uitspraak naar Contact burgers", False)
            await post(tablet, world, "/undo", await fields(world), **HTMX)
            page = (await tablet.get(f"/sessions/{world.session}/control-room")).text
            assert "Jan: ongedaan gemaakt: 1 uitspraak naar Contact burgers" in page
            assert own_undo(page, jan) == ("Er is niets om ongedaan te maken", True)
            assert f'data-moderator="{jan}"' in page and f'data-by="{jan}"' in page


async def test_whoever_leads_on_is_named_and_the_press_of_the_other_comes_too_late_and_does_nothing(tmp_path: Path):
    async with a_world(tmp_path) as world:
        jan = await world.share_with("Jan")
        here(world, ModeratorHere(world.moderator, "De moderator"), ModeratorHere(jan, "Jan"))
        async with world.laptop(jan) as tablet, world.laptop() as laptop:
            form = await fields(world)
            assert (await post(tablet, world, "/next", form, **HTMX)).status_code == 200
            late = await post(laptop, world, "/next", form, **HTMX)
            assert late.status_code == 409 and "Jan: vraag 1, Verzamelen" in late.text
        assert (await world.question()).phase == Phase.COLLECT


async def test_who_leads_alone_sees_no_word_of_moderators_and_no_name_at_undo(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        here(world, ModeratorHere(world.moderator, "De moderator"), ModeratorHere(world.moderator, "De moderator"))
        await world.advance()
        await world.write_all(["a", "b", "c", "d"])
        await world.advance()
        await post(client, world, "/themes", await fields(world, name="een"), **HTMX)
        page = (await client.get(f"/sessions/{world.session}/control-room")).text
        assert "1 moderator" not in page and "(door" not in page and "De moderator:" not in page


async def test_a_stranger_with_an_account_leads_nothing(tmp_path: Path):
    async with a_world(tmp_path) as world:
        stranger = await world.parts.writer.run(
            accounts.create, email="x@example.org", name="Vreemde", password_hash=PASSWORD_HASH
        )
        async with world.laptop(stranger) as client:
            assert (await post(client, world, "/next", await fields(world))).status_code == 404
        assert world.parts.rooms.of(world.session).presence.counts(None, None).deeds == ()


async def test_the_close_of_a_vote_writes_how_many_were_connected(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await world.advance()
        await world.write_all(["a", "b", "c", "d"])
        await world.advance()
        theme = await world.make_theme("een", ["a"])
        await world.advance("start_vote")
        for seat in world.seats:
            await world.vote(seat, {theme: 1})
        for seat in world.seats[:3]:
            world.parts.rooms.of(world.session).presence.arrived(seat.hash)
        before = (await client.get(f"/sessions/{world.session}/control-room")).text
        assert "stembriefjes" not in before, "nothing about ballots before the close"
        answer = await post(client, world, "/next", await fields(world), **HTMX)
        assert "4 stembriefjes, 3 verbonden." in answer.text
        assert "stem opnieuw" in answer.text
