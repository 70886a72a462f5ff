"""The page on which a session is taken home offers every kind of file in each language."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from app.commands import actions, sessions
from app.domain.actions import ActionFields
from app.domain.phases import Phase
from app.domain.report import Report
from app.exports import FORMATS
from app.languages import LANGUAGES
from app.screens.report import build_report
from tests.exports.readers import READERS, size_of_png
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with a_world(tmp_path) as made:
        await made.advance_to(Phase.COLLECT)
        await made.write_all(["een", "twee", "drie", "reactie snelheid wijkteam"])
        await made.advance_to(Phase.CLUSTER)
        theme = await made.make_theme("Samenwerking", ["een", "twee"])
        await made.run(actions.add, fields=ActionFields("Bellen", theme_id=theme, due=date(2026, 12, 7)))
        await made.advance_to(Phase.VOTE)
        for seat in made.seats[:3]:
            await made.vote(seat, {theme: 1})
        await made.advance_to(Phase.RESULT)
        yield made


async def taken(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """The file, also where a page first shows how far it is."""
    answer = await client.get(path)
    shown = answer.headers.get("location", "")
    return await client.get(f"{shown}/file") if "/reports/" in shown else answer


async def export_of(world: World) -> Report:
    async with world.parts.database.reader() as db:
        return await build_report(db, world.session)


async def test_every_link_leads_to_a_file_that_can_be_read(world: World) -> None:
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{world.session}/downloads")).text
        assert "<h1>Alle bestanden en talen</h1>" in page, "the words of the link that led here"
        links = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*/report\.[^"]*)"', page)]
        for link in links:
            answer = await taken(laptop, link)
            name = link.split("report.")[1].split("?")[0]
            assert answer.status_code == 200 and answer.headers["content-type"] == FORMATS[name].media_type, link
            if name == "png":
                assert size_of_png(answer.content)
            else:
                assert "Samenwerking" in " ".join(READERS[name](answer.content)), link
    offered = {link.split("report.")[1].split("?")[0] for link in links}
    assert offered == set(FORMATS)
    for name in set(FORMATS) - {one.name for one in FORMATS.values() if one.without_words}:
        assert {re.search("language=(..)", link)[1] for link in links if f"report.{name}?" in link} == set(LANGUAGES)  # type: ignore[index]


async def test_each_link_says_by_itself_what_it_is(world: World) -> None:
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{world.session}/downloads")).text
    links = re.findall(r'<a [^>]*href="[^"]*/report\.[^>]*>(.*?)</a>', page, re.S)
    said = [" ".join(re.sub("<[^>]*>", "", link).split()) for link in links]
    assert "Word-document (docx), Nederlands" in said and "Word-document (docx), English" in said
    assert all(len(one) > 12 for one in said)


@pytest.mark.parametrize("ended", [False, True])
async def test_the_control_room_leads_there_once_and_to_no_file_twice(world: World, ended: bool) -> None:
    if ended:
        await world.run(sessions.end, page=await world.page(), confirmed="end")
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{world.session}/control-room")).text
    links = re.findall(rf'href="(/sessions/{world.session}/(?:downloads|report\.[^"]*))"', page)
    assert f"/sessions/{world.session}/downloads" in links and len(links) == len(set(links)) >= 4


async def test_what_first_shows_how_far_it_is_is_not_saved_as_that_page(world: World) -> None:
    async with world.laptop() as laptop:
        pages = [(await laptop.get(f"/sessions/{world.session}/{name}")).text for name in ("downloads", "control-room")]
    links = [link for page in pages for link in re.findall(r'<a [^>]*href="[^"]*/report\.[^>]*>', page)]
    saved = {name: " download>" in link for link in links if (name := re.search(r"report\.([a-z-]+)", link)[1])}  # type: ignore[index]
    assert saved == {name: not chosen.aside for name, chosen in FORMATS.items()}


async def test_without_an_action_item_no_list_of_them_and_without_a_date_no_calendar_is_offered(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        offered = [(await laptop.get(f"/sessions/{world.session}/downloads")).text]
        await world.run(actions.add, fields=ActionFields("Bellen"))
        offered.append((await laptop.get(f"/sessions/{world.session}/downloads")).text)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        ended = (await laptop.get(f"/sessions/{world.session}/control-room")).text
    assert ["report.csv-actions" in page for page in offered] == [False, True]
    assert not any("report.ics" in page for page in (*offered, ended))
    assert "zodra er een actie op staat" in offered[0]


async def test_no_picture_is_offered_of_a_question_without_points(world: World) -> None:
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{world.session}/downloads")).text
    pictured = set(re.findall(r"report\.svg\?question=(\d+)", page))
    made = await export_of(world)
    assert pictured == {str(question.number) for question in made.asked if question.weights} == {"1"}
    assert len(made.asked) > 1 and "zonder punten valt er niets te tekenen" in page.lower()


async def test_nobody_else_sees_it(world: World) -> None:
    async with world.phone(world.seats[0]) as phone:
        answer = await phone.get(f"/sessions/{world.session}/downloads")
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


@pytest.mark.parametrize("question", ["9", "0", "x", "-1", "99999"])
async def test_there_is_no_picture_of_a_question_that_is_not_there(world: World, question: str) -> None:
    async with world.laptop() as laptop:
        assert (await laptop.get(f"/sessions/{world.session}/report.svg?question={question}")).status_code == 404


async def test_a_whole_file_is_never_made_of_a_part(world: World) -> None:
    async with world.laptop() as laptop:
        assert (await laptop.get(f"/sessions/{world.session}/report.csv?question=1")).status_code == 404


async def test_a_picture_of_one_question_says_which_in_its_name(world: World) -> None:
    async with world.laptop() as laptop:
        answer = await laptop.get(f"/sessions/{world.session}/report.svg?question=1")
    assert 'filename="2005-08-18 wijkteam Buytenwegh de Leyens.1.svg"' in answer.headers["content-disposition"]
