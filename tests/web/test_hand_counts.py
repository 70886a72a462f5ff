"""The door of points counted by hand: with scripts and without, and with two moderators at work."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from app.commands import phases, sessions
from app.domain.phases import Phase
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
HTMX = {"HX-Request": "true"}


async def close_vote(world: World) -> None:
    await world.advance_to(Phase.CLUSTER)
    await world.make_theme("Samenwerking")
    await world.make_theme("Korte lijnen")
    await world.advance("start_vote")
    await world.advance()


async def form_of(client: httpx.AsyncClient, world: World, **typed: str) -> dict[str, str]:
    """The form as it is on the page now, with what is typed by the first word of a theme's name."""
    page = (await client.get(f"/sessions/{world.session}/control-room")).text
    form = page[page.index('class="hand-counts-form"') :].partition("</form>")[0]
    fields = {
        match[1]: re.search(r'value="([^"]*)"', match[0])[1]  # type: ignore[index]
        for match in re.finditer(r'<input [^>]*?name="([^"]+)"[^>]*>', form)
    }
    ids = {name.split()[0]: theme for name, theme in (await world.theme_ids()).items()}
    for word, number in typed.items():
        fields[next(name for name in fields if name.startswith(f"count-{ids[word]}-"))] = number
    return fields


async def post(client: httpx.AsyncClient, world: World, form: dict[str, str], **headers: str) -> httpx.Response:
    return await client.post(f"/sessions/{world.session}/hand-counts", data=form, headers=headers)


async def test_a_plain_form_leads_back_to_the_page_which_has_the_count(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        answer = await post(client, world, await form_of(client, world, Samenwerking="4"))
        assert (answer.status_code, answer.headers["location"]) == (303, f"/sessions/{world.session}/control-room")
        assert "4 met de hand geteld" in (await client.get(answer.headers["location"])).text
        await post(client, world, await form_of(client, world, Samenwerking=""))
        assert "4 met de hand geteld" not in (await client.get(answer.headers["location"])).text


async def test_with_scripts_the_answer_is_the_screen_and_a_word_that_it_is_saved(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        form = await form_of(client, world, Samenwerking="4")
        answer = await post(client, world, form, **HTMX)
        assert answer.status_code == 200
        assert "4 met de hand geteld" in answer.text and "punten zijn bewaard" in answer.text
        again = await post(client, world, form, **HTMX)
        assert again.status_code == 200 and "punten zijn bewaard" not in again.text


@pytest.mark.parametrize("headers", [{}, HTMX])
async def test_a_stale_page_is_told_what_stands_and_replaces_it_only_when_asked_to(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        jan = await world.share_with("Jan")
        mine = await form_of(client, world, Samenwerking="4")
        async with world.laptop(jan) as tablet:
            await post(tablet, world, await form_of(tablet, world, Samenwerking="6"))
        asked = await post(client, world, mine, **headers)
        assert asked.status_code == 409
        assert "‘Samenwerking’: nu 6, en u vulde 4 in." in asked.text and "Vervang het" in asked.text
        assert "6 met de hand geteld" in (await client.get(f"/sessions/{world.session}/control-room")).text
        assert (await post(client, world, {**mine, "confirmed": "replace_count"}, **headers)).status_code in (200, 303)
        assert "4 met de hand geteld" in (await client.get(f"/sessions/{world.session}/control-room")).text


async def test_two_moderators_count_different_themes_side_by_side(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        mine = await form_of(client, world, Samenwerking="4")
        await post(client, world, await form_of(client, world, Korte="7"))
        assert (await post(client, world, mine, **HTMX)).status_code == 200
        page = (await client.get(f"/sessions/{world.session}/control-room")).text
        assert "4 met de hand geteld" in page and "7 met de hand geteld" in page


@pytest.mark.parametrize("typed", ["-1", "veel", "100001", "1.5"])
async def test_what_is_no_count_is_refused_with_what_is(tmp_path: Path, typed: str) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        answer = await post(client, world, await form_of(client, world, Samenwerking=typed, Korte="3"), **HTMX)
        assert answer.status_code == 422 and "van 0 tot en met 100000" in answer.text
        assert "3 met de hand geteld" not in (await client.get(f"/sessions/{world.session}/control-room")).text


@pytest.mark.parametrize("headers", [{}, HTMX])
async def test_what_was_typed_stands_in_its_field_again_with_what_is_wrong_below_it(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        await post(client, world, await form_of(client, world, Samenwerking="2"))
        form = await form_of(client, world, Samenwerking="vijf", Korte="3")
        answer = await post(client, world, form, **headers)
        ids = await world.theme_ids()
        assert answer.status_code == 422 and 'class="hand-counts" open' in answer.text
        assert f'name="count-{ids["Samenwerking"]}-2" value="vijf"' in answer.text
        assert f'name="count-{ids["Korte lijnen"]}-" value="3"' in answer.text
        assert answer.text.count('aria-invalid="true"') == 1
        assert answer.text.count("Dit is geen heel getal van 0 tot en met 100000.") == 1
        assert "wat u typte staat nog in het vak" in answer.text
        assert ("<!DOCTYPE html>" in answer.text or "<!doctype html>" in answer.text) != bool(headers)


async def test_after_the_end_too_what_was_typed_stands_in_its_field_again(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        answer = await post(client, world, await form_of(client, world, Samenwerking="vijf"))
        assert answer.status_code == 422 and 'value="vijf"' in answer.text and "autofocus" in answer.text


async def test_what_was_typed_wrong_for_a_vote_that_has_gone_by_is_a_stale_page(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        form = await form_of(client, world, Samenwerking="vijf")
        await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
        assert (await post(client, world, form)).status_code == 409


async def test_nobody_else_counts(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as client:
        await close_vote(world)
        form = await form_of(client, world, Samenwerking="4")
        async with world.phone(world.seats[0]) as participant:
            assert (await post(participant, world, form)).status_code in (303, 401, 404)
        assert "4 met de hand geteld" not in (await client.get(f"/sessions/{world.session}/control-room")).text
