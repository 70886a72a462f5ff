"""The settings page of the server's owner, and where the choices are seen."""

from __future__ import annotations

import dataclasses
import io
import re
import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from app.commands import accounts, sessions
from app.commands.sessions import SessionFields
from app.domain import anonymity
from app.languages import LANGUAGES
from app.owner_variables import read_owner_variables
from app.screens import owner_texts
from app.settings import Settings, choose, settings
from app.store import owner_settings
from tests.domain.test_owner_settings import SVG, png
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
NAME = "Gemeente Zoetermeer"


async def save(browser: httpx.AsyncClient, logo: bytes = b"", **changed: str) -> httpx.Response:
    """Fill in the form as it stands, change some of it, and send it."""
    page = (await browser.get("/settings")).text
    fields = {"seq": re.findall(r'name="seq" value="(\d+)"', page)[0], "language": "nl", "retention_days": "365"}
    found = re.findall(r'name="organisation"[^>]* value="([^"]*)"', page)
    fields["organisation"] = found[0] if found else ""
    for name in owner_settings.TEXTS:
        statement, language = name.split("_")
        fields[name] = owner_texts.text(statement, language)
    return await browser.post(
        "/settings", data={**fields, **changed}, files={"logo": ("logo.png", logo)} if logo else {}
    )


async def test_the_name_is_seen_wherever_people_look(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner, world.phone() as phone:
        assert (await save(owner, organisation=NAME)).status_code == 303
        key = (await world.row()).big_screen_key
        for path in ("/", "/sign-in", "/privacy", "/accessibility", f"/big-screen/{key}"):
            assert NAME in (await phone.get(path)).text, path
        assert NAME in (await owner.get("/sessions")).text
        report = await owner.get(f"/sessions/{world.session}/report.pdf")
        assert NAME in PdfReader(io.BytesIO(report.content)).pages[0].extract_text()


async def test_the_logo_is_served_as_the_picture_it_is_and_says_the_name(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner, world.phone() as phone:
        assert (await save(owner, logo=png(), organisation=NAME)).status_code == 303
        page = (await phone.get("/")).text
        path, alternative = re.findall(r'src="(/organisation/\w+)" alt="([^"]*)"', page)[0]
        answer = await phone.get(path)
        assert alternative == NAME
        assert (answer.content, answer.headers["content-type"]) == (png(), "image/png")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        report = await owner.get(f"/sessions/{world.session}/report.pdf")
        assert len(PdfReader(io.BytesIO(report.content)).pages[0].images) == 1
        await save(owner, organisation="")
        report = await owner.get(f"/sessions/{world.session}/report.pdf")
        assert len(PdfReader(io.BytesIO(report.content)).pages[0].images) == 1
        await save(owner, drops_logo="1")
        assert (await phone.get(path)).status_code == 404


@pytest.mark.parametrize("content", [SVG, b"geen plaatje", png()[:40], png(3000, 1), png() + bytes(200 * 1024)])
async def test_what_is_no_small_whole_picture_is_refused_and_the_rest_stays_typed(
    tmp_path: Path, content: bytes
) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        answer = await save(owner, logo=content, organisation=NAME)
        assert answer.status_code == 422
        assert f'value="{NAME}"' in answer.text and 'id="logo-error"' in answer.text
        assert owner_settings.current().logo is None and owner_settings.current().organisation == ""


async def test_other_moderators_and_strangers_stay_out(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone() as browser:
        assert (await browser.get("/settings")).headers["location"] == "/sign-in?next=/settings"
        made = await world.parts.writer.run(accounts.create, email="c@example.org", name="Collega", password_hash="")
        token = secrets.token_urlsafe(18)
        hashed = anonymity.hash_token(token)
        await world.parts.writer.run(accounts.sign_in, moderator_id=made, token_hash=hashed)
        browser.cookies["sign_in"] = token
        for answer in (await browser.get("/settings"), await browser.post("/settings", data={"organisation": "x"})):
            assert answer.status_code == 403
            assert "eigenaar" in answer.text
        assert 'href="/settings"' not in (await browser.get("/sessions")).text


async def test_a_page_drawn_before_somebody_elses_change_says_so_and_keeps_what_was_typed(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        await save(owner, organisation="Eerst")
        late = await save(owner, organisation="Daarna", seq="0")
        assert late.status_code == 409
        assert 'value="Daarna"' in late.text and 'name="seq" value="1"' in late.text
        assert owner_settings.current().organisation == "Eerst"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"retention_days": "12"}, "van 30 tot en met 3650"),
        ({"organisation": "x" * 101}, "101 tekens"),
        ({"privacy_nl": "x" * 20_001}, "20001 tekens"),
    ],
)
async def test_a_value_that_can_not_be_is_named_at_its_field(tmp_path: Path, changed: Any, says: str) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        answer = await save(owner, **changed)
        assert answer.status_code == 422
        assert says in answer.text and f'id="{next(iter(changed))}-error"' in answer.text
        assert next(iter(changed.values())) in answer.text


async def test_a_text_of_ones_own_takes_the_place_and_is_never_markup(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner, world.phone() as phone:
        await save(owner, privacy_nl="## Van ons\n\n<script>alert(1)</script> {days} dagen: https://voorbeeld.nl.")
        page = (await phone.get("/privacy")).text
        assert "<h2>Van ons</h2>" in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; 365 dagen" in page
        assert '<a href="https://voorbeeld.nl">https://voorbeeld.nl</a>.' in page
        assert "GDPR" in (await phone.get("/privacy?language=en")).text
        await save(owner, restore_privacy_nl="1")
        assert "AVG" in (await phone.get("/privacy")).text
        assert owner_settings.current().texts == {}


async def test_a_shorter_term_that_deletes_sessions_asks_first(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        await an_old_session(world)
        asked = await save(owner, retention_days="30")
        assert asked.status_code == 409 and ": 1." in asked.text and 'name="may_delete" value="30"' in asked.text
        assert owner_settings.current().retention_days == 365
        # What was agreed to for thirty days holds for no other term.
        assert (await save(owner, retention_days="40", may_delete="30")).status_code == 409
        assert (await save(owner, retention_days="30", may_delete="30")).status_code == 303
        assert owner_settings.current().retention_days == 30


async def an_old_session(world: World) -> None:
    long_ago = date.today() - timedelta(days=100)
    fields = SessionFields("Oud", "", long_ago, "nl", True)
    made = await world.parts.writer.run(sessions.create, moderator_id=world.moderator, fields=fields)
    async with world.parts.database.writer() as db, db.begin():
        row = await db.get(type(await world.row()), made)
        assert row is not None
        row.kept_from = long_ago


async def test_the_default_language_speaks_to_whom_nothing_else_decides(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner, world.phone(**{"Accept-Language": "fr"}) as phone:
        assert '<html lang="nl"' in (await phone.get("/")).text
        await save(owner, language="en")
        assert '<html lang="en"' in (await phone.get("/")).text
        assert '<html lang="nl"' in (await phone.get("/", headers={"Accept-Language": "nl"})).text
        assert '<option value="en" selected>' in (await owner.get("/sessions")).text


async def test_what_the_environment_decides_is_shown_and_stays(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        given = read_owner_variables({"ORGANISATION_NAME": NAME, "RETENTION_DAYS": "90"})
        choose(dataclasses.replace(settings(), owner=given))
        async with world.parts.database.reader() as db:
            await owner_settings.refresh(db)
            assert await owner_settings.retention_days(db) == 90
        page = (await owner.get("/settings")).text
        assert "ORGANISATION_NAME" in page and "RETENTION_DAYS" in page
        assert (await save(owner, organisation="Een ander", retention_days="500", language="en")).status_code == 303
        own = owner_settings.current()
        assert (own.organisation, own.retention_days, own.language) == (NAME, 90, "en")
        choose(Settings())


async def test_what_was_chosen_is_there_after_a_restart(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as owner:
        await save(owner, organisation=NAME, logo=png())
    async with a_world(tmp_path):
        assert owner_settings.current().organisation == NAME
        assert owner_settings.current().logo is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_a_good_text_is_there_from_the_start_in_every_language(name: str, language: str) -> None:
    blocks = owner_texts.blocks(language, name, "wij")
    assert len([block for block in blocks if block.kind == "heading"]) >= 5
    said = " ".join(piece.text for block in blocks for line in block.lines for piece in line)
    assert "{" not in said and "!" not in said and "wij" in said
