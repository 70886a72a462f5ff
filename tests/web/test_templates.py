"""Templates over HTTP: beside the agenda, with a new session, and on a page of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio


async def saved(world: World, **fields: str) -> str:
    """Save the agenda as a template; its path."""
    async with world.laptop() as laptop:
        await laptop.post(f"/sessions/{world.session}/templates", data={"name": "Van ons", **fields})
        page = (await laptop.get("/templates")).text
    return re.findall(r'action="(/templates/\d+)"', page)[0]


async def test_the_page_lists_those_of_moderato_with_their_scripts(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        page = (await laptop.get("/templates")).text
        for name in ("Evaluatie", "Toekomstbeeld", "Prioriteren", "Snelle peiling", "Leeg"):
            assert f'<h3 dir="auto">{name}</h3>' in page
        assert "meer dan 80 uitspraken" in page
        assert '<a class="dashboard-place" href="/templates" aria-current="page">' in page


async def test_a_stranger_is_sent_to_the_sign_in(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.phone() as stranger:
        assert "/sign-in" in (await stranger.get("/templates")).headers["location"]
        assert "/sign-in" in (await stranger.post("/templates/1/remove")).headers["location"]


async def test_an_own_template_is_renamed_shared_and_removed(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path = await saved(world)
        mark = re.findall(r'name="mark" value="(\w+)"', (await laptop.get("/templates")).text)[0]
        await laptop.post(path, data={"mark": mark, "name": "Anders", "script": "Zeg dit.", "shared": "1"})
        page = (await laptop.get("/templates")).text
        assert ">Anders</h3>" in page and "Zeg dit." in page and "gedeeld met alle moderatoren" in page
        await laptop.post(f"{path}/remove")
        assert ">Anders</h3>" not in (await laptop.get("/templates")).text


async def test_a_template_without_a_name_is_refused_beside_what_was_typed(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        answer = await laptop.post(await saved(world), data={"name": " ", "script": "Lang getypt"})
        assert answer.status_code == 422
        assert "Lang getypt</textarea>" in answer.text


async def test_a_session_is_made_with_an_own_template(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        number = (await saved(world)).rpartition("/")[2]
        assert f'value="saved-{number}"' in (await laptop.get("/sessions")).text
        made = await laptop.post(
            "/sessions",
            data={"template": f"saved-{number}", "title": "Opnieuw", "language": "nl", "starts_at": "19:30"},
        )
        page = (await laptop.get(made.headers["location"])).text
        assert POSITIVE in page and ", 19:30</p>" in page


@pytest.mark.parametrize("key", ["saved-99", "saved-", "saved-x", "geen"])
async def test_a_template_that_is_not_there_makes_no_session(tmp_path: Path, key: str) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        answer = await laptop.post("/sessions", data={"template": key, "title": "Opnieuw", "language": "nl"})
        assert answer.status_code in (404, 422)


async def test_a_template_is_put_on_the_agenda_from_beside_it(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        fields = {"template": "quick", "how": "replace", "seq": str((await world.row()).seq)}
        assert (await laptop.post(f"/sessions/{world.session}/template", data=fields)).status_code == 303
        assert (await world.question(1)).text == "Wat wilt u hierover kwijt?"
