"""The action items that have a date, for a calendar: an iCalendar file (RFC 5545) with an all-day event each.

Events and not to-dos: Outlook and Google Calendar leave out the to-dos (VTODO) of a file without a word, Apple and
Thunderbird put them in another program or tab. An all-day event on the last day is seen in all of them. It is free
time, has no alarm, and no organiser, so that nobody is invited by mail. A date stands without a time zone, so that it
is the same day everywhere. What is done stays an event that says so: a file that is brought in again then changes what
stands in the calendar, where an event that had disappeared from it would stay as it was. What goes on in a later
session is an event of that session's file, under the same UID.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from app.domain.actions import ActionStatus, goes_into_calendar
from app.domain.report import Report, ReportAction
from app.domain.statements import has_content
from app.exports.formats import Format, Purpose
from app.exports.words.action_items import STATUS, status_words
from app.exports.words.titles import NAMELESS
from app.screens.render import N_, long_date, translate

LONGEST_LINE = 75
# A calendar must have a part; without an action item that has a date it is this one, which no program shows.
NOTHING = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def write(report: Report, language: str) -> bytes:
    """UTF-8 in lines of at most 75 bytes, each ending in CRLF."""
    name = " · ".join(filter(has_content, (report.group, report.title)))
    made_at = report.made_at or datetime.combine(report.held_on, time(), UTC)
    events = [
        line
        for place, action in enumerate(report.actions, 1)
        if goes_into_calendar(action.status, action.due)
        for line in _event(report, action, action.uid or f"{report.session_id}-{place}", made_at, language)
    ]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Moderato//Action list//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name or NAMELESS)}",
        *(events or NOTHING),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def _event(report: Report, action: ReportAction, uid: str, made_at: datetime, language: str) -> Iterator[str]:
    due = action.due or report.held_on
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@moderato"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(due)}"
    if due < date.max:
        # The day on which it no longer is.
        yield f"DTEND;VALUE=DATE:{_day(due + timedelta(days=1))}"
    yield f"SUMMARY:{_escaped(_summary(action, language))}"
    yield f"DESCRIPTION:{_escaped(_description(report, action, language))}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    # Not strftime, which writes the year 900 with three digits.
    return day.isoformat().replace("-", "")


def _summary(action: ReportAction, language: str) -> str:
    """What and who; one that is done says so first."""
    done = f"{translate(language, STATUS[ActionStatus.DONE])}: " if action.done else ""
    what = done + action.text
    return f"{what} ({action.owner})" if action.owner else what


def _description(report: Report, action: ReportAction, language: str) -> str:
    theme = report.names.get(action.theme or "", "")
    held_on = long_date(language, report.held_on)
    facts = (
        (N_("Owner"), action.owner),
        (N_("Theme"), theme),
        (N_("Status"), status_words(action, language)),
        (N_("Agreed"), " · ".join([*filter(has_content, (report.group, report.title)), held_on])),
    )
    return "\n".join(f"{translate(language, label)}: {value}" for label, value in facts if has_content(value))


def _escaped(text: str) -> str:
    """A text as a value: `\\`, `;` and `,` behind a backslash, a line break as `\\n`, no control character."""
    readable = text.encode(errors="replace").decode()
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        readable = readable.replace(sign, written)
    return "".join(sign for sign in readable if sign >= " " and not "\x7f" <= sign <= "\x9f")


def folded(line: str) -> bytes:
    """A line with its end, broken where it would be longer than 75 bytes, and never within a sign."""
    made, length = [], 0
    for sign in line:
        size = len(sign.encode())
        if length + size > LONGEST_LINE:
            made.append("\r\n ")
            length = 1
        made.append(sign)
        length += size
    return "".join([*made, "\r\n"]).encode()


FORMAT = Format("ics", "text/calendar; charset=utf-8", write, N_("Calendar (ics)"), Purpose.AGREED)
