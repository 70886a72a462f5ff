"""`python -m tests.browser.pictures`: the pictures of the README, of today's screens, to docs/pictures/."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import typst
from playwright.sync_api import Page, sync_playwright

from app.exports import archive_reader
from app.exports.pdf_report.content import content
from app.exports.pdf_report.document import ROOT, TEMPLATE
from app.exports.typesetting import our_fonts
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
    "control-room-result": ("control-room", "second-round", LAPTOP),
    "big-screen-result": ("big-screen", "result", BIG_SCREEN),
}


def write(page: Page) -> None:
    """Two statements of one's own, and a third being typed."""
    for text in ("status overleggen", "korte lijnen tussen partijen -> snel actie"):
        page.fill("#composer-text", text)
        page.click("#composer-send")
        page.wait_for_timeout(600)
    page.fill("#composer-text", "nieuwe wijkpost, betere uitstraling")


def first_page() -> bytes:
    """The report of the first real session as its PDF begins, drawn by what makes that PDF."""
    report = archive_reader.read(Path("app/demo/district-team-2005.json").read_bytes())
    filled = {"content": json.dumps(content(report, "nl")), "logo": ""}
    pages = typst.compile(
        str(TEMPLATE), root=str(ROOT), font_paths=our_fonts(), sys_inputs=filled, format="png", ppi=100
    )
    return pages[0] if isinstance(pages, list) else pages


def main() -> int:
    """Make all of them, in Dutch."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "report.png").write_bytes(first_page())
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
