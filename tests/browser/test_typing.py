"""A phase that changes while people type: they go on undisturbed, and the moderator is asked first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from app.commands import accounts
from app.domain import anonymity
from app.domain.agenda import QuestionSettings
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]
HALF = "meer aandacht voor soc"
GUIDED = QuestionSettings(POSITIVE, themes=("Samenwerking", "Snelheid"))


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(GUIDED, QuestionSettings("Wat nu?"))) as running:
        yield running


@pytest.fixture
def collecting(live: LiveWorld, phone: Take) -> Page:
    """A phone in the collect phase of a guided question, too small for all that is on it."""
    live.do(live.world.advance())
    return join(phone(viewport={"width": 320, "height": 420}), live)


@pytest.fixture
def control_room(live: LiveWorld, open_context: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Opens the moderator's control room."""

    def open_one() -> Page:
        token = "een sleutel voor dit beeldscherm"
        made = {"moderator_id": live.world.moderator, "token_hash": anonymity.hash_token(token)}
        live.do(live.world.parts.writer.run(accounts.sign_in, **made))
        context = open_context(viewport=LAPTOP)
        context.add_cookies([{"name": "sign_in", "value": token, "url": live.url}])
        page = context.new_page()
        page.goto(f"{live.url}/sessions/{live.world.session}/control-room")
        return page

    return open_one


def typing(live: LiveWorld) -> int:
    return live.world.parts.rooms.typing(live.world.session, live.do(live.world.question()).id)


def expect_typing(page: Page, live: LiveWorld, number: int) -> None:
    for _ in range(100):
        if typing(live) == number:
            return
        page.wait_for_timeout(50)
    assert typing(live) == number


def caret(field: Locator) -> list[int]:
    found: list[int] = field.evaluate("field => [field.selectionStart, field.selectionEnd]")
    return found


def place(field: Locator) -> list[float]:
    """Where the field is on the screen, and how far the page is scrolled."""
    found: list[float] = field.evaluate("field => [field.getBoundingClientRect().top, scrollX]")
    return found


def own(page: Page, text: str) -> Locator:
    return page.locator("#own-list .own-statement").filter(has_text=text)


def test_closing_leaves_text_caret_focus_and_scroll_and_offers_to_send(live: LiveWorld, collecting: Page) -> None:
    field = collecting.locator("#composer-text")
    collecting.get_by_role("radio", name="Snelheid").check()
    field.press_sequentially(HALF)
    field.evaluate("field => { field.setSelectionRange(5, 13); field.scrollIntoView({ block: 'center' }); }")
    before = place(field)
    live.do(live.world.advance())
    expect(collecting.locator("#composer-send")).to_have_text("Stuur nog in")
    expect(field).to_be_focused()
    assert (field.input_value(), caret(field), place(field)) == (HALF, [5, 13], before)
    collecting.get_by_role("button", name="Stuur nog in").click()
    card = own(collecting, HALF)
    expect(card).to_contain_text("Snelheid")
    expect(card).to_contain_text("komt er later bij")
    assert live.texts == [HALF]


def test_a_statement_being_changed_at_the_close_is_left_alone_and_may_come_in_as_a_new_one(
    live: LiveWorld, collecting: Page
) -> None:
    collecting.locator("#composer-text").fill("status overleggen")
    collecting.locator("#composer-send").click()
    own(collecting, "status overleggen").get_by_role("button", name="Wijzig").click()
    field = collecting.locator(".own-editor textarea")
    field.fill("status van de overleggen")
    field.evaluate("field => { field.setSelectionRange(7, 7); field.scrollIntoView({ block: 'center' }); }")
    before = place(field)
    live.do(live.world.advance())
    button = collecting.locator(".own-editor").get_by_role("button", name="Stuur nog in")
    expect(button).to_be_visible()
    expect(field).to_be_focused()
    assert (caret(field), place(field)) == ([7, 7], before)
    expect(collecting.get_by_role("button", name="Niet insturen")).to_be_hidden()
    expect(collecting.locator("#kept")).to_be_hidden()
    button.click()
    expect(own(collecting, "status van de overleggen")).to_contain_text("komt er later bij")
    expect(own(collecting, "status overleggen")).to_contain_text("Vast: verzamelen gesloten")
    assert live.texts == ["status overleggen", "status van de overleggen"]


def test_the_moderator_who_closes_on_a_writer_is_asked_waits_and_then_closes(
    live: LiveWorld, collecting: Page, control_room: Callable[[], Page]
) -> None:
    room = control_room()
    field = collecting.locator("#composer-text")
    field.press_sequentially(HALF)
    expect_typing(collecting, live, 1)
    expect(room.locator("#stage")).to_be_visible()
    next_step = room.locator(".next-step-button")
    next_step.click()
    dialog = room.get_by_role("dialog", name="Er wordt nog geschreven.")
    expect(dialog).to_contain_text("Ze kunnen het nog insturen terwijl u ordent.")
    expect(dialog.get_by_role("link", name="Nog even wachten")).to_be_focused()
    room.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(next_step).to_be_focused()
    room.wait_for_timeout(500)
    next_step.click()
    dialog.get_by_role("button", name="Nu sluiten").click()
    expect(room.locator("#stage.stage-cluster")).to_be_visible()
    expect(field).to_have_value(HALF)
    expect(collecting.locator("#composer-send")).to_have_text("Stuur nog in")


def test_what_is_sent_emptied_or_out_of_sight_is_not_being_typed(live: LiveWorld, collecting: Page) -> None:
    field = collecting.locator("#composer-text")
    field.press_sequentially("een")
    expect_typing(collecting, live, 1)
    collecting.locator("#composer-send").click()
    expect_typing(collecting, live, 0)
    field.press_sequentially("twee")
    expect_typing(collecting, live, 1)
    field.fill("")
    expect_typing(collecting, live, 0)
    field.press_sequentially("drie")
    expect_typing(collecting, live, 1)
    collecting.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect_typing(collecting, live, 0)


def test_few_messages_are_sent_without_a_word_and_none_while_offline(live: LiveWorld, collecting: Page) -> None:
    told: list[str] = []
    collecting.on("request", lambda one: "/presence" in one.url and told.append(str(one.post_data).strip()))
    field = collecting.locator("#composer-text")
    field.press_sequentially(HALF)
    expect_typing(collecting, live, 1)
    question = live.do(live.world.question()).id
    assert told == [f'{{"question":{question},"typing":true}}']
    go_offline(collecting)
    field.fill("")
    field.press_sequentially("zonder verbinding")
    expect_typing(collecting, live, 0)
    assert len(told) == 1
    collecting.context.set_offline(False)
    expect(collecting.locator(".connection-ok")).to_be_visible()
    expect_typing(collecting, live, 1)


def test_whoever_leaves_a_text_for_a_while_no_longer_keeps_the_moderator_waiting(
    live: LiveWorld, collecting: Page
) -> None:
    collecting.clock.install()
    collecting.reload()
    expect(collecting.locator(".connection-ok")).to_be_visible()
    collecting.locator("#composer-text").press_sequentially(HALF)
    expect_typing(collecting, live, 1)
    collecting.clock.run_for(20_000)
    assert typing(live) == 1
    collecting.clock.run_for(12_000)
    expect_typing(collecting, live, 0)
