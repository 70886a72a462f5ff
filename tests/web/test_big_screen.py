"""The big screen's doors: open to who has the link, and reading only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import a_world

pytestmark = pytest.mark.anyio


async def test_the_link_alone_opens_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.get(f"/big-screen/{(await world.row()).big_screen_key}")
        assert answer.status_code == 200
        assert 'data-scene="join"' in answer.text


async def test_a_guessed_link_opens_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        assert (await browser.get("/big-screen/geraden")).status_code == 404


async def test_it_speaks_the_language_of_the_session_and_not_of_the_browser(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(**{"Accept-Language": "en"}) as browser:
        answer = await browser.get(f"/big-screen/{(await world.row()).big_screen_key}")
        assert '<html lang="nl"' in answer.text


async def test_where_sockets_are_blocked_it_asks_and_hears_only_what_is_new(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        row = await world.row()
        path = f"/big-screen/{row.big_screen_key}/screen"
        assert (await browser.get(path, params={"since": row.seq})).status_code == 204
        await world.advance()
        news = await browser.get(path, params={"since": row.seq})
        assert 'data-scene="collect"' in news.text


async def test_it_offers_nothing_to_do(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.get(f"/big-screen/{(await world.row()).big_screen_key}")
        assert "<form" not in answer.text
        assert str(world.session) not in [part for part in answer.text.split('"') if part.startswith("/sessions")]
