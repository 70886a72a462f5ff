"""Bad input at every door: the right status, a sentence in the language of the reader, and nothing changed."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

import pytest

from app.domain.phases import Phase
from app.domain.refusals import Reason
from app.main import ROUTERS
from app.web import phone as phone_door
from app.web.sentences import SENTENCES
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
RECEIPT = "ab" * 16
LANGUAGES = ("nl", "en")
TEN_MEGABYTES = 10 * 1024 * 1024
DEEP = "[" * 100_000

TEXTS = {
    "empty": ("", 422, Reason.STATEMENT_EMPTY),
    "spaces": ("  \n ", 422, Reason.STATEMENT_EMPTY),
    "invisible": ("\u200b\u2060", 422, Reason.STATEMENT_EMPTY),
    "only control characters": ("\0\x07", 422, Reason.STATEMENT_EMPTY),
    "too long": ("x" * 141, 422, Reason.STATEMENT_TOO_LONG),
    "half a surrogate": ("hart \ud83d", 422, Reason.TEXT_NOT_READABLE),
    "a number": (7, 422, Reason.INPUT_MALFORMED),
    "nothing": (None, 422, Reason.INPUT_MALFORMED),
    "a list": (["x"], 422, Reason.INPUT_MALFORMED),
}
POINTS = {
    "negative": (-1, 422, Reason.POINTS_MALFORMED),
    "fractional": (1.5, 422, Reason.POINTS_MALFORMED),
    "a whole fraction": (1.0, 422, Reason.POINTS_MALFORMED),
    "not a number": (float("nan"), 422, Reason.POINTS_MALFORMED),
    "infinite": (float("inf"), 422, Reason.POINTS_MALFORMED),
    "text": ("2", 422, Reason.POINTS_MALFORMED),
    "true": (True, 422, Reason.POINTS_MALFORMED),
    "nothing": (None, 422, Reason.POINTS_MALFORMED),
    "over the budget": (4, 422, Reason.OVER_BUDGET),
    "enormous": (10**30, 422, Reason.OVER_BUDGET),
}
BODIES = {
    "a list": b'["text"]',
    "a text": b'"text"',
    "a number": b"7",
    "nothing": b"",
    "half": b'{"text": "x',
    "not utf-8": b'{"text": "\xff\xfe"}',
    "deep": DEEP.encode(),
    "a very long number": b'{"question": ' + b"9" * 5000 + b"}",
    "a form": b"text=x&question=1",
}


def everything_stored(world: World) -> list[str]:
    """All rows of all tables."""
    connection = sqlite3.connect(world.parts.database.path)
    rows = [row for row in connection.iterdump() if "sign_in" not in row]
    connection.close()
    return rows


async def post(world: World, rest: str, language: str, **sent: Any) -> Any:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    code = (await world.row()).code
    async with world.phone(world.seats[0], **{"Accept-Language": language}) as phone:
        if "json" in sent:
            # Written by ourselves: httpx refuses NaN and half a surrogate, and others do not.
            sent = {"content": json.dumps(sent["json"]).encode()}
        return await phone.post(f"/s/{code}{rest}", headers=headers, **sent)


def check_refused(answer: Any, status: int, reason: Reason) -> str:
    assert answer.status_code == status, answer.text
    assert answer.json()["refusal"] == reason
    assert answer.headers["cache-control"] == "no-store"
    message: str = answer.json()["message"]
    assert message.endswith((".", "?")) and "%(" not in message
    return message


async def statement(world: World, **wrong: Any) -> dict[str, Any]:
    return {"question": (await world.question()).id, "receipt": RECEIPT, "revision": 1, "text": "goed", **wrong}


@pytest.mark.parametrize("kind", TEXTS)
async def test_a_text_that_cannot_be_kept_is_refused_in_both_languages(tmp_path, kind):
    text, status, reason = TEXTS[kind]
    async with a_world(tmp_path) as world:
        await world.advance()
        before = everything_stored(world)
        said = [
            check_refused(
                await post(world, "/statements", language, json=await statement(world, text=text)), status, reason
            )
            for language in LANGUAGES
        ]
        assert said[0] != said[1]
        assert everything_stored(world) == before


@pytest.mark.parametrize("kind", BODIES)
async def test_a_body_that_is_no_object_is_refused(tmp_path, kind):
    async with a_world(tmp_path) as world:
        await world.advance()
        before = everything_stored(world)
        for door in ("/statements", "/statements/retract", "/allocation", "/presence"):
            check_refused(await post(world, door, "nl", content=BODIES[kind]), 422, Reason.INPUT_MALFORMED)
        assert everything_stored(world) == before


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"receipt": "kort"}, Reason.RECEIPT_MALFORMED),
        ({"receipt": None}, Reason.RECEIPT_MALFORMED),
        ({"receipt": "AB" * 16}, Reason.RECEIPT_MALFORMED),
        ({"revision": 0}, Reason.REVISION_MALFORMED),
        ({"revision": 10**30}, Reason.REVISION_MALFORMED),
        ({"revision": 1.5}, Reason.REVISION_MALFORMED),
        ({"question": 10**30}, Reason.INPUT_MALFORMED),
        ({"question": -1}, Reason.INPUT_MALFORMED),
        ({"question": "een"}, Reason.INPUT_MALFORMED),
        ({"question": None}, Reason.INPUT_MALFORMED),
    ],
)
async def test_odd_fields_of_a_statement_are_refused(tmp_path, wrong, reason):
    async with a_world(tmp_path) as world:
        await world.advance()
        check_refused(await post(world, "/statements", "nl", json=await statement(world, **wrong)), 422, reason)


async def vote(world: World) -> tuple[int, int]:
    """An open vote: the id of its round and of its theme."""
    await world.advance_to(Phase.CLUSTER)
    theme = await world.make_theme("Samenwerking")
    await world.advance()
    async with world.phone(world.seats[0]) as phone:
        page = (await phone.get(f"/s/{(await world.row()).code}")).text
    return int(re.findall(r'data-round="(\d+)"', page)[0]), theme


@pytest.mark.parametrize("kind", POINTS)
async def test_points_that_cannot_count_are_refused_and_what_stood_stands(tmp_path, kind):
    points, status, reason = POINTS[kind]
    async with a_world(tmp_path) as world:
        round_id, theme = await vote(world)
        await world.vote(world.seats[0], {theme: 2}, 1)
        before = everything_stored(world)
        body = {"round": round_id, "revision": 2, "points": {str(theme): points}}
        said = [
            check_refused(await post(world, "/allocation", language, json=body), status, reason)
            for language in LANGUAGES
        ]
        assert said[0] != said[1]
        assert everything_stored(world) == before


async def test_a_theme_of_another_session_gets_no_points(tmp_path):
    async with a_world(tmp_path) as world:
        round_id, _ = await vote(world)
        other = await make_world(world.app)
        theirs_round, theirs = await vote(other)
        body = {"round": round_id, "revision": 1, "points": {str(theirs): 1}}
        check_refused(await post(world, "/allocation", "nl", json=body), 422, Reason.THEME_NOT_IN_VOTE)
        body = {"round": theirs_round, "revision": 1, "points": {str(theirs): 1}}
        check_refused(await post(world, "/allocation", "nl", json=body), 409, Reason.VOTE_NOT_OPEN)


async def test_an_ended_phase_takes_nothing_and_says_that_the_text_is_still_there(tmp_path):
    async with a_world(tmp_path) as world:
        round_id, theme = await vote(world)
        late = await statement(world)
        refused = check_refused(await post(world, "/statements", "en", json=late), 409, Reason.VOTE_HAS_BEGUN)
        assert "your text is still here" in refused
        await world.advance()
        check_refused(await post(world, "/statements", "nl", json=late), 409, Reason.COLLECTING_IS_OVER)
        body = {"round": round_id, "revision": 1, "points": {str(theme): 1}}
        check_refused(await post(world, "/allocation", "nl", json=body), 409, Reason.VOTE_IS_CLOSED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("with_length", [True, False])
async def test_ten_megabytes_are_refused_announced_or_not(tmp_path, language, with_length):
    async def trickling():
        for _ in range(10 * 16):
            yield b"x" * (64 * 1024)

    async with a_world(tmp_path) as world:
        await world.advance()
        before = everything_stored(world)
        body = b"x" * TEN_MEGABYTES if with_length else trickling()
        answer = await post(world, "/statements", language, content=body)
        assert answer.status_code == 413
        assert answer.text.startswith({"nl": "Dit is meer dan", "en": "This is more than"}[language])
        assert everything_stored(world) == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stale_page_changes_nothing_and_shows_how_it_stands(tmp_path, language):
    headers = {"Accept-Language": language, "HX-Request": "true"}
    async with a_world(tmp_path) as world, world.laptop(**headers) as laptop:
        form = {"phase": "waiting", "question": "", "seq": str((await world.row()).seq)}
        await laptop.post(f"/sessions/{world.session}/next", data=form)
        before = everything_stored(world)
        answer = await laptop.post(f"/sessions/{world.session}/next", data=form)
        assert answer.status_code == 409
        assert {"nl": "intussen", "en": "meantime"}[language] in answer.text.lower()
        assert 'value="collect"' in answer.text
        assert everything_stored(world) == before


NASTY = {
    "nothing": "",
    "control characters": "\0\x1b[31m",
    "half a surrogate": "%ED%A0%BD",
    "too long": "x" * 20_000,
    "a tag": "<script>alert(1)</script>",
    "a huge number": "9" * 400,
    "a negative number": "-1",
    "a fraction": "0.5",
    "other digits": "\u0663",
}
FIELDS = (
    *("title", "group_name", "held_on", "language", "mixing", "text", "voting", "budget", "limit_per_theme"),
    *("max_length", "phase", "question", "seq", "confirmed", "act", "shown", "statement", "theme", "name", "step"),
    *("direction", "owner", "due", "done", "role", "email", "password", "code", "vote", "next", "status"),
    *("starts_at", "search"),
)


def doors() -> list[str]:
    return sorted(
        {
            route.path  # type: ignore[attr-defined]
            for router in ROUTERS
            for route in router.routes
            if "POST" in (getattr(route, "methods", None) or ())
        }
    )


def filled(door: str, known: dict[str, object]) -> str:
    """A door's address; what is not known of the session is the first of its kind."""
    return re.sub(r"{(\w+)}", lambda name: str(known.get(name[1], "1")), door)


@pytest.mark.parametrize("kind", NASTY)
async def test_no_door_breaks_on_nasty_forms_and_a_refusal_changes_nothing(tmp_path, kind):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await world.advance_to(Phase.CLUSTER)
        session = await world.row()
        known = {"code": session.code, "session_id": session.id, "join_key": session.join_key, "token": "geen"}
        body = "&".join(f"{field}={NASTY[kind]}" for field in FIELDS).encode()
        for door in doors():
            if door in ("/sign-in", "/sign-out", "/account/sign-out-everywhere", "/"):
                continue
            path = filled(door, known)
            before = everything_stored(world)
            answer = await laptop.post(
                path, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
            )
            assert answer.status_code < 500, (path, answer.text)
            if answer.status_code >= 400:
                assert everything_stored(world) == before, path


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data", "application/xml", "", "a/b; boundary=x"]
)
async def test_no_door_breaks_on_a_wrong_content_type(tmp_path, content_type):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        session = await world.row()
        known = {"code": session.code, "session_id": session.id, "join_key": session.join_key, "token": "geen"}
        # Signing out comes last: behind it no other door is open.
        for door in sorted(doors(), key=lambda door: "sign-out" in door):
            path = filled(door, known)
            before = everything_stored(world)
            answer = await laptop.post(path, content=b"--x\r\nniets hiervan", headers={"Content-Type": content_type})
            assert answer.status_code < 500, (path, answer.text)
            if answer.status_code >= 400:
                assert everything_stored(world) == before, path


@pytest.mark.parametrize("number", ["-1", "0", "9" * 30, "1e3", "%00", "x"])
async def test_no_address_breaks_on_an_odd_number_in_it(tmp_path, number):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        for path in (f"/sessions/{number}/control-room", f"/s/{number}", f"/big-screen/{number}", f"/j/{number}"):
            assert (await laptop.get(path)).status_code < 500, path
        for path in (f"/sessions/{world.session}/screen?since={number}", f"/?code={number}"):
            assert (await laptop.get(path)).status_code < 500, path


async def test_a_file_where_a_text_belongs_is_refused(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        answer = await laptop.post("/sessions", files={"title": ("a.txt", b"x")})
        assert answer.status_code == 422


async def test_a_broken_command_is_a_calm_page_with_all_its_protection(tmp_path, monkeypatch):
    async def break_down(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(phone_door, "known_seat", break_down)
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        answer = await phone.get(f"/s/{(await world.row()).code}")
        assert answer.status_code == 500
        assert "ging bij ons iets mis" in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "ZeroDivision" not in answer.text


def test_every_reason_has_a_sentence_and_a_status_of_its_kind():
    assert set(SENTENCES) == set(Reason)
    kinds = {reason: status // 100 for reason, (status, _) in SENTENCES.items()}
    assert kinds.pop(Reason.TOO_FAST) == 5, "not refused, but delayed: phones and replay come back by themselves"
    assert set(kinds.values()) == {4}
