"""A file of printed sessions: what is read from it, and what is refused before anything is made."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.replay.file import read_session
from app.replay.printed import Person, PrintedSession
from app.replay.stops import ReplayStopped

REAL = Path(__file__).parents[2] / "app" / "demo" / "sessions-2005.json"
Change = Callable[[dict[str, Any]], object]


def a_session(**changes: Any) -> dict[str, Any]:
    themes = [{"name": "Samenwerking", "points": 3, "statements": ["samen"]}, {"name": "Korte lijnen"}]
    return {
        "title": "Quick scan",
        "participants": [{"name": name} for name in ("An", "Bo", "Cas")],
        "questions": [{"text": "Wat is positief?", "themes": themes}],
        **changes,
    }


def a_theme(**changes: Any) -> dict[str, Any]:
    return a_session(questions=[{"text": "Wat?", "themes": [{"name": "Thema", **changes}]}])


def a_follow_up(*themes: dict[str, Any]) -> dict[str, Any]:
    first = a_session()["questions"][0]
    return a_session(questions=[first, {"text": "Wat nu?", "themes": list(themes)}])


def read(tmp_path: Path, session: Any, number: int = 1) -> PrintedSession:
    path = tmp_path / "sessions.json"
    path.write_text(json.dumps({"sessions": [session]}))
    return read_session(path, number)


def test_the_first_real_session_is_read_as_it_was_printed() -> None:
    session = read_session(REAL, 1)
    assert (session.group, session.held_on) == ("wijkteam Buytenwegh de Leyens", date(2005, 8, 18))
    assert [question.points for question in session.questions] == [20, 18, 0]
    assert session.questions[0].themes[0].statements[4] == "wijkteamproblemen als 'team' benaderen/oplossen"
    assert [theme.carried_from for theme in session.questions[2].themes] == [(1, 0), (1, 2), (1, 3)]


def test_the_second_real_session_has_people_without_roles() -> None:
    assert read_session(REAL, 2).people[0] == Person("Deelnemer 1")


def test_what_may_be_absent_may_be_absent(tmp_path: Path) -> None:
    session = read(tmp_path, a_session(district=None, group=None, language=None, date=None))
    assert (session.group, session.held_on, session.language) == ("", None, "nl")


def test_a_question_without_themes_and_a_theme_without_statements_are_fine(tmp_path: Path) -> None:
    session = read(tmp_path, a_session(questions=[{"text": "Wat?"}, {"text": "En?", "themes": [{"name": "A"}]}]))
    assert [len(question.themes) for question in session.questions] == [0, 1]


def test_no_points_may_be_written_as_0(tmp_path: Path) -> None:
    assert read(tmp_path, a_theme(points=0)).questions[0].points == 0


def test_a_printed_text_is_kept_as_it_is(tmp_path: Path) -> None:
    assert read(tmp_path, a_theme(statements=["twee\nregels\x07"])).questions[0].themes[0].statements == (
        "twee\nregels\x07",
    )


def test_the_nearest_theme_of_that_name_is_carried(tmp_path: Path) -> None:
    again = [{"text": text, "themes": [{"name": "Zelfde"}]} for text in ("Een?", "Twee?")]
    follow_up = {"text": "Wat nu?", "themes": [{"name": "Nieuw", "from_theme": "Zelfde"}]}
    session = read(tmp_path, a_session(questions=[*again, follow_up]))
    assert session.questions[2].themes[0].carried_from == (1, 0)


def test_namesakes_are_carried_one_by_one(tmp_path: Path) -> None:
    first = {"text": "Een?", "themes": [{"name": "Zelfde"}, {"name": "Zelfde"}]}
    carried = {"text": "Twee?", "themes": [{"name": name, "from_theme": "Zelfde"} for name in "ab"]}
    session = read(tmp_path, a_session(questions=[first, carried]))
    assert [theme.carried_from for theme in session.questions[1].themes] == [(0, 0), (0, 1)]


REFUSED: dict[str, tuple[Any, str]] = {
    "no object": (7, "session 1 is not"),
    "no title": (a_session(title=None), "title is empty"),
    "title of spaces": (a_session(title=" \u200b"), "title is empty"),
    "long title": (a_session(title="x" * 201), "201 characters"),
    "odd title": (a_session(title=["x"]), "not a text"),
    "long group": (a_session(group="x" * 150, district="y" * 150), "301 characters"),
    "odd date": (a_session(date="18 augustus"), "not a date"),
    "odd language": (a_session(language="fy"), "none of nl, en"),
    "no participants": (a_session(participants=[]), "no participants"),
    "participants as a number": (a_session(participants=8), "not a list"),
    "a participant that is a text": (a_session(participants=["An"]), "participant 1 is not"),
    "two participants and points": (a_session(participants=[{}, {}]), "3 ballots"),
    "two points": (a_theme(points=2), "3 ballots"),
    "negative points": (a_theme(points=-3), "whole number"),
    "half points": (a_theme(points=1.5), "whole number"),
    "points that are true": (a_theme(points=True), "whole number"),
    "points in words": (a_theme(points="7"), "whole number"),
    "more points than any budget": (a_theme(points=301), "more than 100"),
    "no questions": (a_session(questions=None), "no questions"),
    "a question that is a text": (a_session(questions=["Wat?"]), "question 1 is not"),
    "a question without text": (a_session(questions=[{"themes": []}]), "question 1 is empty"),
    "a long question": (a_session(questions=[{"text": "x" * 301}]), "301 characters"),
    "a theme without name": (a_theme(name=""), "is empty"),
    "a long theme": (a_theme(name="x" * 121), "121 characters"),
    "53 themes": (a_session(questions=[{"text": "Wat?", "themes": [{"name": "x"}] * 53}]), "room for 52"),
    "an empty statement": (a_theme(statements=["\n\x00 "]), "statement 1 of theme 1 of question 1 is empty"),
    "a statement that is null": (a_theme(statements=[None]), "is empty"),
    "a statement that is a number": (a_theme(statements=[1]), "not a text"),
    "statements as a text": (a_theme(statements="samen"), "not a list"),
    "a long statement": (a_theme(statements=["x" * 501]), "501 characters"),
    "half a character": (a_theme(statements=["\ud83d"]), "half of a character"),
    "from a theme that is not there": (a_follow_up({"name": "A", "from_theme": "B"}), "no earlier question"),
    "from a theme beside it": (a_follow_up({"name": "A"}, {"name": "B", "from_theme": "A"}), "no earlier question"),
    "from one theme twice": (a_follow_up(*[{"name": "A", "from_theme": "Korte lijnen"}] * 2), "already"),
}


@pytest.mark.parametrize("session, sentence", REFUSED.values(), ids=REFUSED)
def test_a_file_that_cannot_be_played_is_refused_in_one_sentence(tmp_path: Path, session: Any, sentence: str) -> None:
    with pytest.raises(ReplayStopped) as stop:
        read(tmp_path, session)
    assert sentence.lower() in str(stop.value).lower()
    assert str(stop.value)[0].isupper() and str(stop.value).endswith(".")


@pytest.mark.parametrize("number", [0, -1, 2])
def test_a_session_that_is_not_in_the_file_is_refused(tmp_path: Path, number: int) -> None:
    with pytest.raises(ReplayStopped, match=f"no session {number}"):
        read(tmp_path, a_session(), number)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"sessions": {}}', b"[" * 100_000, b'{"sessions": [NaN]}']
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sessions.json"
    path.write_bytes(content)
    with pytest.raises(ReplayStopped):
        read_session(path, 1)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReplayStopped, match="can't be read"):
        read_session(tmp_path / "nowhere.json", 1)


def test_a_statement_of_500_signs_after_normalisation_can_be_sent(tmp_path: Path) -> None:
    text = "e\u0301" * 500
    assert read(tmp_path, a_theme(statements=[text])).questions[0].themes[0].statements == (text,)
