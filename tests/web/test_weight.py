"""How heavy a participant's page is, opened for the first time: every byte of it, as a browser gets it."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import httpx
import pytest

from app.domain.phases import Phase
from app.screens import static_files
from app.web import compression, static
from tests.world import World, a_world

pytestmark = pytest.mark.anyio
MOST_IN_ALL, MOST_TO_READ, MOST_OF_A_BOARD = 150_000, 30_000, 300_000
ADDRESS = re.compile(r'(?:href|src)="(/static/[^"#]+)|url\("(/static/[^"]+)"\)')
IMPORT = re.compile(r'from "\./([\w.]+)"|^import "\./([\w.]+)"', re.MULTILINE)
HASHED = re.compile(r"^/static/[0-9a-f]{12}/")


async def fetch(phone: httpx.AsyncClient, address: str) -> tuple[httpx.Response, int]:
    """A file, and how many bytes its body was on the line."""
    answer = await phone.get(address)
    assert answer.status_code == 200, address
    return answer, answer.num_bytes_downloaded


async def opened_cold(world: World, path: str) -> dict[str, int]:
    """Every address a browser asks for to show a page, and its bytes; all fonts, whichever letters are needed."""
    async with world.phone(world.seats[0] if world.seats else None) as phone:
        return await weight_of(phone, path)


async def weight_of(client: httpx.AsyncClient, path: str) -> dict[str, int]:
    page, size = await fetch(client, path)
    weight, waiting = {path: size}, _addresses(page.text)
    while waiting:
        address = waiting.pop()
        if address in weight:
            continue
        answer, weight[address] = await fetch(client, address)
        if address.endswith(".css"):
            waiting += _addresses(answer.text)
        if address.endswith(".js"):
            folder = address.rsplit("/", 1)[0]
            waiting += [f"{folder}/{one or other}" for one, other in IMPORT.findall(answer.text)]
    return weight


def _addresses(text: str) -> list[str]:
    return [one or other for one, other in ADDRESS.findall(text)]


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.VOTE])
async def test_a_participants_page_is_light(tmp_path: Path, phase: Phase) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.COLLECT)
        if phase == Phase.VOTE:
            await world.write_all(["een", "twee", "drie", "vier"])
            await world.advance_to(Phase.CLUSTER)
            await world.make_theme("Samenwerking", ["een"])
            await world.advance_to(phase)
        weight = await opened_cold(world, f"/s/{(await world.row()).code}")
    assert any(".woff2" in address for address in weight) and any("device.js" in address for address in weight)
    assert sum(weight.values()) <= MOST_IN_ALL
    to_read = {address: size for address, size in weight.items() if "." not in address or address.endswith(".css")}
    assert len(to_read) == 2
    assert sum(to_read.values()) <= MOST_TO_READ


async def test_every_script_is_asked_for_with_the_page_and_none_holds_it_up(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        await world.advance_to(Phase.COLLECT)
        path = f"/s/{(await world.row()).code}"
        async with world.phone(world.seats[0]) as phone:
            page = (await phone.get(path)).text
        needed = {address for address in await opened_cold(world, path) if address.endswith(".js")}
    assert needed <= set(_addresses(page))
    scripts = re.findall(r"<script [^>]*>", page)
    assert scripts and all('type="module"' in script or " defer" in script for script in scripts)
    assert "<style" not in page


async def test_everything_a_page_names_is_kept_for_ever_under_its_contents_hash(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world:
        weight = await opened_cold(world, f"/s/{(await world.row()).code}")
        async with world.phone() as phone:
            for address in weight.keys() - {f"/s/{(await world.row()).code}"}:
                assert HASHED.match(address)
                answer = await phone.get(address)
                assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
                assert answer.headers["vary"] == "Accept-Encoding"
                is_font = address.endswith(".woff2")
                assert answer.headers.get("content-encoding") == (None if is_font else "gzip")


async def test_a_page_is_compressed_for_participants_and_whole_for_who_cant_read_that(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.phone(world.seats[0]) as phone:
        path = f"/s/{(await world.row()).code}"
        packed, plain = await phone.get(path), await phone.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["cache-control"] == "no-store"
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text
        assert packed.num_bytes_downloaded < plain.num_bytes_downloaded / 2


async def test_a_moderators_page_is_not_compressed_beside_what_was_searched_for(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        assert "content-encoding" not in (await laptop.get("/sessions?search=wijk")).headers


def test_the_font_takes_over_when_it_is_there_and_holds_no_text_up() -> None:
    faces = re.findall(r"@font-face \{[^}]*\}", static_files.stylesheet("phone.css"))
    assert faces and all("font-display: swap" in face for face in faces)


def test_both_stylesheets_name_the_font_by_one_address() -> None:
    fonts = {
        name: set(re.findall(r"/static/\w+/fonts/[\w.-]+", static_files.stylesheet(name)))
        for name in static_files.STYLESHEETS
    }
    assert fonts["phone.css"] == fonts["moderato.css"] != set()


def test_a_phone_gets_no_styles_of_other_screens_and_every_other_page_gets_all() -> None:
    phone, all_of_it = static_files.stylesheet("phone.css"), static_files.stylesheet("moderato.css")
    assert ".statement-composer" in phone and ".big-screen-join" not in phone and ".agenda-rail" not in phone
    for rule in (".statement-composer", ".big-screen-join", ".agenda-rail"):
        assert rule in all_of_it


def test_files_are_compressed_once_before_the_first_phone_asks() -> None:
    static.prepare()
    before = static._file.cache_info()
    static._file("phone.css")
    after = static._file.cache_info()
    assert after.misses == before.misses and after.hits == before.hits + 1


async def test_a_full_board_is_light_enough_for_a_tablet_on_a_slow_line(tmp_path: Path) -> None:
    async with a_world(tmp_path, seats=20) as world:
        await a_full_board(world)
        async with world.laptop() as laptop:
            weight = await weight_of(laptop, f"/sessions/{world.session}/control-room")
    assert any(".woff2" in address for address in weight) and any("board_pushes.js" in address for address in weight)
    assert sum(weight.values()) <= MOST_OF_A_BOARD


async def a_full_board(world: World) -> None:
    """Five hundred statements of the length of real ones, two hundred of them under ten themes."""
    texts = [f"{number}: meer samenwerking tussen de bewoners, de wijkagent en de gemeente" for number in range(500)]
    await world.advance_to(Phase.COLLECT)
    await world.write_all(texts)
    await world.advance_to(Phase.CLUSTER)
    for number in range(10):
        await world.make_theme(f"Thema {number}", texts[20 * number : 20 * number + 20])


async def test_a_board_is_compressed_so_that_no_part_tells_of_another(tmp_path: Path) -> None:
    async with a_world(tmp_path) as world, world.laptop() as laptop:
        await world.advance_to(Phase.COLLECT)
        await world.write_all(["een", "twee", "drie"])
        path = f"/sessions/{world.session}/control-room"
        assert "content-encoding" not in (await laptop.get(path)).headers, "what others may not read yet is not a part"
        await world.advance_to(Phase.CLUSTER)
        await world.make_theme("Samenwerking")
        page = await laptop.get(path)
        assert page.headers["content-encoding"] == "gzip" and page.headers["cache-control"] == "no-store"
        parts = [part for part in (await plain(laptop, path)).split(compression.APART) if part.strip()]
    keys = [part for part in parts if "/big-screen/" in part or "/j/" in part]
    written = [part for part in parts if 'class="statement-card"' in part]
    assert written and keys and not set(keys) & set(written)
    assert [part for part in parts if "hidden-statements" in part and part not in written]


async def plain(client: httpx.AsyncClient, path: str) -> str:
    return (await client.get(path, headers={"Accept-Encoding": "identity"})).text


def test_each_part_is_read_without_what_was_before_it() -> None:
    """The bytes of a part never point back across its beginning: that is what a length could tell."""
    parts = ["geheim: 52c788b3b7a3455c", "geheim: 52c788b3b7a3455c, wat iemand schreef", "geheim: 52c788b3b7a3455c"]
    packed = compression.packed(compression.APART.join(parts))
    assert zlib.decompress(packed, wbits=31).decode() == "".join(parts)
    streams = packed[10:].split(b"\x00\x00\xff\xff")[: len(parts)]
    assert [zlib.decompressobj(-15).decompress(one + b"\x00\x00\xff\xff").decode() for one in streams] == parts
    # A stream that does point back can't be read so.
    whole = zlib.compressobj(wbits=-15)
    whole.compress(parts[0].encode())
    whole.flush(zlib.Z_SYNC_FLUSH)
    second = whole.compress(parts[1].encode()) + whole.flush(zlib.Z_SYNC_FLUSH)
    with pytest.raises(zlib.error):
        zlib.decompressobj(-15).decompress(second)
