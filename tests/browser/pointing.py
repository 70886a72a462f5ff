"""A mouse and a finger that drag on the board, each as the browser hears of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from playwright.sync_api import CDPSession, Locator, Page, expect

DRAGGING = re.compile(r"\bis-dragging\b")
Spot = tuple[float, float]


class Pointer(Protocol):
    """What presses, moves and lets go; `drags` counts the acts."""

    page: Page
    drags: int

    def press(self, spot: Spot) -> None: ...
    def move(self, spot: Spot) -> None: ...
    def release(self) -> None: ...


class Mouse:
    """Drags at once."""

    def __init__(self, page: Page) -> None:
        self.page, self.drags = page, 0

    def press(self, spot: Spot) -> None:
        self.page.mouse.move(*spot)
        self.page.mouse.down()
        self.page.mouse.move(spot[0] + 8, spot[1])

    def move(self, spot: Spot) -> None:
        self.page.mouse.move(*spot, steps=3)

    def release(self) -> None:
        self.page.mouse.up()


class Finger:
    """Presses and holds until the board takes it for a drag; its events are those of a real screen."""

    def __init__(self, page: Page) -> None:
        self.page, self.drags = page, 0
        self.cdp: CDPSession = page.context.new_cdp_session(page)

    def press(self, spot: Spot) -> None:
        self.touch("touchStart", spot)
        expect(self.page.locator("body")).to_have_class(DRAGGING)

    def move(self, spot: Spot) -> None:
        self.touch("touchMove", (spot[0], spot[1] - 12))
        self.touch("touchMove", spot)

    def release(self) -> None:
        self.touch("touchEnd")

    def touch(self, kind: str, *spots: Spot) -> None:
        """What all fingers do that are on the screen."""
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(spots)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def middle(element: Locator, down: float = 0.5) -> Spot:
    """A spot in the middle of an element, so far down in it, brought away from the edges where a drag scrolls."""
    element.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] * down


def take(pointer: Pointer, element: Locator) -> None:
    """Press an element until it is being dragged."""
    # Until it lies still: what suggestions write on cards makes those below move on.
    element.click(trial=True)
    pointer.press(middle(element))
    expect(pointer.page.locator("body")).to_have_class(DRAGGING)


def drag(pointer: Pointer, element: Locator, to: Locator | Spot | Callable[[], Spot]) -> None:
    """Take an element and let it go at a spot or on another element: one act.

    Where that is, is looked at when the drag has begun: until then the board may move under somebody's eyes.
    """
    take(pointer, element)
    spot = middle(to) if isinstance(to, Locator) else to() if callable(to) else to
    pointer.move(spot)
    pointer.release()
    pointer.drags += 1
