"""A real server process and real Chromium: what a moderator, a big screen and phones see."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from app.settings import lan_address
from tests.browser.scenes import Gallery, running_gallery
from tests.server import Server
from tests.warm_server import WarmServer
from tests.world import EMAIL, PASSWORD

# The same Chromium without its windows comes first: it needs a third of the processor time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1440, "height": 900}
BIG_SCREEN = {"width": 1920, "height": 1080}
# Long: only a test that fails waits so long, and three of them share two processors.
expect.set_options(timeout=20_000)
WAITED_IN_VAIN = ["TimeoutError", "Locator expected", "Page expected"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests here need Chromium: missing in CI is a failure, elsewhere they are skipped with how to get one.

    What waited for a browser in vain is tried once more, and the summary says so. An assertion about what is stored
    or lost is not: a promise that breaks once in a while is broken.
    """
    here = [item for item in items if "tests/browser" in str(item.path)]
    for item in here:
        item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=WAITED_IN_VAIN))
    if CHROMIUM or os.environ.get("MODERATO_REQUIRE_BROWSER") == "1":
        return
    for item in here:
        item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium-headless-shell"))


# Not for the whole session: while Playwright's loop is open, no asynchronous test can run.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "no Chromium: apt install chromium-headless-shell"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"],
        )
        yield launched
        launched.close()


# For all files of a worker, which look at it and change nothing: making it takes as long as many tests.
@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    with running_gallery(tmp_path_factory.mktemp("gallery")) as gallery:
        yield gallery


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = WarmServer(tmp_path / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def open_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a new device: own cookies, own storage, Dutch unless told otherwise."""
    made: list[BrowserContext] = []
    broken: list[str] = []

    def open_one(**options: object) -> BrowserContext:
        context = browser.new_context(**{"locale": "nl-NL", "viewport": PHONE, **options})  # type: ignore[arg-type]
        context.set_default_timeout(20_000)
        context.on("weberror", lambda error: broken.append(f"script: {error.error}"))
        context.on("console", lambda message: _is_violation(message.text) and broken.append(message.text))
        context.on("request", lambda request: _is_foreign(request.url) and broken.append(request.url))
        made.append(context)
        return context

    yield open_one
    if getattr(request.node, "failed", False):
        _keep_pictures(request.node.name, made)
    for context in made:
        context.close()
    assert broken == [], "a script failed, the security policy was broken, or something came from elsewhere"


def _is_violation(message: str) -> bool:
    return "Content Security Policy" in message or "Refused to" in message


def _is_foreign(url: str) -> bool:
    """Whether a request went to anything but the own server."""
    return urlsplit(url).scheme in ("http", "https", "ws") and urlsplit(url).hostname not in (
        "127.0.0.1",
        lan_address(),
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.failed = report.failed  # type: ignore[attr-defined]
    return report


def _keep_pictures(name: str, contexts: list[BrowserContext]) -> None:
    """What each device showed when a test failed, in build/failures/."""
    folder = Path("build/failures")
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        with contextlib.suppress(PlaywrightError):
            page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9]+', '-', name)}-{number}.png")


@pytest.fixture
def phone(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """A new participant's phone with one empty tab."""

    def take_out(**options: object) -> Page:
        return open_context(has_touch=True, **options).new_page()

    return take_out


@pytest.fixture
def laptop(open_context: Callable[..., BrowserContext], server: Server) -> Page:
    """The moderator's laptop: the first moderator is made through the set-up link, and is signed in."""
    page = open_context(viewport=LAPTOP).new_page()
    page.goto(server.set_up_link)
    page.fill("[name=name]", "De moderator")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("form button[type=submit]")
    page.wait_for_url(f"{server.url}/sessions**")
    return page
