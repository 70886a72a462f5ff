"""Reports to write in every format: the real sessions, and the awkward ones."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.report import Report, ReportAction, ReportAttendee
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.domain.themes import next_letter

PRINTED = json.loads((Path(__file__).parents[2] / "app/demo/sessions-2005.json").read_text())["sessions"]
DISTRICT_TEAM = PRINTED[0]
EXACT = (
    "korte lijnen tussen partijen -> snel actie",
    "wijkteamproblemen als 'team' benaderen/oplossen",
    "reactie snelheid wijkteam",
)


def a_report(*questions: ReportQuestion, **changed: Any) -> Report:
    """A session of an ended day with these questions."""
    facts: dict[str, Any] = {
        "session_id": 1,
        "code": "482915",
        "title": "Wijkaanpak nieuwe stijl",
        "group": "Wijkteam Buytenwegh de Leyens",
        "held_on": date(2026, 11, 23),
        "language": "nl",
        "status": "open",
        "mixing": True,
    }
    return Report(**{**facts, **changed, "questions": questions})


def a_question(
    *themes: ReportTheme, text: str = "Wat ging er goed?", number: int = 1, **changed: Any
) -> ReportQuestion:
    """A question whose vote was closed, with these themes in result order."""
    figures = tuple(
        ReportFigure(theme.id, theme.letter, theme.name, theme.points, 3 if (theme.points or 0) >= 3 else None)
        for theme in themes
    )
    facts: dict[str, Any] = {
        "kind": "open",
        "phases": ("collect", "cluster", "vote", "result"),
        "phase": "result",
        "budget": 3,
        "limit_per_theme": None,
        "max_length": 140,
        "most_statements": 30,
        "rounds": (ReportRound(1, changed.get("budget", 3), None, True, 8, figures),)
        if any(theme.points for theme in themes)
        else (),
    }
    return ReportQuestion(f"q{number}", number, text, **{**facts, **changed, "themes": themes})


def written(*texts: str) -> tuple[ReportStatement, ...]:
    """Statements as they were written."""
    return tuple(ReportStatement(text) for text in texts)


def the_district_team() -> Report:
    """The first real session as it was printed, with its follow-up, its people and two action items."""
    ids: dict[str, str] = {}
    asked = []
    for number, question in enumerate(DISTRICT_TEAM["questions"], 1):
        letters: list[str] = []
        themes = []
        for place, theme in enumerate(question["themes"], 1):
            letters.append(next_letter(letters))
            themes.append(
                ReportTheme(
                    f"q{number}-t{place}",
                    letters[-1],
                    theme["name"],
                    place,
                    theme["points"],
                    ids.get(theme["from_theme"] or ""),
                    written(*theme["statements"]),
                )
            )
        ids.update({theme.name: theme.id for theme in themes})
        asked.append(a_question(*themes, text=question["text"], number=number))
    return a_report(
        *asked,
        title=DISTRICT_TEAM["title"],
        group="wijkteam Buytenwegh de Leyens",
        held_on=date(2005, 8, 18),
        code=None,
        status="ended",
        actions=(
            ReportAction("Actiepuntenlijst maken en trekkers bepalen", "q2-t1", "Deelnemer 7", date(2005, 9, 1)),
            ReportAction("Spreekuur bespreken in het overleg"),
        ),
        names_in_report=True,
        roles_in_report=True,
        attendees=tuple(
            ReportAttendee(person["name"], person["role"] or "") for person in DISTRICT_TEAM["participants"]
        ),
    )


def with_texts(texts: list[str], **changed: Any) -> Report:
    """The same odd texts wherever somebody can type one."""
    first = texts[0]
    theme = ReportTheme("q1-t1", "A", first, 1, 5, None, written(*texts))
    return a_report(
        a_question(theme, text=first, unclustered=written(*texts)),
        title=first,
        group=texts[-1],
        actions=(ReportAction(first, "q1-t1", texts[-1]),),
        names_in_report=True,
        roles_in_report=True,
        attendees=(ReportAttendee(first, texts[-1]),),
        **changed,
    )


def a_large_one(themes: int = 10, statements: int = 2000) -> Report:
    """Two thousand statements over ten questions."""
    each = statements // 10 // themes
    return a_report(
        *(
            a_question(
                *(
                    ReportTheme(
                        f"q{number}-t{place}",
                        chr(64 + place),
                        f"Thema {place} van vraag {number}",
                        place,
                        30 - place,
                        None,
                        written(*(f"uitspraak {index} over iets dat de groep bezighoudt" for index in range(each))),
                    )
                    for place in range(1, themes + 1)
                ),
                number=number,
                text=f"Vraag {number} van een lange dag?",
                budget=100,
            )
            for number in range(1, 11)
        )
    )
