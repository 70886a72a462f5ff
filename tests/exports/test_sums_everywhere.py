"""The same vote gives the same figures and the same sum on all screens and in every format, beside what hands gave."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.domain.report import Report
from app.exports import FORMATS
from app.screens.report import build_report
from tests.exports.readers import READERS, rows_of_csv, rows_of_raw_csv, sheets_of_xlsx, tables_of_zip
from tests.exports.test_every_format import ABOUT_ACTIONS, NOT_TEXT
from tests.screens.test_figures import NAMES, TEMPLATES, a_session, drawn, first_round
from tests.screens.test_hand_counts import count
from tests.world import World

pytestmark = pytest.mark.anyio
BALLOTS = dict(zip(NAMES, (7, 6, 4, 4), strict=True))
HANDS = dict(zip(NAMES, (30, 500, 0, 9000), strict=True))
Figures = dict[str, tuple[int, int]]
EVERYWHERE: Figures = {name: (BALLOTS[name], HANDS[name]) for name in NAMES}


async def the_vote(world: World) -> Report:
    """Twelve ballots, and hands counted beside them."""
    await first_round(world)
    await count(world, {key: HANDS[name] for name, key in (await world.theme_ids()).items()})
    async with world.parts.database.reader() as db:
        return await build_report(db, world.session)


def in_brackets(text: str) -> dict[str, int]:
    """The figure behind each theme's name, the same each time it is said."""
    found = {name: {int(one) for one in re.findall(rf"{name}\W*\(([0-9]+)\)", text)} for name in NAMES}
    assert all(len(figures) == 1 for figures in found.values()), found
    return {name: figures.pop() for name, figures in found.items()}


def in_rows(rows: list[list[Any]]) -> Figures:
    """Of a table with its headings: what stands behind each theme."""
    places = [rows[0].index(heading) for heading in ("Thema", "Punten", "Met de hand geteld")]
    told = [[row[place] for place in places] for row in rows[1:]]
    return {name: (int(points or 0), int(by_hand or 0)) for name, points, by_hand in told}


def in_raw_rows(made: bytes) -> Figures:
    rows = rows_of_raw_csv(made)
    return {row["theme"]: (int(row["points"]), int(row["counted_by_hand"])) for row in rows}


def in_archive(made: bytes) -> Figures:
    (question,) = json.loads(made)["questions"]
    of_board, of_round = question["themes"], question["rounds"][-1]["themes"]
    told = [{one["name"]: (one["points"], one["by_hand"]) for one in themes} for themes in (of_board, of_round)]
    assert told[0] == told[1]
    return told[0]


TYPED: dict[str, Callable[[bytes], Figures]] = {
    "xlsx": lambda made: in_rows(sheets_of_xlsx(made)["Thema’s"]),
    "csv": lambda made: in_rows(rows_of_csv(made)),
    "csv-raw": in_raw_rows,
    "csv-zip": lambda made: in_rows(next(rows for name, rows in tables_of_zip(made).items() if "Thema" in name)),
    "json": in_archive,
}


@pytest.mark.parametrize("screen", TEMPLATES, ids=lambda screen: screen.__name__.rpartition(".")[2])
async def test_on_each_screen_the_figures_add_up_to_the_sum_it_tells(tmp_path: Path, screen: Any) -> None:
    async with a_session(tmp_path) as world:
        report = await the_vote(world)
        page = re.sub(r"<[^>]*>", "", await drawn(world, screen))
        assert in_brackets(page) == BALLOTS and report.points == 21
        assert re.search(r"\b21 punten\b", page)
        for points in (*HANDS.values(), sum(HANDS.values())):
            named = f"{points} met de hand geteld|geen punten met de hand geteld|{points} punten zijn geteld op papier"
            assert re.search(named, page), points


async def test_in_each_format_they_are_those_of_the_screens(tmp_path: Path) -> None:
    async with a_session(tmp_path) as world:
        report = await the_vote(world)
    for name, chosen in FORMATS.items():
        if name in NOT_TEXT | ABOUT_ACTIONS:
            continue
        made = chosen.write(report, "nl")
        if name in TYPED:
            assert TYPED[name](made) == EVERYWHERE, name
            continue
        text = " ".join(" ".join(READERS[name](made)).split())
        assert in_brackets(text) == BALLOTS, name
        assert "12 deelnemers verdeelden 21 punten." in text, name
        assert "Daarnaast met de hand geteld en niet meegerekend: 9530 punten." in text, name
