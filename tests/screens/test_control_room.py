"""What the control room shows in each phase, and what it must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.commands import agenda, phases, sessions, turns
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.domain.presence import Presence
from app.screens import control_room
from app.screens.control_room_view import ControlRoomView
from app.screens.render import render
from app.screens.report import build_report
from app.store import statements
from tests.world import DISTRICT_TEAM, POSITIVE, World, a_world, texts_of

pytestmark = pytest.mark.anyio
TEXTS = texts_of(DISTRICT_TEAM["questions"][0])


async def look(world: World, presence: Presence = Presence(connected=17)) -> ControlRoomView:
    async with world.parts.database.reader() as db:
        return await control_room.load(db, world.session, presence)


def drawn(view: ControlRoomView, language: str = "nl") -> str:
    return render("control_room/page.html", language, view=view, confirm=None)


async def voted(world: World, voters: int = 3) -> dict[str, int]:
    """The first question up to its result: two themes, three points to the second, one to the first."""
    await world.advance()
    await world.write_all(TEXTS[:4])
    await world.advance_to(Phase.CLUSTER)
    await world.make_theme("Samenwerking", TEXTS[:2])
    await world.make_theme("Korte lijnen", TEXTS[2:3])
    await world.advance("start_vote")
    ids = await world.theme_ids()
    for seat in world.seats[:voters]:
        await world.vote(seat, {ids["Korte lijnen"]: 2, ids["Samenwerking"]: 1})
    return ids


async def test_before_the_first_question_it_shows_how_to_join(tmp_path: Path):
    async with a_world(tmp_path) as world:
        view = await look(world)
        assert (view.phase, view.next_step, view.next_number) == ("waiting", "start", 1)
        assert view.join.code == (await world.row()).code
        assert "Start vraag 1" in drawn(view)


async def test_a_loopback_address_gets_a_warning_with_the_command_instead_of_a_qr_code(tmp_path: Path):
    async with a_world(tmp_path) as world:
        view = await look(world)
        assert view.join.qr is None
        assert "make run HOST=0.0.0.0" in drawn(view)


async def test_statements_that_are_still_mixed_are_counted_and_not_shown(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS[:3])
        await world.write(world.seats[0], TEXTS[3])
        view = await look(world)
        assert view.collecting is not None
        assert (len(view.collecting.statements), view.collecting.mixing) == (3, 1)
        assert TEXTS[3] not in drawn(view)
        assert "4 uitspraken, 1 wordt nog gemengd" in drawn(view)


@pytest.mark.parametrize(
    ("submitted", "says"), [(None, "… van 17"), (0, "minder dan 3"), (2, "minder dan 3"), (3, "3 van 17")]
)
async def test_counts_of_people_are_never_one_or_two(tmp_path: Path, submitted: int | None, says: str):
    async with a_world(tmp_path) as world:
        await world.advance()
        page = drawn(await look(world, Presence(connected=17, submitted=submitted)))
        assert says in page
        assert page.count('class="is-filled"') == (submitted if submitted == 3 else 0)


async def test_who_has_left_never_makes_it_eighteen_of_seventeen(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        view = await look(world, Presence(connected=17, submitted=18))
        assert view.submitted is not None and (view.submitted.number, view.submitted.of) == (18, 18)


async def test_the_board_says_what_undo_would_take_back(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS[:4])
        await world.advance()
        await world.make_theme("Samenwerking", TEXTS[:2])
        view = await look(world)
        assert view.board is not None and len(view.board.inbox) == 2
        assert "Ongedaan: nieuw thema Samenwerking" in drawn(view)
        assert "Undo: new theme Samenwerking" in drawn(view, "en")


async def test_late_statements_that_wait_are_counted(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(TEXTS[:4])
        await world.advance()
        await world.write(world.seats[0], "te laat getypt")
        page = drawn(await look(world))
        assert "1 late uitspraak wacht" in page and "te laat getypt" not in page


async def test_an_open_vote_shows_no_points_at_all(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world)
        view = await look(world, Presence(connected=4, submitted=4, ready=3))
        page = drawn(view)
        assert view.result is None and all(theme.points is None for theme in view.board.themes)  # type: ignore[union-attr]
        assert "Uitslag verborgen." in page and "(2)" not in page and 'class="dot"' not in page
        assert "3</span> van 4 zijn klaar" in page


async def test_the_result_is_ordered_by_points_and_never_prints_a_zero(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world)
        await world.advance()
        view = await look(world)
        assert view.result is not None
        shown = [(theme.name, theme.points) for theme in view.result.themes]
        assert shown == [("Korte lijnen", 6), ("Samenwerking", 3)]
        assert (view.result.voters, view.result.points, len(view.result.without_theme)) == (3, 9, 1)
        assert "(0)" not in drawn(view)


async def test_too_few_ballots_give_no_figure_and_a_new_vote(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world, voters=2)
        await world.advance()
        page = drawn(await look(world))
        assert "Te weinig stemmen om geheim te blijven." in page
        assert "Opnieuw stemmen" in page and "row-strip-bar" not in page


async def test_a_follow_up_offers_the_heaviest_themes_first(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world)
        await world.advance()
        view = await look(world)
        assert view.result is not None
        assert [(one.name, one.is_chosen) for one in view.result.follow_ups] == [
            ("Korte lijnen", True),
            ("Samenwerking", True),
        ]


async def test_a_question_without_a_vote_goes_from_grouping_to_its_result(tmp_path: Path):
    async with a_world(tmp_path, (QuestionSettings(POSITIVE, phases=WITHOUT_VOTE),)) as world:
        await world.advance()
        await world.write_all(TEXTS[:3])
        await world.advance()
        assert (await look(world)).next_step == "result"
        await world.advance()
        view = await look(world)
        assert view.next_step == "end"
        assert view.result is not None and not view.result.has_vote
        assert "n.v.t." in drawn(view)


async def test_numbers_add_up_between_rail_board_and_result(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world)
        await world.advance()
        view = await look(world)
        assert view.question is not None and view.result is not None
        assert view.question.points == sum(theme.points or 0 for theme in view.result.themes)
        async with world.parts.database.reader() as db:
            assert view.question.statements == (await statements.counts(db, view.question.id)).all
        assert view.question.statements == view.result.statement_count


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_text_of_people_is_shown_exactly_and_never_as_markup(tmp_path: Path, language: str):
    wild = ["korte lijnen tussen partijen -> snel actie", "wijkteamproblemen als 'team'", "<b>vet</b> reactie snelheid"]
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(wild)
        page = drawn(await look(world), language)
        assert "<b>vet" not in page
        assert all(text in page for text in ("partijen -&gt; snel", "als &#39;team&#39;", "reactie snelheid"))


async def test_it_tells_who_is_here_from_how_many_took_part(tmp_path: Path):
    async with a_world(tmp_path, seats=5) as world:
        view = await look(world, Presence(connected=4))
        assert (view.connected, view.seats) == (4, 5)
        page = drawn(view)
        assert "<dt>verbonden</dt><dd>4</dd>" in page and "<dt>meegedaan</dt><dd>5</dd>" in page


async def test_fewer_than_three_ballots_are_not_held_against_who_is_here(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await voted(world, voters=2)
        await world.run(phases.advance, page=await world.page(), confirmed="", connected=1)
        view = await look(world)
        assert view.result is not None and view.result.is_few and view.result.connected is None
        assert "stembriefjes, " not in drawn(view)


async def test_the_text_of_a_question_can_be_changed_until_somebody_has_answered(tmp_path: Path):
    async with a_world(tmp_path) as world:
        await world.advance()
        assert 'id="correct-text"' in render("control_room/question_text.html", "nl", view=await look(world))
        await world.write(world.seats[0], TEXTS[0])
        view = await look(world)
        # Still mixed, so on no screen; the counts, which are told all the same, take the form away.
        assert view.collecting is not None and view.collecting.statements == ()
        assert 'id="correct-text"' not in render("control_room/question_text.html", "nl", view=view)
        assert "question-text" in control_room.COUNTS


async def test_the_rail_marks_what_is_skipped_and_numbers_no_pause(tmp_path: Path):
    pause = QuestionSettings("Koffie", phases=PAUSE_ONLY)
    async with a_world(tmp_path, (QuestionSettings(POSITIVE), pause, QuestionSettings("Wat nu?"))) as world:
        await world.advance()
        last = await world.question(3)
        await world.run(turns.pass_over, question_id=last.id, skipped=True, seq=(await world.page()).seq)
        await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
        view = await look(world)
        assert [(one.number, one.mark) for one in view.agenda] == [(1, "current"), (None, "ahead"), (2, "skipped")]
        assert view.question is not None
        assert [step.mark for step in view.question.steps] == ["done", "skipped", "skipped", "current"]
        assert (view.next_step, view.back_to, view.skips) == ("pause", "cluster", False)
        await world.advance()
        assert (await look(world)).next_step == "end"


async def test_the_moderator_reads_that_participants_see_each_others_statements(tmp_path: Path):
    seen = QuestionSettings("Wat nu?", statements_on_phones=True)
    told = "Deelnemers zien elkaars uitspraken op hun telefoon, gemengd."
    async with a_world(tmp_path, questions=(seen, QuestionSettings("En dan?"))) as world:
        await world.advance()
        assert told in drawn(await look(world))
    async with a_world(tmp_path / "other") as world:
        await world.advance()
        assert told not in drawn(await look(world))


async def test_at_the_end_a_theme_that_was_asked_on_about_counts_once_as_in_the_report(tmp_path: Path):
    async with a_world(tmp_path) as world:
        ids = await voted(world)
        await world.advance()
        carried = [agenda.Carried(ids["Korte lijnen"], "Korte lijnen")]
        settings = QuestionSettings("Wat nu?", phases=WITHOUT_VOTE)
        await world.run(agenda.add_follow_up, page=await world.page(), settings=settings, carried=carried)
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        ended = (await look(world)).ended
        async with world.parts.database.reader() as db:
            report = await build_report(db, world.session)
    assert ended is not None and [len(one.themes) for one in ended.themes_by_question] == [2, 1]
    assert ended.themes == report.theme_count == 2
