"""What is promised when everything comes at once: points within the budget, and a right answer to every statement."""

from __future__ import annotations

import asyncio
import random
import secrets

import httpx
from sqlmodel import select

from app.domain import anonymity
from app.domain.phases import Phase
from app.domain.refusals import Reason
from app.store import statements as stored
from app.store.tables import Ballot
from app.web.sentences import SENTENCES
from tests.world import World

ALLOCATIONS, WRITERS, EACH = 50, 12, 4
BUDGET = 3
Sent = tuple[str, httpx.Response]


async def check_one_ballot(world: World) -> None:
    """Fifty allocations of one participant at once, in any order, half of them too large: the highest that is within
    the budget stands, and nothing else ever does."""
    await world.advance_to(Phase.COLLECT)
    await world.advance()
    themes = [await world.make_theme(name) for name in ("Samenwerking", "Snelheid")]
    await world.advance()
    chance, seat = random.Random(2005), world.seats[0]
    wanted = {revision: _points(themes, revision) for revision in range(1, ALLOCATIONS + 1)}
    order = chance.sample(sorted(wanted), len(wanted))
    code = (await world.row()).code
    async with world.phone(seat) as phone:
        page = (await phone.get(f"/s/{code}")).text
        vote = int(page.split('data-round="')[1].split('"')[0])
        bodies = [{"round": vote, "revision": revision, "points": wanted[revision]} for revision in order]
        answers = await asyncio.gather(*(phone.post(f"/s/{code}/allocation", json=body) for body in bodies))
    for revision, answer in zip(order, answers, strict=True):
        if sum(wanted[revision].values()) > BUDGET:
            assert (answer.status_code, answer.json().get("refusal")) == (422, "over_budget")
        else:
            told = answer.json()
            assert answer.status_code == 200 and told["revision"] >= revision, "an older choice stands"
            assert sum(told["points"].values()) <= BUDGET, "more points than there are"
    highest = max(revision for revision, points in wanted.items() if sum(points.values()) <= BUDGET)
    async with world.parts.database.reader() as db:
        ballots = (await db.exec(select(Ballot))).all()
    assert [ballot.voter_key for ballot in ballots] == [anonymity.voter_key(seat.token, vote)], "not one ballot"
    standing = {theme: given for theme, given in wanted[highest].items() if given}
    assert (ballots[0].revision, ballots[0].points) == (highest, standing), "another choice than the last stands"


def _points(themes: list[int], revision: int) -> dict[str, int]:
    """Within the budget for odd revisions, too much for even ones; each another than its neighbours."""
    first = revision // 2 % (BUDGET + 1)
    return {str(themes[0]): first, str(themes[1]): BUDGET - first + (0 if revision % 2 else 1)}


async def check_phase_ends(world: World) -> None:
    """The phase ends twice while statements come in: each is in, or held and then in, or refused with its sentence."""
    await world.advance_to(Phase.COLLECT)
    if len(world.seats) < WRITERS:
        await world.join(WRITERS - len(world.seats))
    question = (await world.question()).id
    first = await _storm(world, question, "eerst", Phase.CLUSTER)
    await world.make_theme("Samenwerking")
    second = await _storm(world, question, "toen", Phase.VOTE)
    told: dict[int, list[str]] = {201: [], 202: [], 409: []}
    for text, answer in first + second:
        told[answer.status_code].append(text)
        if answer.status_code == 409:
            assert answer.json().get("refusal") == Reason.VOTE_HAS_BEGUN, "refused for another reason"
            assert answer.json()["message"] == SENTENCES[Reason.VOTE_HAS_BEGUN][1]
        else:
            assert answer.json()["status"] == {201: "stored", 202: "held"}[answer.status_code]
    assert all(told.values()), f"the phases did not end in the middle: {[len(some) for some in told.values()]}"
    async with world.parts.database.reader() as db:
        shown = [one.text for one in await stored.released(db, question)]
    assert sorted(shown) == sorted(told[201] + told[202]), "what stands is not what people were told"


async def _storm(world: World, question: int, name: str, following: Phase) -> list[Sent]:
    """Everybody sends one statement after the other; when half is answered, the moderator goes on, and the last of
    everybody comes when she has, however busy the machine is."""
    sent: list[Sent] = []
    code, half, gone_on = (await world.row()).code, asyncio.Event(), asyncio.Event()

    async def write(number: int) -> None:
        async with world.phone(world.seats[number], **{"Accept-Language": "en"}) as phone:
            for count in range(EACH):
                if count == EACH - 1:
                    await gone_on.wait()
                text = f"{name} {number} {count}"
                body = {"question": question, "receipt": secrets.token_hex(16), "revision": 1, "text": text}
                sent.append((text, await phone.post(f"/s/{code}/statements", json=body)))
                if len(sent) >= WRITERS * EACH // 2:
                    half.set()

    async def go_on() -> None:
        await half.wait()
        # More than one press: where late statements wait, the first lets them in and the vote waits for the next.
        await world.advance_to(following)
        gone_on.set()

    await asyncio.gather(go_on(), *(write(number) for number in range(WRITERS)))
    return sent
