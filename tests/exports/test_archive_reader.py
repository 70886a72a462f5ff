"""An archive is read exactly, or refused with the place where it is wrong; never anything else."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.exports.archive_reader import LARGEST_ARCHIVE, _without_doubles, read
from app.exports.archive_shape import Archive as ArchiveShape
from app.exports.json_archive import write
from tests.exports.made_up import a_made_up_session
from tests.exports.reports import the_district_team

Archive = dict[str, Any]


def the_file() -> Archive:
    found: Archive = json.loads(write(_counted(the_district_team()), "nl"))
    return found


def _counted(report: Report) -> Report:
    """The printed figures as eight ballots could have given them."""
    questions = []
    for question in report.questions:
        votes = [
            replace(vote, figures=tuple(replace(one, givers=_givers(one.points or 0)) for one in vote.figures))
            for vote in question.rounds
        ]
        questions.append(replace(question, rounds=tuple(votes)))
    return replace(report, questions=tuple(questions))


def _givers(points: int) -> int | None:
    return min(points, 8) if points > 2 else None


def refused(content: bytes) -> tuple[Reason, str]:
    with pytest.raises(Refusal) as caught:
        read(content)
    return caught.value.reason, str(caught.value.values.get("place", ""))


@pytest.mark.parametrize("seed", range(60))
def test_what_was_written_is_read_back_exactly(seed: int) -> None:
    report = a_made_up_session(random.Random(seed))
    assert read(write(report, "nl")) == report


def test_a_byte_order_mark_and_other_spacing_are_no_damage() -> None:
    plain = the_file()
    assert read(b"\xef\xbb\xbf" + json.dumps(plain).encode()) == read(json.dumps(plain, indent=8).encode())


def test_fields_of_later_are_left_alone_and_those_of_before_may_be_missing() -> None:
    before = the_file()
    for name in ("starts_at", "names_in_report", "roles_in_report"):
        del before["session"][name]
    for question in before["questions"]:
        del question["skipped"], question["settings"]["verifiable"]
        for vote in question["rounds"]:
            del vote["stable"]
        for one in (*question["themes"], *(figure for vote in question["rounds"] for figure in vote["themes"])):
            one.pop("spread", None)
            del one["by_hand"]
    later = the_file()
    later["colour"] = later["session"]["colour"] = later["questions"][0]["colour"] = "blue"
    now, old, new = (read(json.dumps(archive).encode()) for archive in (the_file(), before, later))
    assert new == now
    assert old == replace(now, names_in_report=False, roles_in_report=None)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"een brief", b"[]", b"null", b'{"format": "other"}', b"\xff\xfe{\x00", b"[" * 100_000, b"\x00" * 99],
)
def test_another_file_is_no_archive(content: bytes) -> None:
    assert refused(content)[0] == Reason.NOT_AN_ARCHIVE


@pytest.mark.parametrize("version", [2, 1000])
def test_a_newer_version_says_so(version: int) -> None:
    assert refused(json.dumps({**the_file(), "version": version, "session": "of another shape"}).encode()) == (
        Reason.ARCHIVE_NEWER,
        "",
    )


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None, []])
def test_an_odd_version_is_damage(version: Any) -> None:
    assert refused(json.dumps({**the_file(), "version": version}).encode()) == (Reason.ARCHIVE_DAMAGED, "version")


def test_a_file_that_is_too_large_is_not_parsed() -> None:
    assert refused(b" " * (LARGEST_ARCHIVE + 1))[0] == Reason.ARCHIVE_TOO_LARGE
    assert refused(b'{"a":' + b"{}," * 200_000)[0] == Reason.ARCHIVE_TOO_LARGE
    assert refused(b'{"a":[' + b'"aa",' * 2_000_000)[0] == Reason.ARCHIVE_TOO_LARGE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"mixing": true', '"mixing": true, "mixing": false'),
        ('"waiting": 0', '"waiting": NaN'),
        ('"waiting": 0', '"waiting": Infinity'),
        ('"waiting": 0', '"waiting": 1e999'),
        ('"waiting": 0', '"waiting": ' + "9" * 5000),
        ('"waiting": 0', '"waiting": 99999999999999999999'),
        ('"waiting": 0', '"waiting": -1'),
        ('"spread": null', '"spread": 1e999'),
        ('"waiting": 0', '"waiting": ' + "[" * 50_000),
        ('"text": "', '"text": "\\ud800'),
        ('"name": "Samenwerking"', '"name": "\\u0000"'),
    ],
)
def test_what_json_leaves_open_is_refused(old: str, new: str) -> None:
    text = json.dumps(the_file(), ensure_ascii=False)
    assert old in text
    assert refused(text.replace(old, new, 1).encode())[0] == Reason.ARCHIVE_DAMAGED


def test_a_file_that_was_cut_off_or_is_in_another_encoding_is_damaged() -> None:
    text = json.dumps(the_file(), ensure_ascii=False, indent=2) + "é"
    assert refused(text.encode()[:3000])[0] == Reason.ARCHIVE_DAMAGED
    assert refused(text.encode("latin-1", "replace"))[0] == Reason.ARCHIVE_DAMAGED


def _set(*path: Any) -> Callable[[Archive], None]:
    """Put the last of these at the place the others lead to."""
    *steps, name, value = path

    def put(archive: Any) -> None:
        for step in steps:
            archive = archive[step]
        archive[name] = value

    return put


FIRST = ("questions", 0)
THEME = (*FIRST, "themes", 0)
VOTE = (*FIRST, "rounds", 0)
FIGURE = (*VOTE, "themes", 0)
WRONG: list[tuple[Callable[[Archive], None], str]] = [
    (_set("session", "title", " "), "session.title"),
    (_set("session", "title", "te lang" * 50), "session.title"),
    (_set("session", "title", 5), "session.title"),
    (_set("session", "group", " spatie ervoor"), "session.group"),
    (_set("session", "date", "18-08-2005"), "session.date"),
    (_set("session", "date", "20050818"), "session.date"),
    (_set("session", "language", "tlh"), "session.language"),
    (_set("session", "status", "over"), "session.status"),
    (_set("session", "status", "draft"), "questions[0].phase"),
    (_set("session", "starts_at", "25:00"), "session.starts_at"),
    (_set("session", "mixing", 1), "session.mixing"),
    (_set("session", None), "session"),
    (_set("attendees", 0, "name", ""), "attendees[0].name"),
    (_set("questions", {}), "questions"),
    (_set(*FIRST, "id", "q2"), "questions"),
    (_set(*FIRST, "kind", "pause"), "questions[0].settings.phases"),
    (_set(*FIRST, "settings", "phases", ["result"]), "questions[0].settings.phases"),
    (_set(*FIRST, "settings", "phases", ["vote", "collect", "result"]), "questions[0].settings.phases"),
    (_set(*FIRST, "settings", "phases", ["dance"]), "questions[0].settings.phases"),
    (_set(*FIRST, "settings", "budget", 101), "questions[0].settings.budget"),
    (_set(*FIRST, "settings", "limit_per_theme", 4), "questions[0].settings.limit_per_theme"),
    (_set(*FIRST, "settings", "max_length", 141), "questions[0].settings.max_length"),
    (_set(*FIRST, "settings", "most_statements", 0), "questions[0].settings.most_statements"),
    (_set(*FIRST, "settings", "statements_on_phones", 1), "questions[0].settings.statements_on_phones"),
    (_set(*FIRST, "settings", "minutes", {"dance": 3}), "questions[0].settings.minutes"),
    (_set(*FIRST, "settings", "minutes", {"collect": 0}), "questions[0].settings.minutes"),
    (_set(*FIRST, "phase", "pause"), "questions[0].phase"),
    (_set(*FIRST, "hidden", -1), "questions[0].hidden"),
    (_set(*FIRST, "unclustered", [{"text": "x" * 141}]), "questions[0].unclustered[0].text"),
    (_set(*FIRST, "unclustered", [{"text": "e\u0301"}]), "questions[0].unclustered[0].text"),
    (_set(*FIRST, "unclustered", [{"text": "twee\nregels"}]), "questions[0].unclustered[0].text"),
    (_set(*FIRST, "unclustered", [{}]), "questions[0].unclustered[0].text"),
    (_set(*THEME, "name", "Samen\twerking"), "questions[0].themes[0].name"),
    (_set(*THEME, "letter", "É"), "questions[0].themes[0].letter"),
    (_set(*THEME, "letter", "ZZ"), "questions[0].themes[0].letter"),
    (_set(*THEME, "position", 2), "questions[0].themes"),
    (_set(*THEME, "position", None), "questions[0].themes[0].position"),
    (_set(*THEME, "points", 8), "questions[0].themes[0].points"),
    (_set(*THEME, "id", "q1-t2"), "questions[0].themes[0].points"),
    (_set(*THEME, "carried_from", "q1-t2"), "questions[0].themes[0].carried_from"),
    (_set(*THEME, "carried_from", "q9-t9"), "questions[0].themes[0].carried_from"),
    (_set(*VOTE, "number", 0), "questions[0].rounds"),
    (_set(*VOTE, "ballots", 2), "questions[0].rounds[0].ballots"),
    (_set(*VOTE, "ballots", None), "questions[0].rounds[0].themes[0].points"),
    (_set(*VOTE, "ballots", 200), "questions[0].rounds[0].themes"),
    (_set(*VOTE, "budget", 1), "questions[0].rounds[0].themes"),
    (_set(*VOTE, "closed", False), "questions[0].themes[0].points"),
    (_set(*FIGURE, "theme", "q2-t1"), "questions[0].themes[0].points"),
    (_set(*FIGURE, "points", 99), "questions[0].themes[0].points"),
    (_set(*FIGURE, "givers", 9), "questions[0].rounds[0].themes[0].givers"),
    (_set(*FIGURE, "givers", 2), "questions[0].rounds[0].themes[0].givers"),
    (_set(*VOTE, "stable", "yes"), "questions[0].rounds[0].stable"),
    (_set(*FIGURE, "by_hand", 4), "questions[0].themes[0].by_hand"),
    (_set(*THEME, "by_hand", 4), "questions[0].themes[0].by_hand"),
    (_set(*VOTE, "themes", 6, "by_hand", -1), "questions[0].themes[6].by_hand"),
    (_set(*FIGURE, "spread", -0.1), "questions[0].rounds[0].themes[0].spread"),
    (_set(*FIGURE, "spread", 4), "questions[0].rounds[0].themes[0].spread"),
    (_set(*FIRST, "settings", "verifiable", 1), "questions[0].settings.verifiable"),
    (_set(*FIRST, "unclustered", [{"text": "toch", "redacted": True}]), "questions[0].unclustered[0].text"),
    (_set(*FIRST, "unclustered", [{"text": ""}]), "questions[0].unclustered[0].text"),
    (_set("actions", 0, "theme", "q7-t1"), "actions[0].theme"),
    (_set("actions", 0, "due", "morgen"), "actions[0].due"),
    (_set("actions", 0, "text", ""), "actions[0].text"),
    (_set("actions", 0, "uid", "x\r\nATTENDEE:y"), "actions[0].uid"),
]


@pytest.mark.parametrize(("spoil", "place"), WRONG)
def test_what_no_session_could_hold_is_named(spoil: Callable[[Archive], None], place: str) -> None:
    archive = the_file()
    spoil(archive)
    assert refused(json.dumps(archive).encode()) == (Reason.ARCHIVE_DAMAGED, place)


def test_every_field_is_missed_when_it_is_gone() -> None:
    whole = the_file()
    for name in list(whole):
        assert refused(json.dumps({key: value for key, value in whole.items() if key != name}).encode())
    for part, index in (("session", None), ("questions", 0), ("attendees", 0), ("actions", 0)):
        there = whole[part] if index is None else whole[part][index]
        for name in set(there) - {"starts_at", "names_in_report", "roles_in_report", "skipped", "uid"}:
            archive = the_file()
            del (archive[part] if index is None else archive[part][index])[name]
            assert refused(json.dumps(archive).encode())[0] == Reason.ARCHIVE_DAMAGED, (part, name)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=100, deadline=None)
@given(some.data())
def test_whatever_is_put_anywhere_is_read_or_refused(data: some.DataObject) -> None:
    archive: Any = the_file()
    here = archive
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(some.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(some.booleans()):
            break
        here = here[key]
    here[key] = data.draw(JSON)
    try:
        assert isinstance(read(json.dumps(archive).encode()), Report)
    except Refusal as refusal:
        assert refusal.reason in (Reason.ARCHIVE_DAMAGED, Reason.NOT_AN_ARCHIVE, Reason.ARCHIVE_NEWER)


class _Compared(str):
    """A name that counts how often it is compared."""

    times = 0
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        _Compared.times += 1
        return str.__eq__(self, other)


def test_a_name_that_is_there_twice_is_found_without_comparing_all_names_with_all() -> None:
    names = [_Compared(f"n{number}") for number in range(2000)]
    with pytest.raises(Refusal):
        _without_doubles([(name, 1) for name in [*names, _Compared("last"), _Compared("last")]])
    assert _Compared.times < 10 * len(names)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("attendees",), [1] * 50_000),
        (("actions",), [{}] * 50_000),
        (("questions", 0, "settings", "minutes"), {str(number): "x" for number in range(50_000)}),
    ],
)
def test_a_file_of_faults_is_refused_at_the_first_so_that_it_fills_no_memory(path: tuple[Any, ...], wrong: Any) -> None:
    found = the_file()
    _set(*path, wrong)(found)
    with pytest.raises(ValidationError) as caught:
        ArchiveShape.model_validate(found)
    assert caught.value.error_count() < 20
