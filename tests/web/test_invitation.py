"""Inviting people: the page and the sheet, before, during and after a session."""

from __future__ import annotations

import io
from pathlib import Path

import httpx
import pytest
from pypdf import PdfReader

from app.commands import sessions
from app.screens.render import spaced_code
from tests.web.test_sharing import another_moderator, laptop_of
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def get(world: World, path: str) -> httpx.Response:
    async with world.laptop() as laptop:
        return await laptop.get(f"/sessions/{world.session}/{path}")


def text_of(answer: httpx.Response) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


async def test_a_draft_has_a_link_that_stays_and_says_why_there_is_no_code(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world:
        page = (await get(world, "invitation")).text
        assert "Er is nog geen code" in page
        key = (await world.row()).join_key
        assert f"/j/{key}" in page
        await world.run(sessions.open_session)
        assert f"/j/{key}" in (await get(world, "invitation")).text


async def test_an_open_session_has_its_code_on_page_and_sheet(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        code = spaced_code((await world.row()).code)
        page = (await get(world, "invitation")).text
        assert f"vul de code {code} in" in page and "Er is nog geen code" not in page
        sheet = await get(world, "join-sheet.pdf")
        assert sheet.headers["content-type"] == "application/pdf"
        assert sheet.headers["cache-control"] == "no-store"
        assert (
            'inline; filename="2005-08-18 wijkteam Buytenwegh de Leyens meedoen.pdf"'
            in sheet.headers["content-disposition"]
        )
        assert code in text_of(sheet)


async def test_the_sheet_is_in_the_language_asked_for_or_that_of_the_session(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "Doe mee met uw telefoon" in text_of(await get(world, "join-sheet.pdf"))
        assert "Join with your phone" in text_of(await get(world, "join-sheet.pdf?language=en"))
        assert "Doe mee met uw telefoon" in text_of(await get(world, "join-sheet.pdf?language=xx"))


async def test_an_address_of_this_computer_alone_is_warned_of(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        assert "Dit adres werkt alleen op deze computer" in (await get(world, "invitation")).text


async def test_an_ended_session_invites_nobody(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        page = (await get(world, "invitation")).text
        assert "er kan niemand meer meedoen" in page and "invitation-text" not in page
        sheet = await get(world, "join-sheet.pdf")
        assert sheet.status_code == 409
        assert "Deze sessie is afgelopen." in sheet.text


async def test_only_who_leads_the_session_gets_them(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        async with laptop_of(world, await another_moderator(world)) as (stranger, _):
            for path in ("invitation", "join-sheet.pdf"):
                assert (await stranger.get(f"/sessions/{world.session}/{path}")).status_code == 404
        async with world.phone(world.seats[0]) as phone:
            for path in ("invitation", "join-sheet.pdf"):
                answer = await phone.get(f"/sessions/{world.session}/{path}")
                assert "/sign-in" in answer.headers["location"]
