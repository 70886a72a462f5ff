"""Two moderators at work on one board at once: at the end both their boards, the big screen and the database agree."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from app.screens.big_screen_view import ShownBoard
from app.store import themes
from tests.browser.conftest import BIG_SCREEN, LAPTOP
from tests.browser.live_world import LiveWorld, served
from tests.browser.test_leading_together import TABLET, control_room, undo_of

Open = Callable[..., BrowserContext]
Shown = dict[str, Any]
ROUNDS = 12
TEXTS = [f"uitspraak {number}" for number in range(24)]
# What a control room shows: the inbox and each theme, as keys in order.
BOARD = """() => {
    const keys = (list) => [...list.querySelectorAll("[name=statement]")].map((box) => box.value);
    const name = (one) => one.querySelector(".theme-cluster-name").textContent.trim();
    const theme = (one) => [Number(one.id.slice(6)), name(one), keys(one)];
    return {inbox: keys(document.getElementById("inbox-list")),
        themes: [...document.querySelectorAll(".theme-cluster")].map(theme)};
}"""
BIG_BOARD = """() => [...document.querySelectorAll("#themes > section")].map((one) => [
    Number(one.id.slice(6)), one.querySelector(".big-screen-theme-name").textContent,
    Number(one.querySelector(".big-screen-theme-count").textContent),
    [...one.querySelectorAll("li")].map((card) => card.id.slice(10))])"""
# The door of a move, from the page and with what the page knows; nobody waits for the answer yet.
ACT = """([path, fields]) => {
    const body = new URLSearchParams(fields);
    body.set("phase", "cluster");
    body.set("question", document.querySelector("[name=question]").value);
    body.set("seq", document.body.dataset.seq);
    const address = location.pathname.replace("/control-room", path);
    (window.acts ??= []).push(fetch(address, {method: "POST", body}).then((answer) => answer.status));
}"""
ANSWERS = "async () => { const all = await Promise.all(window.acts ?? []); window.acts = []; return all; }"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path) as running:
        running.do(running.world.advance())
        running.do(running.world.write_all(TEXTS))
        running.do(running.world.advance())
        for place, name in enumerate(("Samenwerking", "Korte lijnen", "Lokale status")):
            running.do(running.world.make_theme(name, TEXTS[place * 3 : place * 3 + 3]))
        yield running


def stored(live: LiveWorld) -> Shown:
    """The board of the database, as a control room shows it."""

    async def read() -> Shown:
        question = await live.world.question()
        async with live.world.parts.database.reader() as db:
            board = await themes.board(db, question.id)
        shown = [[theme, board.themes[theme].name, board.under(theme)] for theme in board.in_order()]
        return {"inbox": board.under(None), "themes": shown}

    return live.do(read())


def an_act(dice: random.Random, shown: Shown) -> tuple[str, list[list[str]]]:
    """Something a moderator might do with the board before them: a path and the fields of its form."""
    cards = [*shown["inbox"], *(key for _, _, keys in shown["themes"] for key in keys)]
    ids = [str(theme) for theme, _, _ in shown["themes"]]
    chosen = [["statement", key] for key in dice.sample(cards, dice.randint(1, 3))]
    one, other = dice.sample(ids, 2) if len(ids) > 1 else (ids[0], "")
    kind = dice.choice(["put"] * 6 + ["new", "rename", "order", "undo", "undo", "redo", "hide", "merge"])
    if kind == "new" and len(ids) < 8:
        return "/themes", [["name", f"Thema {dice.randint(1, 999)}"], *chosen[:2]]
    if kind == "rename":
        return f"/themes/{one}/rename", [["name", f"Naam {dice.randint(1, 999)}"]]
    if kind == "order":
        return f"/themes/{one}/order", [["direction", dice.choice(["forward", "back"])]]
    if kind in ("undo", "redo"):
        return f"/{kind}", []
    if kind == "hide":
        return "/statements/hide", [*chosen[:1], ["hidden", "1"]]
    if kind == "merge" and len(ids) > 3:
        return f"/themes/{one}/merge", [["into", other]]
    return "/statements/put", [*chosen, ["theme", dice.choice([*ids, ""])]]


def agrees(big_screen: list[list[Any]], board: Shown) -> bool:
    """Whether the big screen has the themes, counts and statements of a board, as many of each as it holds."""
    most = ShownBoard(tuple(theme for theme, _, _ in board["themes"])).most_in_theme
    heads = [[theme, name, len(keys)] for theme, name, keys in board["themes"]]
    if [one[:3] for one in big_screen] != heads:
        return False
    pairs = [(one[3], keys) for one, (_, _, keys) in zip(big_screen, board["themes"], strict=True)]
    return all(shown == keys if len(keys) <= most else set(shown) <= set(keys) for shown, keys in pairs)


def test_two_work_at_once_and_all_boards_and_the_database_agree(live: LiveWorld, open_context: Open) -> None:
    laptop = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
    tablet = control_room(live, open_context(viewport=TABLET), live.do(live.world.share_with("Jan")))
    screen = open_context(viewport=BIG_SCREEN).new_page()
    screen.goto(f"{live.url}/big-screen/{live.do(live.world.row()).big_screen_key}")
    expect(laptop.locator(".colleagues-here")).to_contain_text("Jan")
    dice = random.Random(2005)
    answers: list[int] = []
    for _ in range(ROUNDS):
        for page in (laptop, tablet, laptop, tablet):
            page.evaluate(ACT, an_act(dice, page.evaluate(BOARD)))
        answers += [*laptop.evaluate(ANSWERS), *tablet.evaluate(ANSWERS)]
    # Whoever acted on what the other had just changed is told so, and nothing is done; anything else is a fault.
    assert {answer for answer in answers if answer >= 300} <= {409, 404, 422}
    assert sum(answer < 300 for answer in answers) >= len(answers) // 2
    expect(laptop.locator(".colleagues-deeds li:visible").first).to_contain_text("Jan:")
    expect(tablet.locator(".colleagues-deeds li:visible").first).to_contain_text("De moderator:")
    now = stored(live)
    for page in (laptop, tablet):
        page.wait_for_function(
            f"wanted => JSON.stringify(({BOARD})()) === wanted", arg=json.dumps(now, separators=(",", ":"))
        )
    heads = [[theme, name, len(keys)] for theme, name, keys in now["themes"]]
    screen.wait_for_function(
        f"wanted => JSON.stringify(({BIG_BOARD})().map((one) => one.slice(0, 3))) === wanted",
        arg=json.dumps(heads, separators=(",", ":")),
    )
    assert agrees(screen.evaluate(BIG_BOARD), now)
    for page in (laptop, tablet, screen):
        page.reload()
    assert laptop.evaluate(BOARD) == tablet.evaluate(BOARD) == stored(live) == now
    assert agrees(screen.evaluate(BIG_BOARD), now)


def test_a_step_back_over_what_the_other_did_is_explained_to_one_and_leaves_both_boards_alike(
    live: LiveWorld, open_context: Open
) -> None:
    laptop = control_room(live, open_context(viewport=LAPTOP), live.world.moderator)
    tablet = control_room(live, open_context(viewport=TABLET), live.do(live.world.share_with("Jan")))
    expect(laptop.locator(".colleagues-here")).to_contain_text("Jan")
    card, theme = stored(live)["inbox"][0], stored(live)["themes"][0][0]
    laptop.evaluate(ACT, ["/statements/put", [["statement", card], ["theme", str(theme)]]])
    expect(tablet.locator(f"#theme-{theme} [value='{card}']")).to_have_count(1)
    tablet.evaluate(ACT, ["/statements/put", [["statement", card], ["theme", ""]]])
    expect(laptop.locator(f"#inbox-list [value='{card}']")).to_have_count(1)
    undo_of(laptop).click()
    dialog = laptop.get_by_role("dialog", name=re.compile("^Jan legde daarna 1 uitspraak bij Nog te ordenen"))
    dialog.get_by_role("button", name="Sla deze stap over").click()
    expect(undo_of(laptop)).to_have_attribute("title", re.compile("Lokale status"))
    assert laptop.evaluate(BOARD) == tablet.evaluate(BOARD) == stored(live)
