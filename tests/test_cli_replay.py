"""The command `moderato replay`: which options go together."""

import pytest

from app.cli import main

REPLAY = ["replay", "sessions.json", "--session", "1", "--url", "http://127.0.0.1:9"]
WHOLE = ["--email", "a@example.org", "--password-stdin", "--out", "x"]
JOIN = ["--join", "482915"]
SOME = [*JOIN, "--participants", "3"]


@pytest.mark.parametrize(
    "wishes, sentence",
    [
        (JOIN, "With --join this needs --participants"),
        ([*SOME, "--email", "a@example.org", "--out", "x"], "With --join there is no --email or --out"),
        ([*SOME, "--password-stdin"], "With --join there is no --password-stdin"),
        (WHOLE[:2], "Without --join this needs --password-stdin and --out"),
        ([], "Without --join this needs --email and --password-stdin and --out"),
        ([*WHOLE, "--participants", "3"], "Without --join there is no --participants"),
        ([*WHOLE, "--seed", "0"], "Without --join there is no --seed"),
    ],
)
def test_what_does_not_go_together_is_said(
    capsys: pytest.CaptureFixture[str], wishes: list[str], sentence: str
) -> None:
    assert main([*REPLAY, *wishes]) == 1
    assert capsys.readouterr().err == f"moderato: {sentence}; see moderato replay --help.\n"


@pytest.mark.parametrize(
    "wishes, sentence",
    [
        ([*JOIN, "--participants", "0"], "The number of participants is from 1 to 5000."),
        ([*JOIN, "--participants", "5001"], "The number of participants is from 1 to 5000."),
        ([*SOME, "--pace", "-1"], "The pace is a number of seconds from 0."),
        (SOME, "There is no answer from http://127.0.0.1:9/ (ConnectError)."),
    ],
)
def test_what_can_not_be_is_said(capsys: pytest.CaptureFixture[str], wishes: list[str], sentence: str) -> None:
    arguments = ["replay", "app/demo/sessions-2005.json", *REPLAY[2:], *wishes]
    assert main(arguments) == 1
    assert capsys.readouterr().err == f"moderato: {sentence}\n"
