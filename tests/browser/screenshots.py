"""`make screenshots`: every screen in every phase, nl and en, at four widths, to build/screens/."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import CHROMIUM
from tests.browser.scenes import Gallery, Scene, running_gallery

WIDTHS = {320: 568, 390: 844, 1440: 900, 1920: 1080}
OUT = Path("build/screens")


def pages_of(gallery: Gallery) -> Iterator[tuple[str, str, Scene | None, str]]:
    """Every page: its name, its path, its scene, who looks."""
    for name, (path, who) in gallery.plain_pages.items():
        yield name, path, None, who
    for scene in gallery.scenes:
        for name, (path, who) in scene.pages.items():
            yield f"{name}-{scene.name}", path, scene, who


def open_page(browser: Browser, gallery: Gallery, scene: Scene | None, who: str, **options: object) -> Page:
    """A new device that holds the cookies of who looks."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.add_cookies(gallery.cookies(scene, who))  # type: ignore[arg-type]
    return context.new_page()


@dataclass
class Devices:
    """Devices for many pages: each page finds nothing of the one before, but for what the browser has fetched."""

    browser: Browser
    gallery: Gallery
    kept: dict[str, BrowserContext] = field(default_factory=dict)

    @contextmanager
    def page(self, scene: Scene | None, who: str, **options: object) -> Iterator[Page]:
        """A tab that holds the cookies of who looks."""
        kind = repr(options)
        if kind not in self.kept:
            self.kept[kind] = self.browser.new_context(**options)  # type: ignore[arg-type]
        context = self.kept[kind]
        context.clear_cookies()
        context.add_cookies(self.gallery.cookies(scene, who))  # type: ignore[arg-type]
        page = context.new_page()
        yield page
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.close()

    def close(self) -> None:
        for context in self.kept.values():
            context.close()


def wrong_code(page: Page) -> None:
    page.fill("[name=code]", "000000")
    page.press("[name=code]", "Enter")
    page.wait_for_load_state()


def wrong_recovery_code(page: Page) -> None:
    page.fill("[name=recovery]", "0000-0000-0000-0000")
    page.press("[name=recovery]", "Enter")
    page.wait_for_selector("#recovery-error")


def recovery_code(page: Page) -> None:
    page.click("form button")
    page.wait_for_selector(".recovery-code")


def offline(page: Page) -> None:
    page.wait_for_selector("#connection [data-when=ok]:visible")
    page.context.set_offline(True)
    page.wait_for_selector("#banner-off:visible")
    page.fill("#composer-text", "nieuwe wijkpost, betere uitstraling")
    page.click("#composer-send")
    page.wait_for_selector("#outbox:visible")


def dialog(page: Page) -> None:
    page.click("#next button, button#next, .next-step-button button, .next-step-button")
    page.wait_for_selector("dialog[open]")


def full_board(page: Page) -> None:
    """Three statements chosen, and what is hidden unfolded."""
    for place in range(3):
        page.locator("#inbox-list [name=statement], .theme-cluster [name=statement]").nth(place).check()
    page.evaluate("document.querySelector('#hidden-statements').open = true")


def in_between(page: Page) -> None:
    page.click("[data-opens=between]")
    page.wait_for_selector("#between[open]")


def correct(page: Page) -> None:
    page.click("#correct > summary")
    page.wait_for_selector("#correct-text:visible")


def menus(page: Page) -> None:
    page.click(".deleted-sessions > summary")
    page.click(".session-row .session-menu > summary")


ACTS: dict[str, tuple[str, str | None, Callable[[Page], None]]] = {
    "join-wrong-code": ("/", None, wrong_code),
    "join-wrong-recovery-code": ("/recover", None, wrong_recovery_code),
    "phone-recovery-code": ("phone-move", "collect", recovery_code),
    "phone-offline": ("phone", "collect", offline),
    "dashboard-menus": ("dashboard-deleted", "shared", menus),
    "control-room-dialog": ("control-room", "cluster", dialog),
    "control-room-full-board": ("control-room", "full-cluster", full_board),
    "control-room-still-typing": ("control-room", "read-along", dialog),
    "control-room-between": ("control-room", "cut-short", in_between),
    "control-room-correct": ("control-room", "fresh", correct),
}


def take_all(browser: Browser, gallery: Gallery, only: str) -> None:
    """All screenshots whose name contains `only`."""
    for width, height in WIDTHS.items():
        for language in ("nl", "en"):
            view = {"viewport": {"width": width, "height": height}, "locale": language}
            for name, path, scene, who in pages_of(gallery):
                if only in name:
                    page = open_page(browser, gallery, scene, who, **view)
                    page.goto(gallery.url + path)
                    _shoot(page, f"{name}-{language}-{width}", full=not name.startswith("big-screen"))
            for name, (path, scene_name, act) in ACTS.items():
                if only in name:
                    scene = next((scene for scene in gallery.scenes if scene.name == scene_name), None)
                    who = scene.pages[path][1] if scene else "anyone"
                    page = open_page(browser, gallery, scene, who, **view)
                    page.goto(gallery.url + (scene.pages[path][0] if scene else path))
                    act(page)
                    _shoot(page, f"{name}-{language}-{width}", full=False)


def _shoot(page: Page, name: str, full: bool) -> None:
    page.wait_for_timeout(700)
    page.screenshot(path=OUT / f"{name}.png", full_page=full)
    page.context.close()


def main() -> int:
    """Make all screenshots; an argument takes only those whose name contains it."""
    OUT.mkdir(parents=True, exist_ok=True)
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    with tempfile.TemporaryDirectory() as folder, running_gallery(Path(folder)) as gallery, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        take_all(browser, gallery, only)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
