"""The agenda's forms: saved one by one, refused with a sentence beside what was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.world import POSITIVE, World, a_world

pytestmark = pytest.mark.anyio
SCRIPT = {"HX-Request": "true"}
SEQ = str(2**40)
PHASES = ["collect", "cluster", "vote"]


async def form_of(world: World, number: int = 1, **changes: Any) -> tuple[str, dict[str, Any]]:
    """The path and the fields of a question's form, as a page drawn now would have them."""
    question: Any = await world.question(number)
    seq = str((await world.row()).seq)
    fields = {"seq": seq, "text": question.text, "phases": PHASES, "budget": "3", "limit_per_theme": ""}
    return f"/sessions/{world.session}/questions/{question.id}", {**fields, "max_length": "140", **changes}


async def test_a_question_is_added_with_sensible_settings(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        await laptop.post(f"/sessions/{world.session}/questions", data={"text": "Wat nu?", "phases": PHASES})
        added = await world.question(3)
        assert (added.text, added.budget, added.max_length, added.limit_per_theme) == ("Wat nu?", None, 140, None)


async def test_changed_settings_are_kept(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, text="Anders?", budget="5", limit_per_theme="2", max_length="280")
        assert (await laptop.post(path, data=fields)).status_code == 303
        question = await world.question(1)
        assert (question.text, question.budget, question.limit_per_theme) == ("Anders?", 5, 2)


async def test_a_question_can_do_without_a_vote(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, phases=["collect", "cluster"])
        await laptop.post(path, data=fields)
        assert (await world.question(1)).phases == "collect,cluster,result"


@pytest.mark.parametrize(
    "wrong",
    [{"text": " "}, {"text": "x" * 301}, {"budget": "0"}, {"budget": "101"}, {"limit_per_theme": "4"}]
    + [{"budget": "veel"}, {"budget": "1.5"}, {"max_length": "141"}, {"budget": "-1"}],
    ids=str,
)
async def test_a_wrong_setting_is_refused_and_nothing_is_lost(tmp_path: Path, wrong: dict[str, str]) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, **wrong)
        answer = await laptop.post(path, data=fields)
        question: Any = await world.question(1)
        assert answer.status_code == 422
        assert f'<div id="error-{question.id}" role="alert">\n<p class="error">' in answer.text
        assert (question.text, question.budget) == (POSITIVE, 3)


async def test_a_script_gets_only_the_sentence_so_the_typed_text_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop(**SCRIPT) as laptop:
        path, fields = await form_of(world, budget="0")
        answer = await laptop.post(path, data=fields)
        assert answer.status_code == 422
        assert "Kies een getal van 1 tot en met 100" in answer.text
        assert "<textarea" not in answer.text


async def test_a_page_that_is_overtaken_changes_nothing(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, old = await form_of(world, text="Uit een oud venster")
        await laptop.post(path, data={**old, "text": "Nieuwer"})
        assert (await laptop.post(path, data=old)).status_code == 409
        assert (await world.question(1)).text == "Nieuwer"


async def test_questions_change_places(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, number=2)
        await laptop.post(f"{path}/move", data={"seq": fields["seq"], "direction": "up"})
        assert (await world.question(2)).text == POSITIVE


async def test_a_removed_question_is_gone(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world)
        await laptop.post(f"{path}/remove", data={"seq": fields["seq"]})
        assert (await world.question(1)).text == "Wat zijn de knelpunten?"


async def test_starting_gives_the_code_and_leads_to_the_control_room(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/open")
        assert answer.headers["location"] == f"/sessions/{world.session}/control-room"
        assert len(str((await world.row()).code)) == 6


async def test_starting_twice_is_no_error(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        code = (await world.row()).code
        assert (await laptop.post(f"/sessions/{world.session}/open")).status_code == 303
        assert (await world.row()).code == code


async def test_a_session_without_a_question_does_not_start(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(), opened=False) as world, world.laptop() as laptop:
        answer = await laptop.post(f"/sessions/{world.session}/open")
        assert answer.status_code == 409
        assert (await world.row()).code is None


async def test_mixing_is_not_made_looser_once_people_are_in(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        fields = {"title": "Titel", "group_name": "", "held_on": "2026-11-25", "language": "nl", "seq": SEQ}
        answer = await laptop.post(f"/sessions/{world.session}/details", data=fields)
        assert answer.status_code == 409
        assert (await world.row()).mixing


async def test_mixing_can_be_made_stricter_once_people_are_in(tmp_path: Path) -> None:
    async with a_world(tmp_path, mixing=False) as world, world.laptop() as laptop:
        fields = {
            "title": "Titel",
            "group_name": "",
            "held_on": "2026-11-25",
            "language": "nl",
            "seq": SEQ,
            "mixing": "1",
        }
        await laptop.post(f"/sessions/{world.session}/details", data=fields)
        assert (await world.row()).mixing


async def test_minutes_and_given_themes_are_kept(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, themes="Groen\n\nVeilig", **{"minutes-collect": "10", "minutes-vote": "5"})
        assert (await laptop.post(path, data=fields)).status_code == 303
        question = await world.question(1)
        assert (question.kind, question.minutes) == ("guided", {"collect": 10, "vote": 5})
        assert list(await world.theme_ids()) == ["Groen", "Veilig"]


async def test_phases_that_leave_nothing_to_do_are_refused(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, phases=["cluster"])
        answer = await laptop.post(path, data=fields)
        assert answer.status_code == 422
        assert "valt er niets te doen" in answer.text
        assert (await world.question(1)).phases == "collect,cluster,vote,result"


async def test_a_break_is_put_on_the_agenda_with_a_quarter_of_an_hour_and_no_number(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        fields = {"text": "Pauze", "phases": "pause", "minutes-pause": "15"}
        await laptop.post(f"/sessions/{world.session}/questions", data=fields)
        added = await world.question(3)
        assert (added.kind, added.phases, added.minutes) == ("pause", "pause", {"pause": 15})
        await laptop.post(f"/sessions/{world.session}/questions", data={"text": "En dan?", "phases": PHASES})
        page = (await laptop.get(f"/sessions/{world.session}/agenda")).text
        assert 'data-number="3"' in page and 'data-number="4"' not in page


async def test_the_agenda_says_when_it_is_through(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, **{"minutes-collect": "50", "minutes-vote": "40"})
        await laptop.post(path, data=fields)
        page = f"/sessions/{world.session}/agenda"
        assert "90 min</p>" in (await laptop.get(page)).text
        details = {"title": "Titel", "group_name": "", "held_on": "2026-11-25", "language": "nl", "seq": SEQ}
        await laptop.post(f"/sessions/{world.session}/details", data={**details, "starts_at": "23:00"})
        shown = (await laptop.get(page)).text
        assert "90 min, klaar om <strong>00:30</strong>" in shown
        assert "Gepland: wo 25 november 2026, 23:00" in shown


async def test_a_time_that_is_none_is_refused_and_kept_beside_the_sentence(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        details = {"title": "Anders", "group_name": "", "held_on": "2026-11-25", "language": "nl", "seq": SEQ}
        answer = await laptop.post(f"/sessions/{world.session}/details", data={**details, "starts_at": "25:00"})
        assert answer.status_code == 422
        assert "Deze tijd kunnen we niet lezen" in answer.text and 'value="Anders"' in answer.text


async def test_a_script_that_comes_too_late_gets_how_it_stands_now(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop(**SCRIPT) as laptop:
        path, old = await form_of(world, text="Uit een oud venster")
        await laptop.post(path, data={**old, "text": "Van een ander"})
        answer = await laptop.post(path, data=old)
        assert answer.status_code == 409
        assert '<q dir="auto">Van een ander</q>' in answer.text
        assert "Uit een oud venster" not in answer.text


async def test_the_text_of_a_question_that_was_removed_elsewhere_is_not_lost(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, text="Net getypt?")
        await laptop.post(f"{path}/remove", data={"seq": fields["seq"]})
        answer = await laptop.post(path, data=fields)
        assert answer.status_code == 404
        assert "Net getypt?</textarea>" in answer.text and "intussen van de agenda gehaald" in answer.text


async def test_the_phone_is_drawn_of_what_is_typed_and_nothing_is_kept(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        _, fields = await form_of(world, text="Half getypt", budget="1x", count="3")
        path = f"/sessions/{world.session}/preview"
        drawn = (await laptop.post(path, data={**fields, "number": "2"})).text
        assert "Half getypt" in drawn and "Vraag 2 van 3" in drawn and " inert>" in drawn
        fixed = {"text": "Wat eerst?", "phases": "vote", "themes": "Groen\nVeilig", "budget": "2"}
        assert "Verdeel 2 punten" in (await laptop.post(path, data=fixed)).text
        assert (await world.question(1)).text == POSITIVE


async def test_participants_read_along_once_that_is_ticked_and_no_more_after_the_first_statement(
    tmp_path: Path,
) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await world.advance()
        path, fields = await form_of(world, statements_on_phones="1")
        assert (await laptop.post(path, data=fields)).status_code == 303
        assert (await world.question(1)).statements_on_phones
        await world.write(world.seats[0], "een")
        path, fields = await form_of(world)
        answer = await laptop.post(path, data=fields)
        assert answer.status_code == 409 and "Deze vraag is al bezig" in answer.text
        assert (await world.question(1)).statements_on_phones
        page = (await laptop.get(f"/sessions/{world.session}/agenda")).text
        assert '<input type="hidden" name="statements_on_phones" value="1">' in page, "what stands is sent along"


async def test_participants_help_to_group_where_the_agenda_says_so(tmp_path: Path) -> None:
    async with a_world(tmp_path, opened=False) as world, world.laptop() as laptop:
        path, fields = await form_of(world, takes_proposals="1")
        await laptop.post(path, data=fields)
        assert (await world.question(1)).takes_proposals
        page = (await laptop.get(f"/sessions/{world.session}/agenda")).text
        assert 'name="takes_proposals" value="1"' in page
        path, fields = await form_of(world)
        await laptop.post(path, data=fields)
        assert not (await world.question(1)).takes_proposals
