"""`moderato verify`, as somebody types it who was not there."""

from __future__ import annotations

import asyncio
import functools
import json
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.domain.report import Report
from app.exports.examples import ARCHIVES
from app.exports.json_archive import write
from tests.exports.test_told_ballots import alter, double, held, switch_off, take_out
from tests.test_cli import moderato
from tests.world import a_world


@functools.cache
def made() -> Report:
    """A session whose first question was voted on verifiably, the second not at all."""

    async def hold() -> Report:
        with tempfile.TemporaryDirectory() as data:
            async with a_world(Path(data)) as world:
                return await held(world)

    return asyncio.run(hold())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "archive.json"
    file.write_bytes(write(made(), "nl"))
    return file


def verified(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["verify", str(file)])
    said = capsys.readouterr()
    return code, said.out, said.err


def changed(file: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The same archive after somebody changed its first question."""
    found = json.loads(file.read_text())
    change(found["questions"][0])
    file.write_text(json.dumps(found))
    return file


def test_an_archive_that_was_left_alone_is_right_and_needs_no_server(archive: Path, tmp_path: Path) -> None:
    done = moderato("verify", str(archive), data=str(tmp_path / "elsewhere"))
    assert done.returncode == 0 and not (tmp_path / "elsewhere").exists()
    assert "right: 12 ballots counted" in done.stdout and "RIGHT: 1 vote recounted" in done.stdout
    assert done.stdout.startswith("Question 1, vote 1: Wat ervaart u als positief") and done.stderr == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (alter, "is said to have"),
        (take_out, "it says that 12 people voted, and lists 11 ballots"),
        (double, "stands there 2 times"),
        (switch_off, "it tells 12 ballots, and should tell none"),
    ],
)
def test_one_ballot_altered_after_the_close_is_found_and_named(archive, capsys, change, sentence) -> None:
    file = changed(archive, lambda question: change(question["rounds"][0]))
    code, told, _ = verified(file, capsys)
    assert code == 1 and sentence in told and "WRONG: this archive is not what was voted." in told


def test_figures_altered_together_with_their_sum_are_found(archive, capsys) -> None:
    def more(question: dict[str, Any]) -> None:
        question["themes"][0]["points"] += 1
        figure = next(one for one in question["rounds"][0]["themes"] if one["theme"] == question["themes"][0]["id"])
        figure["points"] += 1

    code, told, _ = verified(changed(archive, more), capsys)
    assert code == 1 and "its ballots give" in told


def test_the_points_of_a_theme_alone_are_found(archive, capsys) -> None:
    code, told, _ = verified(changed(archive, lambda question: question["themes"][0].update(points=1)), capsys)
    assert code == 1 and "stands in the report with 1 points" in told


def test_what_is_damaged_elsewhere_is_named_too(archive, capsys) -> None:
    code, told, _ = verified(changed(archive, lambda question: question.update(hidden=-1)), capsys)
    assert code == 1 and "WRONG: this archive can't be right at questions[0].hidden." in told


def test_where_no_vote_tells_its_ballots_it_says_so_and_why(capsys) -> None:
    code, told, _ = verified(ARCHIVES[0], capsys)
    assert code == 1 and told.count("can't be verified: it was not set to be verified") == 2
    assert told.endswith("NOT VERIFIED: no vote in this archive tells its ballots.\n")


def test_a_small_vote_says_that_its_ballots_stay_secret(tmp_path: Path, capsys) -> None:
    report = made()
    few = replace(report.questions[0].rounds[0], ballots=9, each=())
    question = replace(report.questions[0], rounds=(few,))
    file = tmp_path / "few.json"
    file.write_bytes(write(replace(report, questions=(question,)), "nl"))
    code, told, _ = verified(file, capsys)
    assert code == 1 and "fewer than 10 people voted, so its ballots stay secret" in told


def test_a_file_of_somebody_elses_making_tells_a_terminal_nothing(archive, capsys) -> None:
    def colour(question: dict[str, Any]) -> None:
        question["text"] = "rood \x1b[31m"
        question["rounds"][0]["ballot_list"][0]["code"] = "\x1b]0;"

    code, told, _ = verified(changed(archive, colour), capsys)
    assert code == 1 and "\x1b" not in told and "can't be a code" in told


@pytest.mark.parametrize(("content", "sentence"), [(b"een brief", "is not an archive"), (None, "No such file")])
def test_what_is_no_archive_is_said_in_one_sentence(tmp_path, capsys, content, sentence) -> None:
    file = tmp_path / "archive.json"
    if content is not None:
        file.write_bytes(content)
    code, told, wrong = verified(file, capsys)
    assert (code, told) == (1, "") and sentence in wrong and wrong.count("\n") == 1
