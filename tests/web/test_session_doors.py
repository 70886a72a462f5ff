"""Every door of a session's moderators, found in the application itself: shut for all others, and changing nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import accounts
from app.domain.agenda import QuestionSettings
from app.domain.phases import Phase
from app.main import ROUTERS
from tests.world import PASSWORD_HASH, World, a_world

pytestmark = pytest.mark.anyio
ON = (QuestionSettings("Wat nu?", takes_proposals=True),)


def doors(world: World) -> list[str]:
    """The address of each door that takes a form about this session."""
    found = []
    for route in (route for router in ROUTERS for route in router.routes):
        path, methods = getattr(route, "path", ""), getattr(route, "methods", None) or ()
        if path.startswith("/sessions/{session_id}/") and "POST" in methods:
            keys = dict.fromkeys(getattr(route, "param_convertors", {}), 1) | {"session_id": world.session}
            found.append(path.format(**keys))
    return found


async def form_of(world: World) -> dict[str, str | list[str]]:
    page = await world.page()
    said = {"phase": page.phase, "question": str(page.question_id), "seq": str(page.seq), "taken": "0"}
    said |= {"into": "1", "direction": "forward"}
    return {**said, "confirmed": "end", "name": "x", "statement": [await world.statement_id("een")]}


async def stored(world: World) -> str:
    """All that a door could change, as one text."""
    async with world.parts.database.reader() as db:
        rows = (await (await db.connection()).exec_driver_sql("select * from board_move")).all()
        rows += (await (await db.connection()).exec_driver_sql("select * from statement order by id")).all()
        rows += (await (await db.connection()).exec_driver_sql("select * from theme order by id")).all()
    return f"{await world.row()} {await world.question()} {rows}"


async def test_another_moderator_finds_no_door_and_a_foreign_page_opens_none(tmp_path: Path) -> None:
    async with a_world(tmp_path, ON) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Groen")
        person = {"email": "ander@example.org", "name": "Ander", "password_hash": PASSWORD_HASH}
        other = await world.parts.writer.run(accounts.create, **person)
        addresses, form, before = doors(world), await form_of(world), await stored(world)
        for act in ("proposals/switch", "suggestions/ignore", "stacks/apart", "undo", "statements/put"):
            assert f"/sessions/{world.session}/{act}" in addresses
        async with world.laptop(other) as stranger, world.laptop() as own:
            for address in addresses:
                answer = await stranger.post(address, data=form)
                assert answer.status_code == 404, (address, answer.status_code)
                evil = await own.post(address, data=form, headers={"Origin": "https://evil.example"})
                assert evil.status_code == 403, address
        assert await stored(world) == before
