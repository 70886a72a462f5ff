"""Who has only the README runs a session with it: its command and its five steps, read from the page itself."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.conftest import BIG_SCREEN, LAPTOP
from tests.browser.test_whole_session import give, make_theme, press_next, write
from tests.server import free_port

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
ANSWERS = ["korte lijnen", "samen oplossen", "nieuwe wijkpost"]


def command() -> str:
    """What "Run it" says to type."""
    found = re.search(r"## Run it.*?```\n(make run[^\n]*)\n```", README, re.DOTALL)
    assert found, "the README does not say how to run it"
    return found.group(1)


def steps() -> list[str]:
    """The five steps, each as one line."""
    section = README.split("## Your first session, in five steps")[1].split("\n## ")[0]
    found = re.findall(r"^\d\. (.+?)(?=^\d\. |^\s*$)", section, re.DOTALL | re.MULTILINE)
    return [" ".join(step.split()) for step in found]


def names(step: str) -> list[str]:
    """The buttons and links a step names, in bold."""
    return re.findall(r"\*\*(.+?)\*\*", step)


@pytest.fixture
def printed(tmp_path: Path) -> Iterator[Path]:
    """What the README's command prints; only the port and the folder are ours."""
    log = tmp_path / "printed.txt"
    own = [f"PORT={free_port()}", f"DATA={tmp_path / 'data'}"]
    with log.open("wb") as out:
        running = subprocess.Popen(
            [*shlex.split(command()), *own], cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
    for _ in range(600):
        if "/set-up/" in log.read_text() or running.poll() is not None:
            break
        time.sleep(0.1)
    yield log
    os.killpg(running.pid, signal.SIGTERM)
    running.wait(15)


def test_the_five_steps_of_the_readme_lead_to_a_report(
    printed: Path, open_context: Callable[..., BrowserContext], phone: Callable[..., Page]
) -> None:
    one, two, three, four, five = steps()
    laptop = open_context(viewport=LAPTOP).new_page()

    assert "Open the printed set-up link and make the first moderator." in one
    link = re.search(r"http://\S+/set-up/\S+", printed.read_text())
    assert link, printed.read_text()
    _open_when_served(laptop, link.group())
    laptop.get_by_label("E-mailadres").fill("iemand@example.org")
    laptop.get_by_label("Uw naam").fill("Iemand")
    laptop.get_by_label("Wachtwoord").fill("een lang wachtwoord")
    laptop.keyboard.press("Enter")
    laptop.wait_for_url("**/sessions")

    template = re.search(r"begin with \*(\w+)\*", two)
    assert template, two
    laptop.get_by_label(re.compile(f"^{template.group(1)}")).check()
    laptop.get_by_label("Titel", exact=True).fill("Wijkavond")
    laptop.get_by_role("button", name="Sessie maken").click()

    start, big_screen = names(three)
    laptop.get_by_role("button", name=start).click()
    laptop.wait_for_url("**/control-room")
    with laptop.context.expect_page() as opened:
        laptop.get_by_role("link", name=big_screen).first.click()
    screen = opened.value
    screen.set_viewport_size(BIG_SCREEN)
    digits = laptop.locator(".join-code-digits").first.inner_text()
    expect(screen.get_by_text(digits).first).to_be_visible()
    origin = laptop.url.split("/sessions")[0]
    phones = [phone() for _ in ANSWERS]
    for device in phones:
        device.goto(origin)
        device.get_by_label("Sessiecode").fill(digits)
        device.get_by_role("button", name="Meedoen").tap()

    begin, actions, pass_over = names(four)
    _lead_one_question(laptop, phones, begin)
    expect(screen.get_by_text("(9)")).to_be_visible()
    _note_an_action(laptop, actions)
    for _ in range(2):
        laptop.get_by_role("button", name=pass_over).first.click()
        laptop.wait_for_timeout(600)

    (finish,) = names(five)
    press_next(laptop, finish, confirm=finish)
    for kind in re.findall(r"PDF|CSV|JSON", five):
        with laptop.expect_download() as waiting:
            laptop.get_by_role("link", name=re.compile(rf"\({kind}\)", re.IGNORECASE)).last.click()
        assert waiting.value.path().stat().st_size > 100
    for device in phones:
        expect(device.get_by_role("heading", name="Bedankt voor uw inbreng.")).to_be_visible()


def _open_when_served(page: Page, address: str) -> None:
    """The address is printed just before the server listens."""
    for _ in range(50):
        try:
            page.goto(address)
            return
        except PlaywrightError:
            time.sleep(0.1)
    page.goto(address)


def _lead_one_question(laptop: Page, phones: list[Page], begin: str) -> None:
    """Collect, cluster, vote, result with the one black button."""
    press_next(laptop, begin)
    for device, text in zip(phones, ANSWERS, strict=True):
        write(device, text)
    press_next(laptop, "Sluit en orden")
    make_theme(laptop, "Samenwerking", ANSWERS)
    press_next(laptop, "Start stemmen")
    laptop.get_by_label("Hoogstens op één thema").fill("")
    laptop.locator("dialog[open]").get_by_role("button", name="Start stemmen").click()
    for device in phones:
        give(device, "Samenwerking", 3)
    press_next(laptop, "Sluit stemming")
    expect(laptop.locator(".result-row-name").first).to_have_text("Samenwerking (9)")


def _note_an_action(laptop: Page, actions: str) -> None:
    laptop.get_by_role("link", name=actions).click()
    laptop.get_by_label("Nieuwe actie. Enter bewaart en opent de volgende regel.").fill("Spreekuur voorbereiden")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".action-row .action-text")).to_have_value("Spreekuur voorbereiden")
    laptop.get_by_role("link", name="Terug naar de sessie").click()
