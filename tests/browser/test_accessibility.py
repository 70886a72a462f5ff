"""axe-core on every page in every phase, light and dark: no violation; what it can't decide is listed with a reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.scenes import Gallery
from tests.browser.screenshots import ACTS, Devices, open_page, pages_of

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """([type, values]) => axe.run(document, {
    runOnly: {type, values}, resultTypes: ['violations', 'incomplete']
})"""
# A few of our animations never end; they change no colour.
NO_COLOUR_ON_ITS_WAY = """() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => {
    Promise.allSettled(document.getAnimations().map((one) => one.finished)).then(go);
    setTimeout(go, 300);
})))"""
# What axe leaves to people, and why it is right.
INCOMPLETE_IS_FINE: dict[str, str] = {
    "color-contrast": (
        "Where a card lies partly behind the phone's sticky purse, and for a mark of one letter, axe can't tell the"
        " background; both stand on the tints whose ratios were computed with the tokens, 4.5 or more."
    ),
}


def check(page: Page, *rules: str) -> tuple[list[str], list[str]]:
    """What axe found wrong, and what it could not decide, as readable lines; by all rules unless some are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN_AXE, ["rule", rules] if rules else ["tag", RULES])
    return _lines(found["violations"]), _lines(found["incomplete"])


def _lines(results: list[dict[str, Any]]) -> list[str]:
    return [
        f"{result['id']}: {json.dumps(node['target'])} {node['any'][:1]}"
        for result in results
        for node in result["nodes"]
    ]


def check_light_and_dark(page: Page) -> tuple[list[str], list[str]]:
    """What axe found wrong in either scheme, and could not decide; of the dark one only colours are another thing."""
    page.emulate_media(color_scheme="light")
    found = [check(page)]
    page.emulate_media(color_scheme="dark")
    page.evaluate(NO_COLOUR_ON_ITS_WAY)
    found.append(check(page, "color-contrast"))
    return [line for wrong, _ in found for line in wrong], [line for _, undecided in found for line in undecided]


def test_no_page_violates_the_guidelines(browser: Browser, shown: Gallery) -> None:
    wrong: dict[str, list[str]] = {}
    undecided: set[str] = set()
    devices = Devices(browser, shown)
    for name, path, scene, who in pages_of(shown):
        width = 390 if name.startswith(("phone", "join")) else 1440
        with devices.page(scene, who, viewport={"width": width, "height": 900}, locale="nl") as page:
            page.goto(shown.url + path)
            violations, incomplete = check_light_and_dark(page)
        if violations:
            wrong[name] = violations
        undecided |= {line.split(":")[0] for line in incomplete}
    devices.close()
    assert wrong == {}
    assert undecided <= set(INCOMPLETE_IS_FINE)


@pytest.mark.parametrize("name", ACTS)
def test_no_page_violates_the_guidelines_in_trouble(browser: Browser, shown: Gallery, name: str) -> None:
    path, scene_name, act = ACTS[name]
    scene = next((scene for scene in shown.scenes if scene.name == scene_name), None)
    who = scene.pages[path][1] if scene else "anyone"
    page = open_page(browser, shown, scene, who, viewport={"width": 390, "height": 844}, locale="nl")
    page.goto(shown.url + (scene.pages[path][0] if scene else path))
    act(page)
    violations, incomplete = check_light_and_dark(page)
    page.context.close()
    assert violations == []
    assert {line.split(":")[0] for line in incomplete} <= set(INCOMPLETE_IS_FINE)
