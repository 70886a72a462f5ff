"""The board: nothing is ever lost, undo restores exactly, and only the very thing a form changes makes it stale."""

import pytest
from sqlalchemy import event

from app.commands import phases, themes
from app.domain.moves import Spot
from app.domain.phases import Phase
from app.domain.refusals import ConfirmationNeeded, Reason, Refusal
from app.domain.themes import MOST_THEMES
from app.store import history
from app.store import themes as stored
from app.store.tables import Theme
from tests.world import a_world, make_world

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("no_rounds")]
TEXTS = ["a", "b", "c", "d"]


async def to_the_board(world):
    await world.advance()
    await world.write_all(TEXTS)
    await world.advance()
    return [await world.statement_id(text) for text in TEXTS]


async def board(world):
    async with world.parts.database.reader() as db:
        return await stored.board(db, (await world.question()).id)


async def do(world, command, page=None, **arguments):
    page = page or await world.page()
    return await world.run(command, page=page, moderator_id=world.moderator, **arguments)


async def refusal(act):
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.reason


async def test_statements_lie_under_a_theme_in_the_order_they_were_put(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, c, d = await to_the_board(world)
        theme = await world.make_theme("Samenwerking", ["c"])
        await do(world, themes.put, chosen=[d, a], theme_id=theme)
        assert (await board(world)).under(theme) == [c, d, a]
        assert (await board(world)).under(None) == [b]


async def test_back_in_the_inbox_is_behind_what_lies_there(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        theme = await world.make_theme("Samenwerking", ["a"])
        await do(world, themes.put, chosen=[a], theme_id=None)
        now = await board(world)
        assert now.under(theme) == [] and now.under(None)[-1] == a


async def test_removing_a_theme_puts_its_statements_back_in_the_inbox(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        theme = await world.make_theme("Samenwerking", ["a", "b"])
        await do(world, themes.remove, theme_id=theme)
        now = await board(world)
        assert now.themes == {} and len(now.under(None)) == 4


async def test_merging_lays_all_statements_behind_those_of_the_other_theme(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, c, d = await to_the_board(world)
        one, two = await world.make_theme("een", ["a", "b"]), await world.make_theme("twee", ["c"])
        before = await board(world)
        await do(world, themes.merge, theme_id=one, into=two)
        merged = await board(world)
        assert merged.in_order() == [two] and merged.under(two) == [c, a, b] and merged.under(None) == [d]
        await do(world, themes.undo)
        assert await board(world) == before
        assert await refusal(do(world, themes.merge, theme_id=one, into=one)) == Reason.THEME_UNKNOWN


async def test_a_hidden_statement_goes_along_with_its_theme_and_comes_back_where_it_lay(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, *_ = await to_the_board(world)
        theme = await world.make_theme("een", ["a", "b"])
        before = await board(world)
        await do(world, themes.hide, chosen=[a], hidden=True)
        assert (await board(world)).under(theme) == [b]
        await do(world, themes.remove, theme_id=theme)
        await do(world, themes.undo)
        await do(world, themes.hide, chosen=[a], hidden=False)
        assert await board(world) == before


async def test_a_theme_moves_one_place_and_stops_at_the_ends(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        one, two, three = [await world.make_theme(name) for name in ("een", "twee", "drie")]
        await do(world, themes.order, theme_id=three, step=-1)
        assert (await board(world)).in_order() == [one, three, two]
        await do(world, themes.order, theme_id=one, step=-1)
        await do(world, themes.order, theme_id=two, step=1)
        assert (await board(world)).in_order() == [one, three, two]


async def test_undo_step_by_step_and_redo_restore_every_board_exactly(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, c, d = await to_the_board(world)
        boards = [await board(world)]

        async def step(command, **arguments):
            made = await do(world, command, **arguments)
            boards.append(await board(world))
            return made

        one = await step(themes.create, name="een", chosen=[a, b])
        two = await step(themes.create, name="twee", chosen=[])
        await step(themes.put, chosen=[c, a], theme_id=two)
        await step(themes.rename, theme_id=one, name="anders")
        await step(themes.order, theme_id=two, step=-1)
        await step(themes.put, chosen=[a], theme_id=None)
        await step(themes.remove, theme_id=two)
        for expected in reversed(boards[:-1]):
            await do(world, themes.undo)
            assert await board(world) == expected
        assert await refusal(do(world, themes.undo)) == Reason.NOTHING_TO_UNDO
        for expected in boards[1:]:
            await do(world, themes.redo)
            assert await board(world) == expected
        assert await refusal(do(world, themes.redo)) == Reason.NOTHING_TO_REDO


async def test_a_new_move_ends_what_could_be_redone(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        theme = await world.make_theme("een")
        await do(world, themes.undo)
        await world.make_theme("twee")
        assert await refusal(do(world, themes.redo)) == Reason.NOTHING_TO_REDO
        assert theme not in (await board(world)).themes


async def test_undo_waits_when_what_it_touched_has_moved_on(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        theme = await world.make_theme("een", ["a"])
        async with world.parts.database.writer() as db, db.begin():
            (row,) = await stored.of_question(db, (await world.question()).id)
            row.name = "door een ander hernoemd"
        with pytest.raises(ConfirmationNeeded) as asked:
            await do(world, themes.undo)
        assert asked.value.hindered.by is None, "nobody's step in the history did it"
        assert theme in (await board(world)).themes


async def test_the_history_holds_no_text_of_a_statement(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["zeer herkenbaar", "b", "c"])
        await world.advance()
        await world.make_theme("een", ["zeer herkenbaar"])
        async with world.parts.database.reader() as db:
            rows = await history.moves_since(db, (await world.question()).id, 0)
        assert len(rows) == 1 and "herkenbaar" not in rows[0].move


async def test_a_page_is_stale_for_the_very_thing_that_changed_and_for_nothing_else(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, *_ = await to_the_board(world)
        one, two = await world.make_theme("een"), await world.make_theme("twee")
        page = await world.page()
        await do(world, themes.put, chosen=[a], theme_id=one)
        await do(world, themes.rename, theme_id=two, name="ander")
        assert await refusal(do(world, themes.put, page, chosen=[a], theme_id=two)) == Reason.PAGE_IS_STALE
        assert await refusal(do(world, themes.rename, page, theme_id=two, name="x")) == Reason.PAGE_IS_STALE
        assert await refusal(do(world, themes.remove, page, theme_id=one)) == Reason.PAGE_IS_STALE
        await do(world, themes.put, page, chosen=[b], theme_id=two)
        await do(world, themes.rename, page, theme_id=one, name="nieuw")


async def test_a_new_statement_alone_makes_no_form_stale(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        page = await world.page()
        for seat in world.seats[:3]:
            await world.write(seat, "laat")
        assert await do(world, themes.create, page, name="een", chosen=[a])


async def test_a_page_of_another_phase_or_question_does_nothing(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        await world.make_theme("een")
        page = await world.page()
        await world.advance("start_vote")
        assert await refusal(do(world, themes.create, page, name="x", chosen=[])) == Reason.PAGE_IS_STALE
        assert await refusal(do(world, themes.create, name="x", chosen=[])) == Reason.NOT_IN_THIS_PHASE


async def test_what_is_not_on_this_board_cannot_be_put_or_changed(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        other = await make_world(world.app)
        await other.advance_to(Phase.CLUSTER)
        theirs = await other.make_theme("van hen")
        assert await refusal(do(world, themes.put, chosen=[a], theme_id=theirs)) == Reason.THEME_UNKNOWN
        assert await refusal(do(world, themes.rename, theme_id=theirs, name="x")) == Reason.THEME_UNKNOWN
        assert await refusal(do(world, themes.put, chosen=["x"], theme_id=None)) == Reason.STATEMENT_UNKNOWN
        assert await refusal(do(world, themes.put, chosen=[a, a], theme_id=None)) == Reason.STATEMENT_UNKNOWN
        assert await refusal(do(world, themes.put, chosen=[], theme_id=None)) == Reason.NO_STATEMENTS_CHOSEN


async def test_a_statement_that_waits_or_was_retracted_is_not_on_the_board(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        await world.write(world.seats[0], "wacht nog")
        waiting = await world.statement_id("wacht nog")
        assert await refusal(do(world, themes.create, name="x", chosen=[waiting])) == Reason.STATEMENT_UNKNOWN


async def test_there_is_an_end_to_themes_and_a_sentence_for_it(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        for number in range(MOST_THEMES):
            await world.make_theme(f"thema {number}")
        assert await refusal(do(world, themes.create, name="te veel", chosen=[])) == Reason.TOO_MANY_THEMES


async def test_a_round_trip_over_collecting_keeps_themes_and_statements(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        theme = await world.make_theme("blijft", ["a"])
        await world.run(phases.go_back, page=await world.page(), confirmed="")
        assert (await world.question()).phase == Phase.COLLECT
        await world.advance()
        assert (await board(world)).under(theme) == [a] and len((await board(world)).places) == 4


async def test_statements_are_dropped_between_others_and_themes_between_themes(tmp_path):
    async with a_world(tmp_path) as world:
        a, b, c, d = await to_the_board(world)
        one, two, three = [await world.make_theme(name) for name in ("een", "twee", "drie")]
        before = await board(world)
        await do(world, themes.put, chosen=[a, b], theme_id=one)
        await do(world, themes.put, chosen=[d, c], theme_id=one, spot=Spot(before=b))
        assert (await board(world)).under(one) == [a, d, c, b]
        await do(world, themes.put, chosen=[a], theme_id=one, spot=Spot(behind=b))
        assert (await board(world)).under(one) == [d, c, b, a]
        await do(world, themes.order_at, theme_id=three, spot=Spot(before=one))
        assert (await board(world)).in_order() == [three, one, two]
        for _ in range(4):
            await do(world, themes.undo)
        assert await board(world) == before


async def test_a_selection_split_off_stands_next_to_its_theme_and_goes_back_exactly(tmp_path):
    async with a_world(tmp_path) as world:
        await to_the_board(world)
        one, two = await world.make_theme("een", ["a", "b", "c"]), await world.make_theme("twee")
        before = await board(world)
        split = await world.make_theme("half", ["b"])
        assert (await board(world)).in_order() == [one, split, two]
        await do(world, themes.undo)
        assert await board(world) == before


async def test_a_move_that_moves_nothing_is_no_step_to_undo(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        one = await world.make_theme("een", ["a"])
        seq = (await world.row()).seq
        await do(world, themes.put, chosen=[a], theme_id=one)
        assert (await world.row()).seq == seq
        await do(world, themes.undo)
        assert one not in (await board(world)).themes


async def test_a_merge_of_carried_themes_with_hidden_statements_is_undone_exactly(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        one, two = await world.make_theme("een", ["a", "b"]), await world.make_theme("twee", ["c"])
        async with world.parts.database.writer() as db, db.begin():
            (await db.get_one(Theme, one)).carried_from = two
        await do(world, themes.hide, chosen=[a], hidden=True)
        before = await board(world)
        await do(world, themes.merge, theme_id=one, into=two)
        merged = await board(world)
        await do(world, themes.undo)
        assert await board(world) == before and before.themes[one].carried_from == two
        await do(world, themes.redo)
        assert await board(world) == merged


async def test_a_late_statement_that_came_in_meanwhile_stays_where_it_came(tmp_path):
    async with a_world(tmp_path) as world:
        a, *_ = await to_the_board(world)
        one = await world.make_theme("een")
        await do(world, themes.put, chosen=[a], theme_id=one)
        for seat in world.seats[:3]:
            await world.write(seat, "laat")
        late = (await board(world)).under(None)[3:]
        await do(world, themes.put, chosen=late, theme_id=one)
        await do(world, themes.undo)
        await do(world, themes.undo)
        now = (await board(world)).under(None)
        # Where `a` lay before is by chance: it may have been the last.
        assert len(late) == 3 and a in now and [key for key in now if key != a][-3:] == late


async def test_a_move_costs_as_many_queries_on_a_full_board_as_on_an_empty_one(tmp_path):
    async with a_world(tmp_path, mixing=False) as world:
        await world.advance()
        await world.write_all([str(number) for number in range(40)])
        await world.advance()
        one, two = await world.make_theme("een"), await world.make_theme("twee")
        keys = (await board(world)).under(None)

        async def queries(command, **arguments):
            counted = []
            engine = world.parts.database._writer_engine.sync_engine
            listen = event.listens_for(engine, "before_cursor_execute")
            count = listen(lambda *arguments: counted.append(arguments[2]))
            page = await world.page()
            await do(world, command, page, **arguments)
            event.remove(engine, "before_cursor_execute", count)
            return len(counted)

        few = await queries(themes.put, chosen=keys[:1], theme_id=one)
        assert await queries(themes.put, chosen=keys[1:31], theme_id=one) == few
        assert await queries(themes.undo) <= few
        assert await queries(themes.merge, theme_id=one, into=two) <= few + 3
