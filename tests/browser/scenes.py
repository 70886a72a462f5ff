"""Sessions in every phase, filled as the real ones were and harder, side by side in one running server."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from queue import Queue
from typing import Any

import uvicorn

from app.commands import (
    accounts,
    actions,
    agenda,
    attendance,
    hand_counts,
    phases,
    retention,
    sessions,
    sharing,
    templates,
    turns,
)
from app.commands import themes as board
from app.domain import anonymity
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.hand_counts import Entry
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.domain.templates import TemplateFields
from app.main import create_app
from app.screens import session_templates
from app.settings import Settings
from app.store import questions
from tests.browser.full_board import NAMES, fill
from tests.server import free_port
from tests.world import DISTRICT_TEAM, PASSWORD_HASH, POSITIVE, World, lay_out, make_world, texts_of

FIRST = DISTRICT_TEAM["questions"][0]
HARDEST = DISTRICT_TEAM["questions"][1]
LONG_WORD = "wijkaanpak" * 50
QUESTIONS = (QuestionSettings(POSITIVE, budget=3), QuestionSettings(HARDEST["text"], budget=2))


@dataclass
class Scene:
    """A session in some state, and the pages of it that people look at: name to (path, who looks)."""

    name: str
    world: World
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Gallery:
    """A running server with its scenes, and the cookies of who looks."""

    url: str
    scenes: list[Scene]
    sign_in: str
    plain_pages: dict[str, tuple[str, str]]

    def cookies(self, scene: Scene | None, who: str) -> list[dict[str, Any]]:
        """The cookies of the moderator or of a participant of the scene."""
        if who == "moderator":
            return [{"name": "sign_in", "value": self.sign_in, "url": self.url}]
        if who == "participant" and scene is not None:
            code = scene.pages["phone"][0].split("/")[2]
            own = {"name": "seat", "value": scene.world.seats[0].token, "domain": "127.0.0.1", "path": f"/s/{code}"}
            neighbour = {**own, "value": scene.world.seats[1].token, "path": f"/2/s/{code}"}
            return [own, neighbour]
        return []


@contextlib.asynccontextmanager
async def gallery(path: Path) -> AsyncIterator[Gallery]:
    """All scenes, served from this process."""
    lay_out(path)
    port = free_port()
    app = create_app(Settings(data=path, port=port, public_url=f"http://192.168.1.20:{port}"))
    config = uvicorn.Config(app, port=port, log_level="warning", access_log=False, ws="websockets-sansio")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.05)
    token = secrets.token_urlsafe(18)
    scenes = []
    for make in SCENES:
        scenes.append(await make(app))
    await app.state.parts.writer.run(
        accounts.sign_in, moderator_id=scenes[0].world.moderator, token_hash=anonymity.hash_token(token)
    )
    invited = {"email": "collega@example.org", "name": "Collega", "is_owner": False}
    await app.state.parts.writer.run(accounts.invite, **invited, token_hash=anonymity.hash_token("gallery"))
    try:
        yield Gallery(f"http://127.0.0.1:{port}", scenes, token, PLAIN_PAGES)
    finally:
        server.should_exit = True
        await serving


@contextlib.contextmanager
def running_gallery(path: Path) -> Iterator[Gallery]:
    """The gallery in a thread of its own, since Playwright's loop has this one."""
    made: Queue[Gallery | BaseException] = Queue()
    seen = threading.Event()

    async def serve() -> None:
        async with gallery(path) as shown:
            made.put(shown)
            await asyncio.to_thread(seen.wait)

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            made.put(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        shown = made.get()
        if isinstance(shown, BaseException):
            raise shown
        yield shown
    finally:
        seen.set()
        thread.join()


PLAIN_PAGES = {
    "join": ("/", "anyone"),
    "join-recover": ("/recover", "anyone"),
    "privacy": ("/privacy", "anyone"),
    "accessibility": ("/accessibility", "anyone"),
    "sign-in": ("/sign-in", "anyone"),
    "dashboard": ("/sessions", "moderator"),
    "dashboard-search": ("/sessions?search=team", "moderator"),
    "dashboard-nothing-found": ("/sessions?search=niets", "moderator"),
    "templates": ("/templates", "moderator"),
    "account": ("/account", "moderator"),
    "settings": ("/settings", "moderator"),
    "choose-password": ("/set-up/gallery", "anyone"),
    "import": ("/sessions/import", "moderator"),
}


async def _scene(name: str, world: World) -> Scene:
    row = await world.row()
    room = f"/sessions/{world.session}"
    pages = {
        "control-room": (f"{room}/control-room", "moderator"),
        "big-screen": (f"/big-screen/{row.big_screen_key}", "anyone"),
        "phone": (f"/s/{row.code}", "participant"),
    }
    return Scene(name, world, pages)


def _people(world: World, count: int) -> None:
    """So many phones that seem to be connected."""
    presence = world.parts.rooms.of(world.session).presence
    for number in range(count):
        presence.arrived(f"somebody {number}")


async def _submitted(world: World, count: int) -> None:
    question = await world.question()
    for number in range(count):
        world.parts.rooms.of(world.session).presence.submitted(question.id, f"somebody {number}")


async def draft(app: Any) -> Scene:
    """An evening that is planned to the minute, with a break, and saved as a template too."""
    asked = session_templates.questions_of("evaluation", "nl")
    pause = QuestionSettings("Pauze", phases=PAUSE_ONLY, minutes={"pause": 15})
    given = session_templates.questions_of("priorities", "nl")
    world = await make_world(app, (*asked[:2], pause, asked[2], *given), opened=False)
    row = await world.row()
    fields = sessions.SessionFields(row.title, row.group_name, row.held_on, "nl", starts_at="19:30")
    await world.run(sessions.change, fields=fields, seq=row.seq)
    kept = TemplateFields("Kwartaal van het wijkteam", "Zeg welkom.\nLet op de tijd.", shared=True)
    await world.run(templates.save, moderator_id=world.moderator, fields=kept)
    pages = {"agenda": (f"/sessions/{world.session}/agenda", "moderator")}
    pages["copy"] = (f"/sessions/{world.session}/copy", "moderator")
    pages["invitation"] = (f"/sessions/{world.session}/invitation", "moderator")
    return Scene("draft", world, pages)


async def shared(app: Any) -> Scene:
    """A planned session that two lead, and one just deleted."""
    world = await make_world(app, QUESTIONS, opened=False)
    await world.parts.writer.run(
        accounts.create, email="ander@example.org", name="Ander de Vries", password_hash=PASSWORD_HASH
    )
    await world.run(sharing.share, moderator_id=world.moderator, email="ander@example.org")
    gone = await make_world(app, QUESTIONS, opened=False)
    await gone.run(retention.delete, moderator_id=gone.moderator)
    pages = {"sharing": (f"/sessions/{world.session}/sharing", "moderator")}
    pages["dashboard-deleted"] = (f"/sessions?deleted={gone.session}", "moderator")
    return Scene("shared", world, pages)


async def waiting(app: Any) -> Scene:
    world = await make_world(app, QUESTIONS, seats=17)
    _people(world, 17)
    return await _scene("waiting", world)


async def collect(app: Any) -> Scene:
    world = await make_world(app, QUESTIONS, seats=17)
    _people(world, 17)
    await world.advance()
    await world.write_all(texts_of(FIRST))
    await _submitted(world, 12)
    await world.run(phases.set_timer, page=await world.page(), act="start")
    scene = await _scene("collect", world)
    path = scene.pages["phone"][0]
    scene.pages["phone-second-seat"] = (f"/2{path}", "participant")
    scene.pages["phone-move"] = (f"{path}/move", "participant")
    scene.pages["phone-neighbour"] = (f"{path}/neighbour", "participant")
    return scene


async def read_along(app: Any) -> Scene:
    """Collecting while all read what the group wrote; three of them write still."""
    world = await make_world(
        app, (QuestionSettings(HARDEST["text"], statements_on_phones=True), QUESTIONS[0]), seats=17
    )
    _people(world, 17)
    await world.advance()
    await world.write_all([*texts_of(HARDEST), LONG_WORD[:140]])
    for number in range(3):
        world.parts.rooms.of(world.session).presence.types((await world.question()).id, f"somebody {number}", True)
    return await _scene("read-along", world)


async def paused(app: Any) -> Scene:
    """Collecting that takes nothing new for a while."""
    world = (await collect(app)).world
    await world.run(phases.accept_statements, page=await world.page(), accepted=False)
    await world.run(attendance.set_open, wanted=True)
    scene = await _scene("paused", world)
    scene.pages["attendance-closed"] = (f"/attendance/{(await world.row()).attendance_key}", "anyone")
    return scene


async def _clustered(app: Any, themes: int, question: dict[str, Any] = FIRST, seats: int = 17) -> World:
    world = await make_world(app, (QuestionSettings(question["text"], budget=3), QUESTIONS[1]), seats=seats)
    _people(world, seats)
    await world.advance()
    await world.write_all(texts_of(question))
    await world.advance()
    for theme in question["themes"][:themes]:
        await world.make_theme(theme["name"], theme["statements"])
    return world


async def fresh(app: Any) -> Scene:
    """A question nobody has answered yet, so that its text can still be changed."""
    world = await make_world(app, QUESTIONS)
    _people(world, 4)
    await world.advance()
    return await _scene("fresh", world)


async def break_time(app: Any) -> Scene:
    """A pause between two questions, of which the last is passed over."""
    pause = QuestionSettings("Koffie en thee in de hal", phases=PAUSE_ONLY, minutes={"pause": 15})
    third = QuestionSettings("Wat moet er concreet gebeuren?")
    world = await make_world(app, (QUESTIONS[0], pause, QUESTIONS[1], third), seats=17)
    _people(world, 17)
    await world.advance()
    await world.write_all(texts_of(FIRST)[:6])
    await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
    await world.advance()
    seq, last = (await world.page()).seq, (await world.question(4)).id
    await world.run(turns.pass_over, question_id=last, skipped=True, seq=seq)
    return await _scene("break", world)


async def cut_short(app: Any) -> Scene:
    """A question whose rest was skipped while its themes were being made."""
    world = await _clustered(app, 3)
    await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
    return await _scene("cut-short", world)


async def door_closed(app: Any) -> Scene:
    world = await make_world(app, QUESTIONS, seats=17)
    _people(world, 17)
    await world.run(sessions.set_door, is_open=False)
    scene = await _scene("door-closed", world)
    scene.pages["join"] = (f"/j/{(await world.row()).join_key}", "anyone")
    return scene


async def cluster(app: Any) -> Scene:
    return await _scene("cluster", await _clustered(app, 5))


async def _voted(world: World, voters: int) -> World:
    """Points as printed in 2005: 7, 5, 4, 3, 1 over the first themes, dealt out."""
    ids = list((await world.theme_ids()).values())
    printed = [theme["points"] or 0 for theme in FIRST["themes"]][: len(ids)]
    dealt = [theme for theme, points in zip(ids, printed, strict=False) for _ in range(points)]
    for number, seat in enumerate(world.seats[:voters]):
        own = dealt[number::voters][:3]
        await world.vote(seat, {theme: own.count(theme) for theme in own})
    return world


async def vote(app: Any) -> Scene:
    world = await _clustered(app, 8)
    await world.advance("start_vote")
    await _voted(world, 8)
    scene = await _scene("vote", world)
    scene.pages["phone-second-seat"] = (f"/2{scene.pages['phone'][0]}", "participant")
    return scene


async def result(app: Any) -> Scene:
    world = await _clustered(app, 8)
    await world.advance("start_vote")
    await _voted(world, 8)
    await world.advance()
    return await _scene("result", world)


async def second_round(app: Any) -> Scene:
    """A group votes, talks, and votes again: one gains, one loses, two come to tie; hands are counted beside it."""
    world = await _clustered(app, 8)
    ids = list((await world.theme_ids()).values())
    await world.advance("start_vote")
    await _vote_by_place(world, ids, ("012", "001", "011", "023", "014", "225", "034", "012", "051", "067", "02", "11"))
    await world.advance()
    await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
    again = ("112", "101", "111", "123", "114", "225", "134", "112", "151", "107", "03", "11", "333")
    await _vote_by_place(world, ids, again)
    await world.advance()
    async with world.parts.database.reader() as db:
        vote = await questions.last_round(db, (await world.question()).id)
    assert vote is not None
    counted = [Entry(theme, points) for theme, points in zip(ids, (2, 4, 0), strict=False)]
    await world.run(hand_counts.enter, round_id=vote.id, entries=counted, confirmed="")
    return await _scene("second-round", world)


async def _vote_by_place(world: World, themes: list[int], ballots: tuple[str, ...]) -> None:
    """One ballot for each seat in turn: "012" gives a point to each of the first three themes."""
    for seat, places in zip(world.seats, ballots, strict=False):
        await world.vote(seat, {themes[int(place)]: places.count(place) for place in places})


async def few_ballots(app: Any) -> Scene:
    """A second round is closed before three have voted; the first still stands."""
    world = await _clustered(app, 3)
    await world.advance("start_vote")
    await _voted(world, 3)
    await world.advance()
    await world.run(phases.vote_again, confirmed="vote_again", page=await world.page())
    await _voted(world, 2)
    await world.advance()
    return await _scene("few-ballots", world)


async def follow_up(app: Any) -> Scene:
    world = (await result(app)).world
    ids = await world.theme_ids()
    carried = [agenda.Carried(theme, name) for name, theme in list(ids.items())[:3]]
    settings = QuestionSettings("Wat moet er concreet gebeuren?", phases=WITHOUT_VOTE)
    await world.run(agenda.add_follow_up, page=await world.page(), settings=settings, carried=carried)
    await world.advance()
    await world.write_all(["wie doet wat", "betere afspraken", "mandaat (financieel)", "beslissingsbevoegdheid"])
    scene = await _scene("follow-up", world)
    return scene


async def answered(app: Any) -> Scene:
    """A follow-up question at its result: one answer is an action item already; another item is overdue."""
    world = (await follow_up(app)).world
    await world.advance()
    theme = max((await world.theme_ids()).values())
    chosen = [await world.statement_id(text) for text in ("wie doet wat", "mandaat (financieel)")]
    put = {"page": await world.page(), "moderator_id": world.moderator, "chosen": chosen, "theme_id": theme}
    await world.run(board.put, **put)
    await world.advance()
    await world.run(actions.add_answers, chosen=chosen[1:])
    late = ActionFields("Verslag rondsturen", theme, "Secretaris", date(2026, 1, 5))
    await world.run(actions.add, fields=late)
    scene = await _scene("answered", world)
    scene.pages["actions"] = (f"/sessions/{world.session}/actions", "moderator")
    scene.pages["answers"] = (f"/sessions/{world.session}/actions/answers", "moderator")
    return scene


async def ended(app: Any) -> Scene:
    world = (await result(app)).world
    themes = list((await world.theme_ids()).values())
    items = (
        ActionFields(
            "Verslag van het overleg wijkteam maken en rondsturen", themes[0], "Secretaris", date(2026, 12, 7)
        ),
        ActionFields("Actiepuntenlijst bijhouden en per actie een trekker bepalen", themes[0], "Wijkmanager"),
        ActionFields("Elke maand samen een ronde door de wijk maken", themes[1]),
    )
    for item in items:
        await world.run(actions.add, fields=item)
    for number in range(1, 9):
        await world.run(attendance.add, name=f"Deelnemer {number}", role="wijkteam")
    await world.run(sessions.share_report, shared=True)
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    scene = await _scene("ended", world)
    scene.pages["actions"] = (f"/sessions/{world.session}/actions", "moderator")
    scene.pages["attendees"] = (f"/sessions/{world.session}/attendees", "moderator")
    scene.pages["redaction"] = (f"/sessions/{world.session}/redaction", "moderator")
    scene.pages["written"] = (f"{scene.pages['phone'][0]}/written", "anyone")
    await world.run(attendance.set_open, wanted=True)
    scene.pages["attendance"] = (f"/attendance/{(await world.row()).attendance_key}", "anyone")
    scene.pages["attendance-done"] = (f"{scene.pages['attendance'][0]}?listed=1", "anyone")
    return scene


async def prepared(app: Any) -> Scene:
    """A next session of a group that left three action items to be done."""
    await ended(app)
    return await draft(app)


async def crowded(app: Any) -> World:
    """Eleven themes, sixty participants, a word of 500 characters."""
    questions = (QuestionSettings(HARDEST["text"], max_length=500),)
    world = await make_world(app, questions, seats=60, title="Een lange avond met heel veel mensen uit de hele wijk")
    _people(world, 60)
    await world.advance()
    await world.write_all([*texts_of(HARDEST), LONG_WORD])
    return world


async def crowded_collect(app: Any) -> Scene:
    world = await crowded(app)
    await world.run(phases.show_on_big_screen, page=await world.page(), shown=True)
    return await _scene("crowded-collect", world)


async def crowded_cluster(app: Any) -> Scene:
    world = await crowded(app)
    await world.advance()
    for theme in HARDEST["themes"]:
        long = [LONG_WORD] if theme is HARDEST["themes"][0] else []
        await world.make_theme(theme["name"], [*theme["statements"], *long])
    return await _scene("crowded-cluster", world)


async def full_cluster(app: Any) -> Scene:
    """A hundred statements under thirteen themes, some loose and some hidden."""
    world = await make_world(app, QUESTIONS, seats=17)
    _people(world, 17)
    await fill(world, 102, NAMES[:13])
    return await _scene("full-cluster", world)


async def crowded_vote(app: Any) -> Scene:
    scene = await crowded_cluster(app)
    await scene.world.advance("start_vote")
    return await _scene("crowded-vote", scene.world)


async def crowded_result(app: Any) -> Scene:
    world = (await crowded_vote(app)).world
    ids = list((await world.theme_ids()).values())
    for number, seat in enumerate(world.seats):
        await world.vote(seat, {ids[number % 11]: 2, ids[number % 3]: 1} if number % 11 != number % 3 else {ids[0]: 3})
    await world.advance()
    assert (await world.question()).phase == Phase.RESULT
    return await _scene("crowded-result", world)


SCENES = (
    draft,
    shared,
    waiting,
    collect,
    read_along,
    paused,
    fresh,
    break_time,
    cut_short,
    door_closed,
    cluster,
    vote,
    result,
    second_round,
    few_ballots,
    follow_up,
    answered,
    ended,
    crowded_collect,
    crowded_cluster,
    full_cluster,
    crowded_vote,
    crowded_result,
)
