"""What a phone may ask of the server, how often it repeats itself, and what it is told."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.commands import phases, sessions
from app.domain.agenda import QuestionSettings
from app.store import statements as stored
from tests.world import POSITIVE, Seat, World, a_world

pytestmark = pytest.mark.anyio


async def path(world: World, rest: str = "") -> str:
    return f"/s/{(await world.row()).code}{rest}"


async def send(world: World, seat: Seat | None, rest: str, body: Any) -> httpx.Response:
    async with world.phone(seat) as client:
        return await client.post(await path(world, rest), json=body)


async def statement(world: World, text: object, receipt: str | None = None, revision: object = 1) -> dict[str, Any]:
    question = await world.question()
    return {
        "receipt": receipt or secrets.token_hex(16),
        "revision": revision,
        "text": text,
        "question": question.id if question else 1,
    }


async def texts(world: World) -> list[str]:
    question = await world.question()
    async with world.parts.database.reader() as db:
        shown = await stored.released(db, question.id)
        waiting = await stored.waiting(db, question.id)
        return sorted(one.text for one in [*shown, *waiting])


async def round_id(world: World) -> int:
    async with world.phone(world.seats[0]) as client:
        html = (await client.get(await path(world))).text
    return int(html.split('data-round="')[1].split('"')[0])


async def voting(world: World) -> dict[str, int]:
    await world.advance()
    await world.write_all(["een", "twee", "drie"])
    await world.advance()
    await world.make_theme("Samenwerking", ["een"])
    await world.make_theme("Snelheid", ["twee"])
    await world.advance("start_vote")
    return await world.theme_ids()


async def test_a_statement_is_stored_and_the_same_one_again_changes_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        body = await statement(world, "korte lijnen -> snel actie")
        first = await send(world, world.seats[0], "/statements", body)
        again = await send(world, world.seats[0], "/statements", body)
        assert (first.status_code, first.json()["status"]) == (201, "stored")
        assert (again.status_code, again.json()["status"]) == (200, "stands")
        assert await texts(world) == ["korte lijnen -> snel actie"]


async def test_a_late_resend_of_an_older_revision_does_not_win(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        receipt = secrets.token_hex(16)
        for revision, text in ((1, "eerst"), (3, "laatst"), (2, "tussenin")):
            await send(world, world.seats[0], "/statements", await statement(world, text, receipt, revision))
        assert await texts(world) == ["laatst"]


async def test_a_retraction_that_overtakes_its_statement_keeps_it_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        late, seat = await statement(world, "toch niet"), world.seats[0]
        early = {"receipt": late["receipt"], "revision": 2, "question": late["question"]}
        assert (await send(world, seat, "/statements/retract", early)).json()["retracted"]
        assert (await send(world, seat, "/statements", late)).json()["retracted"]
        assert await texts(world) == []
        for question in ("x", -1, 10**30):
            assert (await send(world, seat, "/statements/retract", {**early, "question": question})).status_code == 422


async def test_a_retracted_statement_stays_away_until_it_is_put_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        receipt, seat = secrets.token_hex(16), world.seats[0]
        await send(world, seat, "/statements", await statement(world, "toch niet", receipt))
        await send(world, seat, "/statements/retract", {"receipt": receipt, "revision": 2})
        await send(world, seat, "/statements", await statement(world, "toch niet", receipt))
        assert await texts(world) == []
        await send(world, seat, "/statements", await statement(world, "toch niet", receipt, 3))
        assert await texts(world) == ["toch niet"]


async def test_a_late_statement_is_held_and_the_phone_is_told_when_it_comes_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.advance()
        answer = await send(world, world.seats[0], "/statements", await statement(world, "net te laat"))
        assert (answer.status_code, answer.json()["status"]) == (202, "held")
        assert "alleen" in answer.json()["alone"]


async def test_an_answer_may_be_about_one_of_the_given_themes(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", themes=("Samenwerking", "Snelheid")),)) as world:
        await world.advance()
        theme, seat = (await world.theme_ids())["Snelheid"], world.seats[0]
        about = {**await statement(world, "sneller terugbellen"), "theme": theme}
        assert (await send(world, seat, "/statements", about)).status_code == 201
        assert (await send(world, seat, "/statements", await statement(world, "iets anders"))).status_code == 201
        async with world.phone(seat) as client:
            form = {"question": about["question"], "text": "als formulier", "theme": theme}
            assert (await client.post(await path(world, "/statements"), data=form)).status_code == 303
            empty = {**form, "text": "formulier zonder", "theme": ""}
            assert (await client.post(await path(world, "/statements"), data=empty)).status_code == 303
        async with world.parts.database.reader() as db:
            every = [*await stored.waiting(db, about["question"]), *await stored.released(db, about["question"])]
        assert {one.text: one.theme_id for one in every} == {
            "sneller terugbellen": theme,
            "iets anders": None,
            "als formulier": theme,
            "formulier zonder": None,
        }


async def test_a_theme_that_is_not_of_the_question_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", themes=("Samenwerking",)),)) as world:
        await world.advance()
        for theme, status in ((999_999, 409), ("x", 422), (-1, 422), (1.5, 422), ([1], 422)):
            body = {**await statement(world, "blijft bewaard"), "theme": theme}
            assert (await send(world, world.seats[0], "/statements", body)).status_code == status
        assert await texts(world) == []


async def test_where_no_clustering_follows_late_text_is_held_for_a_minute_and_can_be_taken_back(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", phases=("collect", "result")),)) as world:
        await world.advance()
        await world.advance()
        seat, receipt = world.seats[0], secrets.token_hex(16)
        answer = await send(world, seat, "/statements", await statement(world, "net te laat", receipt))
        assert (answer.status_code, answer.json()["status"]) == (202, "held")
        assert "binnen een minuut" in answer.json()["alone"]
        taken_back = await send(world, seat, "/statements/retract", {"receipt": receipt, "revision": 2})
        assert taken_back.status_code == 200
        assert await texts(world) == []


async def test_who_may_not_change_a_statement_any_more_is_told_how_it_stands(tmp_path: Path) -> None:
    """The answers to both tries may have been lost: the phone can't know which of them came in."""
    async with a_world(tmp_path) as world:
        await world.advance()
        seat, receipt = world.seats[0], secrets.token_hex(16)
        first = await statement(world, "eerst", receipt)
        await send(world, seat, "/statements", first)
        await send(world, seat, "/statements", {**first, "text": "daarna", "revision": 2})
        await world.advance()
        for rest in ("/statements", "/statements/retract"):
            refused = (await send(world, seat, rest, {**first, "text": "te laat", "revision": 3})).json()
            assert refused["refusal"] == "statement_is_fixed"
            assert refused["stands"] == {"revision": 2, "text": "daarna", "retracted": False}


async def test_while_collecting_is_paused_new_text_is_held_and_what_was_sent_is_fixed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        seat, receipt = world.seats[0], secrets.token_hex(16)
        await send(world, seat, "/statements", await statement(world, "op tijd", receipt))
        await world.run(phases.accept_statements, page=await world.page(), accepted=False)
        late = await send(world, seat, "/statements", await statement(world, "net te laat"))
        change = await send(world, seat, "/statements", await statement(world, "anders", receipt, 2))
        assert (late.status_code, late.json()["status"]) == (202, "held")
        assert (change.status_code, change.json()["refusal"]) == (409, "statement_is_fixed")


async def test_when_the_vote_has_begun_the_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voting(world)
        answer = await send(world, world.seats[0], "/statements", await statement(world, "veel te laat"))
        assert (answer.status_code, answer.json()["refusal"]) == (409, "vote_has_begun")
        assert "uw tekst staat er nog" in answer.json()["message"]


BAD_TEXTS = ["", " \u200b ", "\x00\x07", "x" * 141, "half \ud800 teken", None, 7, ["een"], {"een": "twee"}]


async def test_bad_texts_are_refused_in_words_and_nothing_is_stored(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        for text in BAD_TEXTS:
            # ASCII JSON, which can hold half a surrogate as browsers send it.
            content = json.dumps(await statement(world, text))
            headers = {"Content-Type": "application/json"}
            answer = await client.post(await path(world, "/statements"), content=content, headers=headers)
            assert answer.status_code == 422
            assert len(answer.json()["message"]) > 20
        assert await texts(world) == []


async def test_what_no_page_sends_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        for change in ({"receipt": "x"}, {"revision": 0}, {"revision": 1.5}, {"question": "9" * 30}):
            answer = await send(world, world.seats[0], "/statements", {**await statement(world, "goed"), **change})
            assert answer.status_code == 422
        assert await texts(world) == []


async def test_a_body_that_is_no_object_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        for content in (b"", b"[]", b"{", b"\xff", b'"x"', b"[" * 100_000):
            headers = {"Content-Type": "application/json"}
            answer = await client.post(await path(world, "/statements"), content=content, headers=headers)
            assert answer.status_code == 422


async def test_a_body_of_ten_megabytes_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        answer = await send(world, world.seats[0], "/statements", await statement(world, "x" * 10_000_000))
        assert answer.status_code == 413


async def test_the_longest_text_is_counted_in_characters_people_see(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings(POSITIVE, max_length=140),)) as world:
        await world.advance()
        body = await statement(world, "e\u0301" * 139 + "\r\n")
        answer = await send(world, world.seats[0], "/statements", body)
        assert answer.status_code == 201
        assert await texts(world) == ["é" * 139 + " "]


async def test_without_a_seat_nothing_is_taken_and_a_page_leads_to_the_code(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        answer = await send(world, None, "/statements", await statement(world, "van wie"))
        assert (answer.status_code, answer.json()["refusal"]) == (401, "seat_unknown")
        async with world.phone() as client:
            page = await client.get(await path(world))
        assert page.headers["location"].startswith("/?code=")


async def test_a_seat_of_one_session_is_none_in_another(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        answer = await send(world, Seat(), "/statements", await statement(world, "x"))
        assert answer.status_code == 401


async def test_a_form_of_another_site_is_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        async with world.phone(world.seats[0], Origin="https://evil.example") as client:
            answer = await client.post(await path(world, "/statements"), json=await statement(world, "vals"))
        assert answer.status_code == 403
        assert await texts(world) == []


async def test_points_count_as_soon_as_they_are_set_and_only_their_owner_sees_them(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voting(world)
        number = await round_id(world)
        body = {"round": number, "revision": 1, "points": {str(ids["Snelheid"]): 2}}
        answer = await send(world, world.seats[0], "/allocation", body)
        assert answer.json() == {"revision": 1, "points": {str(ids["Snelheid"]): 2}}
        assert answer.headers["cache-control"] == "no-store"
        for seat, expected in ((world.seats[0], 1), (world.seats[1], 0)):
            async with world.phone(seat) as client:
                own = await client.get(await path(world, f"/allocation?round={number}"))
            assert own.json()["revision"] == expected


async def test_an_older_allocation_does_not_win(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voting(world)
        number = await round_id(world)
        for revision, points in ((2, 1), (1, 3)):
            body = {"round": number, "revision": revision, "points": {str(ids["Snelheid"]): points}}
            answer = await send(world, world.seats[0], "/allocation", body)
        assert answer.json() == {"revision": 2, "points": {str(ids["Snelheid"]): 1}}


async def test_odd_points_are_refused_and_what_stood_stands(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voting(world)
        number, theme, seat = await round_id(world), str(ids["Snelheid"]), world.seats[0]
        await send(world, seat, "/allocation", {"round": number, "revision": 1, "points": {theme: 1}})
        for points in (-1, 1.5, "2", True, None, 4, 10**30):
            body = {"round": number, "revision": 2, "points": {theme: points}}
            assert (await send(world, seat, "/allocation", body)).status_code == 422
        async with world.phone(seat) as client:
            own = await client.get(await path(world, f"/allocation?round={number}"))
        assert own.json() == {"revision": 1, "points": {theme: 1}, "ready": None}


async def test_a_theme_of_elsewhere_gets_no_points(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voting(world)
        body = {"round": await round_id(world), "revision": 1, "points": {"999999": 1}}
        answer = await send(world, world.seats[0], "/allocation", body)
        assert (answer.status_code, answer.json()["refusal"]) == (422, "theme_not_in_vote")


async def test_points_after_the_close_are_refused_and_nobody_is_told_what_counted(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voting(world)
        number = await round_id(world)
        body = {"round": number, "revision": 1, "points": {str(ids["Snelheid"]): 2}}
        await send(world, world.seats[0], "/allocation", body)
        await world.advance()
        answer = await send(world, world.seats[0], "/allocation", {**body, "revision": 2})
        assert (answer.status_code, answer.json()["refusal"]) == (409, "vote_is_closed")
        async with world.phone(world.seats[0]) as client:
            own = await client.get(await path(world, f"/allocation?round={number}"))
        assert own.json() == {"revision": 0, "points": {}, "ready": None}


async def test_the_page_of_an_open_vote_is_the_same_for_all_who_gave_the_same(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voting(world)
        await world.vote(world.seats[0], {ids["Snelheid"]: 3})
        pages = []
        for seat in world.seats[:3]:
            async with world.phone(seat) as client:
                page = (await client.get(await path(world))).text
                # What chance made: the names of places on the page, and its length.
                pages.append(re.sub('id="vote-at-[0-9a-f]{12}"|<!-- [0-9a-f]* -->', "", page))
        assert pages[1] == pages[2]
        assert pages[0] != pages[1], "the own points are on the own page"


async def test_polling_brings_the_screen_once_and_then_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        seq = (await world.row()).seq
        new = await client.get(await path(world, f"/screen?since={seq - 1}"))
        same = await client.get(await path(world, f"/screen?since={seq}"))
        assert 'data-swap="scene"' in new.text
        assert same.status_code == 204


async def test_who_polls_counts_as_connected(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        for seat in world.seats[:3]:
            async with world.phone(seat) as client:
                await client.get(await path(world, "/screen?since=0"))
        assert world.parts.rooms.of(world.session).presence.counts(None, None).connected == 3


async def test_a_phone_tells_again_that_it_submitted_and_is_ready(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voting(world)
        question, number = (await world.question()).id, await round_id(world)
        body = {"question": question, "submitted": True, "round": number, "ready": True}
        assert (await send(world, world.seats[0], "/presence", body)).status_code == 204
        counts = world.parts.rooms.of(world.session).presence.counts(question, number)
        assert (counts.submitted, counts.ready) == (1, 1)


async def test_the_own_allocation_tells_another_device_of_the_seat_and_nobody_else_who_is_ready(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voting(world)
        number, seen = await round_id(world), []
        for ready in (None, True, False):
            if ready is not None:
                await send(world, world.seats[0], "/presence", {"round": number, "ready": ready})
            for seat in world.seats[:2]:
                async with world.phone(seat) as client:
                    own = await client.get(await path(world, f"/allocation?round={number}"))
                seen.append(own.json()["ready"])
        assert seen == [None, None, True, None, False, None]


async def test_after_the_end_the_phone_still_shows_the_last_scene(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        async with world.phone(world.seats[0]) as client:
            answer = await client.get(await path(world))
        assert "Bedankt voor uw inbreng." in answer.text
