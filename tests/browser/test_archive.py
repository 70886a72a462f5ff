"""An archive in a real browser: opened, refused with a sentence, and a name put right afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.exports.examples import ARCHIVES
from tests.browser.conftest import Server


def choose(page: Page, content: bytes) -> None:
    file = {"name": "archief.json", "mimeType": "application/json", "buffer": content}
    page.set_input_files("#import-file", files=[file])  # type: ignore[arg-type]


def test_an_archive_is_refused_then_opened_and_a_name_put_right(laptop: Page, server: Server) -> None:
    content = ARCHIVES[0].read_bytes()
    laptop.get_by_text("Archief openen").click()
    choose(laptop, content[:5000])
    laptop.get_by_role("button", name="Open archief").click()
    expect(laptop.get_by_role("alert")).to_contain_text("beschadigd")
    expect(laptop).to_have_url(f"{server.url}/sessions/import")

    choose(laptop, content)
    laptop.get_by_role("button", name="Open archief").click()
    laptop.wait_for_url("**/control-room")
    row = laptop.locator(".ended-theme", has_text="Samenwerking (7)")
    row.get_by_text("Hernoem").click()
    field = row.get_by_label("Naam")
    field.fill("Samen werken")
    field.press("Enter")
    renamed = laptop.locator(".ended-theme", has_text="Samen werken (7)")
    expect(renamed).to_be_visible()
    expect(renamed.get_by_label("Naam")).to_be_hidden()
    expect(renamed.locator("summary")).to_be_focused()
    with laptop.expect_download() as taken:
        laptop.get_by_role("link", name="Archief (json)").click()
    after = Path(taken.value.path()).read_text().splitlines()
    changed = [new for old, new in zip(content.decode().splitlines(), after, strict=True) if old != new]
    assert [line.strip() for line in changed] == ['"name": "Samen werken",']


@pytest.mark.parametrize("has_scripts", [True, False])
def test_two_hundred_megabytes_end_in_a_sentence(
    laptop: Page, server: Server, tmp_path: Path, has_scripts: bool
) -> None:
    large = tmp_path / "groot.json"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    if not has_scripts:
        laptop.route("**/js/import*.js", lambda route: route.abort())
    laptop.goto(f"{server.url}/sessions/import")
    laptop.set_input_files("#import-file", large)
    if has_scripts:
        expect(laptop.get_by_role("alert")).to_contain_text("te groot")
    laptop.get_by_role("button", name="Open archief").click()
    expect(laptop.get_by_role("alert")).to_contain_text("te groot", timeout=30_000)
    expect(laptop.get_by_role("heading", name="Archief openen")).to_be_visible()


def test_an_empty_dashboard_offers_two_evenings(laptop: Page) -> None:
    laptop.get_by_role("button", name="Laad twee voorbeeldsessies").click()
    expect(laptop.get_by_role("link", name="bewoners Buytenwegh de Leyens").first).to_be_visible()
    expect(laptop.get_by_role("button", name="Laad twee voorbeeldsessies")).to_have_count(0)
