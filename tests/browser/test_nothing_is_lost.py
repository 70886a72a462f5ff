"""Whatever the network and the moderator do, each text is delivered once, in its latest form, or still on its phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.domain.agenda import QuestionSettings
from tests.browser.journal import Journal, compare
from tests.browser.live_world import LiveWorld, go_offline, join, served
from tests.world import POSITIVE

Take = Callable[..., Page]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with served(tmp_path, questions=(QuestionSettings(POSITIVE, budget=3), QuestionSettings("Wat nu?"))) as running:
        running.do(running.world.advance())
        yield running


@pytest.fixture
def journal(live: LiveWorld, phone: Take) -> Journal:
    """Somebody in the collect phase."""
    return Journal(join(phone(), live))


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "moderato.db"


async def to_vote(live: LiveWorld, texts: list[str]) -> None:
    await live.world.write_all(texts)
    await live.world.advance()
    await live.world.make_theme("Samenwerking", texts[:1])
    await live.world.make_theme("Snelheid", texts[1:])
    await live.world.advance()


def lose_the_answer(page: Page, path: str) -> None:
    """The next request to this path is done, and before its answer comes the network goes."""
    asked: list[int] = []

    def lose(route: Route) -> None:
        if not asked:
            asked.append(route.fetch().status)
            page.context.set_offline(True)
        route.abort()

    page.route(path, lose)


def test_the_network_goes_while_somebody_types(journal: Journal, database: Path) -> None:
    journal.type("eerst met")
    go_offline(journal.page)
    journal.type(" en dan zonder verbinding")
    assert compare([journal], database) == []
    journal.send()
    journal.type("en nog een half")
    assert compare([journal], database) == []
    journal.page.context.set_offline(False)
    journal.settle()
    assert journal.sent == ["eerst met en dan zonder verbinding"]
    assert compare([journal], database) == []


def test_the_network_goes_while_something_is_sent_and_it_is_changed_before_the_answer(
    journal: Journal, database: Path
) -> None:
    lose_the_answer(journal.page, "**/statements")
    journal.send("eerste vorm")
    expect(journal.page.locator(".connection-off")).to_be_visible()
    assert compare([journal], database, others=["eerste vorm"]) == []
    journal.change("eerste vorm", "tweede vorm")
    journal.send("daarna geschreven")
    journal.page.unroute("**/statements")
    journal.page.context.set_offline(False)
    journal.settle()
    assert compare([journal], database) == []


def test_a_change_made_while_its_statement_was_on_its_way_and_refused_leaves_what_stands(
    live: LiveWorld, journal: Journal, database: Path
) -> None:
    page, held = journal.page, []
    page.route("**/statements", lambda route: held.append(route), times=1)
    journal.send("zoals ingestuurd")
    expect(page.locator("#outbox-list")).to_contain_text("zoals ingestuurd")
    journal.change("zoals ingestuurd", "te laat veranderd")
    page.route("**/statements", lambda route: (live.do(live.world.advance()), route.continue_()), times=1)
    held[0].continue_()
    expect(page.get_by_role("heading", name="De moderator ordent de uitspraken.")).to_be_visible()
    journal.settle()
    expect(page.locator("#kept-list")).to_contain_text("te laat veranderd")
    # The change is apart, with its sentence; what was sent stands, on the phone as in the database.
    journal.sent.append("zoals ingestuurd")
    assert compare([journal], database) == []
    assert live.texts == ["zoals ingestuurd"]


def test_a_card_keeps_the_caret_when_its_statement_is_delivered(journal: Journal, database: Path) -> None:
    go_offline(journal.page)
    journal.send("nog even")
    editor = journal.open_editor("nog even")
    editor.press("End")
    editor.press_sequentially(" nad")
    with journal.page.expect_response("**/statements"):
        journal.page.context.set_offline(False)
    journal.settle()
    expect(editor).to_be_focused()
    editor.press_sequentially("enken")
    journal.drafts.append("nog even nadenken")
    assert compare([journal], database) == []
    editor.press("Tab")
    journal.page.keyboard.press("Enter")
    journal.drafts, journal.sent = [], ["nog even nadenken"]
    expect(journal.page.locator("#own-list")).to_contain_text("nog even nadenken")
    journal.settle()
    assert compare([journal], database) == []


def test_the_network_goes_while_somebody_votes(live: LiveWorld, journal: Journal, database: Path) -> None:
    texts = ["een", "twee", "drie"]
    live.do(to_vote(live, texts))
    journal.give("Samenwerking")
    journal.settle()
    go_offline(journal.page)
    journal.give("Snelheid")
    journal.give("Snelheid")
    journal.take("Samenwerking")
    journal.page.context.set_offline(False)
    journal.settle()
    assert compare([journal], database, others=texts) == []


def test_points_whose_answer_was_lost_before_the_close_are_not_called_uncounted(
    live: LiveWorld, journal: Journal
) -> None:
    async def close() -> None:
        theme = (await live.world.theme_ids())["Snelheid"]
        for seat in live.world.seats[:3]:
            await live.world.vote(seat, {theme: 1})
        await live.world.advance()

    live.do(to_vote(live, ["een", "twee", "drie"]))
    lose_the_answer(journal.page, "**/allocation")
    journal.give("Snelheid")
    expect(journal.page.locator(".connection-off")).to_be_visible()
    live.do(close())
    journal.page.unroute("**/allocation")
    journal.page.context.set_offline(False)
    expect(journal.page.locator("#banner-vote-unsure")).to_contain_text("Misschien is die meegeteld, misschien niet")
    expect(journal.page.locator("#banner-vote-late")).to_be_hidden()


def test_the_phase_ends_while_people_type_change_and_send(
    live: LiveWorld, phone: Take, journal: Journal, database: Path
) -> None:
    other = Journal(join(phone(), live))
    other.send("al ingestuurd")
    other.settle()
    journal.type("half")
    editor = other.open_editor("al ingestuurd")
    editor.press("End")
    editor.press_sequentially(" en half")
    other.drafts.append("al ingestuurd en half")
    live.do(live.world.advance())
    for one, field in ((journal, journal.page.locator("#composer-text")), (other, editor)):
        expect(one.page.locator("#banner-held")).to_be_visible()
        expect(field).to_be_focused()
    assert compare([journal, other], database) == []
    journal.type(" en nu heel")
    journal.send()
    other.page.reload()
    expect(other.page.locator("#kept-list")).to_contain_text("al ingestuurd en half")
    journal.settle()
    assert compare([journal, other], database) == []


def test_everything_a_phone_sends_arrives_twice_and_in_the_wrong_order(
    live: LiveWorld, journal: Journal, database: Path
) -> None:
    page, asked = journal.page, []
    journal.send("komt vanzelf")
    journal.settle()
    page.route(re.compile("/statements"), lambda route: (asked.append(route.request), route.abort()))

    def wait_for(count: int) -> None:
        while len({request.post_data for request in asked}) < count:
            page.wait_for_timeout(20)

    journal.send("wordt veranderd")
    wait_for(1)
    journal.change("wordt veranderd", "is veranderd")
    wait_for(2)
    journal.send("wordt ingetrokken")
    wait_for(3)
    journal.retract("wordt ingetrokken")
    wait_for(4)
    headers = {"Content-Type": "application/json", "Origin": live.url}
    for request in [*reversed(asked), *asked]:
        assert page.request.post(request.url, data=request.post_data, headers=headers).ok
    page.unroute_all()
    journal.settle()
    assert compare([journal], database) == []
