"""The action list through its doors: what is shown, what becomes an action, what goes along to the next session."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from app.commands import actions, agenda, sessions
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import WITHOUT_VOTE, Phase
from tests.world import World, a_world, make_world

pytestmark = pytest.mark.anyio
HTMX = {"HX-Request": "true"}
QUESTIONS = (QuestionSettings("Wat speelt er?", phases=WITHOUT_VOTE),)
LATE = ActionFields("Verslag rondsturen", owner="Jan", due=date(2020, 1, 1))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A follow-up question at its result."""
    async with a_world(tmp_path, questions=QUESTIONS) as made:
        await made.advance_to(Phase.CLUSTER)
        theme = await made.make_theme("Zichtbaar zijn")
        await made.advance()
        settings = QuestionSettings("Wat gaan we doen?", phases=WITHOUT_VOTE)
        carried = [agenda.Carried(theme, "Zichtbaar zijn")]
        await made.run(agenda.add_follow_up, page=await made.page(), settings=settings, carried=carried)
        await made.advance()
        await made.write_all(["ronde maken <b>", "politie bellen", "iets anders"])
        await made.advance_to(Phase.RESULT)
        yield made


def rows_of(text: str) -> dict[str, bool]:
    """Each action on a page, and whether it is left out of what was asked for."""
    rows = re.findall(r'class="action-row([^"]*)">.*?<textarea[^>]*>([^<]*)</textarea>', text, re.DOTALL)
    return {words: "is-left-out" in classes for classes, words in rows}


async def test_a_follow_up_question_offers_its_answers_and_a_press_makes_one_an_action(world: World) -> None:
    key = await world.statement_id("politie bellen")
    async with world.laptop() as laptop:
        before = (await laptop.get(f"/sessions/{world.session}/control-room")).text
        assert f'name="only" value="{key}" form="to-actions"' in before
        assert "Maak van een antwoord een actie met de knop ernaast, of vink er meer aan." in before
        assert re.search(r'<details id="result-loose"[^>]* open>', before), "no answer is folded away"
        form = {"only": key, "statement": [await world.statement_id("iets anders")], "page": "result"}
        made = await laptop.post(f"/sessions/{world.session}/actions/answers", data=form, headers=HTMX)
        assert made.status_code == 200 and "1 actie staat nu op de lijst." in made.text
        assert f'name="only" value="{key}"' not in made.text and "Op de actielijst" in made.text
        assert list(rows_of((await laptop.get(f"/sessions/{world.session}/actions")).text)) == ["politie bellen"]


async def test_an_open_question_shows_its_answers_without_it_and_on_a_page_of_their_own(world: World) -> None:
    room, first = f"/sessions/{world.session}", (await world.question(1)).id
    async with world.laptop() as laptop:
        page = (await laptop.get(f"{room}/actions/answers")).text
        assert "ronde maken &lt;b&gt;" in page and f'?question={first}"' in page
        other = (await laptop.get(f"{room}/actions/answers?question={first}")).text
        assert "ronde maken" not in other
        for odd in ("x", "999999", "-1", "9" * 30):
            assert "ronde maken" in (await laptop.get(f"{room}/actions/answers?question={odd}")).text


async def test_ticked_answers_become_actions_together_and_are_told_to_be_there_already(world: World) -> None:
    chosen = [await world.statement_id(text) for text in ("politie bellen", "iets anders")]
    form = {"statement": chosen, "page": "answers", "question": str((await world.question()).id)}
    path = f"/sessions/{world.session}/actions/answers"
    async with world.laptop() as laptop:
        made = await laptop.post(path, data=form, headers=HTMX)
        assert 'id="answer-list"' in made.text and "2 acties staan nu op de lijst." in made.text
        again = await laptop.post(path, data=form, headers=HTMX)
        assert "Dat staat al op de actielijst" in again.text
        plain = await laptop.post(path, data=form)
        assert (plain.status_code, plain.headers["location"]) == (303, f"{path}?question={form['question']}")
        none = await laptop.post(path, data={"page": "answers"}, headers=HTMX)
        assert none.status_code == 422


async def test_the_list_says_in_words_what_is_overdue_nobodys_or_no_act(world: World) -> None:
    await world.run(actions.add, fields=LATE)
    await world.run(actions.add, fields=ActionFields("onderhoud"))
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{world.session}/actions")).text
        for words in ("Over tijd: uiterlijk 1 januari 2020", "Wat gaat er gebeuren? Een werkwoord helpt."):
            assert page.count(words) == 1
        for words in ("Over tijd (1)", "Zonder eigenaar (1)", "Zonder datum (1)", "Alle (2)"):
            assert words in page
        late = (await laptop.get(f"/sessions/{world.session}/actions?show=overdue")).text
        assert rows_of(late) == {"Verslag rondsturen": False, "onderhoud": True}
        assert not any(rows_of((await laptop.get(f"/sessions/{world.session}/actions?show=x")).text).values())


async def test_an_answer_draws_all_rows_and_says_what_the_page_was_asked_for(world: World) -> None:
    made = await world.run(actions.add, fields=ActionFields("onderhoud"))
    form = {"text": "onderhoud", "owner": "Jan", "seq": str((await world.row()).seq)}
    asked = {**HTMX, "HX-Current-URL": f"http://test/sessions/{world.session}/actions?show=no-owner"}
    async with world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/actions/{made}", data=form, headers=asked)
    assert rows_of(answer.text) == {"onderhoud": False}
    assert re.search(r'show=no-owner" aria-current="true">Zonder eigenaar \(0\)<', answer.text)


async def test_it_is_taken_home_as_a_table_and_a_calendar(world: World) -> None:
    await world.run(actions.add, fields=LATE)
    async with world.laptop() as laptop:
        table = await laptop.get(f"/sessions/{world.session}/report.csv-actions")
        calendar = await laptop.get(f"/sessions/{world.session}/report.ics")
    assert 'wijkteam Buytenwegh de Leyens.actions.csv"' in table.headers["content-disposition"]
    assert '"Open, over tijd"' in table.text
    assert calendar.headers["content-type"] == "text/calendar; charset=utf-8"
    assert "DTSTART;VALUE=DATE:20200101\r\n" in calendar.text and "UID:" in calendar.text


async def ended_before(world: World) -> World:
    await world.run(actions.add, fields=LATE)
    await world.run(sessions.end, page=await world.page(), confirmed="end")
    return await make_world(world.app, QUESTIONS, opened=False)


async def test_who_prepares_the_next_session_sees_what_is_left_and_takes_it_along(world: World) -> None:
    following = await ended_before(world)
    room = f"/sessions/{following.session}"
    async with world.laptop() as laptop:
        page = (await laptop.get(f"{room}/agenda")).text
        assert "Nog open van een eerdere sessie (1)" in page and "Over tijd: uiterlijk 1 januari 2020" in page
        (action,) = set(re.findall(r'name="action" value="(\d+)"', page))
        taken = await laptop.post(f"{room}/earlier-actions", data={"action": action}, headers=HTMX)
        assert "1 actie gaat mee" in taken.text
        again = await laptop.post(f"{room}/earlier-actions", data={"action": action}, headers=HTMX)
        assert "niet meer open" in again.text
        assert "Nog open van" not in (await laptop.get(f"{room}/agenda")).text.split('id="earlier-actions"')[0]
        assert "Loopt door in een latere sessie" in (await laptop.get(f"/sessions/{world.session}/actions")).text
        assert list(rows_of((await laptop.get(f"{room}/actions")).text)) == ["Verslag rondsturen"]
        reopened = await laptop.post(f"/sessions/{world.session}/actions/{action}/reopen", headers=HTMX)
        assert "Loopt door" not in reopened.text


async def test_or_marks_it_done_where_it_was_agreed(world: World) -> None:
    following = await ended_before(world)
    room = f"/sessions/{following.session}"
    async with world.laptop() as laptop:
        page = (await laptop.get(f"{room}/agenda")).text
        action = re.findall(r'name="action" value="(\d+)"', page)[0]
        done = await laptop.post(f"{room}/earlier-actions/done", data={"action": action}, headers=HTMX)
        assert "Klaar: Verslag rondsturen." in done.text
        assert "is-done" in (await laptop.get(f"/sessions/{world.session}/actions")).text
        gone = await laptop.post(f"{room}/earlier-actions/done", data={"action": action}, headers=HTMX)
        assert "niet meer open" in gone.text
        plain = await laptop.post(f"{room}/earlier-actions/done", data={"action": action})
        assert plain.headers["location"] == f"{room}/agenda#earlier-actions"


async def test_a_moderator_who_shares_the_next_session_only_can_do_neither(world: World) -> None:
    following = await ended_before(world)
    stranger = await following.share_with("Truus")
    async with world.laptop() as laptop:
        page = (await laptop.get(f"/sessions/{following.session}/agenda")).text
    action = re.findall(r'name="action" value="(\d+)"', page)[0]
    async with world.laptop(stranger) as laptop:
        assert "Verslag rondsturen" not in (await laptop.get(f"/sessions/{following.session}/agenda")).text
        for door in ("", "/done"):
            path = f"/sessions/{following.session}/earlier-actions{door}"
            assert "niet meer open" in (await laptop.post(path, data={"action": action}, headers=HTMX)).text
        assert (await laptop.post(f"/sessions/{world.session}/actions/{action}/reopen")).status_code == 404
        for path in ("/actions/answers", "/actions"):
            assert (await laptop.get(f"/sessions/{world.session}{path}")).status_code == 404


async def test_the_dashboard_says_how_much_is_left_overdue_and_nobodys(world: World) -> None:
    await world.run(actions.add, fields=ActionFields("onderhoud"))
    await ended_before(world)
    async with world.laptop() as laptop:
        page = (await laptop.get("/sessions")).text
    assert all(words in page for words in ("2 open", "1 over tijd", "1 zonder eigenaar"))
