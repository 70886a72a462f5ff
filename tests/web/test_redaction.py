"""The doors for leaving statements out: a phone's, by receipt alone, and the page of those who lead."""

from __future__ import annotations

import re
from typing import Any

import pytest

from app import exports
from app.commands import quoting, sessions
from app.domain.phases import Phase
from app.store.tables import Statement
from tests.commands.test_redaction import NAMING, RECEIPT, at_a_result, carried_along, end, mark, redact, rows
from tests.promises.watch import everything
from tests.web.test_control_room import HTMX
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
LEFT_OUT = "[weggelaten op verzoek]"


async def asked(world: World, receipt: str = RECEIPT, code: str | None = None, **headers: str) -> Any:
    """A device without a seat asks."""
    path = f"/s/{code or (await world.row()).code}/redaction"
    async with world.phone(Accept="application/json", **headers) as phone:
        return await phone.post(path, json={"receipt": receipt})


async def page(world: World, query: str = "") -> str:
    async with world.laptop() as laptop:
        answer = await laptop.get(f"/sessions/{world.session}/redaction{query}")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    return answer.text


async def test_a_device_asks_after_the_end_without_its_seat_and_is_answered_at_one_length(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        first, again = await asked(world), await asked(world)
        assert (first.status_code, first.json(), again.json()) == (200, {"status": "asked"}, {"status": "asked"})
        await redact(world)
        last = await asked(world)
        assert last.json() == {"status": "redacted"}
        assert len({len(answer.content) for answer in (first, again, last)}) == 1


async def test_a_wrong_code_and_a_wrong_receipt_are_answered_alike_and_clearly(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        answers = [await asked(world, "cd" * 16), await asked(world, code="100000"), await asked(world, "cd" * 16, "1")]
        assert {answer.status_code for answer in answers} == {410}
        assert len({answer.text for answer in answers}) == 1
        assert "Tot 24 uur na het einde" in answers[0].json()["message"]
        assert (await asked(world, "kort")).status_code == 422
        assert not any(row.redaction_asked for row in await rows(world))


async def test_a_day_after_the_end_the_answer_says_why(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        code = (await world.row()).code
        await world.parts.writer.run(sessions.forget_ended, before=2**40)
        answer = await asked(world, code=code)
        assert answer.status_code == 410 and "noem dan de tekst ervan" in answer.json()["message"]


async def test_the_page_has_what_is_asked_for_first_then_hints_then_the_rest(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world, "Bel 06-12345678", "Meer groen", "Minder auto's")
        await end(world)
        text = await world.statement_id("Meer groen")
        (row,) = [one for one in await rows(world) if one.id == text]
        assert row.receipt_hash
        await asked(world, world.seats[1].receipts[0])
        html = await page(world)
        places = [
            html.index(f"redaction-{await world.statement_id(said)}") for said in ("Meer groen", "Bel 06-12345678")
        ]
        assert places == sorted(places) and "Minder auto" not in html
        assert "Minder auto" in await page(world, "?show=all")
        assert "De schrijver vraagt erom (1)" in html
        assert "<mark>06-12345678</mark>" in html and "telefoonnummer" in html


async def test_during_the_session_nobody_sees_that_somebody_asks(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        before = await page(world)
        assert (await asked(world)).json() == {"status": "asked"}
        assert re.sub(r'data-seq="\d+"', "", await page(world)) == re.sub(r'data-seq="\d+"', "", before)
        await end(world)
        assert "De schrijver vraagt erom (1)" in await page(world)


async def test_what_is_asked_stands_in_the_order_of_the_board_whenever_it_came(tmp_path):
    seen = []
    for turn in (1, -1):
        async with a_world(tmp_path / str(turn), mixing=False) as world:
            await at_a_result(world, "b", "c", "d")
            await end(world)
            for receipt in [seat.receipts[-1] for seat in world.seats[:3]][::turn]:
                await asked(world, receipt)
            board = [row.text for row in sorted(await rows(world), key=lambda row: (row.rank, row.id))]
            html = await page(world)
            shown = re.findall(r'class="redaction-text" dir="auto">(\w)</p>', html)
            assert sorted(shown) == ["b", "c", "d"]
            seen.append(shown == [text for text in board if text in shown])
    assert seen == [True, True]


async def test_marking_answers_with_the_row_and_the_bar_and_leaving_out_asks_first(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await at_a_result(world)
        await end(world)
        key, path = await world.statement_id(NAMING), f"/sessions/{world.session}/redaction"
        answer = await laptop.post(f"{path}/marks", data={"statement": key, "marked": "1"}, headers=HTMX)
        assert "Toch laten staan" in answer.text and "1 uitspraak is gemarkeerd." in answer.text
        assert "Overgenomen uit wat gemarkeerd is" in answer.text and "Honden van buurman Piet" in answer.text
        seen = re.findall(r'name="seen" value="(\w+)"', answer.text)[0]
        question = await laptop.post(path, data={"seen": seen}, headers=HTMX)
        assert question.status_code == 409
        for said in ("1 uitspraak voorgoed weglaten?", "reservekopieën", "herhaalt er nog iets uit"):
            assert said in question.text
        done = await laptop.post(path, data={"seen": seen, "confirmed": "redact"}, headers=HTMX)
        assert done.status_code == 200 and "1 uitspraak is weggelaten." in done.text
        assert NAMING not in await page(world)


async def test_without_scripts_the_page_does_the_same(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await at_a_result(world)
        await end(world)
        key, path = await world.statement_id(NAMING), f"/sessions/{world.session}/redaction"
        marked = await laptop.post(f"{path}/marks", data={"statement": key, "marked": "1"})
        assert (marked.status_code, marked.headers["location"]) == (303, f"{path}#redaction-{key}")
        html = await page(world)
        seen = re.findall(r'name="seen" value="(\w+)"', html)[0]
        theme = re.findall(r'name="id" value="(\d+)"', html)[0]
        changed = {"kind": "theme", "id": theme, "old": "Honden van buurman Piet", "text": "Honden"}
        assert (await laptop.post(f"{path}/quotes", data=changed)).status_code == 303
        question = await laptop.post(path, data={"seen": seen})
        assert "1 uitspraak voorgoed weglaten?" in question.text and "andere tekst" not in question.text
        assert (await laptop.post(path, data={"seen": seen, "confirmed": "redact"})).status_code == 303
        assert "Eerder is 1 weggelaten." in await page(world)


async def test_a_hundred_statements_are_on_a_page_and_the_mark_leads_back_to_it(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await at_a_result(world, "twee")
        async with world.parts.database.writer() as db, db.begin():
            texts = [f"uitspraak nummer {number:03}" for number in range(119)]
            db.add_all(Statement(question_id=1, text=text, rank=text, released=True) for text in texts)
        first, last = await page(world, "?show=all"), await page(world, "?show=all&page=2")
        assert (first.count('<li id="redaction-'), last.count('<li id="redaction-')) == (100, 21)
        assert "Bladzijde 2 van 2" in last and "Alle (121)" in last
        assert await page(world, "?show=all&page=99") == last
        for broken in ("?show=iets", "?page=-1", "?show=all&page=x"):
            assert '<li id="redaction-' in await page(world, broken)
        way = re.findall(r'action="(/sessions/\d+/redaction/marks\?[^"]+)"', last)[0].replace("&amp;", "&")
        key = re.findall(r'id="redaction-(\w{16})"', last)[0]
        marked = await laptop.post(way, data={"statement": key, "marked": "1"})
        assert marked.headers["location"] == f"/sessions/{world.session}/redaction?show=all&page=2#redaction-{key}"
        only = await page(world, "?show=marked")
        assert only.count('<li id="redaction-') == 1 and key in only


async def test_another_statement_that_repeats_a_marked_one_is_pointed_at_and_never_taken_along(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world, "Ik hoor die honden van piet ook", "drie", "vier")
        assert "die honden van piet" not in await page(world)
        await mark(world)
        html = await page(world)
        assert "1 andere uitspraak van deze sessie" in html and "herhaalt iets uit wat gemarkeerd is" in html
        assert "die honden van piet" in html
        assert [row.redaction_marked for row in await rows(world)].count(True) == 1


async def test_the_page_of_own_statements_needs_no_seat_and_tells_nothing_of_a_code(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        await end(world)
        code = str((await world.row()).code)
        other = "100000" if code != "100000" else "100001"
        async with world.phone() as phone:
            own, nobodys = await phone.get(f"/s/{code}/written"), await phone.get(f"/s/{other}/written")
            assert own.status_code == 200 and own.headers["cache-control"] == "no-store"
            assert own.text.replace(code, other) == nobodys.text
            assert NAMING not in own.text and "Noem dan de moderator de tekst" in own.text
            assert (await phone.get("/2/s/" + code + "/written")).text.count(f"/2/s/{code}") >= 2
            assert (await phone.get("/s/geen/written")).status_code == 404


@pytest.mark.parametrize("ended", [False, True])
async def test_every_screen_and_export_reads_that_it_was_left_out_and_none_what_it_said(tmp_path, ended):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        if ended:
            await end(world)
        await everything(world, world.seats[0])
        await mark(world)
        async with world.parts.database.reader() as db:
            found = (await quoting.find(db, await world.row(), world.moderator)).here
        for quote in found:
            await world.run(quoting.reword, moderator_id=world.moderator, old=quote, text="Honden")
        await redact(world)
        seen = await everything(world, world.seats[0])
        assert not [where for where, text in seen.items() if NAMING in text or "Piet" in text]
        shown = {where for where, text in seen.items() if LEFT_OUT in text}
        assert any("/control-room" in where for where in shown) or ended
        if not ended:
            assert {f"participant /s/{(await world.row()).code}"} <= shown
        assert any(f"report.{name}" in where for where in seen for name in exports.FORMATS)


async def test_a_board_that_is_grouped_again_shows_that_something_was_left_out_and_suggests_nothing_of_it(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await at_a_result(world)
        await redact(world, NAMING, "twee", "drie")
        await laptop.post(
            f"/sessions/{world.session}/back",
            data={"phase": "result", "question": str((await world.question()).id), "seq": str((await world.row()).seq)},
        )
        assert (await world.question()).phase == Phase.CLUSTER
        html = (await laptop.get(f"/sessions/{world.session}/control-room")).text
        assert html.count(LEFT_OUT) >= 3
        # Three empty texts are the same, and yet no stack.
        assert "data-stack" not in html or not re.findall(r'data-stack="[^"]+"', html)
        big = (await laptop.get(f"/big-screen/{(await world.row()).big_screen_key}")).text
        assert LEFT_OUT in big and NAMING not in big


async def test_the_ended_session_leads_to_the_page_and_says_that_somebody_asks(tmp_path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await at_a_result(world)
        await end(world)
        path = f"/sessions/{world.session}/control-room"
        assert f'href="/sessions/{world.session}/redaction"' in (await laptop.get(path)).text
        await asked(world)
        assert "(voor 1 uitspraak is dat gevraagd)" in (await laptop.get(path)).text


async def test_an_action_item_is_reworded_where_it_went_along_too_and_elsewhere_only_counted(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        later, action = await carried_along(world)
        helper = await world.share_with("Hulp")
        await mark(world)
        async with world.laptop(helper) as laptop:
            seen = (await laptop.get(f"/sessions/{world.session}/redaction")).text
        assert "1 actie die is meegenomen naar een sessie die u niet kunt openen" in seen
        assert "meegenomen naar een sessie" not in await page(world)
        form = {"kind": "action", "id": action, "old": "Met Piet praten", "text": "Met iemand praten"}
        async with world.laptop() as laptop:
            answer = await laptop.post(f"/sessions/{world.session}/redaction/quotes", data=form, headers=HTMX)
            assert answer.status_code == 200
            there = (await laptop.get(f"/sessions/{later.session}/actions")).text
        assert "Met iemand praten" in there and "Piet" not in there


async def test_no_action_is_made_of_what_was_left_out(tmp_path):
    async with a_world(tmp_path) as world:
        await at_a_result(world)
        path = f"/sessions/{world.session}/actions/answers"
        key = await world.statement_id(NAMING)
        async with world.laptop() as laptop:
            assert f'name="only" value="{key}"' in (await laptop.get(path)).text
            await redact(world)
            after = (await laptop.get(path)).text
        assert f'value="{key}"' not in after and LEFT_OUT in after and 'name="only"' in after
