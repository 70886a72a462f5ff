"""Plain forms: what a phone without scripts may send, how often, and what it reads then."""

from __future__ import annotations

import html
import re
from pathlib import Path

import httpx
import pytest

from app.domain import limits
from app.domain.agenda import QuestionSettings
from app.store import statements as stored
from tests.web.test_phone import path, texts, voting
from tests.world import Seat, World, a_world

pytestmark = pytest.mark.anyio
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


def fields(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of the page's form."""
    return {name: html.unescape(value) for name, value in HIDDEN.findall(page.text)}


def field(page: httpx.Response) -> str:
    """What stands in the field for the statement, as a browser shows it."""
    found = re.search("<textarea[^>]*>\n?(.*?)</textarea>", page.text, re.S)
    assert found, "there is no field"
    return html.unescape(found[1])


async def form_page(client: httpx.AsyncClient, world: World) -> httpx.Response:
    return await client.get(await path(world))


async def form_of(client: httpx.AsyncClient, world: World) -> dict[str, str]:
    return fields(await form_page(client, world))


async def send(client: httpx.AsyncClient, world: World, form: dict[str, str], text: str) -> httpx.Response:
    return await client.post(await path(world, "/statements"), data={**form, "text": text})


async def tap(client: httpx.AsyncClient, world: World, form: dict[str, str], **button: str) -> httpx.Response:
    """Press one button of the vote."""
    return await client.post(await path(world, "/allocation"), data={**form, **button})


async def points_of(client: httpx.AsyncClient, world: World) -> dict[str, str]:
    form = await form_of(client, world)
    return {name.removeprefix("points-"): given for name, given in form.items() if name.startswith("points-")}


async def test_a_form_sent_twice_is_stored_once(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form = await form_of(client, world)
        answers = [await send(client, world, form, "korte lijnen -> snel actie") for _ in range(3)]
        assert {answer.headers["location"] for answer in answers} == {
            await path(world, f"?said=sent&form={form['form_number']}")
        }
        assert await texts(world) == ["korte lijnen -> snel actie"]
        assert "Ingestuurd." in (await client.get(answers[0].headers["location"])).text


async def test_each_page_has_a_receipt_of_its_own_and_no_push_has_one(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        receipts = []
        for seat in (*world.seats[:2], world.seats[0]):
            async with world.phone(seat) as client:
                page = await client.get(await path(world))
                receipts.append(fields(page)["receipt"])
                assert page.headers["cache-control"] == "no-store"
                assert "receipt" not in (await client.get(await path(world, "/screen?since=0"))).text
        assert len(set(receipts)) == 3
        assert all(re.fullmatch("[0-9a-f]{32}", receipt) for receipt in receipts)


async def test_another_text_in_a_form_that_was_sent_is_another_statement(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form = await form_of(client, world)
        for text in ("eerst", "na Terug een ander", "na Terug een ander", "eerst"):
            assert (await send(client, world, form, text)).status_code == 303
        assert await texts(world) == ["eerst", "na Terug een ander"]


async def test_what_the_scripts_took_over_is_no_second_statement(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form = await form_of(client, world)
        body = {"receipt": form["receipt"], "revision": 2, "question": int(form["question"]), "text": "half en heel"}
        await client.post(await path(world, "/statements"), json=body)
        assert (await send(client, world, form, "half")).status_code == 303
        assert await texts(world) == ["half en heel"]
        await client.post(await path(world, "/statements/retract"), json={**body, "revision": 3})
        assert (await send(client, world, form, "half")).status_code == 303
        assert await texts(world) == []


async def test_a_late_one_is_said_to_be_kept_apart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form = await form_of(client, world)
        await world.advance()
        answers = [await send(client, world, form, "net te laat") for _ in range(2)]
        assert all("said=late" in answer.headers["location"] for answer in answers)
        page = await client.get(answers[0].headers["location"])
        assert "Ingestuurd en apart gehouden: het verzamelen is gesloten." in page.text
        assert await texts(world) == ["net te laat"]


async def test_every_no_gives_the_text_back_under_the_same_receipt(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form = await form_of(client, world)
        for text, status in (("x" * 141, 422), ("  ", 422)):
            page = await send(client, world, form, text)
            assert (page.status_code, field(page)) == (status, text)
            assert fields(page)["receipt"] == form["receipt"]
        await voting_from_collect(world)
        page = await send(client, world, form, "<veel> te laat")
        assert (page.status_code, field(page)) == (409, "<veel> te laat")
        assert "Het stemmen is al begonnen; uw tekst staat er nog." in page.text


async def voting_from_collect(world: World) -> None:
    await world.advance()
    await world.make_theme("Samenwerking")
    await world.advance("start_vote")


async def test_too_fast_says_when_and_the_same_form_is_taken_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        with monkeypatch.context() as plant:
            plant.setattr(limits, "MOST_A_MINUTE", 0)
            plant.setattr(limits.Window, "seconds_until_free", lambda *_: 7)
            page = await send(client, world, await form_of(client, world), "even wachten")
        assert (page.status_code, page.headers["retry-after"], field(page)) == (503, "7", "even wachten")
        for _ in range(2):
            assert (await send(client, world, fields(page), field(page))).status_code == 303
        assert await texts(world) == ["even wachten"]


async def test_a_theme_that_has_gone_does_not_keep_the_text_out(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", themes=("Samenwerking", "Snelheid")),)) as world:
        await world.advance()
        gone = (await world.theme_ids())["Snelheid"]
        async with world.phone(world.seats[0]) as client:
            form = {**await form_of(client, world), "theme": str(gone + 1000)}
            page = await send(client, world, form, "sneller terugbellen")
            assert page.status_code == 409 and "u kunt die zonder thema insturen" in page.text
            assert (await send(client, world, fields(page), field(page))).status_code == 303
        assert await texts(world) == ["sneller terugbellen"]


async def test_without_a_seat_the_text_is_given_back_too(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as client:
        await world.advance()
        for door in ("/statements", "/refresh"):
            page = await client.post(await path(world, door), data={"question": "1", "text": "van wie is dit"})
            assert (page.status_code, field(page)) == (401, "van wie is dit")
            assert "Kopieer uw tekst" in page.text


async def test_a_receipt_no_page_made_is_replaced_and_nothing_is_lost(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        question = str((await world.question()).id)
        for receipt in ("", "x", "A" * 32, '"><b>'):
            odd = {"question": question, "receipt": receipt, "form_number": '"\r\nx'}
            answer = await send(client, world, odd, f"tekst {receipt}")
            assert answer.status_code == 303
            assert re.search("&form=[0-9a-f]{8}$", answer.headers["location"])
        assert len(await texts(world)) == 4


async def test_refresh_keeps_what_is_being_typed_and_its_theme(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", themes=("Samenwerking", "Snelheid")),)) as world:
        await world.advance()
        async with world.phone(world.seats[0]) as client:
            theme = (await world.theme_ids())["Snelheid"]
            form = await form_of(client, world)
            typed = {**form, "theme": str(theme), "text": "\nhalf <b>"}
            page = await client.post(await path(world, "/refresh"), data=typed)
            assert (page.status_code, field(page)) == (200, "\nhalf <b>")
            assert fields(page)["receipt"] == form["receipt"]
            assert re.findall(r'value="(\d+)" autocomplete="off" checked', page.text) == [str(theme)]
            await world.advance()
            page = await client.post(await path(world, "/refresh"), data=typed)
            assert "Het verzamelen is gesloten. Uw tekst staat er nog." in page.text
            assert field(page) == "\nhalf <b>"
            empty = await client.post(await path(world, "/refresh"), data={**form, "text": " "})
            assert empty.headers["location"] == await path(world)
        async with world.parts.database.reader() as db:
            assert await stored.waiting(db, int(form["question"])) == []


async def test_half_a_sign_in_an_odd_encoding_breaks_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await world.advance()
        form, head = await form_of(client, world), 'Content-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        parts = [head.format(name, value) for name, value in {**form, "text": "\\ud800 korte lijnen"}.items()]
        body = "--X\r\n" + "--X\r\n".join(parts) + "--X--\r\n"
        odd = {"Content-Type": "multipart/form-data; boundary=X; charset=unicode_escape"}
        answers = [
            await client.post(await path(world, door), content=body.encode(), headers=odd)
            for door in ("/refresh", "/statements")
        ]
        assert [answer.status_code for answer in answers] == [200, 303]
        assert await texts(world) == ["? korte lijnen"]


async def test_the_address_of_a_form_leads_back_to_the_page(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        for door in ("/statements", "/refresh", "/allocation"):
            assert (await client.get(await path(world, door))).headers["location"] == await path(world)


async def test_points_are_given_and_taken_back_one_by_one(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        ids = {name: str(theme) for name, theme in (await voting(world)).items()}
        answer = await tap(client, world, await form_of(client, world), give=ids["Snelheid"])
        anchor = answer.headers["location"].removeprefix(await path(world, "#"))
        card = f'data-theme="{ids["Snelheid"]}">\n<span id="{anchor}" class="vote-anchor">'
        assert card in (await form_page(client, world)).text
        await tap(client, world, await form_of(client, world), give=ids["Samenwerking"])
        await tap(client, world, await form_of(client, world), give=ids["Snelheid"])
        await tap(client, world, await form_of(client, world), take=ids["Samenwerking"])
        assert await points_of(client, world) == {ids["Samenwerking"]: "0", ids["Snelheid"]: "2"}
        assert "Nog 1 van 3 punten" in (await client.get(await path(world))).text


async def test_an_address_in_the_browsers_history_does_not_tell_which_theme_got_a_point(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        theme = str((await voting(world))["Snelheid"])
        left = []
        for seat in world.seats[:2]:
            async with world.phone(seat) as client:
                answers = [await tap(client, world, await form_of(client, world), give=theme) for _ in range(2)]
            left += [answer.headers["location"].split("#")[1] for answer in answers]
        # The page comes back where it was; and the same theme has another name for everybody.
        assert left[0] == left[1] != left[2] == left[3]


async def test_the_length_of_a_compressed_page_does_not_tell_which_points_are_in_it(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = list((await voting(world)).values())
        lengths: list[set[int]] = []
        for seat, points in zip(world.seats, ({ids[0]: 3}, {ids[1]: 2}), strict=False):
            await world.vote(seat, points)
            async with world.phone(seat) as client:
                pages = [await form_page(client, world) for _ in range(20)]
            assert pages[0].headers["content-encoding"] == "gzip"
            lengths.append({page.num_bytes_downloaded for page in pages})
        # Two allocations of these make a page some bytes longer or shorter; chance makes hundreds of that.
        assert all(max(some) - min(some) > 100 for some in lengths)
        assert max(map(min, lengths)) < min(map(max, lengths))


async def test_a_double_tap_gives_one_point(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        theme = str((await voting(world))["Snelheid"])
        form = await form_of(client, world)
        assert [(await tap(client, world, form, give=theme)).status_code for _ in range(2)] == [303, 303]
        assert (await points_of(client, world))[theme] == "1"


async def test_an_old_page_changes_nothing_and_shows_what_counts(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        ids = {name: str(theme) for name, theme in (await voting(world)).items()}
        old = await form_of(client, world)
        await tap(client, world, old, give=ids["Snelheid"])
        page = await tap(client, world, old, give=ids["Samenwerking"])
        assert page.status_code == 409 and "op een andere pagina gewijzigd" in page.text
        assert fields(page)[f"points-{ids['Snelheid']}"] == "1"
        assert await points_of(client, world) == {ids["Snelheid"]: "1", ids["Samenwerking"]: "0"}


async def test_more_than_there_is_or_less_than_nothing_is_refused_beside_what_counts(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        ids = await voting(world)
        await world.vote(world.seats[0], {ids["Snelheid"]: 3})
        form = await form_of(client, world)
        for button, words in (
            ({"give": str(ids["Samenwerking"])}, "U heeft 3 punten te verdelen."),
            ({"take": str(ids["Samenwerking"])}, "Hier staat geen punt om weg te halen."),
            ({"give": "999999"}, "Dit thema doet niet mee aan deze stemming."),
        ):
            page = await tap(client, world, form, **button)
            assert page.status_code == 422 and words in html.unescape(page.text)
            assert fields(page)[f"points-{ids['Snelheid']}"] == "3"


async def test_points_after_the_close_meet_the_result_and_the_sentence(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        ids = await voting(world)
        form = await form_of(client, world)
        for seat in world.seats[1:]:
            await world.vote(seat, {ids["Snelheid"]: 1})
        await world.advance()
        page = await tap(client, world, form, give=str(ids["Snelheid"]))
        assert page.status_code == 409 and 'data-phase="result"' in page.text
        assert "Uw laatste wijziging is niet meegeteld; wat hier staat, telt." in page.text
        assert fields(page).keys().isdisjoint({"receipt", "revision", f"points-{ids['Snelheid']}"})


async def test_being_ready_is_told_and_taken_back(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        await voting(world)
        presence, question = world.parts.rooms.of(world.session).presence, (await world.question()).id
        form = await form_of(client, world)
        await tap(client, world, form, ready="yes")
        page = await client.get(await path(world))
        assert "Bedankt. Wijzigen kan tot de stemming sluit." in page.text
        assert 'name="ready" value="no" aria-pressed="true"' in page.text
        assert presence.counts(question, int(form["round"])).ready == 1
        await tap(client, world, form, ready="no")
        assert presence.counts(question, int(form["round"])).ready == 0


async def test_who_votes_with_forms_counts_as_connected(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        theme = str((await voting(world))["Snelheid"])
        for seat in world.seats[:3]:
            async with world.phone(seat) as client:
                await tap(client, world, await form_of(client, world), give=theme)
        assert world.parts.rooms.of(world.session).presence.counts(None, None).connected == 3


async def test_odd_votes_get_a_clear_page(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        theme = str((await voting(world))["Snelheid"])
        form = await form_of(client, world)
        for odd in ({"revision": "x"}, {"round": ""}, {f"points-{theme}": "-1"}, {"points-x": "1"}, {"give": ""}):
            page = await tap(client, world, {**form, "give": theme, **odd})
            assert page.status_code == 422 and "notice-error" in page.text
        async with world.phone(Seat()) as stranger:
            assert (await tap(stranger, world, form, give=theme)).status_code == 401
        assert set((await points_of(client, world)).values()) == {"0"}


async def test_after_the_close_no_page_tells_the_own_points(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as client:
        ids = await voting(world)
        await world.vote(world.seats[0], {ids["Snelheid"]: 3})
        assert (await points_of(client, world))[str(ids["Snelheid"])] == "3"
        await world.advance()
        assert "points-" not in "".join(await form_of(client, world))
