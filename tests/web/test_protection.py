"""What every request and answer goes through: origin, size, headers; nothing inline and nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from starlette.datastructures import Headers

from app.domain.phases import Phase
from app.settings import Settings
from app.web.protection import LARGEST_BODY, Protection
from tests.promises.watch import everything
from tests.world import a_world

pytestmark = pytest.mark.anyio
ADDRESSES = ("src", "href", "action", "formaction", "srcset", "poster", "hx-post", "hx-get")
FOREIGN = [
    "http://elders.example",
    "https://test.elders.example",
    "http://test:81",
    "null",
    "",
    "http://[",
    "http://[::1",
    "file://test",
    "http://elders.example/http://test",
    "http://test@elders.example",
]


class Tags(HTMLParser):
    """Collects what a strict page may not have: code or style in it, or an address elsewhere."""

    def __init__(self):
        super().__init__()
        self.wrong = []

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        inline = tag == "style" or (tag == "script" and "src" not in names)
        inline |= any(name == "style" or name.startswith("on") or name == "srcdoc" for name in names)
        elsewhere = any(
            re.match(r"\s*(https?:|//|javascript:|data:)", names.get(name) or "", re.IGNORECASE) for name in ADDRESSES
        )
        # A link that a person may follow, to the authority where one complains; nothing is loaded from it.
        elsewhere &= not (tag == "a" and (names.get("href") or "").startswith("https://"))
        if inline or elsewhere:
            self.wrong.append((tag, names))


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_form_of_another_site_does_nothing(tmp_path, origin):
    async with a_world(tmp_path) as world, world.laptop(Origin=origin) as laptop:
        form = {"phase": "waiting", "question": "", "seq": str((await world.row()).seq)}
        answer = await laptop.post(f"/sessions/{world.session}/next", data=form)
        assert answer.status_code == 403
        assert "andere website" in answer.text
        assert await world.question() is None


async def test_the_refusal_of_another_site_is_in_the_readers_language(tmp_path):
    async with a_world(tmp_path) as world, world.laptop(**{"Origin": FOREIGN[0], "Accept-Language": "en"}) as laptop:
        assert "another website" in (await laptop.post(f"/sessions/{world.session}/next")).text


@pytest.mark.parametrize(("site", "status"), [("cross-site", 403), ("same-site", 403), ("same-origin", 303)])
async def test_without_an_origin_the_browser_says_where_a_form_comes_from(tmp_path, site, status):
    async with a_world(tmp_path) as world, world.laptop(**{"Sec-Fetch-Site": site}) as laptop:
        del laptop.headers["origin"]
        form = {"phase": "waiting", "question": "", "seq": str((await world.row()).seq)}
        assert (await laptop.post(f"/sessions/{world.session}/next", data=form)).status_code == status


async def test_the_public_address_is_an_own_origin():
    own = Protection(lambda *_: None, Settings(public_url="https://moderato.example"))
    scope = {"type": "http", "method": "POST", "headers": [(b"origin", b"https://moderato.example"), (b"host", b"x")]}
    assert own._is_own_origin(scope, Headers(scope=scope))


async def test_looking_is_allowed_from_everywhere(tmp_path):
    async with a_world(tmp_path) as world, world.phone(Origin=FOREIGN[0]) as browser:
        assert (await browser.get("/")).status_code == 200


async def test_every_answer_is_strict_and_every_page_has_nothing_inline_and_nothing_from_elsewhere(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        await world.write_all(["<script>alert(1)</script>", "<img src=//elders.example onerror=x>", "gewoon"])
        await world.advance_to(Phase.CLUSTER)
        seen = await everything(world, world.seats[0])
    for where, sent in seen.items():
        assert "'content-security-policy': \"default-src 'none'" in sent, where
        assert "unsafe" not in sent.split("content-security-policy", 1)[1].split("permissions", 1)[0], where
        for header in ("'x-content-type-options': 'nosniff'", "'referrer-policy': 'same-origin'", "'cache-control': "):
            assert header in sent, (where, header)
        if "'content-type': 'text/html" in sent:
            page = Tags()
            page.feed(sent.split("} ", 1)[1])
            assert not page.wrong, (where, page.wrong)


async def test_what_is_personal_is_kept_by_nobody(tmp_path):
    async with a_world(tmp_path) as world:
        await world.advance()
        seen = await everything(world, world.seats[0])
    for where, sent in seen.items():
        if not where.endswith(("/privacy", "/accessibility")):
            assert "'cache-control': 'no-store'" in sent, where


async def test_a_body_just_small_enough_is_read_and_one_byte_more_is_not(tmp_path):
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        path = f"/s/{(await world.row()).code}/presence"
        fits, too_large = b" " * (LARGEST_BODY - 2) + b"{}", b" " * (LARGEST_BODY - 1) + b"{}"
        assert (await phone.post(path, content=fits)).status_code == 204
        assert (await phone.post(path, content=too_large)).status_code == 413


async def test_a_length_that_lies_is_counted_anyway(tmp_path):
    async def long_body():
        for _ in range(8):
            yield b" " * (LARGEST_BODY // 4)

    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        path = f"/s/{(await world.row()).code}/presence"
        answer = await phone.post(path, content=long_body(), headers={"Content-Length": "12"})
        assert answer.status_code == 413


async def test_an_unknown_page_is_a_calm_one_in_both_languages(tmp_path):
    async with a_world(tmp_path) as world:
        for language, words in (("nl", "bestaat niet"), ("en", "exist")):
            async with world.phone(**{"Accept-Language": language}) as browser:
                answer = await browser.get("/geen/pagina")
                assert answer.status_code == 404 and words in answer.text
