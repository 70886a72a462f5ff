"""Clustering by mouse and by touch: what a drop does, what shows at once, and what becomes of it when refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from app.commands import themes
from tests.browser.board_report import FIRST_QUESTION, loose_board, on_page, printed, reported, signed_in, stored
from tests.browser.conftest import LAPTOP
from tests.browser.live_world import LiveWorld
from tests.browser.pointing import DRAGGING, Finger, Mouse, Pointer, drag, middle, take
from tests.browser.test_leading_together import control_room
from tests.world import texts_of

TABLET = {"width": 1024, "height": 768}
Open = Callable[..., BrowserContext]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveWorld]:
    with loose_board(tmp_path) as running:
        yield running


@pytest.fixture
def page(live: LiveWorld, open_context: Open) -> Page:
    return signed_in(open_context(viewport=LAPTOP), live)


def card(around: Page | Locator, text: str) -> Locator:
    page = around if isinstance(around, Page) else around.page
    return around.locator(".statement-card").filter(has=page.get_by_text(text, exact=True))


def theme(page: Page, name: str) -> Locator:
    return page.locator(".theme-cluster").filter(has=page.get_by_role("heading", name=name, exact=True))


def head(page: Page, name: str) -> Locator:
    return theme(page, name).locator(".theme-cluster-name")


def texts(around: Locator) -> Locator:
    return around.locator(".statement-text")


def free_board(page: Page) -> tuple[float, float]:
    """A spot of the board with nothing on it, above the bar that comes with a selection."""
    return middle(page.locator("#board"), 0.75)


def new_theme(page: Page) -> tuple[float, float]:
    """The free part of the board while there is one, else the button."""
    spot = free_board(page)
    is_free = page.evaluate("([x, y]) => !document.elementFromPoint(x, y).closest('.theme-clusters')", list(spot))
    return spot if is_free else middle(page.locator("#new-theme > summary"))


def cluster(pointer: Pointer) -> None:
    """Every statement goes to its printed theme by one drag: the first of a theme to where a new one is made."""
    for wanted in FIRST_QUESTION["themes"]:
        first, *others = wanted["statements"]
        drag(pointer, card(pointer.page, first), lambda: new_theme(pointer.page))
        field = pointer.page.locator("#selection-new-name")
        expect(field).to_be_focused()
        field.fill(wanted["name"])
        field.press("Enter")
        expect(texts(theme(pointer.page, wanted["name"]))).to_have_text([first])
        for text in others:
            drag(pointer, card(pointer.page, text), head(pointer.page, wanted["name"]))


def is_as_printed(pointer: Pointer, live: LiveWorld) -> None:
    expect(pointer.page.locator("[aria-busy]")).to_have_count(0)
    assert pointer.drags == len(texts_of(FIRST_QUESTION)) == 23
    assert on_page(pointer.page) == printed()
    assert stored(live) == printed()
    assert reported(pointer.page, live) == printed()


def test_a_mouse_clusters_the_first_question_as_it_was_printed_with_one_drag_a_statement(
    live: LiveWorld, page: Page
) -> None:
    mouse = Mouse(page)
    cluster(mouse)
    is_as_printed(mouse, live)


def test_a_finger_on_a_tablet_clusters_it_the_same(live: LiveWorld, open_context: Open) -> None:
    finger = Finger(signed_in(open_context(viewport=TABLET, has_touch=True), live))
    cluster(finger)
    is_as_printed(finger, live)


def test_what_is_dragged_lies_between_two_cards_and_takes_the_selection_along(live: LiveWorld, page: Page) -> None:
    live.do(live.world.make_theme("Status", ["status overleggen", "status wijkteam"]))
    mouse, status = Mouse(page), theme(page, "Status")
    expect(texts(status)).to_have_count(2)
    take(mouse, card(page, "acties"))
    mouse.move(middle(card(page, "status wijkteam"), 0.25))
    expect(page.locator(".drag-line")).to_be_visible()
    expect(status).to_have_class(re.compile("is-under-drag"))
    mouse.release()
    expect(texts(status)).to_have_text(["status overleggen", "acties", "status wijkteam"])
    expect(page.locator("[aria-busy]")).to_have_count(0)

    for text in ("zoektocht quest", "zwaluwstaart"):
        page.locator("#inbox").get_by_label(text, exact=True).check()
    take(mouse, card(page, "zwaluwstaart"))
    mouse.move(middle(card(page, "status overleggen"), 0.25))
    expect(page.locator(".drag-ghost-count")).to_have_text("2 kaarten")
    mouse.release()
    expect(texts(status).nth(2)).to_have_text("status overleggen")
    expect(status.locator(".theme-cluster-count")).to_contain_text("5")
    expect(page.locator("#selection-bar")).to_be_hidden()

    # Another one that is dragged leaves what is selected alone.
    page.locator("#inbox").get_by_label("integrale aanpak", exact=True).check()
    drag(mouse, card(page, "acties"), page.locator("#inbox-heading"))
    expect(texts(page.locator("#inbox-list")).last).to_have_text("acties")
    expect(page.get_by_label("integrale aanpak", exact=True)).to_be_checked()
    # And within its own list.
    expect(page.locator("[aria-busy]")).to_have_count(0)
    drag(mouse, card(page, "status wijkteam"), middle(card(page, "status overleggen"), 0.25))
    expect(texts(status).nth(2)).to_have_text("status wijkteam")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    assert page.evaluate("document.querySelectorAll('.is-underway, .is-dragged, .is-under-drag').length") == 0


def test_a_theme_is_dragged_by_its_head_to_another_place(live: LiveWorld, page: Page) -> None:
    for name in ("Een", "Twee", "Drie"):
        live.do(live.world.make_theme(name))
    names = page.locator(".theme-cluster-name")
    expect(names).to_have_text(["Een", "Twee", "Drie"])
    x, y = middle(theme(page, "Een"))
    drag(Mouse(page), head(page, "Drie"), (x - 40, y))
    expect(names).to_have_text(["Drie", "Een", "Twee"])
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.locator(".undo-button").first).to_have_attribute("title", "Ongedaan: Drie verplaatst")


def test_a_drag_is_given_up_by_escape_and_by_a_second_finger_and_a_finger_still_scrolls(
    live: LiveWorld, page: Page, open_context: Open
) -> None:
    live.do(live.world.make_theme("Status"))
    mouse = Mouse(page)
    page.locator("#inbox").get_by_label("acties", exact=True).check()
    take(mouse, card(page, "acties"))
    mouse.move(middle(head(page, "Status")))
    page.keyboard.press("Escape")
    expect(page.locator("body")).not_to_have_class(DRAGGING)
    mouse.release()
    expect(page.get_by_label("acties", exact=True)).to_be_checked()
    drag(mouse, card(page, "acties"), middle(card(page, "acties")))
    expect(page.get_by_label("acties", exact=True)).to_be_checked()

    tablet = signed_in(open_context(viewport=TABLET, has_touch=True), live)
    finger = Finger(tablet)
    spot, over = middle(texts(tablet.locator("#inbox-list")).nth(5)), middle(head(tablet, "Status"))
    take(finger, texts(tablet.locator("#inbox-list")).nth(5))
    finger.move(over)
    finger.touch("touchStart", over, (over[0] + 60, over[1] + 60))
    expect(tablet.locator("body")).not_to_have_class(DRAGGING)
    finger.release()
    # At once and far: that is scrolling.
    finger.touch("touchStart", spot)
    for step in range(1, 8):
        finger.touch("touchMove", (spot[0], spot[1] - 30 * step))
    tablet.wait_for_function("document.getElementById('inbox').scrollTop > 60")
    finger.release()
    expect(texts(theme(tablet, "Status"))).to_have_count(0)
    assert live.do(live.world.row()).seq == tablet.evaluate("Number(document.body.dataset.seq)")


def test_near_its_edge_the_list_under_the_pointer_scrolls(live: LiveWorld, open_context: Open) -> None:
    page = signed_in(open_context(viewport={"width": 1440, "height": 560}), live)
    mouse, listed = Mouse(page), texts(page.locator("#inbox-list"))
    first = listed.first.inner_text()
    take(mouse, listed.first)
    inbox = page.locator("#inbox").bounding_box()
    assert inbox is not None
    mouse.move((inbox["x"] + 100, inbox["y"] + inbox["height"] - 10))
    expect(listed.last).to_be_in_viewport(ratio=1)
    box = listed.last.bounding_box()
    assert box is not None
    mouse.move((box["x"] + 20, box["y"] + box["height"] - 2))
    mouse.release()
    expect(listed.last).to_have_text(first)


def test_a_move_is_shown_at_once_and_put_back_with_the_reason_when_it_cannot_be(live: LiveWorld, page: Page) -> None:
    first = live.do(live.world.make_theme("Status", ["status wijkteam"]))
    live.do(live.world.make_theme("Lijnen"))
    expect(page.locator(".theme-cluster")).to_have_count(2)
    mouse, waiting = Mouse(page), list[Route]()
    order = texts(page.locator("#inbox-list")).all_inner_texts()
    moved = [order[3], order[4]]
    page.route("**/statements/put", lambda route: waiting.append(route))
    drag(mouse, card(page, moved[0]), head(page, "Status"))
    drag(mouse, card(page, moved[1]), head(page, "Status"))
    drag(mouse, card(page, moved[1]), head(page, "Lijnen"))
    expect(texts(theme(page, "Status"))).to_have_text(["status wijkteam", moved[0]])
    expect(texts(theme(page, "Lijnen"))).to_have_text([moved[1]])
    expect(card(page, moved[0])).to_have_attribute("aria-busy", "true")
    expect(page.locator("#inbox-heading")).to_have_text(f"Nog te ordenen ({len(order) - 2})")
    expect(page.locator("#board-heading")).to_contain_text("3 van 23 uitspraken geordend")
    expect(page.locator("#phase-count")).to_have_text("3 van 23")

    # What comes of others meanwhile leaves it there; its theme, however, is gone before the move arrives.
    live.do(live.world.make_theme("Burgers", ["start en uitbouw"]))
    expect(texts(theme(page, "Burgers"))).to_have_text(["start en uitbouw"])
    expect(texts(theme(page, "Lijnen"))).to_have_text([moved[1]])
    expect(texts(theme(page, "Status"))).to_have_text(["status wijkteam", moved[0]])
    live.do(_remove(live, first))
    expect(theme(page, "Status")).to_have_count(0)
    expect(card(page.locator("#inbox"), moved[0])).to_have_count(1)
    waiting[0].continue_()
    page.unroute("**/statements/put")
    expect(page.locator("#notice")).not_to_be_empty()
    expect(card(page, moved[0])).not_to_have_attribute("aria-busy", "true")
    inbox = page.locator("#inbox-list")
    expect(texts(inbox).filter(has_text=moved[0])).to_have_count(1)
    expect(texts(theme(page, "Lijnen"))).to_have_text([moved[1]])
    expect(page.locator("[aria-busy]")).to_have_count(0)
    # The move behind it was done, which is no reason to take the words away before anybody read them.
    expect(page.locator("#notice")).not_to_be_empty()

    before = on_page(page)
    listed = texts(inbox).all_inner_texts()
    page.context.set_offline(True)
    drag(mouse, card(page, listed[2]), head(page, "Lijnen"))
    expect(page.locator("#connection")).to_contain_text("Geen verbinding, dus er is niets veranderd.")
    expect(texts(inbox)).to_have_text(listed)
    assert on_page(page) == before
    page.context.set_offline(False)
    expect(page.locator("#connection")).to_be_hidden()
    assert stored(live) == on_page(page)


async def _remove(live: LiveWorld, theme_id: int) -> None:
    world = live.world
    await world.run(themes.remove, page=await world.page(), moderator_id=world.moderator, theme_id=theme_id)


async def _put(live: LiveWorld, text: str, theme_id: int) -> None:
    world = live.world
    chosen = [await world.statement_id(text)]
    page = await world.page()
    await world.run(themes.put, page=page, moderator_id=world.moderator, chosen=chosen, theme_id=theme_id)


def test_a_list_is_frozen_as_long_as_somebody_points_at_it(live: LiveWorld, page: Page) -> None:
    live.do(live.world.make_theme("Status"))
    expect(theme(page, "Status")).to_be_visible()
    page.evaluate("document.addEventListener('moderato:released', ({ target }) => (window.released = target.id))")
    frozen = page.locator("[data-frozen]")
    page.mouse.move(*middle(texts(page.locator("#inbox-list")).nth(2)))
    expect(frozen).to_have_attribute("id", "inbox-list")
    # A push does not thaw it, and leaving it does; so does typing, for a mouse may be left lying.
    lines_id = live.do(live.world.make_theme("Lijnen", ["acties"]))
    expect(theme(page, "Lijnen")).to_be_visible()
    expect(frozen).to_have_attribute("id", "inbox-list")
    expect(card(page.locator("#inbox"), "acties")).to_have_count(1)
    page.mouse.move(*middle(page.locator("#board-heading")))
    expect(frozen).to_have_count(0)
    assert page.evaluate("window.released") == "inbox-list"
    lines = theme(page, "Lijnen").locator("[data-cards]")
    expect(texts(lines)).to_have_text(["acties"])
    page.mouse.move(*middle(card(page, "acties")))
    expect(frozen).to_have_count(1)
    live.do(_put(live, "zwaluwstaart", lines_id))
    expect(lines).to_have_attribute("data-waiting", "1 nieuwe")
    expect(texts(lines)).to_have_text(["acties"])
    page.mouse.move(*middle(page.locator("#board-heading")))
    expect(texts(lines)).to_have_text(["acties", "zwaluwstaart"])
    expect(page.locator("#stage [data-waiting]")).to_have_count(0)
    page.mouse.move(*middle(texts(page.locator("#inbox-list")).nth(2)))
    expect(frozen).to_have_count(1)
    page.keyboard.press("Shift")
    expect(frozen).to_have_count(0)


def test_another_who_leads_sees_the_drop_and_whose_it_was(live: LiveWorld, page: Page, open_context: Open) -> None:
    live.do(live.world.make_theme("Status"))
    tablet = control_room(live, open_context(viewport=TABLET), live.do(live.world.share_with("Jan")))
    drag(Mouse(tablet), card(tablet, "acties"), head(tablet, "Status"))
    expect(texts(theme(page, "Status"))).to_have_text(["acties"])
    expect(page.locator(".colleagues-deeds li:visible")).to_have_text("Jan: 1 uitspraak naar Status")
