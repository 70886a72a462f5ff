"""The big screen in real Chromium: nothing is cut off unseen, it follows by itself, and comes back by itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BIG_SCREEN, Server
from tests.browser.scenes import Gallery
from tests.browser.screenshots import Devices

OVERFLOW = """() => {
    const main = document.getElementById("fit").getBoundingClientRect();
    const outside = [...document.querySelectorAll("#fit li, #fit h1, #fit h2, #fit p, #fit svg")].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.height && (box.bottom > main.bottom + 1 || box.right > main.right + 1);
    });
    const page = document.documentElement;
    return [page.scrollHeight > innerHeight, page.scrollWidth > innerWidth, outside.map((one) => one.className)];
}"""
MANY_MORE = """() => {
    for (const list of document.querySelectorAll(".big-screen-statements")) {
        const one = list.firstElementChild;
        for (let number = 0; number < 15; number++) list.append(Object.assign(one.cloneNode(true), {id: ""}));
        if (list.dataset.total) list.dataset.total = list.children.length;
    }
    document.dispatchEvent(new CustomEvent("moderato:pushed", {detail: {ids: ["stage"]}}));
}"""
SIZES = [(1920, 1080), (1280, 720), (1024, 768)]


def open_at(browser: Browser, gallery: Gallery, scene: str, **options: object) -> Page:
    view = {"viewport": BIG_SCREEN, "locale": "nl", **options}
    return show_at(browser.new_context(**view).new_page(), gallery, scene)  # type: ignore[arg-type]


def show_at(page: Page, gallery: Gallery, scene: str) -> Page:
    path = next(one.pages["big-screen"][0] for one in gallery.scenes if one.name == scene)
    page.goto(gallery.url + path)
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(200)
    return page


def test_nobody_has_to_scroll_in_any_phase(browser: Browser, shown: Gallery) -> None:
    cut: dict[str, object] = {}
    devices = Devices(browser, shown)
    for scene in shown.scenes:
        if "big-screen" in scene.pages:
            with devices.page(None, "anyone", viewport=BIG_SCREEN, locale="nl") as page:
                show_at(page, shown, scene.name)
                for width, height in SIZES:
                    page.set_viewport_size({"width": width, "height": height})
                    page.wait_for_timeout(150)
                    found = page.evaluate(OVERFLOW)
                    if found != [False, False, []]:
                        cut[f"{scene.name} {width}"] = found
    devices.close()
    assert cut == {}


def test_what_does_not_fit_is_counted(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "crowded-cluster")
    page.evaluate(MANY_MORE)
    total = page.locator(".big-screen-statements li").count()
    visible = page.locator(".big-screen-statements li:visible").count()
    notes = page.locator(".big-screen-not-shown:visible").all_inner_texts()
    assert visible < total
    assert page.evaluate(OVERFLOW) == [False, False, []]
    assert sum(int(re.sub(r"\D", "", note)) for note in notes) == total - visible
    page.context.close()


def test_the_smallest_text_can_be_read_from_the_back(browser: Browser, shown: Gallery) -> None:
    for scene in ("crowded-cluster", "crowded-result", "crowded-collect"):
        page = open_at(browser, shown, scene)
        sizes = page.evaluate(
            """() => [...document.querySelectorAll("#fit *")]
                .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
                    && one.getClientRects().length && !one.closest(".big-screen-letter"))
                .map((one) => parseFloat(getComputedStyle(one).fontSize))"""
        )
        page.context.close()
        assert min(sizes) >= 27


def test_light_is_chosen_by_key_and_remembered(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "waiting")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    expect(page.get_by_role("button", name="Licht scherm")).to_have_attribute("aria-pressed", "true")
    page.context.close()


def test_a_result_that_was_there_already_is_not_unfolded_again(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "result")
    expect(page.locator("html")).not_to_have_class(re.compile("is-revealing"))
    assert page.locator("#ranking li").count() == 8
    page.context.close()


def test_the_clock_counts_down_by_itself(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "collect")
    before = page.locator(".timer").inner_text()
    page.wait_for_timeout(1300)
    assert re.fullmatch(r"[1-9]?\d:\d\d", before)
    assert page.locator(".timer").inner_text() != before
    page.context.close()


def start(laptop: Page) -> None:
    """A session with one question, opened."""
    laptop.get_by_label("Leeg: uw eigen vragen").check()
    laptop.get_by_label("Titel").fill("Wijkvisie 2035")
    laptop.get_by_role("button", name="Sessie maken").click()
    laptop.locator("#text-new").fill("Wat gaat er goed?")
    laptop.locator(".agenda-question-new button").click()
    expect(laptop.locator(".agenda-question")).to_have_count(1)
    laptop.get_by_role("button", name="Start sessie").click()
    laptop.wait_for_url("**/control-room")


def test_the_screen_follows_the_moderator_and_survives_the_server(
    laptop: Page, phone: Callable[..., Page], open_context: Callable[..., BrowserContext], server: Server
) -> None:
    start(laptop)
    link = laptop.get_by_role("link", name="Zaalscherm").first.get_attribute("href")
    screen = open_context(viewport=BIG_SCREEN).new_page()
    screen.goto(f"{server.url}{link}")
    expect(screen.locator("#stage")).to_have_attribute("data-scene", "join")

    device = phone()
    device.goto(server.url)
    device.locator("[name=code]").fill(laptop.locator(".join-code-digits").first.inner_text())
    device.locator("form button[type=submit]").first.tap()
    expect(screen.locator(".big-screen-join-count")).to_contain_text("1")

    laptop.locator(".next-step-button").click()
    expect(screen.get_by_role("heading", name="Wat gaat er goed?")).to_be_visible()

    server.kill()
    expect(screen.locator("#connection")).to_contain_text("Geen verbinding")
    server.start()
    expect(screen.locator("#connection")).to_be_empty(timeout=15_000)
    laptop.reload()
    laptop.locator(".next-step-button").click()
    expect(screen.locator("#stage")).to_have_attribute("data-scene", "themes")


# The scene of another session's page, taken in as if it were pushed to this one.
PUSH_FROM = """async (path) => {
    const text = await (await fetch(path)).text();
    const stage = new DOMParser().parseFromString(text, "text/html").getElementById("stage").outerHTML;
    const { applyPush } = await import(document.querySelector("script[src*='live.js']").src);
    applyPush(`<div id="push" data-seq="99999">${stage}</div>`);
    const bar = document.querySelector("#ranking > li .big-screen-bar-fill");
    return [document.documentElement.className, getComputedStyle(bar).animationName];
}"""


def result_path(gallery: Gallery, name: str = "result") -> str:
    return next(scene.pages["big-screen"][0] for scene in gallery.scenes if scene.name == name)


def test_a_result_unfolds_once_and_is_then_spoken(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "vote")
    classes, animation = page.evaluate(PUSH_FROM, result_path(shown))
    assert ("is-revealing" in classes, animation) == (True, "big-screen-grow")
    expect(page.locator("#announcement ol > li").first).to_have_text("Samenwerking, 7 punten")
    expect(page.locator("#announcement ol > li")).to_have_count(8)
    expect(page.locator("html")).not_to_have_class(re.compile("is-revealing"))
    page.context.close()


def test_hands_are_spoken_behind_the_points_of_the_ballots(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "vote", reduced_motion="reduce")
    page.evaluate(PUSH_FROM, result_path(shown, "second-round"))
    expect(page.locator("#announcement ol > li").first).to_have_text(
        "Integrale werkwijze (proces+inhoud), 18 punten, 4 met de hand geteld"
    )
    page.context.close()


def test_bars_unfold_from_the_bottom_up_and_the_first_theme_last(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "vote")
    page.evaluate(PUSH_FROM, result_path(shown))
    starts = page.evaluate(
        """() => [...document.querySelectorAll("#ranking > li")].map((row) =>
            Math.max(...row.getAnimations({subtree: true}).map((one) => one.effect.getComputedTiming().delay)))"""
    )
    assert starts == sorted(starts, reverse=True) and len(set(starts)) == len(starts) == 8
    assert page.locator("#announcement").inner_text() == ""
    page.context.close()


def test_with_reduced_motion_a_result_is_there_at_once(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "vote", reduced_motion="reduce")
    assert page.evaluate(PUSH_FROM, result_path(shown))[1] == "none"
    expect(page.locator("#announcement ol > li")).to_have_count(8)
    page.context.close()


def test_a_second_round_shows_both_votes_and_says_what_moved(browser: Browser, shown: Gallery) -> None:
    page = open_at(browser, shown, "second-round")
    row = page.locator("#ranking > li").first
    expect(row.locator(".big-screen-before")).to_contain_text(
        "Ronde 1: 9 punten, plaats 2. 9 punten meer, 1 plaats omhoog"
    )
    widths = row.evaluate("row => [...row.querySelectorAll('rect')].map((bar) => bar.getBoundingClientRect().width)")
    assert abs(widths[0] / widths[1] - 18 / 9) < 0.05
    page.context.close()
