"""What a phone hears when its owner writes much or fast: when to come back, a friendly sentence, and never a loss."""

from __future__ import annotations

import html
import re
import secrets
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from app.domain.agenda import QuestionSettings
from app.domain.limits import MOST_A_MINUTE, MOST_STATEMENTS
from app.domain.phases import WITHOUT_VOTE, Phase
from app.store.tables import Statement
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
PLAIN = {"Accept": "text/html"}


async def send(client: httpx.AsyncClient, world: World, text: str) -> httpx.Response:
    question, code = await world.question(), (await world.row()).code
    body = {"receipt": secrets.token_hex(16), "revision": 1, "text": text, "question": question.id}
    return await client.post(f"/s/{code}/statements", json=body)


async def send_plain(client: httpx.AsyncClient, world: World, text: str) -> httpx.Response:
    question, code = await world.question(), (await world.row()).code
    return await client.post(f"/s/{code}/statements", data={"question": str(question.id), "text": text}, headers=PLAIN)


async def stored(world: World) -> list[str]:
    async with world.parts.database.reader() as db:
        return sorted(row.text for row in (await db.exec(select(Statement))).all())


async def test_the_eleventh_in_a_minute_is_told_when_to_come_back_and_is_stored_then(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        now = [100.0]
        world.parts.writer.batches.clock = lambda: now[0]
        for number in range(MOST_A_MINUTE):
            assert (await send(client, world, f"{number}")).status_code == 201
            now[0] += 1
        late = await send(client, world, "de elfde")
        assert (late.status_code, late.headers["retry-after"], late.json()["refusal"]) == (503, "50", "too_fast")
        assert "sneller dan we kunnen opnemen" in late.json()["message"]
        assert "de elfde" not in await stored(world)
        now[0] += int(late.headers["retry-after"])
        assert (await send(client, world, "de elfde")).status_code == 201
        assert len(await stored(world)) == MOST_A_MINUTE + 1


async def test_the_thirty_first_is_refused_for_good_in_a_friendly_sentence(tmp_path: Path):
    questions = [QuestionSettings(text, phases=WITHOUT_VOTE) for text in ("Wat gaat goed?", "Wat kan beter?")]
    async with a_world(tmp_path, questions) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        for number in range(MOST_STATEMENTS):
            assert (await send(client, world, f"{number}")).status_code == 201
        last = await send(client, world, "een te veel")
        assert last.status_code == 409 and "retry-after" not in last.headers
        assert "al 30 uitspraken ingestuurd" in last.json()["message"]
        await world.advance_to(Phase.RESULT)
        await world.advance()
        assert (await send(client, world, "bij de volgende vraag weer")).status_code == 201


async def test_without_scripts_a_text_that_comes_too_fast_is_given_back_to_send_again(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        now = [100.0]
        world.parts.writer.batches.clock = lambda: now[0]
        for number in range(MOST_A_MINUTE):
            assert (await send_plain(client, world, f"{number}")).status_code == 303
        text = "<b>die ik niet kwijt wil</b>"
        page = await send_plain(client, world, text)
        assert (page.status_code, page.headers["retry-after"]) == (503, "60")
        kept = re.search("<textarea[^>]*>\n(.*?)</textarea>", page.text, re.S)
        assert kept and html.unescape(kept[1]) == text
        now[0] += 60
        assert (await send_plain(client, world, html.unescape(kept[1]))).status_code == 303
        assert text in await stored(world)


async def test_without_scripts_any_refusal_gives_the_text_back(tmp_path: Path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        page = await send_plain(client, world, "te lang " * 30)
        assert page.status_code == 422 and "te lang te lang" in page.text
        assert "Uw tekst staat er nog" in page.text
