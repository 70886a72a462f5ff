"""`python -m tests.browser.pictures`: the pictures of the README, of today's screens, to docs/pictures/."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import BIG_SCREEN, CHROMIUM, LAPTOP, PHONE
from tests.browser.scenes import running_gallery
from tests.browser.screenshots import open_page

OUT = Path("docs/pictures")
SHOWN = {
    "agenda": ("agenda", "draft", LAPTOP),
    "phone-collect": ("phone", "collect", PHONE),
    "phone-vote": ("phone", "vote", PHONE),
    "phone-result": ("phone", "result", PHONE),
    "control-room-cluster": ("control-room", "cluster", LAPTOP),
    "big-screen-result": ("big-screen", "result", BIG_SCREEN),
}


def write(page: Page) -> None:
    """Two statements of one's own, and a third being typed."""
    for text in ("status overleggen", "korte lijnen tussen partijen -> snel actie"):
        page.fill("#composer-text", text)
        page.click("#composer-send")
        page.wait_for_timeout(600)
    page.fill("#composer-text", "nieuwe wijkpost, betere uitstraling")


def main() -> int:
    """Make all six, in Dutch."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, running_gallery(Path(folder)) as gallery, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for name, (path, scene_name, size) in SHOWN.items():
            scene = next(scene for scene in gallery.scenes if scene.name == scene_name)
            address, who = scene.pages[path]
            page = open_page(browser, gallery, scene, who, viewport=size, locale="nl")
            page.goto(gallery.url + address)
            page.wait_for_timeout(800)
            if name == "phone-collect":
                write(page)
            page.wait_for_timeout(800)
            page.screenshot(path=OUT / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
