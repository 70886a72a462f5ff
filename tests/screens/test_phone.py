"""What every phone shows, and what none may show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands import actions, agenda, phases, sessions, themes, turns
from app.commands.outcome import Outcome
from app.domain.actions import ActionFields
from app.domain.agenda import QuestionSettings
from app.domain.phases import PAUSE_ONLY, WITHOUT_VOTE, Phase
from app.domain.presence import Presence
from app.screens import phone
from app.screens.phone_view import PhoneView
from app.screens.render import render
from app.store.tables import ModerationSession, Question
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def shown(world: World) -> PhoneView:
    async with world.parts.database.reader() as db:
        return await phone.load(db, world.session, Presence(connected=4))


async def drawn(world: World, language: str = "nl") -> str:
    """The scene as HTML, each run of white space as one space."""
    html = render("phone/scene.html", language, view=await shown(world))
    return re.sub(r"\s+", " ", html)


async def grouped(world: World) -> dict[str, int]:
    """Three statements under two themes, one left out."""
    await world.advance()
    await world.write_all(["korte lijnen -> snel actie", "wijkteam 'team'", "reactie snelheid"])
    await world.advance()
    await world.make_theme("Samenwerking", ["korte lijnen -> snel actie", "wijkteam 'team'"])
    await world.make_theme("Snelheid")
    return await world.theme_ids()


async def voted(world: World, voters: int = 3) -> dict[str, int]:
    ids = await grouped(world)
    await world.advance("start_vote")
    for seat in world.seats[:voters]:
        await world.vote(seat, {ids["Snelheid"]: 2, ids["Samenwerking"]: 1})
    await world.advance()
    return ids


async def test_a_phone_waits_until_the_first_question(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        view = await shown(world)
        assert (view.kind, view.scene, view.connected, view.question) == ("waiting", "waiting", 4, None)
        assert "wait-count-number" in await drawn(world)


async def test_each_phase_of_each_question_is_another_scene(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        keys = [(await shown(world)).scene]
        await grouped(world)
        keys.append((await shown(world)).scene)
        await world.advance("start_vote")
        keys.append((await shown(world)).scene)
        await world.advance()
        keys.append((await shown(world)).scene)
        number = (await world.question()).id
        assert keys == ["waiting", f"q{number}-cluster", f"q{number}-vote-r1", f"q{number}-result-r1"]


async def test_a_second_vote_is_another_scene(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        first = (await shown(world)).scene
        page = await world.page()
        await world.run(phases.vote_again, confirmed="vote_again", page=page)
        assert first.endswith("-result-r1")
        assert (await shown(world)).scene.endswith("-vote-r2")


async def test_nobody_reads_the_statements_of_others_while_collecting(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["een geheim", "nog een", "en nog een"])
        assert "geheim" not in await drawn(world)


async def test_an_open_vote_shows_themes_and_their_statements_and_no_figure(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await grouped(world)
        await world.advance("start_vote")
        await world.vote(world.seats[0], {ids["Snelheid"]: 3})
        view = await shown(world)
        assert view.vote is not None and view.result is None
        assert [(theme.name, len(theme.statements), theme.points) for theme in view.vote.themes] == [
            ("Samenwerking", 2, None),
            ("Snelheid", 0, None),
        ]


async def test_the_result_is_in_order_of_points_with_what_has_no_theme(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        result = (await shown(world)).result
        assert result is not None
        assert [(theme.name, theme.points) for theme in result.themes] == [("Snelheid", 6), ("Samenwerking", 3)]
        assert [statement.text for statement in result.without_theme] == ["reactie snelheid"]
        assert (result.voters, result.points, result.most) == (3, 9, 6)


async def test_a_theme_without_points_gets_no_number(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await grouped(world)
        await world.advance("start_vote")
        for seat in world.seats[:3]:
            await world.vote(seat, {ids["Samenwerking"]: 1})
        await world.advance()
        html = await drawn(world)
        assert '<bdi>Samenwerking</bdi> <span class="result-theme-points" aria-hidden="true">(3)</span>' in html
        assert "3 punten van 3 van de 3 deelnemers" in html
        assert "<bdi>Snelheid</bdi></span>" in html


async def test_two_ballots_are_too_few_to_show_anything_of(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world, voters=2)
        html = await drawn(world)
        assert "Te weinig stemmen om geheim te blijven." in html
        assert "result-theme-points" not in html


async def test_texts_stand_exactly_as_they_were_written(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        html = await drawn(world)
        assert "korte lijnen -&gt; snel actie" in html
        assert "wijkteam &#39;team&#39;" in html
        assert "reactie snelheid" in html


async def test_above_twenty_points_the_strips_have_no_dots(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Waarom?", budget=10),)) as world:
        ids = await grouped(world)
        await world.advance("start_vote")
        for seat in world.seats[:3]:
            await world.vote(seat, {ids["Samenwerking"]: 7})
        await world.advance()
        html = await drawn(world)
        assert "(21)" in html
        assert "<circle" not in html


async def test_a_follow_up_question_shows_the_themes_it_is_about(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        ids = await voted(world)
        settings = QuestionSettings("Wat moet er gebeuren?", phases=WITHOUT_VOTE)
        carried = [agenda.Carried(ids["Snelheid"], "Sneller antwoorden")]
        await world.run(agenda.add_follow_up, page=await world.page(), settings=settings, carried=carried)
        assert "een vervolgvraag over 1 thema." in await drawn(world)
        await world.advance()
        question = (await shown(world)).question
        assert question is not None
        assert [theme.name for theme in question.themes] == ["Sneller antwoorden"]


async def test_a_pause_in_collecting_is_a_calm_scene_of_its_own(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        before = (await shown(world)).scene
        await world.run(phases.accept_statements, page=await world.page(), accepted=False)
        view = await shown(world)
        assert (view.scene, view.takes_late, view.late_seconds) == (f"{before}-closed", True, None)
        html = await drawn(world)
        assert "Het verzamelen is even dicht" in html
        assert "composer" not in html
        await world.run(phases.accept_statements, page=await world.page(), accepted=True)
        assert (await shown(world)).scene == before


async def test_where_no_clustering_follows_late_text_is_welcome_for_a_minute(tmp_path: Path) -> None:
    async with a_world(tmp_path, (QuestionSettings("Wat nu?", phases=("collect", "result")),)) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        await world.advance()
        view = await shown(world)
        assert view.kind == "result"
        assert view.takes_late
        assert view.late_seconds is not None and 50 < view.late_seconds <= 60
        await close_collecting_earlier(world, seconds=61)
        assert not (await shown(world)).takes_late
        assert "data-late" not in await drawn(world)


async def close_collecting_earlier(world: World, seconds: int) -> None:
    """As if collecting had closed so long ago."""

    async def earlier(db: AsyncSession, session: ModerationSession, batches: object) -> Outcome:
        question = await db.get(Question, session.current_question_id)
        assert question is not None and question.collecting_closed_at is not None
        question.collecting_closed_at -= seconds
        return Outcome()

    await world.run(earlier)


async def test_a_question_may_begin_with_the_vote(tmp_path: Path) -> None:
    given = QuestionSettings("Wat eerst?", phases=("vote", "result"), themes=("Samenwerking", "Snelheid"))
    async with a_world(tmp_path, (given,)) as world:
        await world.advance()
        view = await shown(world)
        assert view.vote is not None and not view.takes_late
        assert [theme.name for theme in view.vote.themes] == ["Samenwerking", "Snelheid"]
        ids = await world.theme_ids()
        for seat in world.seats[:3]:
            await world.vote(seat, {ids["Snelheid"]: 2})
        await world.advance()
        html = await drawn(world)
        assert '<bdi>Snelheid</bdi> <span class="result-theme-points" aria-hidden="true">(6)</span>' in html


async def test_a_question_may_begin_with_grouping_and_then_says_nothing_of_collecting(tmp_path: Path) -> None:
    given = QuestionSettings("Wat hoort bij elkaar?", phases=("cluster", "vote"), themes=("Samenwerking", "Snelheid"))
    async with a_world(tmp_path, (given,)) as world:
        await world.advance()
        html = await drawn(world)
        assert "De moderator ordent de uitspraken." in html
        assert "verzamelen" not in html and "data-late" not in html


async def test_a_hidden_statement_reaches_no_phone(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await grouped(world)
        chosen = [await world.statement_id("reactie snelheid"), await world.statement_id("wijkteam 'team'")]
        page = await world.page()
        await world.run(themes.hide, page=page, moderator_id=world.moderator, chosen=chosen, hidden=True)
        await world.advance("start_vote")
        in_vote = await drawn(world)
        await world.advance()
        for html in (in_vote, await drawn(world)):
            assert "korte lijnen" in html
            assert "reactie snelheid" not in html and "&#39;team&#39;" not in html


async def test_the_end_tells_what_was_agreed_and_offers_the_report_only_when_shared(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await voted(world)
        await world.run(actions.add, fields=ActionFields("Verslag rondsturen", owner="Secretaris"))
        await world.run(sessions.end, page=await world.page(), confirmed="end")
        before = await drawn(world)
        await world.run(sessions.share_report, shared=True)
        after = await drawn(world)
        assert "Samen zijn er 3 uitspraken geschreven." in before
        assert "Verslag rondsturen" in before
        assert "Bekijk het verslag" not in before
        assert "Bekijk het verslag" in after


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.CLUSTER])
async def test_both_languages_have_every_scene(tmp_path: Path, phase: Phase) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(phase)
        assert await drawn(world, "en") != await drawn(world, "nl")


async def test_a_skipped_question_is_shown_as_not_voted_on_with_what_was_written(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["korte lijnen", "snelle actie", "status overleggen"])
        await world.run(turns.cut_short, page=await world.page(), confirmed="skip")
        html = await drawn(world)
        assert "Hierover is niet gestemd." in html and "korte lijnen" in html


async def test_the_time_of_a_pause_changes_without_another_scene(tmp_path: Path) -> None:
    pause = QuestionSettings("Koffie", phases=PAUSE_ONLY, minutes={"pause": 10})
    async with a_world(tmp_path, (pause, QuestionSettings("Wat zijn de knelpunten?"))) as world:
        await world.advance()
        view = await shown(world)
        assert (view.kind, view.question_count, view.question and view.question.number) == ("pause", 1, None)
        clock = render("phone/pause_time.html", "nl", view=view)
        assert 'id="pause-time"' in clock and "data-live" in clock
        # Nowhere else, so that a push of it alone finds nothing to change.
        await world.advance()
        assert render("phone/pause_time.html", "nl", view=await shown(world)).strip() == ""


SEEN = QuestionSettings("Wat nu?", statements_on_phones=True)
TOLD = "Anderen lezen uw uitspraak op hun telefoon"


async def test_the_group_reads_along_only_where_the_moderator_switched_that_on(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(QuestionSettings("Wat nu?"), SEEN)) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        assert (await shown(world)).question.statements is None  # type: ignore[union-attr]
        assert TOLD not in await drawn(world) and "Uitspraken van de groep" not in await drawn(world)


async def test_who_may_read_along_is_told_before_anybody_writes(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        await world.advance()
        scene = await drawn(world)
        assert scene.index(TOLD) < scene.index("Uitspraken van de groep (0)")


async def test_the_group_reads_what_was_mixed_in_one_order_for_all_and_nothing_that_waits(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie", "wacht"])
        read = [one.text for one in (await shown(world)).question.statements or ()]  # type: ignore[union-attr]
        assert sorted(read) == ["drie", "een", "twee"]
        scenes = [await drawn(world, language) for language in ("nl", "en", "nl")]
        orders = [re.findall(r'<span class="statement-text" dir="auto">(\w+)</span>', scene) for scene in scenes]
        assert orders == [read] * 3
        await world.write_all(["vier", "vijf"])
        longer = [one.text for one in (await shown(world)).question.statements or ()]  # type: ignore[union-attr]
        assert longer[:3] == read and sorted(longer[3:]) == ["vier", "vijf", "wacht"]


async def test_the_list_stays_while_collecting_is_paused_and_goes_when_it_closes(tmp_path: Path) -> None:
    async with a_world(tmp_path, questions=(SEEN,)) as world:
        await world.advance()
        await world.write_all(["een", "twee", "drie"])
        await world.run(phases.accept_statements, page=await world.page(), accepted=False)
        assert "Uitspraken van de groep (3)" in await drawn(world)
        await world.advance()
        assert "Uitspraken van de groep" not in await drawn(world) and "twee" not in await drawn(world)
