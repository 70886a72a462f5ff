"""Small screens, large letters, a phone on its side, no motion, a screen reader, a cleared browser: all take part."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.browser.scenes import Gallery
from tests.browser.screenshots import ACTS, Devices, open_page, pages_of
from tests.world import POSITIVE

Take = Callable[..., Page]

# A laptop of 1280 by 1024 at 400 % has 320 by 256 left.
SIZES = {"small": (320, 568), "zoomed": (320, 256), "on its side": (667, 375), "usual": (390, 844)}
LARGE_TEXT = "document.documentElement.style.fontSize = '200%'"
# What sticks out of the page at a side or is cut off by its own box, but for what is there for the ear only.
STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter(part => {
    const box = part.getBoundingClientRect(), { overflowX, clipPath, position } = getComputedStyle(part);
    if (part.closest("svg, .visually-hidden, input, textarea") || clipPath !== "none" || box.width < 2) return false;
    const isCut = overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1;
    return position !== "absolute" && (box.right > innerWidth + 1 || box.left < -1 || isCut);
}).map(part => part.outerHTML.slice(0, 90))"""
# What takes the focus while something that stays on the screen lies on its middle, its top or its foot.
COVERED = """() => [...document.querySelectorAll("a[href], button, input, textarea, summary")].filter(part => {
    if (!part.checkVisibility({ visibilityProperty: true })) return false;
    part.focus();
    if (document.activeElement !== part) return false;
    const { left, top, bottom, width, height } = part.getBoundingClientRect();
    const hidden = [top + 2, (top + bottom) / 2, bottom - 2].map(y => {
        const bars = "header, .phone-top, .point-purse, .result-next";
        const over = document.elementFromPoint(left + width / 2, y)?.closest(bars);
        return y < 0 || y > innerHeight || Boolean(over && !over.contains(part));
    });
    // A field is scrolled to its caret, and what is taller than half the screen may begin above it.
    return height > innerHeight / 2 || part.matches("textarea") ? hidden.every(Boolean) : hidden.some(Boolean);
}).map(part => part.outerHTML.slice(0, 90))"""
LISTEN = """() => {
    window.said = [];
    const region = document.getElementById("announcement");
    new MutationObserver(() => said.push(region.textContent)).observe(region, { childList: true });
}"""
MOVING = "document.getAnimations().filter(one => one.effect.getComputedTiming().duration > 0).length"


def participants_pages(browser: Browser, gallery: Gallery, **options: Any) -> Iterator[tuple[str, Page]]:
    """Every page that a participant meets, one after the other, in trouble too."""
    phone = {"viewport": {"width": 390, "height": 844}, **options}
    devices = Devices(browser, gallery)
    for name, path, scene, who in pages_of(gallery):
        if name.startswith(("phone", "join")):
            with devices.page(scene, who, **phone) as page:
                page.goto(gallery.url + path)
                yield name, page
    devices.close()
    for name, (page_name, scene_name, act) in ACTS.items():
        if not name.startswith(("phone", "join")):
            continue
        scene = next((scene for scene in gallery.scenes if scene.name == scene_name), None)
        path, who = scene.pages[page_name] if scene else (page_name, "anyone")
        page = open_page(browser, gallery, scene, who, **phone)
        page.goto(gallery.url + path)
        act(page)
        yield name, page
        page.context.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_sticks_out_or_hides_the_focus_on_any_screen_and_with_large_text(
    browser: Browser, shown: Gallery, language: str
) -> None:
    wrong: dict[str, list[str]] = {}
    for name, page in participants_pages(browser, shown, locale=language, reduced_motion="reduce"):
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            wrong[f"{name} {size}"] = sticks_out(page, width) + page.evaluate(COVERED)
        page.evaluate(LARGE_TEXT)
        wrong[f"{name} large text"] = sticks_out(page, width)
        wrong[f"{name} moves"] = ["something"] * page.evaluate(MOVING)
    assert {where: what for where, what in wrong.items() if what} == {}


def sticks_out(page: Page, width: int) -> list[str]:
    sideways = page.evaluate("document.documentElement.scrollWidth")
    found: list[str] = page.evaluate(STICKS_OUT)
    return found + [f"scrolls sideways to {sideways}"] * (sideways > width)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        running.do(running.world.advance())
        yield running


@pytest.fixture
def page(live: LiveWorld, phone: Take) -> Page:
    """A phone in the collect phase whose clock a test may wind on."""
    taken = phone()
    taken.clock.install()
    join(taken, live)
    taken.evaluate(LISTEN)
    return taken


def expect_said(page: Page, words: str) -> None:
    """At most one message in five seconds is said: wind the clock on to the next."""
    page.wait_for_timeout(200)
    page.clock.fast_forward(5100)
    page.wait_for_function("words => said.some(one => one.includes(words))", arg=words, polling=100)


def write(page: Page, text: str) -> None:
    page.get_by_label("Uw uitspraak").fill(text)
    page.locator("#composer-send").click()


def start_vote(live: LiveWorld, page: Page) -> None:
    async def prepare() -> None:
        await live.world.write_all(["een", "twee", "drie"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.advance("start_vote")

    live.do(prepare())
    expect(page.get_by_role("heading", name="Verdeel 3 punten")).to_be_visible()


def close_vote(live: LiveWorld) -> None:
    async def close() -> None:
        theme = (await live.world.theme_ids())["Samenwerking"]
        for seat in live.world.seats[:3]:
            await live.world.vote(seat, {theme: 1})
        await live.world.advance()

    live.do(close())


def give(page: Page) -> None:
    page.get_by_role("button", name="Punt geven aan Samenwerking").click()


def test_a_vote_its_points_and_the_empty_purse_are_said(live: LiveWorld, page: Page) -> None:
    start_vote(live, page)
    expect(page.locator("#alerts")).to_have_text("Er wordt gestemd. Verdeel 3 punten.")
    give(page)
    expect_said(page, "Samenwerking: 1 punt. Nog 2 over.")
    page.get_by_role("button", name="Punt weghalen bij Samenwerking").click()
    expect_said(page, "Samenwerking: 0 punten. Nog 3 over.")
    for _ in range(3):
        give(page)
    expect_said(page, "Samenwerking: 3 punten. Al uw punten zijn verdeeld.")
    page.get_by_role("button", name="Punt geven aan Samenwerking").click(force=True)
    expect_said(page, "Anders kiezen? Haal eerst ergens een punt weg.")


def test_what_is_kept_without_a_line_and_sent_when_it_is_back_is_said(live: LiveWorld, page: Page) -> None:
    go_offline(page)
    expect_said(page, "Geen verbinding. Uw tekst blijft bewaard.")
    write(page, "zonder verbinding")
    expect_said(page, "Bewaard op deze telefoon.")
    page.context.set_offline(False)
    expect(page.locator("#own-list")).to_contain_text("zonder verbinding")
    expect_said(page, "Weer verbonden. 1 bewaarde uitspraak is ingestuurd.")


def test_what_is_late_is_said(live: LiveWorld, page: Page) -> None:
    page.get_by_label("Uw uitspraak").fill("net te laat")
    live.do(live.world.advance())
    expect(page.locator("#banner-held")).to_be_visible()
    expect_said(page, "Het verzamelen is gesloten. Uw tekst staat er nog.")
    page.get_by_role("button", name="Stuur nog in").click()
    expect(page.locator("#alerts")).to_contain_text("Het verzamelen is gesloten. De moderator ordent de uitspraken.")


@pytest.mark.parametrize(
    ("was_tried", "words"),
    [(False, "Uw laatste wijziging is niet meegeteld"), (True, "Misschien is die meegeteld, misschien niet")],
)
def test_points_that_met_the_close_are_said_to_count_or_not(
    live: LiveWorld, page: Page, was_tried: bool, words: str
) -> None:
    start_vote(live, page)
    if was_tried:
        page.route("**/allocation", lambda route: route.abort())
        with page.expect_event("requestfailed"):
            give(page)
    else:
        go_offline(page)
        give(page)
    close_vote(live)
    page.unroute("**/allocation")
    page.context.set_offline(False)
    expect(page.locator("#banner-vote-unsure" if was_tried else "#banner-vote-late")).to_be_visible()
    expect_said(page, words)


def test_turning_the_phone_takes_no_text_focus_or_caret(live: LiveWorld, page: Page) -> None:
    field = page.get_by_label("Uw uitspraak")
    field.fill("meer aandacht voor soc")
    field.evaluate("field => field.setSelectionRange(5, 13)")
    page.set_viewport_size({"width": 844, "height": 390})
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    assert field.evaluate("field => [field.value, field.selectionStart]") == ["meer aandacht voor soc", 5]


def test_whoever_cleared_the_browser_joins_anew_and_the_counts_tell(
    live: LiveWorld, page: Page, open_context: Callable[..., BrowserContext]
) -> None:
    control_room, others = moderators_laptop(live, open_context), len(live.world.seats)
    write(page, "van voor het wissen")
    expect_counts(control_room, connected=1, took_part=others + 1)
    page.evaluate("localStorage.clear()")
    page.context.clear_cookies()
    page.goto(page.url)
    expect(page.get_by_label("Sessiecode")).to_be_visible()
    join(page, live)
    expect(page.get_by_text("van voor het wissen")).to_have_count(0)
    write(page, "van na het wissen")
    expect_counts(control_room, connected=1, took_part=others + 2)
    assert live.texts == ["van na het wissen", "van voor het wissen"]


def moderators_laptop(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Page:
    token = "een sleutel voor dit beeldscherm"
    made = {"moderator_id": live.world.moderator, "token_hash": anonymity.hash_token(token)}
    live.do(live.world.parts.writer.run(accounts.sign_in, **made))
    context = open_context(viewport=LAPTOP)
    context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
    laptop = context.new_page()
    laptop.goto(f"{live.url}/sessions/{live.world.session}/control-room")
    return laptop


def expect_counts(control_room: Page, connected: int, took_part: int) -> None:
    counts = control_room.locator("#counts .live-stat")
    expect(counts.nth(0)).to_have_text(re.compile(rf"verbonden\s*{connected}$"), timeout=20_000)
    expect(counts.nth(1)).to_have_text(re.compile(rf"meegedaan\s*{took_part}$"), timeout=20_000)
