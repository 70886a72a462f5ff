"""A phone that has more to send than is taken in a minute: it waits by itself, and nobody sees anything of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.domain import limits
from tests.browser.live_world import LiveWorld, go_offline, join, served

# Timers ring 60 ms early, and reading what is kept takes 4 ms a statement: between two looks a rest can end.
EARLY_TIMERS_ON_SLOW_STORAGE = """
const { setTimeout: later, Storage: { prototype }, performance } = window, { getItem } = prototype;
window.setTimeout = (act, wait = 0, ...rest) => later(act, wait > 900 ? wait - 60 : wait, ...rest);
prototype.getItem = function (key) {
  const until = performance.now() + (key.includes("statement:") ? 4 : 0);
  while (performance.now() < until);
  return getItem.call(this, key);
};
"""

TEXTS = [f"uitspraak {number:02}" for number in range(1, 13)]


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveWorld]:
    """A minute lasts three seconds."""
    monkeypatch.setattr(limits, "MINUTE", 3.0)
    with served(tmp_path) as running:
        running.world.parts.writer.batches.clock = running.loop.time
        running.do(running.world.advance())
        yield running


def write(page: Page, text: str) -> None:
    page.locator("#composer-text").fill(text)
    page.locator("#composer-send").click()


def test_twelve_written_offline_all_arrive_in_their_order_and_nothing_is_said_of_a_limit(
    live: LiveWorld, phone: Callable[..., Page]
) -> None:
    page = join(phone(), live)
    go_offline(page)
    for text in TEXTS:
        write(page, text)
    answers: list[int] = []
    sent: list[str] = []
    page.on("response", lambda answer: answer.url.endswith("/statements") and answers.append(answer.status))
    page.on("request", lambda asked: asked.url.endswith("/statements") and sent.append(asked.post_data_json["text"]))
    page.context.set_offline(False)
    expect(page.get_by_text("Weer verbonden. 10 bewaarde uitspraken zijn ingestuurd.").first).to_be_visible()
    expect(page.locator("#outbox-list .own-state:visible")).to_have_text(["Wacht", "Wacht"])
    expect(page.locator(".error:visible, .notice-error:visible, [data-state=refused]")).to_have_count(0)
    expect(page.locator("#own-heading")).to_have_text("Uw uitspraken (12)", timeout=20_000)
    assert live.texts == TEXTS
    assert answers.count(503) == 1, "it came back when told, and not before"
    assert list(dict.fromkeys(sent)) == TEXTS


def test_what_rests_goes_on_when_the_timer_rings_just_before_the_rest_is_over(
    live: LiveWorld, phone: Callable[..., Page]
) -> None:
    page = phone()
    page.add_init_script(EARLY_TIMERS_ON_SLOW_STORAGE)
    join(page, live)
    go_offline(page)
    for text in TEXTS[:11]:
        write(page, text)
    page.context.set_offline(False)
    expect(page.locator("#own-heading")).to_have_text("Uw uitspraken (11)", timeout=20_000)


def test_the_thirty_first_stays_on_the_phone_with_what_to_do(live: LiveWorld, phone: Callable[..., Page]) -> None:
    page = join(phone(), live)
    live.world.parts.writer.batches.pens.write = _full  # type: ignore[method-assign]
    write(page, "een te veel")
    kept = page.locator("#kept-list .own-statement")
    expect(kept).to_contain_text("U heeft bij deze vraag al 30 uitspraken ingestuurd; meer kan niet.")
    expect(kept.locator(".statement-text")).to_have_text("een te veel")
    expect(kept.get_by_role("button", name="Kopieer")).to_be_visible()


def test_before_the_scripts_have_come_a_text_is_given_back_to_send_again(
    live: LiveWorld, phone: Callable[..., Page]
) -> None:
    page = phone()
    page.route("**/js/*.js", lambda route: route.abort())
    page.goto(live.url)
    page.get_by_label("Sessiecode").fill(live.code)
    page.get_by_role("button", name="Meedoen").click()
    pens = live.world.parts.writer.batches.pens
    with pytest.MonkeyPatch.context() as plant:
        plant.setattr(pens, "write", _full)
        write(page, "een te veel")
        expect(page.get_by_role("heading", name="Uw tekst staat er nog")).to_be_visible()
        expect(page.get_by_label("Uw uitspraak")).to_have_value("een te veel")
    page.get_by_role("button", name="Stuur opnieuw in").click()
    expect(page.get_by_label("Uw uitspraak")).to_be_empty()
    assert live.texts == ["een te veel"]


def _full(_question: int, _participant: str, _now: float, most: int, _is_late: bool = False) -> None:
    raise limits.Refusal(limits.Reason.ENOUGH_STATEMENTS, limit=most)
