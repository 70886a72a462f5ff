"""The calendar is one that others read: RFC 5545, an all-day event for each action item that has a date."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as some
from icalendar import Calendar

from app.domain.report import Report, ReportAction
from app.exports.calendar import folded, write
from tests.exports.reports import a_report, the_district_team

DUE = date(2026, 12, 7)
ITEM = ReportAction("Verslag maken; rondsturen, bespreken", owner="Secretaris", due=DUE, uid="a" * 32)
ANY_TEXT = some.text(some.characters(exclude_categories=("Cc", "Cs")), min_size=1)


def events(report: Report, language: str = "nl") -> list[Any]:
    """What another library reads; it must complain of nothing."""
    calendar = Calendar.from_ical(write(report, language))
    found = calendar.walk("VEVENT")
    assert not calendar.errors and not any(event.errors for event in found)
    return list(found)


def test_what_was_agreed_is_there_on_its_last_day() -> None:
    (event,) = events(the_district_team())
    agreed = the_district_team().actions[0]
    assert str(event["SUMMARY"]) == f"{agreed.text} ({agreed.owner})"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2005, 9, 1), date(2005, 9, 2))
    assert event["TRANSP"] == "TRANSPARENT" and event["STATUS"] == "CONFIRMED"
    told = str(event["DESCRIPTION"]).splitlines()
    assert f"Thema: {the_district_team().names['q2-t1']}" in told
    assert (
        told[-1] == "Afgesproken: wijkteam Buytenwegh de Leyens · Quick scan wijkbeheer nieuwe stijl · 18 augustus 2005"
    )


def test_an_item_keeps_its_name_when_it_is_changed_so_that_it_is_moved_and_not_doubled() -> None:
    moved = replace(ITEM, text="Iets anders", due=date(2027, 1, 1), done=True)
    first, second = (events(a_report(actions=(item,)))[0] for item in (ITEM, moved))
    assert first["UID"] == second["UID"] == f"{'a' * 32}@moderato"


def test_it_says_when_it_was_made_and_what_is_done() -> None:
    report = a_report(actions=(replace(ITEM, done=True),), made_at=datetime(2026, 11, 23, 20, 0, 1, tzinfo=UTC))
    (event,) = events(report)
    assert event["DTSTAMP"].dt == datetime(2026, 11, 23, 20, 0, 1, tzinfo=UTC)
    assert str(event["SUMMARY"]).startswith("Klaar: Verslag maken")


def test_what_has_no_date_or_goes_on_in_a_later_session_is_no_event() -> None:
    assert events(a_report(actions=(replace(ITEM, due=None), replace(ITEM, carried=True)))) == []


def test_without_any_event_it_still_has_the_part_that_a_calendar_must_have() -> None:
    assert [part.name for part in Calendar.from_ical(write(a_report(), "en")).subcomponents] == ["VTIMEZONE"]


def test_the_last_day_there_is_has_no_day_after_it() -> None:
    assert b"DTEND" not in write(a_report(actions=(replace(ITEM, due=date.max),)), "nl")
    assert b"DTSTART;VALUE=DATE:00010101" in write(a_report(actions=(replace(ITEM, due=date.min),)), "nl")


@given(ANY_TEXT)
def test_every_text_comes_back_exactly(text: str) -> None:
    (event,) = events(a_report(actions=(replace(ITEM, text=text, owner=""),)))
    assert unicodedata.normalize("NFC", str(event["SUMMARY"])) == unicodedata.normalize("NFC", text)


@given(some.text(some.characters(exclude_categories=("Cs",))))
def test_no_line_is_longer_than_75_bytes_and_no_sign_is_broken(text: str) -> None:
    line = folded(f"SUMMARY:{text.replace(chr(10), '').replace(chr(13), '')}")
    parts = line.removesuffix(b"\r\n").split(b"\r\n")
    assert all(len(part) <= 75 and part.decode() is not None for part in parts)
    assert b"".join([parts[0], *(part[1:] for part in parts[1:])]).decode().startswith("SUMMARY:")


def test_half_a_sign_and_control_characters_do_not_make_it_fail() -> None:
    (event,) = events(a_report(actions=(replace(ITEM, text="half \ud800 \x07\x85 bel\nregel"),)))
    assert str(event["SUMMARY"]) == "half ?  bel\nregel (Secretaris)"
