"""The dialog before a vote, as the moderator's browser gets it."""

from pathlib import Path

import pytest

from app.domain.phases import Phase
from tests.web.test_control_room import HTMX, fields, post
from tests.world import a_world

pytestmark = pytest.mark.anyio


async def on_the_board(world, *names: str) -> None:
    await world.advance_to(Phase.CLUSTER)
    for name in names:
        await world.make_theme(name)


async def test_the_dialog_says_why_and_which_themes_look_alike(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await on_the_board(world, "Parkeren", "<b>Groen</b>", "Parkeeroverlast")
        asked = await post(client, world, "/next", await fields(world), **HTMX)
        assert "3 thema’s: een derde is 1, en met minder dan 3 punten valt er weinig te verdelen." in asked.text
        assert "Met 4 deelnemers kunnen 3 punten elk gelijke standen voorkomen." in asked.text
        assert "<bdi>Parkeren</bdi> en <bdi>Parkeeroverlast</bdi>" in asked.text
        assert "<b>Groen" not in asked.text and "Terug naar het bord" in asked.text


async def test_a_page_without_scripts_asks_the_same_and_goes_on(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await on_the_board(world, "Parkeren", "Groen")
        asked = await post(client, world, "/next", await fields(world))
        assert asked.status_code == 409 and 'name="limit_per_theme"' in asked.text and "<html" in asked.text
        going = await fields(world, confirmed="start_vote", budget="4", limit_per_theme="2")
        assert (await post(client, world, "/next", going)).status_code == 303
        assert (await world.question()).phase == Phase.VOTE


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"budget": "veel", "limit_per_theme": ""}, "Kies een getal van 1 tot en met 100."),
        ({"budget": "", "limit_per_theme": ""}, "Kies een getal van 1 tot en met 100."),
        ({"budget": "3", "limit_per_theme": "-1"}, "Kies een getal van 1 tot en met 100."),
        ({"budget": "7", "limit_per_theme": "3"}, "Van de 7 punten kunnen er maar 6"),
    ],
)
async def test_what_can_not_be_taken_stays_in_the_dialog_with_a_sentence(tmp_path: Path, typed, sentence):
    async with a_world(tmp_path) as world, world.laptop() as client:
        await on_the_board(world, "Parkeren", "Groen")
        again = await post(client, world, "/next", await fields(world, confirmed="start_vote", **typed), **HTMX)
        assert again.status_code == 409 and sentence in again.text
        assert f'value="{typed["budget"]}"' in again.text and 'aria-invalid="true"' in again.text
        assert (await world.question()).phase == Phase.CLUSTER
