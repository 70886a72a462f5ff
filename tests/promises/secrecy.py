"""What is promised of what is sent: nothing of an open vote, nothing of a waiting statement, no small number."""

from __future__ import annotations

import difflib
import re

import httpx

from app.commands import attendance, phases, sessions, statements, themes
from app.domain.phases import Phase
from app.domain.presence import Presence
from app.screens import refresh
from app.store import people
from app.store.statements import waiting as waiting_statements
from tests.promises.seats import forms_of
from tests.promises.watch import Sockets, everything, open_sockets, settle, steady
from tests.world import Seat, World, make_world

SECRET = "een heel herkenbare uitspraak"
# By chance a name stands a third of the row away from where it came.
FAR = 4.0
SEEN_COUNTS = (0, 1, 2)
NO_BALLOT = {"revision": 0, "points": {}, "ready": None}


async def check_open_vote(world: World) -> None:
    """Whatever people vote, nothing anybody is sent changes by it until the close."""
    one, other = await _open_vote(world)
    watcher = world.seats[0]
    async with open_sockets(world, watcher) as sockets:
        await everything(world, watcher)
        await settle(world)
        before = steady(await everything(world, watcher))
        sockets.forget()
        for revision, points in enumerate([{one: 3}, {one: 1, other: 2}, {other: 3}], 1):
            for seat in world.seats[1:]:
                await world.vote(seat, points, revision)
            await settle(world)
            demand_same(before, steady(await everything(world, watcher)))
        assert sockets.pushes() == "", "a ballot made something be sent"


async def check_own_ballot(world: World) -> None:
    """Only who voted reads what was voted, in an answer nobody keeps; and after the close nobody does."""
    one, _ = await _open_vote(world)
    voter, *others = world.seats
    await world.vote(voter, {one: 2})
    assert await _own_ballot(world, voter) == {"revision": 1, "points": {str(one): 2}, "ready": None}
    for seat in others:
        assert await _own_ballot(world, seat) == NO_BALLOT, "somebody reads another's ballot"
        assert await _points_on_the_page(world, seat) == ["0", "0"], "somebody's page shows another's points"
    assert sorted(await _points_on_the_page(world, voter)) == ["0", "2"]
    for seat in others:
        await world.vote(seat, {one: 1})
    await world.advance()
    assert await _own_ballot(world, voter) == NO_BALLOT
    assert await _points_on_the_page(world, voter) == []


async def _points_on_the_page(world: World, seat: Seat) -> list[str]:
    async with world.phone(seat) as phone:
        page = await phone.get(f"/s/{(await world.row()).code}")
    assert page.headers["cache-control"] == "no-store"
    return re.findall(r'name="points-\d+" value="(\d+)"', page.text)


async def _own_ballot(world: World, seat: object) -> object:
    round_id = await _round_id(world)
    async with world.phone(seat) as phone:  # type: ignore[arg-type]
        answer = await phone.get(f"/s/{(await world.row()).code}/allocation?round={round_id}")
    assert answer.headers["cache-control"] == "no-store"
    return answer.json()


async def _round_id(world: World) -> int:
    async with world.phone(world.seats[0]) as phone:
        page = (await phone.get(f"/s/{(await world.row()).code}")).text
    return int(re.findall(r'data-round="(\d+)"', page)[0])


async def check_form_receipts(world: World) -> None:
    """Each page has a receipt that no other page has, nobody is pushed one, and a form is stored once."""
    async with open_sockets(world, world.seats[0]) as sockets:
        await world.advance()
        await settle(world)
        made = [await _receipt_on_the_page(world, seat) for seat in (*world.seats, world.seats[0])]
        assert len(set(made)) == len(made), "two pages have the same receipt"
        for seat in world.seats[:2]:
            async with world.phone(seat) as phone:
                polled = (await phone.get(f"/s/{(await world.row()).code}/screen?since=")).text
                assert 'name="receipt"' not in polled, "a poll carries a receipt"
        assert 'name="receipt"' not in sockets.pushes(), "a push carries a receipt"
    form = {"question": str((await world.question()).id), "receipt": made[0], "text": SECRET}
    async with world.phone(world.seats[0]) as phone:
        for _ in range(2):
            await phone.post(f"/s/{(await world.row()).code}/statements", data=form)
    async with world.parts.database.reader() as db:
        stored = await waiting_statements(db, int(form["question"]))
    assert [one.text for one in stored] == [SECRET], "a form sent twice is stored twice"


async def _receipt_on_the_page(world: World, seat: Seat) -> str:
    async with world.phone(seat) as phone:
        page = await phone.get(f"/s/{(await world.row()).code}")
    assert page.headers["cache-control"] == "no-store"
    return str(re.findall(r'name="receipt" value="([0-9a-f]{32})"', page.text)[0])


async def check_unreleased(world: World) -> None:
    """A statement that is still being mixed, or came late, is in no page, push or export, nor is its key."""
    async with open_sockets(world, world.seats[0]) as sockets:
        await world.advance()
        await world.write(world.seats[1], f"{SECRET} 1")
        await world.write(world.seats[2], f"{SECRET} 2")
        await demand_hidden(world, sockets, [f"{SECRET} 1", f"{SECRET} 2"])
        await world.write(world.seats[3], "de derde")
        await settle(world)
        assert SECRET in sockets.pushes("control_room"), "what was released never came"
        await world.advance()
        await world.write(world.seats[1], f"{SECRET}, laat")
        await demand_hidden(world, sockets, [f"{SECRET}, laat"])


async def demand_hidden(world: World, sockets: Sockets, texts: list[str]) -> None:
    """These texts and their keys are nowhere: in no page, poll, export or push."""
    await settle(world)
    keys = [await world.statement_id(text) for text in texts]
    seen = {**await everything(world, world.seats[0]), "a push": sockets.pushes()}
    for where, sent in seen.items():
        told = [secret for secret in (*texts, *keys) if secret in sent]
        assert not told, f"{told} in {where}"


async def check_mixing(world: World) -> None:
    """Three statements of one person stay hidden; three different people bring all of them in."""
    await world.advance()
    for number in range(3):
        await world.write(world.seats[0], f"{SECRET} {number}")
    await world.write(world.seats[1], f"{SECRET} 3")
    control_room = f"/sessions/{world.session}/screen?since="
    async with world.laptop() as laptop:
        assert SECRET not in (await laptop.get(control_room)).text, "shown before three people had one"
        await world.write(world.seats[2], f"{SECRET} 4")
        assert (await laptop.get(control_room)).text.count(SECRET) >= 5


async def check_retraction_leaves_the_batch(world: World) -> None:
    """Somebody who took it back does not count as one of the three."""
    await world.advance()
    receipt = "ab" * 16
    await world.write(world.seats[0], SECRET, receipt)
    await world.run(statements.retract, receipt=receipt, revision=2)
    for seat in world.seats[1:3]:
        await world.write(seat, SECRET)
    async with world.laptop() as laptop:
        assert SECRET not in (await laptop.get(f"/sessions/{world.session}/screen?since=")).text


async def check_big_screen(world: World) -> None:
    """While collecting, the big screen and the phones hold no statement, unless the moderator switched that on."""
    key = (await world.row()).big_screen_key
    async with open_sockets(world, world.seats[0]) as sockets, world.phone(world.seats[0]) as anybody:
        await world.advance()
        await world.write_all([f"{SECRET} {number}" for number in range(6)])
        await settle(world)
        for path in (f"/big-screen/{key}", f"/big-screen/{key}/screen?since=", f"/s/{(await world.row()).code}"):
            assert SECRET not in (await anybody.get(path)).text, path
        assert SECRET not in sockets.pushes("big_screen") + sockets.pushes("phone")
        await world.run(phases.show_on_big_screen, page=await world.page(), shown=True)
        await settle(world)
        assert SECRET in sockets.pushes("big_screen"), "switched on, and still not shown"
        assert SECRET not in sockets.pushes("phone")


async def check_hidden(world: World) -> None:
    """What the moderator has hidden is on no phone, no big screen and in no export."""
    await world.advance()
    await world.write_all([SECRET, "gewoon", "ook gewoon"])
    await world.advance()
    theme = await world.make_theme("Samenwerking", [SECRET, "gewoon"])
    chosen = [await world.statement_id(SECRET)]
    page = await world.page()
    await world.run(themes.hide, page=page, moderator_id=world.moderator, chosen=chosen, hidden=True)
    async with open_sockets(world, world.seats[0]) as sockets:
        beside = await world.statement_id("ook gewoon")
        page = await world.page()
        await world.run(themes.put, page=page, moderator_id=world.moderator, chosen=[beside], theme_id=theme)
        await _demand_out_of_sight(world, sockets)
        assert f"statement-{beside}" in sockets.pushes("big_screen"), "moved under a theme, and the room doesn't see it"
        await world.advance("start_vote")
        await _demand_out_of_sight(world, sockets)
        for seat in world.seats:
            await world.vote(seat, {theme: 1})
        await world.advance()
        await _demand_out_of_sight(world, sockets)
        await world.run(sessions.share_report, shared=True)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        await _demand_out_of_sight(world, sockets)


async def _demand_out_of_sight(world: World, sockets: Sockets) -> None:
    await settle(world)
    seen = {**await everything(world, world.seats[0]), "a push": sockets.pushes("phone") + sockets.pushes("big_screen")}
    for where, sent in seen.items():
        if not where.startswith("moderator") or "/report." in where:
            assert SECRET not in sent, f"hidden, and still in {where}"


async def check_small_counts(world: World) -> None:
    """How many submitted or are ready reads the same for nobody, one and two."""
    await world.advance()
    await _demand_small_counts_alike(world, "submitted")
    await _open_vote(world)
    await _demand_small_counts_alike(world, "ready")


async def _demand_small_counts_alike(world: World, what: str) -> None:
    session = await world.row()
    for screen in refresh.SCREENS:
        async with world.parts.database.reader() as db:
            drawn = [
                (await refresh.draw_whole(db, screen, session, ["nl"], Presence(connected=9, **{what: number})))["nl"]
                for number in (*SEEN_COUNTS, 5)
            ]
        assert len(set(drawn[:3])) == 1, f"{screen} tells fewer than three who {what}"
        assert screen == "phone" or drawn[3] != drawn[0], f"{screen} tells nothing of who {what}"


async def check_small_groups_behind_a_theme(world: World) -> None:
    """One giver of two points, or two givers of one: nothing that is sent or exported after the close differs."""
    other = await make_world(world.app, seats=len(world.seats))
    await _vote_and_close(world, [{0: 1, 1: 2}, {0: 3}, {0: 3}])
    await _vote_and_close(other, [{0: 2, 1: 1}, {0: 2, 1: 1}, {0: 3}])
    one, two = [await _anonymous_sights(some) for some in (world, other)]
    demand_same(one, two)


async def _vote_and_close(world: World, ballots: list[dict[int, int]]) -> None:
    made = await _open_vote(world)
    for seat, points in zip(world.seats, ballots, strict=False):
        await world.vote(seat, {made[place]: given for place, given in points.items()})
    await world.advance()


async def _anonymous_sights(world: World) -> dict[str, str]:
    """The moderator's page and the exports, without the keys in which two sessions differ."""
    seen = {}
    async with world.laptop() as laptop:
        for rest in ("screen?since=", "report.csv", "report.json"):
            text = (await laptop.get(f"/sessions/{world.session}/{rest}")).text
            seen[rest] = re.sub(r"[\w-]{16,}|\d+", "#", re.sub(r"givers\W+null", "", text))
            if rest == "report.json":
                seen["givers"] = str(re.findall(r'"givers": ?(\w+)', text))
    return seen


async def check_strangers(world: World) -> None:
    """A participant is sent nothing of another session, of the moderator's keys, nor of anybody's seat or name."""
    other = await make_world(world.app, title="De andere groep")
    await world.run(attendance.set_open, wanted=True)
    await world.run(attendance.add, name="Mevrouw Aanwezig", role="")
    await world.advance()
    await other.advance()
    await other.write_all(["van daar 1", "van daar 2", "van daar 3"])
    mine, theirs = await world.row(), await other.row()
    not_for_participants = [
        "De andere groep",
        "van daar",
        f"{theirs.code}",
        theirs.join_key,
        theirs.big_screen_key,
        mine.big_screen_key,
        mine.attendance_key,
        "Mevrouw Aanwezig",
        "moderator@example.org",
    ]
    for_nobody = [secret for seat in (*world.seats, *other.seats) for secret in (*forms_of(seat), seat.hash)]
    async with open_sockets(world, world.seats[0]) as sockets:
        seen = await everything(world, world.seats[0])
        pushed = sockets.pushes("phone")
    for where, sent in {**seen, "participant push": pushed}.items():
        told = [secret for secret in for_nobody if secret in sent]
        if where.startswith("participant") and "/big-screen/" not in where and "/attendance/" not in where:
            told += [secret for secret in not_for_participants if secret in sent]
        assert not told, f"{told} in {where}"


async def check_attendance_apart(world: World) -> None:
    """Whoever signs the attendance list is answered alike with a seat and without; no row, file or answer ties them."""
    await world.run(attendance.set_open, wanted=True)
    path = f"/attendance/{(await world.row()).attendance_key}"
    seats = [secret for seat in world.seats for secret in (seat.token, seat.hash)]
    for number, seat in enumerate(world.seats):
        form = {"name": f"Naam {number}", "role": "wijkagent"}
        async with world.phone(seat) as seated, world.phone() as stranger:
            seen = [await _signed(client, path, form, seats) for client in (seated, stranger)]
        assert seen[0] == seen[1], "the attendance list knows who has a seat"
    async with world.parts.database.reader() as db:
        listed = await people.attendees(db, world.session)
    assert [(one.name, one.role) for one in listed] == [(f"Naam {n}", "wijkagent") for n in range(len(world.seats))]
    told = [one for one in listed for secret in seats if secret in one.id or one.id in secret]
    assert not told, f"a name is tied to a seat: {told}"


async def _signed(client: httpx.AsyncClient, path: str, form: dict[str, str], seats: list[str]) -> list[str]:
    answers = [await client.get(path), await client.post(path, data=form), await client.get(f"{path}?listed=1")]
    for answer in answers:
        assert "set-cookie" not in answer.headers, "the attendance list left a cookie"
        assert not any(secret in answer.text for secret in seats), "the attendance list tells a seat"
    return [answer.text for answer in answers]


async def check_attendance_forgets_the_order(world: World) -> None:
    """Once the first question begins, neither file nor log tells in which order people joined and signed."""
    await world.run(attendance.set_open, wanted=True)
    names = [f"aanwezige {chr(97 + 7 * number % 26)}{number:02}" for number in range(40)]
    for number, name in enumerate(names):
        if number % 4 == 0:
            await world.join()
        await world.run(attendance.add_oneself, name=name, role="")
    await world.advance()
    await settle(world)
    path = world.parts.database.path
    log = path.with_name("moderato.db-wal").read_bytes()
    assert not any(name.encode() in log for name in names), "the write-ahead log tells who signed when"
    content = path.read_bytes()
    async with world.parts.database.reader() as db:
        keys = {one.name: one.id for one in await people.attendees(db, world.session)}
    in_file = sorted(names, key=lambda name: content.index(name.encode()))
    by_key = sorted(names, key=lambda name: keys[name])
    for order in (in_file, in_file[::-1], by_key):
        far = sum(abs(order.index(name) - place) for place, name in enumerate(names)) / len(names)
        assert far > FAR, "what is kept tells who signed when"


async def check_delivered(world: World) -> None:
    """Every statement that is released reaches the moderator's open control room."""
    texts = [f"uitspraak nummer {number}." for number in range(30)]
    async with open_sockets(world, world.seats[0]) as sockets:
        await world.advance()
        await world.write_all(texts)
        await world.write_all([f"nog een {number}" for number in range(3)])
        await settle(world)
        lost = [text for text in texts if text not in sockets.pushes("control_room")]
    assert not lost, f"never delivered: {lost}"


async def _open_vote(world: World) -> list[int]:
    if (question := await world.question()) is None or question.phase == Phase.COLLECT:
        await world.advance_to(Phase.CLUSTER)
    made = [await world.make_theme(name) for name in ("Samenwerking", "Veiligheid")]
    await world.advance("start_vote")
    return made


def demand_same(before: dict[str, str], after: dict[str, str]) -> None:
    """What is sent from each place is what was sent before."""
    for where in before:
        lines = difflib.unified_diff(before[where].splitlines(), after[where].splitlines(), n=0, lineterm="")
        differing = list(lines)[2:]
        assert not differing, f"{where} told something: {differing}"
