"""Making a session: what is typed is never lost, and nobody comes at another's sessions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import a_world

pytestmark = pytest.mark.anyio
FIELDS = {"title": "Wijkvisie 2035", "group_name": "Jongerenraad", "held_on": "2026-11-25", "language": "nl"}


async def test_who_is_not_signed_in_is_sent_to_sign_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        answer = await browser.get("/sessions")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/sessions")


async def test_a_new_session_opens_its_agenda(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        made = await laptop.post("/sessions", data=FIELDS)
        agenda = await laptop.get(made.headers["location"])
        assert "Jongerenraad" in agenda.text
        assert "Voeg eerst een vraag toe" in agenda.text


@pytest.mark.parametrize("wrong", [{"title": "  "}, {"held_on": "25 november"}, {"title": "x" * 201}])
async def test_what_was_typed_is_kept_when_something_is_wrong(tmp_path: Path, wrong: dict[str, str]) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post("/sessions", data={**FIELDS, **wrong})
        assert answer.status_code == 422
        assert 'value="Jongerenraad"' in answer.text
        assert 'role="alert"' in answer.text


async def test_a_language_nobody_speaks_here_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post("/sessions", data={**FIELDS, "language": "tlh"})
        assert answer.status_code == 422


async def test_the_dashboard_speaks_the_readers_language(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop(**{"Accept-Language": "en"}) as laptop:
        assert "Back to the session" in (await laptop.get("/sessions")).text


async def test_a_session_that_is_not_theirs_does_not_exist(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        assert (await laptop.get("/sessions/999/agenda")).status_code == 404
        assert (await laptop.post("/sessions/999/open")).status_code == 404


async def test_a_search_finds_by_title_group_and_day_whatever_the_accents(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        fields = {**FIELDS, "title": "Één café", "template": "empty"}
        await laptop.post("/sessions", data=fields)
        for words in ("EEN cafe", "jongerenraad", "25 nov", "25 november 2026", "wo 25"):
            page = (await laptop.get("/sessions", params={"search": words})).text
            assert "Één café" in page and "wijkteam Buytenwegh" not in page, words
            assert "1 sessie gevonden" in page
        nothing = (await laptop.get("/sessions", params={"search": "<niets>"})).text
        assert "Geen sessie gevonden voor ‘&lt;niets&gt;’" in nothing and "session-row" not in nothing
