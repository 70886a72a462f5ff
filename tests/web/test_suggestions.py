"""The doors of suggestions, by htmx and as plain forms: a yes is one undoable move, a no is remembered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.ignored import Ignored
from app.domain.phases import Phase
from app.live import suggesting
from app.main import create_app
from app.settings import Settings
from app.store import suggestions, themes
from tests.live.test_suggesting import TEXTS, panels, settled, to_the_board
from tests.suggestions.endpoint import endpoint
from tests.web.test_leading_together import HTMX, fields, post
from tests.world import World, a_world, make_world, running

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(suggesting, "PAUSE_SECONDS", 0.01)


async def under(world: World, theme: int | None) -> set[str]:
    async with world.parts.database.reader() as db:
        return set((await themes.board(db, (await world.question()).id)).under(theme))


async def ignored(world: World) -> frozenset[Ignored]:
    async with world.parts.database.reader() as db:
        return await suggestions.ignored(db, (await world.question()).id)


async def suggested(world: World, laptop) -> str:
    """The page with what is suggested on it."""
    address = f"/sessions/{world.session}/control-room"
    await laptop.get(address)
    await settled(world)
    return str((await laptop.get(address)).text)


def form_of(page: str, heading: str) -> dict[str, list[str]]:
    """The fields of the suggestion with these words in its heading, as a browser without scripts sends them."""
    (panel,) = [part for part in page.split('<div id="suggest') if "data-suggestion" in part and heading in part]
    form = panel[panel.index("<form") : panel.index("</form>")]
    found: dict[str, list[str]] = {}
    for field in re.findall(r"<input [^>]*>", form):
        name, value = re.findall(r' name="([^"]*)"', field)[0], re.findall(r' value="([^"]*)"', field)[0]
        found.setdefault(name, []).append(value)
    return found


async def test_a_plain_form_takes_over_a_suggestion_in_one_step_that_can_be_undone(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        theme = await to_the_board(world)
        form = form_of(await suggested(world, laptop), "lijkt op Groen")
        before, grass = await under(world, None), await world.statement_id("gras maaien")
        answer = await laptop.post(f"/sessions/{world.session}/suggestions/accept", data=form)
        assert answer.status_code == 303 and grass in await under(world, theme)
        page = (await laptop.get(answer.headers["location"])).text
        assert "Ongedaan: voorstel overgenomen: 1 uitspraak naar Groen" in page and "lijkt op Groen" not in page
        await post(laptop, world, "/undo", await fields(world))
        assert await under(world, None) == before


async def test_what_is_left_out_stays_in_the_inbox_and_is_not_suggested_for_that_theme_again(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await world.advance()
        await world.write_all(["gras", "gras maaien", "veel gras", "acties"])
        await world.advance_to(Phase.CLUSTER)
        theme = await world.make_theme("Groen", ["gras"])
        form = form_of(await suggested(world, laptop), "2 uitspraken lijken op Groen")
        left_out = await world.statement_id("veel gras")
        form["taken"] = [key for key in form["taken"] if key != left_out]
        answer = await laptop.post(f"/sessions/{world.session}/suggestions/accept", data=form, headers=HTMX)
        assert answer.status_code == 200 and left_out in await under(world, None)
        assert await ignored(world) == {Ignored(frozenset({left_out}), theme)}
        assert "data-suggestion" not in await suggested(world, laptop)


async def test_a_group_becomes_a_theme_by_the_name_in_the_form(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        form = form_of(await suggested(world, laptop), "bij elkaar te horen")
        assert form["name"] == ["Te weinig parkeerplaatsen"] and len(form["taken"]) == 2
        form["name"] = ["Auto's"]
        await laptop.post(f"/sessions/{world.session}/suggestions/accept", data=form)
        made = (await world.theme_ids())["Auto's"]
        assert await under(world, made) == set(form["taken"])


async def test_ignored_is_gone_from_the_answer_and_from_every_later_page(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        page = await suggested(world, laptop)
        for heading in ("lijkt op Groen", "bij elkaar te horen"):
            address = f"/sessions/{world.session}/suggestions/ignore"
            answer = await laptop.post(address, data=form_of(page, heading), headers=HTMX)
            assert answer.status_code == 200 and len(panels(answer.text)) == 1 and heading not in answer.text
        assert "data-suggestion" not in await suggested(world, laptop)
    async with running(tmp_path) as app:
        again = World(app, world.moderator, world.session, world.seats)
        async with again.laptop() as laptop:
            assert "data-suggestion" not in await suggested(again, laptop)


async def test_a_yes_to_nothing_and_a_yes_from_a_stale_page_are_refused_and_change_nothing(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        theme = await to_the_board(world)
        form = form_of(await suggested(world, laptop), "lijkt op Groen")
        address = f"/sessions/{world.session}/suggestions/accept"
        nothing = await laptop.post(address, data={**form, "taken": []}, headers=HTMX)
        assert nothing.status_code == 422 and "uitspraken" in nothing.text
        nameless = await laptop.post(address, data={**form, "theme": "", "name": ""}, headers=HTMX)
        assert nameless.status_code == 422
        await post(laptop, world, f"/themes/{theme}/remove", await fields(world))
        stale = await laptop.post(address, data=form, headers=HTMX)
        assert stale.status_code == 409
        assert await under(world, None) == {await world.statement_id(text) for text in TEXTS}


async def test_a_control_room_without_a_socket_hears_of_suggestions_when_it_asks_what_is_new(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        address, seq = f"/sessions/{world.session}/screen", (await world.row()).seq
        await settled(world)
        answer = await laptop.get(address, params={"since": str(seq)})
        assert answer.status_code == 200 and "lijkt op Groen" in answer.text and 'id="stage"' not in answer.text


async def test_only_who_leads_the_session_answers_suggestions(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await to_the_board(world)
        for act in ("accept", "ignore"):
            answer = await phone.post(f"/sessions/{world.session}/suggestions/{act}", data={"taken": "x"})
            assert answer.status_code in (303, 401)
        assert await ignored(world) == frozenset()


async def test_the_endpoint_in_the_owners_settings_suggests_and_the_page_names_it(tmp_path: Path):
    with endpoint() as server:
        app = create_app(Settings(data=tmp_path, port=8000, public_url="", embeddings_url=server.url))
        async with app.router.lifespan_context(app):
            world = await make_world(app)
            async with world.laptop() as laptop:
                await world.advance()
                await world.write_all(["bomen planten", "mooie natuur", "acties"])
                await world.advance_to(Phase.CLUSTER)
                for name in ("Groen", "Verkeer"):
                    await world.make_theme(name)
                page = await suggested(world, laptop)
        assert "De voorstellen komen van het taalmodel op uw eigen netwerk." in page
        assert "2 uitspraken lijken op Groen" in page and "ligt dicht bij: “Groen”" in page
        assert set(server.texts) == {"bomen planten", "mooie natuur", "acties", "Groen", "Verkeer"}
