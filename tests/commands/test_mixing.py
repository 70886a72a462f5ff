"""Mixing: nothing is shown before three different people have something waiting, and then in random order."""

import pytest
from sqlmodel import select

from app.commands import phases, statements
from app.commands.mixing import OpenBatches
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.store import statements as stored
from app.store.tables import Statement
from tests.world import a_world

pytestmark = pytest.mark.anyio
RECEIPT = "ab" * 16


async def shown(world):
    async with world.parts.database.reader() as db:
        return [statement.text for statement in await stored.released(db, (await world.question()).id)]


async def test_three_statements_of_one_person_wait_and_those_of_three_are_shown(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        for text in ("a", "b", "c"):
            await world.write(world.seats[0], text)
        await world.write(world.seats[1], "d")
        assert await shown(world) == []
        await world.write(world.seats[2], "e")
        assert sorted(await shown(world)) == ["a", "b", "c", "d", "e"]


async def test_the_next_batch_needs_three_people_again(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["a", "b", "c"])
        await world.write(world.seats[0], "d")
        await world.write(world.seats[1], "e")
        assert len(await shown(world)) == 3


async def test_after_a_restart_the_batch_waits_for_three_new_people(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "a")
        await world.write(world.seats[1], "b")
        world.parts.writer.batches = OpenBatches()
        await world.write(world.seats[2], "c")
        await world.write(world.seats[3], "d")
        assert await shown(world) == []
        await world.write(world.seats[0], "e")
        assert len(await shown(world)) == 5


async def test_the_end_of_collecting_shows_everything(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "alleen")
        await world.advance()
        assert await shown(world) == ["alleen"]


async def test_a_retracted_statement_leaves_the_batch_and_its_writer_with_it(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "weg", RECEIPT)
        await world.run(statements.retract, receipt=RECEIPT, revision=2)
        await world.write(world.seats[1], "b")
        await world.write(world.seats[2], "c")
        assert await shown(world) == []
        await world.write(world.seats[3], "d")
        assert sorted(await shown(world)) == ["b", "c", "d"]


async def test_without_mixing_each_is_shown_at_once(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await world.write(world.seats[0], "meteen")
        assert await shown(world) == ["meteen"]


async def test_without_mixing_late_ones_still_come_in_together(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance_to(Phase.CLUSTER)
        await world.write(world.seats[0], "laat")
        assert await shown(world) == []


async def test_closing_and_opening_again_and_again_shows_no_statement_by_itself(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["a", "b", "c"])
        await world.advance()
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.write(world.seats[0], "alleen")
        await world.advance()
        assert sorted(await shown(world)) == ["a", "b", "c"]
        await world.make_theme("een")
        assert await world.advance() == {"late": 1}
        assert "alleen" in await shown(world)


async def test_with_new_statements_switched_off_what_was_typed_is_held_as_late(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.run(phases.accept_statements, page=await world.page(), accepted=False)
        assert (await world.write(world.seats[0], "al getypt"))["status"] == "held"
        await world.run(phases.accept_statements, page=await world.page(), accepted=True)
        assert (await world.write(world.seats[1], "nieuw"))["status"] == "stored"
        assert await shown(world) == []


async def test_what_the_moderator_writes_for_the_room_is_shown_and_counts_for_nobody(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "een")
        await world.write(world.seats[1], "twee")
        await world.run(statements.add_for_room, page=await world.page(), text="hardop gezegd")
        assert await shown(world) == ["hardop gezegd"]


async def test_a_statement_put_back_has_another_key_so_that_nobody_links_the_two(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write(world.seats[0], "eerst", RECEIPT)
        first = await world.statement_id("eerst")
        await world.run(statements.retract, receipt=RECEIPT, revision=2)
        await world.write(world.seats[0], "weer", RECEIPT, 3)
        assert await world.statement_id("weer") != first


async def test_a_batch_is_shown_in_random_order(tmp_path, monkeypatch):
    # In the order that chance made of it, here the keys backwards, which no query would give by itself.
    monkeypatch.setattr(statements.anonymity, "shuffled", lambda things, _chance: sorted(things, reverse=True))
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["c", "a", "b"])
        keys = [await world.statement_id(text) for text in await shown(world)]
        assert len(keys) == 3 and keys == sorted(keys, reverse=True)


async def test_when_collecting_has_closed_nothing_keeps_the_order_of_arrival(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        texts = [f"uitspraak {number:03}" for number in range(60)]
        await world.write_all(texts)
        await world.advance()
        assert sorted(await shown(world)) == texts
        assert distance_from_order(await shown(world)) > 5
        async with world.parts.database.reader() as db:
            everything = (await db.exec(select(Statement))).all()
        for key in ("id", "receipt_hash", "rank"):
            row = [statement.text for statement in sorted(everything, key=lambda one, key=key: getattr(one, key))]
            assert distance_from_order(row) > 5, key


def distance_from_order(texts):
    """How far each stands from where it would stand if they stood as they came: about a third of them by chance."""
    return sum(abs(place - came) for came, place in enumerate(map(sorted(texts).index, texts))) / len(texts)


async def test_before_participants_statements_are_mixed_also_where_mixing_is_off(tmp_path):
    seen = QuestionSettings("Wat nu?", statements_on_phones=True)
    async with a_world(tmp_path, questions=(seen, QuestionSettings("En dan?")), mixing=False) as world:
        await world.advance()
        await world.write(world.seats[0], "a")
        await world.write(world.seats[1], "b")
        assert await shown(world) == []
        await world.write(world.seats[2], "c")
        assert sorted(await shown(world)) == ["a", "b", "c"]


async def test_closing_again_and_again_shows_nobody_alone_also_where_mixing_is_off(tmp_path):
    seen = QuestionSettings("Wat nu?", statements_on_phones=True)
    async with a_world(tmp_path, questions=(seen,), mixing=False) as world:
        await world.advance()
        await world.advance()
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        await world.write(world.seats[0], "alleen")
        await world.advance()
        assert await shown(world) == []
