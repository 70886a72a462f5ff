"""Labelled sessions are read from a file; what can't be measured is said in one sentence."""

from __future__ import annotations

import json

import pytest

from app.suggestions.labelled import read_labelled
from tests.suggestions.boards import QUESTIONS


def test_the_real_sessions_have_five_questions_and_87_statements():
    assert [(one.session, one.number, one.size) for one in QUESTIONS] == [
        (1, 1, 23),
        (1, 2, 19),
        (1, 3, 10),
        (2, 1, 12),
        (2, 2, 23),
    ]
    assert QUESTIONS[0].themes[0].name == "Samenwerking"


def test_only_themes_and_statements_need_to_be_there(tmp_path):
    path = tmp_path / "sessions.json"
    themes = [{"name": "Groen", "statements": ["bomen"]}, {"name": "Leeg"}]
    path.write_text(json.dumps({"sessions": [{"questions": [{"text": "Wat?", "themes": themes}, {"text": "Leeg"}]}]}))
    (question,) = read_labelled(path)
    assert [theme.statements for theme in question.themes] == [("bomen",), ()]


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b"[]",
        b"{}",
        b"null",
        b'{"sessions": 3}',
        b'{"sessions": [{"questions": [{"text": 1}]}]}',
        b'{"sessions": [{"questions": [{"text": "a", "themes": [{"name": "b", "statements": [3]}]}]}]}',
        b'{"sessions": [{"questions": [{"text": "a", "themes": ["b"]}]}]}',
        b"\xff\xfe",
        b'{"sessions": []}',
        b"[" * 200_000,
    ],
)
def test_another_file_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "sessions.json"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="sessions.json (is not|holds no)"):
        read_labelled(path)
