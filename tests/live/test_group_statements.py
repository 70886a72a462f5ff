"""Statements of the group on phones while collecting: appended at the cost of one, and taken away again."""

import secrets

import pytest

from app.commands import phases, statements
from app.domain.agenda import QuestionSettings
from app.live import room as live
from tests.live.test_room import enter, until
from tests.world import a_world

pytestmark = pytest.mark.anyio
SEEN = QuestionSettings("Wat nu?", statements_on_phones=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(live, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(live, "COUNT_SECONDS", 0.05)
    monkeypatch.setattr(live, "COUNT_SECONDS_PHONE", 0.1)


async def phone_in(world):
    await world.advance()
    phone = await enter(world, "phone")
    await until(lambda: phone.socket.sent)
    return phone


async def pushed(phone, act):
    """What a phone is sent because of something."""
    seen = len(phone.socket.sent)
    await act
    await until(lambda: len(phone.socket.sent) > seen)
    return "".join(phone.socket.sent[seen:])


async def test_a_batch_costs_as_much_on_a_full_list_as_on_an_empty_one(tmp_path):
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        phone = await phone_in(world)
        first = await pushed(phone, world.write_all(["aap", "mus", "vis"]))
        for number in range(20):
            await pushed(phone, world.write_all([f"{text}{number}" for text in "abc"]))
        last = await pushed(phone, world.write_all(["kat", "hen", "mug"]))
        assert '<ul id="statements" data-swap="append">' in first and 'id="scene"' not in first
        assert all(text in first for text in ("aap", "mus", "vis"))
        assert len(last) - len(first) <= 2, "only the number of the change may grow"


async def test_a_batch_comes_in_an_order_that_is_not_that_of_arrival(tmp_path):
    texts = [f"tekst {number:02}" for number in range(20)]
    async with a_world(tmp_path, questions=(SEEN,), seats=20) as world:
        phone = await phone_in(world)
        for text in texts[:-2]:
            await world.write(world.seats[0], text)
        await world.write(world.seats[1], texts[-2])
        push = await pushed(phone, world.write(world.seats[2], texts[-1]))
        order = sorted(texts, key=push.index)
        assert order != texts and order != texts[::-1]


async def test_an_edit_and_a_retraction_reach_the_list(tmp_path):
    receipt = secrets.token_hex(16)
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        phone = await phone_in(world)
        await world.write(world.seats[0], "oud", receipt)
        await pushed(phone, world.write_all(["een", "twee", "drie"]))
        key = await world.statement_id("oud")
        edited = await pushed(phone, world.write(world.seats[0], "nieuw", receipt, revision=2))
        assert f'<li id="statement-{key}"' in edited and "nieuw" in edited
        gone = await pushed(phone, world.run(statements.retract, receipt=receipt, revision=3))
        assert f'<li id="statement-{key}" data-swap="remove">' in gone


async def test_what_came_late_while_collecting_was_paused_joins_the_list(tmp_path):
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        phone = await phone_in(world)
        paused = world.run(phases.accept_statements, page=await world.page(), accepted=False)
        await pushed(phone, paused)
        late = await pushed(phone, world.write_all(["een", "twee", "drie"]))
        assert '<ul id="statements" data-swap="append">' in late and "twee" in late


async def test_whoever_comes_back_gets_the_whole_list(tmp_path):
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        await world.advance()
        await world.write_all([f"tekst {number}" for number in range(12)])
        one, other = await enter(world, "phone"), await enter(world, "phone")
        await until(lambda: one.socket.sent and other.socket.sent)
        assert one.socket.sent[0] == other.socket.sent[0]
        assert all(f"tekst {number}<" in one.socket.sent[0] for number in range(12))
