"""Phones in real Chromium: nothing typed is lost, nothing sent is doubled, and nobody is interrupted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from app.commands import phases
from app.domain.agenda import QuestionSettings
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]
HALF = "meer aandacht voor soc"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        yield running


def write(page: Page, text: str) -> None:
    page.locator("#composer-text").fill(text)
    page.locator("#composer-send").click()


def own(page: Page, text: str) -> object:
    return page.locator("#own-list .own-statement").filter(has_text=text)


@pytest.fixture
def collecting(live: LiveWorld, phone: Take) -> Page:
    """A phone in the collect phase of the first question."""
    live.do(live.world.advance())
    return join(phone(), live)


def test_a_wrong_code_stays_in_its_field_and_the_right_one_leads_in(live: LiveWorld, phone: Take) -> None:
    page = phone()
    page.goto(live.url)
    field = page.get_by_label("Sessiecode")
    field.fill("000 000")
    field.press("Enter")
    expect(page.get_by_text("Deze code kennen we niet.")).to_be_visible()
    expect(field).to_have_value("000 000")
    expect(field).to_be_focused()
    field.fill(live.code)
    field.press("Enter")
    expect(page.get_by_role("heading", name="U bent binnen. We beginnen zo.")).to_be_visible()


def test_what_is_written_offline_waits_and_is_sent_once(live: LiveWorld, collecting: Page) -> None:
    go_offline(collecting)
    expect(collecting.get_by_text("U kunt gewoon doorschrijven.")).to_be_visible()
    expect(collecting.locator("#composer-send")).to_have_text("Bewaar op deze telefoon")
    write(collecting, "nieuwe wijkpost")
    expect(collecting.locator("#outbox")).to_contain_text("Nog te versturen (1)")
    collecting.locator("#composer-text").fill(HALF)
    collecting.context.set_offline(False)
    expect(collecting.get_by_text("Weer verbonden. 1 bewaarde uitspraak is ingestuurd.").first).to_be_visible()
    expect(own(collecting, "nieuwe wijkpost")).to_have_count(1)
    expect(collecting.locator("#composer-text")).to_have_value(HALF)
    assert live.texts == ["nieuwe wijkpost"]


def test_how_many_were_sent_stays_said_when_they_arrive_before_the_socket_does(collecting: Page) -> None:
    go_offline(collecting)
    collecting.evaluate("document.dispatchEvent(new CustomEvent('moderato:delivered', { detail: { count: 1 } }))")
    collecting.context.set_offline(False)
    expect(collecting.locator("#connection").get_by_text("Verbonden")).to_be_visible()
    expect(collecting.locator("#banner-back-text")).to_have_text("Weer verbonden. 1 bewaarde uitspraak is ingestuurd.")


def test_an_answer_that_gets_lost_doubles_nothing(live: LiveWorld, collecting: Page) -> None:
    lost = []

    def lose_first(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    collecting.route("**/statements", lose_first)
    write(collecting, "korte lijnen -> snel actie")
    expect(own(collecting, "korte lijnen -> snel actie")).to_be_visible()
    assert lost == [201]
    assert live.texts == ["korte lijnen -> snel actie"]


def test_a_server_that_is_too_busy_is_asked_again(live: LiveWorld, collecting: Page) -> None:
    busy = [503, 503]

    def refuse(route: Route) -> None:
        if busy:
            return route.fulfill(status=busy.pop(), headers={"Retry-After": "0"}, json={"refusal": "overloaded"})
        return route.continue_()

    collecting.route("**/statements", refuse)
    write(collecting, "even geduld")
    expect(own(collecting, "even geduld")).to_be_visible()
    assert live.texts == ["even geduld"]


def test_a_reload_keeps_the_half_sentence_and_the_outbox(live: LiveWorld, collecting: Page) -> None:
    collecting.route("**/statements", lambda route: route.abort())
    write(collecting, "nog niet weg")
    collecting.locator("#composer-text").fill(HALF)
    collecting.reload()
    expect(collecting.locator("#composer-text")).to_have_value(HALF)
    expect(collecting.locator("#outbox-list")).to_contain_text("nog niet weg")
    collecting.unroute("**/statements")
    expect(own(collecting, "nog niet weg")).to_be_visible(timeout=15_000)
    assert live.texts == ["nog niet weg"]


def test_the_end_of_collecting_takes_neither_text_nor_caret(live: LiveWorld, collecting: Page) -> None:
    field = collecting.locator("#composer-text")
    field.press_sequentially(HALF)
    live.do(live.world.advance())
    expect(collecting.get_by_text("Het verzamelen is gesloten. Uw tekst staat er nog.").first).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially("iale zaken")
    collecting.get_by_role("button", name="Stuur nog in").click()
    expect(collecting.get_by_role("heading", name="De moderator ordent de uitspraken.")).to_be_focused()
    card = own(collecting, HALF + "iale zaken")
    expect(card).to_contain_text("komt er later bij")
    card.get_by_role("button", name="Trek in").click()
    expect(card).to_contain_text("Ingetrokken.")
    assert live.texts == []


def test_what_somebody_decides_not_to_send_stays_on_the_phone(live: LiveWorld, collecting: Page) -> None:
    collecting.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    collecting.get_by_role("button", name="Niet insturen").click()
    expect(collecting.get_by_role("heading", name="De moderator ordent de uitspraken.")).to_be_visible()
    collecting.reload()
    expect(collecting.locator("#kept-list")).to_contain_text(HALF)
    assert live.texts == []


def test_a_draft_found_after_a_reload_in_the_next_phase_can_still_be_sent(live: LiveWorld, collecting: Page) -> None:
    collecting.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    collecting.reload()
    card = collecting.locator("#kept-list .own-statement")
    card.get_by_role("button", name="Stuur nog in").click()
    expect(own(collecting, HALF)).to_contain_text("komt er later bij")
    assert live.texts == [HALF]


def test_a_text_that_meets_an_open_vote_is_kept_with_the_reason(live: LiveWorld, collecting: Page) -> None:
    async def to_vote() -> None:
        await live.world.write_all(["een"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.advance()

    collecting.locator("#composer-text").fill(HALF)
    live.do(to_vote())
    expect(collecting.locator("#banner-held")).to_contain_text("Het stemmen is al begonnen; uw tekst staat er nog.")
    expect(collecting.get_by_role("button", name="Stuur nog in")).to_be_hidden()
    collecting.get_by_role("button", name="Bewaar hier en ga verder").click()
    expect(collecting.get_by_role("heading", name=re.compile("Verdeel 3 punten"))).to_be_visible()
    card = collecting.locator("#kept-list .own-statement")
    expect(card).to_contain_text("Het stemmen is al begonnen; uw tekst staat er nog.")
    card.get_by_role("button", name="Kopieer").click()
    expect(card).to_contain_text("Gekopieerd")


def test_an_outbox_that_comes_back_during_the_vote_says_why_it_was_not_taken(live: LiveWorld, collecting: Page) -> None:
    async def to_vote() -> None:
        await live.world.write_all(["een"])
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["een"])
        await live.world.advance()

    go_offline(collecting)
    write(collecting, "in de bus geschreven")
    live.do(to_vote())
    collecting.context.set_offline(False)
    card = collecting.locator("#kept-list .own-statement")
    expect(card).to_contain_text("in de bus geschreven")
    expect(card).to_contain_text("Het stemmen is al begonnen; uw tekst staat er nog.")
    assert live.texts == ["een"]


def test_going_back_to_collecting_leaves_the_writer_alone(live: LiveWorld, collecting: Page) -> None:
    async def back() -> None:
        await live.world.run(phases.go_back, page=await live.world.page(), confirmed="")

    collecting.locator("#composer-text").fill(HALF)
    live.do(live.world.advance())
    expect(collecting.locator("#banner-held")).to_be_visible()
    live.do(back())
    expect(collecting.locator("#banner-held")).to_be_hidden()
    expect(collecting.locator("#composer-text")).to_have_value(HALF)
    expect(collecting.locator("#composer-send")).to_have_text("Insturen")


def test_own_statements_are_changed_retracted_and_put_back(live: LiveWorld, collecting: Page) -> None:
    write(collecting, "status overlegen")
    card = collecting.locator("#own-list .own-statement")
    card.get_by_role("button", name="Wijzig").click()
    card.locator("textarea").fill("status overleggen")
    card.get_by_role("button", name="Bewaar").click()
    expect(card.get_by_text("Zojuist")).to_be_visible()
    assert live.texts == ["status overleggen"]
    card.get_by_role("button", name="Trek in").click()
    expect(card).to_contain_text("Ingetrokken.")
    assert live.texts == []
    card.get_by_role("button", name="Zet terug").click()
    expect(card.get_by_role("button", name="Trek in")).to_be_visible()
    assert live.texts == ["status overleggen"]


def test_what_was_retracted_before_the_close_stays_retracted(live: LiveWorld, collecting: Page) -> None:
    write(collecting, "toch niet")
    card = own(collecting, "toch niet")
    card.get_by_role("button", name="Trek in").click()
    expect(card).to_contain_text("Ingetrokken.")
    live.do(live.world.advance())
    expect(collecting.get_by_role("heading", name="De moderator ordent de uitspraken.")).to_be_visible()
    expect(own(collecting, "toch niet")).to_contain_text("Ingetrokken.")
    expect(own(collecting, "toch niet").get_by_role("button", name="Zet terug")).to_be_hidden()


def test_a_change_that_meets_an_open_vote_is_kept_with_the_reason(live: LiveWorld, collecting: Page) -> None:
    async def to_vote() -> None:
        await live.world.advance()
        await live.world.make_theme("Samenwerking", ["status overleggen"])
        await live.world.advance()

    write(collecting, "status overleggen")
    card = own(collecting, "status overleggen")
    card.get_by_role("button", name="Wijzig").click()
    card.locator("textarea").fill("status van de overleggen")
    live.do(to_vote())
    card.get_by_role("button", name="Bewaar hier en ga verder").click()
    expect(collecting.get_by_role("heading", name=re.compile("Verdeel 3 punten"))).to_be_visible()
    kept = collecting.locator("#kept-list .own-statement")
    expect(kept).to_contain_text("status van de overleggen")
    expect(kept).to_contain_text("Het stemmen is al begonnen; uw tekst staat er nog.")
    assert live.texts == ["status overleggen"]


def test_a_timer_counts_on_the_phone_and_leaves_the_field_alone(live: LiveWorld, collecting: Page) -> None:
    async def start() -> None:
        await live.world.run(phases.set_timer, page=await live.world.page(), act="start")

    collecting.locator("#composer-text").press_sequentially(HALF)
    live.do(start())
    expect(collecting.locator("#phone-header .timer")).to_have_text(re.compile("4:5"))
    expect(collecting.locator("#composer-text")).to_be_focused()
    expect(collecting.locator(".connection-ok")).to_be_visible()


def test_a_text_that_is_too_long_is_never_cut(live: LiveWorld, collecting: Page) -> None:
    write(collecting, "x" * 150)
    expect(collecting.locator("#composer-error-text")).to_contain_text("10 tekens te veel.")
    expect(collecting.locator("#composer-text")).to_have_value("x" * 150)
    assert live.texts == []


def test_two_tabs_of_one_phone_agree(live: LiveWorld, collecting: Page) -> None:
    other = collecting.context.new_page()
    other.goto(collecting.url)
    write(collecting, "één gedachte")
    expect(own(other, "één gedachte")).to_be_visible()
    own(other, "één gedachte").get_by_role("button", name="Trek in").click()
    expect(collecting.locator("#own-list")).to_contain_text("Ingetrokken.")
    assert live.texts == []


def test_a_phone_whose_sockets_are_blocked_still_follows(live: LiveWorld, phone: Take) -> None:
    page = phone()

    def block(socket: WebSocketRoute) -> None:
        socket.close()

    page.route_web_socket("**/socket**", block)
    join(page, live)
    live.do(live.world.advance())
    expect(page.get_by_role("heading", name=POSITIVE)).to_be_visible()


def test_switching_the_language_keeps_the_half_sentence(collecting: Page) -> None:
    collecting.locator("#composer-text").fill(HALF)
    collecting.get_by_role("link", name="English").click()
    expect(collecting.get_by_label("Your statement", exact=True)).to_have_value(HALF)
    expect(collecting.locator("html")).to_have_attribute("lang", "en")


def test_what_happens_is_also_said(live: LiveWorld, collecting: Page) -> None:
    write(collecting, "een")
    expect(collecting.locator("#announcement")).to_have_text("Ingestuurd. U heeft 1 uitspraak.")
    live.do(live.world.advance())
    expect(collecting.locator("#alerts")).to_contain_text("De moderator ordent de uitspraken.")
