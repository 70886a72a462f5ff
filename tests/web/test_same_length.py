"""What others see of an encrypted answer is its length: it is the same whatever somebody gave."""

import pytest

from app.domain.phases import Phase
from app.store import questions
from tests.world import a_world

pytestmark = pytest.mark.anyio


async def test_an_answer_about_points_is_as_long_whatever_was_given(tmp_path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        await world.advance_to(Phase.CLUSTER)
        first, second, third = [str(await world.make_theme(name)) for name in ("Groen", "Veilig", "Samen")]
        await world.advance()
        async with world.parts.database.reader() as db:
            vote = await questions.last_round(db, (await world.question()).id)
        path, lengths = f"/s/{(await world.row()).code}/allocation", set()
        given = ({}, {first: 1}, {first: 1, second: 1}, {first: 1, second: 1, third: 1})
        for revision, points in enumerate(given, 99):
            answer = await phone.post(path, json={"round": vote.id, "revision": revision, "points": points})
            own = await phone.get(f"{path}?round={vote.id}")
            assert answer.json()["points"] == own.json()["points"] == points
            assert "content-encoding" not in own.headers, "compressed, its length would tell"
            lengths |= {len(answer.content), len(own.content)}
        assert len(lengths) == 1
