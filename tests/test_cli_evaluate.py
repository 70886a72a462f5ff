"""`moderato evaluate`, as somebody types it: the base line first, then the improved figures, each beside chance."""

from __future__ import annotations

import contextlib
import io
import json
import re

import pytest

from app import cli
from tests.suggestions.boards import FILE
from tests.suggestions.endpoint import by_letters, endpoint

FIGURES = re.compile(r"in all +top-1 ([\d.]+) % \(chance ([\d.]+) %\) · top-3 ([\d.]+) % \(chance ([\d.]+) %\)")


def figures(printed: str) -> dict[str, list[float]]:
    """By title: top-1, its chance, top-3, its chance, over all questions."""
    blocks = [block.split("\n", 1) for block in printed.split("\n\n") if "in all" in block]
    return {title: [float(one) for one in FIGURES.search(rest).groups()] for title, rest in blocks}


@pytest.fixture(scope="module")
def printed() -> str:
    """What the command prints of the real sessions; some seconds of work, so once."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        assert cli.main(["evaluate", str(FILE)]) == 0
    return written.getvalue()


def test_the_base_line_comes_first_and_the_improved_built_in_is_better(printed):
    plain, improved, *_ = figures(printed).items()
    assert plain[0].startswith("base line")
    assert improved[0].startswith("improved built-in, parameters chosen on the other questions")
    assert improved[1][0] > plain[1][0] > plain[1][1]
    assert improved[1][2] > plain[1][2] > plain[1][3]


def test_each_question_has_its_line_and_groupings_their_measures(printed):
    block = printed.split("\n\n")[1]
    assert [line.split()[1] for line in block.splitlines() if "session" in line] == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    measures = r"pair F1 0\.\d\d \(chance 0\.\d\d\).* adjusted Rand 0\.\d\d \(chance 0\.00\)"
    assert len(re.findall(measures, block)) == 6


def test_nothing_that_was_said_is_printed(printed):
    assert "zwaluwstaart" not in printed


def test_an_endpoint_is_measured_likewise(tmp_path, capsys):
    whole = json.loads(FILE.read_text())
    whole["sessions"] = [whole["sessions"][0] | {"questions": whole["sessions"][0]["questions"][2:]}]
    (tmp_path / "first.json").write_text(json.dumps(whole))
    with endpoint() as server:
        server.answer = by_letters
        command = ["evaluate", str(tmp_path / "first.json"), "--embeddings", server.url, "--model", "a-model"]
        assert cli.main(command) == 0
        assert {asked["model"] for asked in server.asked} == {"a-model"}
    first, *_ = figures(capsys.readouterr().out)["embeddings endpoint"]
    assert 0 < first < 100


def test_an_endpoint_that_fails_is_said_in_one_sentence(capsys):
    with endpoint() as server:
        server.answer = lambda asked: (500, b"")
        assert cli.main(["evaluate", str(FILE), "--embeddings", server.url]) == 1
    assert capsys.readouterr().err == f"moderato: {server.url} gave no vectors: refused\n"


@pytest.mark.parametrize(
    ("name", "sentence"), [("none.json", "No such file"), ("empty.json", "is not a file of sessions")]
)
def test_a_file_that_can_not_be_measured_is_said_in_one_sentence(tmp_path, capsys, name, sentence):
    (tmp_path / "empty.json").write_text("{}")
    assert cli.main(["evaluate", str(tmp_path / name)]) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert sentence in error
