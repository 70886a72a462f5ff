"""The doors of the board: any place by form fields, the question before a later move is overwritten, own histories."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.themes import Board
from app.live import suggesting
from app.store import suggestions
from app.store import themes as stored
from tests.web.test_leading_together import HTMX, fields, post
from tests.world import World, a_world

pytestmark = pytest.mark.anyio


async def to_the_board(world: World) -> list[str]:
    await world.advance()
    await world.write_all(["a", "b", "c", "d"])
    await world.advance()
    return [await world.statement_id(text) for text in "abcd"]


async def board(world: World) -> Board:
    async with world.parts.database.reader() as db:
        return await stored.board(db, (await world.question()).id)


async def test_statements_are_laid_before_or_after_another_by_fields_of_the_form(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, b, c, d = await to_the_board(world)
        theme = await world.make_theme("een", ["a", "b"])
        there = {"theme": str(theme)}
        await post(laptop, world, "/statements/put", await fields(world, statement=c, before=b, **there))
        await post(laptop, world, "/statements/put", await fields(world, statement=d, after=a, **there))
        assert (await board(world)).under(theme) == [a, d, c, b]
        gone = await fields(world, statement=a, before=b, theme="")
        answer = await post(laptop, world, "/statements/put", gone, **HTMX)
        assert answer.status_code == 409 and "kies opnieuw" in answer.text
        assert (await board(world)).under(theme) == [a, d, c, b]


async def test_a_theme_goes_to_any_place_by_fields_of_the_form(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await to_the_board(world)
        one, two, three = [await world.make_theme(name) for name in ("een", "twee", "drie")]
        await post(laptop, world, f"/themes/{three}/order", await fields(world, before=str(one)))
        assert (await board(world)).in_order() == [three, one, two]
        await post(laptop, world, f"/themes/{three}/order", await fields(world, after=str(two)))
        assert (await board(world)).in_order() == [one, two, three]
        odd = await post(laptop, world, f"/themes/{three}/order", await fields(world, before="x"), **HTMX)
        assert odd.status_code == 422


async def test_the_question_names_who_did_what_and_both_ways_out_work_as_a_plain_form(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, b, *_ = await to_the_board(world)
        anna = await world.share_with("Anna")
        theme = await world.make_theme("Contact & burgers")
        put = await fields(world, theme=str(theme))
        await laptop.post(f"/sessions/{world.session}/statements/put", data={**put, "statement": [a, b]})
        async with world.laptop(anna) as tablet:
            await post(tablet, world, "/statements/put", await fields(world, statement=b, theme=""))
        before = await board(world)
        page = await post(laptop, world, "/undo", await fields(world))
        assert page.status_code == 409 and await board(world) == before
        assert "Anna legde daarna 1 uitspraak bij Nog te ordenen." in page.text
        assert "Uw stap ongedaan maken zou dat overschrijven." in page.text
        assert "Uw stap: 2 uitspraken naar Contact &amp; burgers." in page.text
        assert "Sla deze stap over" in page.text and "Maak de rest ongedaan (1)" in page.text
        answer = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.text))
        await post(laptop, world, "/undo", {**answer, "instead": "rest"})
        now = await board(world)
        assert now.under(theme) == [] and {a, b} <= set(now.under(None))
        # The question was about a step that is undone now, so its answer to another one is asked anew or does nothing.
        await post(laptop, world, "/redo", await fields(world))
        assert (await board(world)).under(theme) == [a]


async def test_the_question_comes_as_a_dialog_and_leaves_the_board_alone(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop(**{"Accept-Language": "en"}) as laptop:
        a, *_ = await to_the_board(world)
        anna = await world.share_with("Anna")
        theme = await world.make_theme("Contact", ["a"])
        async with world.laptop(anna) as tablet:
            await post(tablet, world, f"/themes/{theme}/rename", await fields(world, name="Van Anna"))
        asked = await post(laptop, world, "/undo", await fields(world), **HTMX)
        assert asked.status_code == 409 and 'id="dialog"' in asked.text
        assert "Anna then gave Contact the name Van Anna. Undoing your step would overwrite that." in asked.text
        assert "Undo the rest" not in asked.text, "a theme goes whole or not at all"
        key = re.findall(r'name="confirmed" value="([^"]*)"', asked.text)[0]
        passed = await post(laptop, world, "/undo", await fields(world, confirmed=key), **HTMX)
        assert passed.status_code == 200 and "Er is niets" not in passed.text
        nothing = await post(laptop, world, "/undo", await fields(world), **HTMX)
        assert nothing.status_code == 409 and "There is nothing to undo." in nothing.text
        assert [state.name for state in (await board(world)).themes.values()] == ["Van Anna"]


async def test_each_kind_of_step_has_its_own_words_in_both_languages(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, b, *_ = await to_the_board(world)
        one = await world.make_theme("een", ["a", "b"])
        said: list[str] = []

        async def made(path: str, **form: str) -> None:
            await post(laptop, world, path, await fields(world, **form))
            for language in ("nl", "en"):
                page = await laptop.get(f"/sessions/{world.session}/control-room?language={language}")
                said.append(re.findall(r' title="(?:Ongedaan|Undo): ([^"]*)"', page.text)[0])

        await made("/statements/put", statement=b, theme=str(one), before=a)
        first = (await board(world)).under(None)[0]
        await made("/statements/put", statement=first, theme="")
        await made("/themes", name="half", statement=a)
        await made("/suggestions/accept", taken=first, theme=str(one))
        await made("/suggestions/accept", name="groep", taken=first)
        assert said == [
            "1 uitspraak naar een andere plaats in een",
            "1 statement to another place in een",
            "1 uitspraak naar een andere plaats in Nog te ordenen",
            "1 statement to another place in Still to group",
            "half afgesplitst van een",
            "half split off from een",
            "voorstel overgenomen: 1 uitspraak naar een",
            "suggestion accepted: 1 statement to een",
            "voorstel overgenomen: 1 uitspraak naar groep",
            "suggestion accepted: 1 statement to groep",
        ]


async def test_a_suggestion_is_ignored_by_a_form(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, *_ = await to_the_board(world)
        theme = await world.make_theme("een")
        form = await fields(world, statement=a, theme=str(theme))
        assert (await post(laptop, world, "/suggestions/ignore", form, **HTMX)).status_code == 200
        async with world.parts.database.reader() as db:
            (kept,) = await suggestions.ignored(db, (await world.question()).id)
        assert kept.statements == {a} and kept.theme == theme


def cards(push: str) -> set[str]:
    return set(re.findall(r'<li id="statement-(\w+)"', push))


async def test_the_answer_to_a_move_is_what_has_changed_since_the_page_it_was_made_on(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, b, c, _ = await to_the_board(world)
        theme = await world.make_theme("een")
        seen = await fields(world, theme=str(theme))
        anna = await world.share_with("Anna")
        async with world.laptop(anna) as tablet:
            await post(tablet, world, "/statements/put", {**seen, "statement": b})
        answer = await post(laptop, world, "/statements/put", {**seen, "statement": a}, **HTMX)
        assert answer.status_code == 200 and cards(answer.text) == {a, b}
        assert f'data-seq="{(await world.row()).seq}"' in answer.text and 'id="stage"' not in answer.text


async def test_a_refused_move_puts_back_the_cards_it_named_and_no_others(tmp_path: Path):
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, b, *_ = await to_the_board(world)
        theme = await world.make_theme("een", ["a"])
        seen = await fields(world, theme=str(theme))
        async with world.laptop(await world.share_with("Anna")) as tablet:
            await post(tablet, world, f"/themes/{theme}/remove", seen)
        answer = await post(laptop, world, "/statements/put", {**seen, "statement": b}, **HTMX)
        assert answer.status_code == 409 and 'id="notice"' in answer.text
        assert cards(answer.text) == {a, b} and 'data-order=""' in answer.text
        none = await post(laptop, world, "/statements/put", await fields(world, theme="999", statement=b), **HTMX)
        assert none.status_code == 404 or none.status_code == 409 or none.status_code == 422
        assert cards(none.text) == {b} and 'id="stage"' not in none.text


async def test_a_page_without_a_socket_asks_for_what_it_missed_and_gets_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # However slow the machine, nothing is suggested meanwhile: a page that asks is told of that too.
    monkeypatch.setattr(suggesting, "PAUSE_SECONDS", 3600.0)
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        a, *_ = await to_the_board(world)
        theme = await world.make_theme("een")
        seen = (await world.row()).seq
        await post(laptop, world, "/statements/put", await fields(world, statement=a, theme=str(theme)))
        screen = f"/sessions/{world.session}/screen"
        missed = await laptop.get(f"{screen}?since={seen}")
        assert missed.status_code == 200 and cards(missed.text) == {a} and 'id="stage"' not in missed.text
        assert (await laptop.get(f"{screen}?since={seen + 1}")).status_code == 204
        for odd in ("", "x", "-1", "9" * 40, "²"):
            assert 'id="stage"' in (await laptop.get(f"{screen}?since={odd}")).text
