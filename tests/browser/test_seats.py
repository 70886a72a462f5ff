"""A seat that moves on to another phone, and several seats on one: whose turn it is, and nothing lost by switching."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.live.test_room import until
from tests.world import POSITIVE

Take = Callable[..., Page]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        yield running


def start_vote(live: LiveWorld) -> None:
    async def prepare() -> None:
        await live.world.write_all(["een", "twee", "drie"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.make_theme("Snelheid", ["twee"])
        await live.world.advance("start_vote")

    live.do(prepare())


def write(page: Page, text: str) -> None:
    page.get_by_label("Uw uitspraak").fill(text)
    page.get_by_role("button", name="Insturen").click()
    expect(page.locator("#own-list").get_by_text(text)).to_be_visible()


def give(page: Page, theme: str) -> None:
    with page.expect_response("**/allocation"):
        page.get_by_role("button", name=f"Punt geven aan {theme}").click()


def points(page: Page, theme: str) -> object:
    return page.get_by_role("group", name=theme).locator(".points-number")


def code_on(page: Page) -> str:
    """The recovery code that a phone shows when its participant asks for it."""
    page.get_by_role("link", name="Verder op een ander apparaat").click()
    page.get_by_role("button", name="Toon mijn herstelcode").click()
    return page.locator(".recovery-code").inner_text()


def voted_and_ready(live: LiveWorld, phone: Take) -> Page:
    """A phone that wrote, gave two points and said that it is done."""
    old = join(phone(), live)
    live.do(live.world.advance())
    write(old, "korte lijnen")
    start_vote(live)
    give(old, "Samenwerking")
    give(old, "Samenwerking")
    with old.expect_response("**/presence"):
        old.get_by_role("button", name="Ik ben klaar").click()
    return old


def expect_moved(new: Page) -> None:
    expect(points(new, "Samenwerking")).to_have_text("2")
    expect(new.get_by_role("button", name="Ik ben klaar")).to_have_attribute("aria-pressed", "true")
    expect(new.get_by_text("korte lijnen")).to_have_count(0)


def test_a_typed_code_brings_points_and_readiness_and_leaves_statements_behind(live: LiveWorld, phone: Take) -> None:
    old = voted_and_ready(live, phone)
    code = code_on(old)
    new = phone()
    new.goto(live.url)
    new.get_by_role("link", name="Ik heb een herstelcode").click()
    expect(new.get_by_text("blijft op het apparaat waarop u ze schreef")).to_be_visible()
    new.get_by_label("Herstelcode").fill(code.lower())
    new.get_by_role("button", name="Ga hier verder").click()
    expect_moved(new)
    new.get_by_role("button", name="Punt weghalen bij Samenwerking").click()
    old.get_by_role("link", name="Terug naar de sessie").click()
    expect(points(old, "Samenwerking")).to_have_text("1")


def test_the_qr_link_fills_the_code_in_and_leaves_it_in_no_address(live: LiveWorld, phone: Take) -> None:
    old = voted_and_ready(live, phone)
    code = re.sub(r"\s+", "-", code_on(old).strip())
    new = phone()
    asked: list[str] = []
    new.on("request", lambda request: asked.append(request.url))
    new.goto(f"{live.url}/recover#{code}")
    expect(new.get_by_text("De QR-code heeft de herstelcode ingevuld.", exact=False)).to_be_visible()
    expect(new.get_by_role("button", name="Ga hier verder")).to_be_focused()
    assert new.evaluate("location.href") == f"{live.url}/recover"
    new.get_by_role("button", name="Ga hier verder").click()
    expect_moved(new)
    assert not [url for url in asked if code[:4] in url.split("#")[0]]
    assert code[:4] not in new.evaluate("JSON.stringify(localStorage)") + old.evaluate("JSON.stringify(localStorage)")


def test_when_two_devices_of_a_seat_give_points_at_once_the_later_one_is_told(live: LiveWorld, phone: Take) -> None:
    old = voted_and_ready(live, phone)
    token = next(cookie for cookie in old.context.cookies(f"{live.url}/s/{live.code}") if cookie["name"] == "seat")
    new = phone()
    new.context.add_cookies([token])
    new.goto(old.url)
    expect(points(new, "Samenwerking")).to_have_text("2")
    # Else it may learn of the other's points before it gives its own.
    old.route("**/allocation?**", lambda asked: asked.abort())
    give(new, "Snelheid")
    give(old, "Samenwerking")
    expect(old.get_by_text("Uw punten zijn op een ander apparaat gewijzigd.")).to_be_visible()
    expect(points(old, "Samenwerking")).to_have_text("2")
    expect(points(old, "Snelheid")).to_have_text("1")


def take_next_seat(page: Page) -> None:
    page.get_by_role("link", name="Nog een deelnemer op dit apparaat").click()
    page.get_by_role("button", name=re.compile("Doe mee als deelnemer")).click()
    expect(page.locator(".connection-ok")).to_be_visible()


def turn(page: Page) -> object:
    return page.get_by_role("navigation", name="Deelnemers op dit apparaat").locator(".seats-bar-turn")


def switch(page: Page, number: int) -> None:
    page.get_by_role("link", name=f"Wissel naar deelnemer {number}").click()
    expect(turn(page)).to_contain_text(f"Deelnemer {number} op dit apparaat")


def test_two_people_on_one_phone_have_lists_drafts_and_budgets_of_their_own(live: LiveWorld, phone: Take) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    expect(page.get_by_label("Uw uitspraak")).to_be_visible()
    expect(turn(page)).to_be_hidden()
    write(page, "van de eerste")
    page.get_by_label("Uw uitspraak").fill("concept van de eerste")
    take_next_seat(page)
    expect(turn(page)).to_contain_text("Deelnemer 2 op dit apparaat")
    expect(page.get_by_label("Uw uitspraak")).to_have_value("")
    expect(page.get_by_text("van de eerste")).to_have_count(0)
    write(page, "van de tweede")
    page.get_by_label("Uw uitspraak").fill("concept van de tweede")
    switch(page, 1)
    expect(page.get_by_label("Uw uitspraak")).to_have_value("concept van de eerste")
    expect(page.locator("#own-list li")).to_have_count(1)
    switch(page, 2)
    expect(page.get_by_label("Uw uitspraak")).to_have_value("concept van de tweede")
    page.get_by_label("Uw uitspraak").fill("")
    start_vote(live)
    give(page, "Snelheid")
    switch(page, 1)
    expect(points(page, "Snelheid")).to_have_text("0")
    give(page, "Samenwerking")
    expect(page.locator("#purse-left")).to_have_text("Nog 2 van 3 punten")
    assert live.texts == ["drie", "een", "twee", "van de eerste", "van de tweede"]


def test_what_the_other_seat_wrote_without_a_line_is_sent_while_this_one_is_open(
    live: LiveWorld, phone: Take, open_context: Callable[..., BrowserContext]
) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    take_next_seat(page)
    other = page.context.new_page()
    other.goto(f"{live.url}/s/{live.code}")
    expect(other.locator(".connection-ok")).to_be_visible()
    go_offline(page)
    page.get_by_label("Uw uitspraak").fill("zonder verbinding")
    page.get_by_role("button", name="Bewaar op deze telefoon").click()
    expect(page.locator("#outbox-list")).to_contain_text("zonder verbinding")
    page.close()
    with other.expect_response(lambda response: response.url.endswith(f"/2/s/{live.code}/statements")):
        other.context.set_offline(False)
    switch(other, 2)
    expect(other.locator("#own-list")).to_contain_text("zonder verbinding")
    assert live.texts == ["zonder verbinding"]


def lose_the_answer(page: Page, path: str) -> None:
    """What is posted there arrives once, and the line is gone before the answer has come."""

    def lose(route: Route) -> None:
        route.fetch()
        page.context.set_offline(True)
        route.abort()

    page.route(path, lose, times=1)


def lose_the_request(page: Page, path: str) -> None:
    """The line is gone before what is posted there has arrived."""

    def lose(route: Route) -> None:
        page.context.set_offline(True)
        route.abort()

    page.route(path, lose, times=1)


def leave_for_the_first_seat(page: Page, live: LiveWorld) -> Page:
    """The page of the second seat closes without a line, and the first one opens with one."""
    other = page.context.new_page()
    page.close()
    other.context.set_offline(False)
    other.goto(f"{live.url}/s/{live.code}")
    return other


def test_what_the_other_seat_took_back_before_it_arrived_is_settled_while_this_one_is_open(
    live: LiveWorld, phone: Take
) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    take_next_seat(page)
    lose_the_request(page, "**/statements")
    page.get_by_label("Uw uitspraak").fill("toch maar niet")
    page.get_by_role("button", name="Insturen").click()
    expect(page.locator(".connection-off")).to_be_visible()
    page.get_by_role("button", name="Verwijder: toch maar niet").click()
    taken_back = f"/2/s/{live.code}/statements/retract"
    with page.context.expect_event("response", lambda response: response.url.endswith(taken_back)) as answer:
        leave_for_the_first_seat(page, live)
    assert answer.value.json()["retracted"]
    assert live.texts == []


def test_points_of_the_other_seat_whose_answer_was_lost_here_are_not_said_to_be_uncounted(
    live: LiveWorld, phone: Take
) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    start_vote(live)
    take_next_seat(page)
    go_offline(page)
    page.get_by_role("button", name="Punt geven aan Samenwerking").click()
    other = page.context.new_page()
    page.close()
    lose_the_answer(other, f"**/2/s/{live.code}/allocation")
    other.context.set_offline(False)
    other.goto(f"{live.url}/s/{live.code}")
    expect(other.locator(".connection-off")).to_be_visible()
    live.do(live.world.advance())
    other.context.set_offline(False)
    switch(other, 2)
    expect(other.locator("#banner-vote-unsure")).to_be_visible()


def test_both_seats_of_a_device_count_as_present(live: LiveWorld, phone: Take) -> None:
    page = join(phone(), live)
    take_next_seat(page)
    with page.expect_response(lambda response: f"/s/{live.code}/screen" in response.url and "/2/" not in response.url):
        page.reload()

    def both_are_here() -> bool:
        return live.world.parts.rooms.of(live.world.session).presence.counts(None, None).connected == 2

    # The look at the screen may still be one of the page before: its socket goes, and the new one comes.
    live.do(until(both_are_here))


def test_a_third_seat_gets_the_next_number_and_each_finds_the_others(live: LiveWorld, phone: Take) -> None:
    page = join(phone(), live)
    take_next_seat(page)
    switch(page, 1)
    take_next_seat(page)
    expect(turn(page)).to_contain_text("Deelnemer 3 op dit apparaat")
    switch(page, 1)
    links = page.get_by_role("navigation", name="Deelnemers op dit apparaat").get_by_role("link")
    expect(links).to_have_count(2)
    expect(links.last).to_have_accessible_name("Wissel naar deelnemer 3")
    codes = []
    for number in (1, 2):
        switch(page, number) if number > 1 else None
        codes.append(code_on(page))
        page.get_by_role("link", name="Terug naar de sessie").click()
    assert len({anonymity.read_recovery_code(code) for code in codes}) == 2


def test_a_day_after_the_end_all_seats_of_the_session_are_forgotten(live: LiveWorld, phone: Take) -> None:
    page = join(phone(), live)
    live.do(live.world.advance())
    take_next_seat(page)
    page.get_by_label("Uw uitspraak").fill("concept van de tweede")
    switch(page, 1)
    page.evaluate(f"localStorage.setItem('moderato:{live.code}:ended', Date.now() - 90000000)")
    page.goto(live.url)
    expect(page.get_by_label("Sessiecode")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
