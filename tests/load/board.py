"""A full board: what its page weighs, when it can be used, how soon a move is acknowledged and what it pushes."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import Any

from playwright.async_api import Browser, async_playwright

from tests.browser.conftest import CHROMIUM, LAPTOP
from tests.load import join, storm
from tests.load.evening import Evening, Place, evening, in_turns
from tests.load.figures import Uses, milliseconds
from tests.load.lead import Asked
from tests.load.plan import Plan

AGENDA = [Asked("Wat gaat er goed in de wijk, en wat kan beter?", ("collect", "cluster"))]


async def measure(plan: Plan, uses: Uses, place: Place) -> dict[str, Any]:
    """One row. `page_bytes` are all bytes Chromium got that had nothing of it yet, styles, scripts and fonts included.

    `usable_ms` is the median time from going to the page until a statement is selected with the keyboard and the page
    says so. `move_20_ack_ms_median` is over HTTP, from sending the form to the last byte of its answer. `push_bytes_1`
    and `push_bytes_20` are what each control room is pushed for a move of one and of twenty.
    """
    async with evening(plan, uses, place, AGENDA) as night:
        await _fill(night)
        keys, themes = iter([card.id for card in night.lead.room.cards]), itertools.cycle(night.lead.room.themes)
        pages = await _open_cold(night)
        pushed = _listen(night)
        one = [await _move(night, [next(keys)], next(themes), pushed) for _ in range(plan.board_moves)]
        with uses.during("board", plan.board_moves, night.pid):
            many = [
                await _move(night, list(itertools.islice(keys, plan.board_selected)), next(themes), pushed)
                for _ in range(plan.board_moves)
            ]
    return {
        "statements": plan.board_statements,
        "page_bytes": max(size for size, _ in pages),
        "usable_ms": milliseconds(median(seconds for _, seconds in pages)),
        "move_20_ack_ms_median": milliseconds(median(seconds for seconds, _ in many)),
        "push_bytes_1": max(size for _, size in one),
        "push_bytes_20": max(size for _, size in many),
    }


async def _fill(night: Evening) -> None:
    """All statements written, closed, and ten themes made; nobody's phone is left open."""
    plan = night.plan
    await join.let_in(night, plan.board_people)
    question = await night.lead.begin_next()
    await night.settle()
    hands = itertools.cycle(night.phones)
    await in_turns(_writing(next(hands), question, number) for number in range(plan.board_statements))
    await night.lead.go_on_to("cluster")
    for number in range(plan.board_themes):
        await night.lead.make_theme(f"Thema {number}")


def _writing(phone: Any, question: int, number: int) -> Callable[[], Any]:
    return lambda: phone.write(question, storm.text_of(number))


def _listen(night: Evening) -> list[int]:
    """The bytes of each push that places something on the board, from now on."""
    pushed: list[int] = []

    def hear(_at: float, text: bytes) -> None:
        if b'id="board-moves"' in text:
            pushed.append(len(text))

    night.lead.socket.hear = hear
    return pushed


async def _move(night: Evening, chosen: Sequence[str], theme: str, pushed: list[int]) -> tuple[float, int]:
    """Seconds until it was acknowledged, and the bytes that were pushed for it."""
    pushed.clear()
    seconds = await night.lead.move(chosen, theme)
    deadline = perf_counter() + 10
    while not pushed and perf_counter() < deadline:
        await asyncio.sleep(0.02)
    # The next one begins after the tick, so that each is a push of its own.
    await asyncio.sleep(0.15)
    return seconds, sum(pushed)


async def _open_cold(night: Evening) -> list[tuple[int, float]]:
    """Bytes and seconds of some visits, each by a browser that keeps nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        visits = [await _visit(browser, night) for _ in range(night.plan.board_visits)]
        await browser.close()
    return visits


async def _visit(browser: Browser, night: Evening) -> tuple[int, float]:
    context = await browser.new_context(locale="nl-NL", viewport=LAPTOP)  # type: ignore[arg-type]
    await context.add_cookies([{"name": "sign_in", "value": night.lead.sign_in_token, "url": night.server.url}])
    page = await context.new_page()
    line, sizes = await context.new_cdp_session(page), []
    await line.send("Network.enable")
    line.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    began = perf_counter()
    await page.goto(night.lead.room.page.address, wait_until="domcontentloaded")
    await page.focus("#inbox-list input")
    await page.keyboard.press("Space")
    await page.wait_for_selector("#selection-bar", state="visible")
    seconds = perf_counter() - began
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(300)
    await context.close()
    return sum(sizes), seconds
