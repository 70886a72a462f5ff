"""The complete archive of a session as plain values, in the format that docs/archive-format.md describes."""

from __future__ import annotations

from typing import Any

from app.domain.report import Report, ReportQuestion, ReportRound, ReportTheme

FORMAT, VERSION = "moderato-session", 1


def archive(report: Report) -> dict[str, Any]:
    """The report as lists, texts and numbers. Ids of questions and themes are local to the archive."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "session": {
            "id": report.session_id,
            "code": report.code,
            "title": report.title,
            "group": report.group,
            "date": report.held_on.isoformat(),
            "starts_at": report.starts_at,
            "language": report.language,
            "status": report.status,
            "mixing": report.mixing,
            "report_shared": report.shared,
            "names_in_report": report.names_in_report,
            "roles_in_report": report.roles_in_report,
        },
        "attendees": [{"name": person.name, "role": person.role} for person in report.attendees],
        "questions": [_question(question) for question in report.questions],
        "actions": [
            {
                "text": action.text,
                "theme": action.theme,
                "owner": action.owner,
                "due": action.due.isoformat() if action.due else None,
                "status": "done" if action.done else "open",
            }
            for action in report.actions
        ],
    }


def _question(question: ReportQuestion) -> dict[str, Any]:
    return {
        "id": question.id,
        "text": question.text,
        "kind": question.kind,
        "settings": {
            "phases": list(question.phases),
            "budget": question.budget,
            "limit_per_theme": question.limit_per_theme,
            "max_length": question.max_length,
            "most_statements": question.most_statements,
            "statements_on_phones": question.statements_on_phones,
            "takes_proposals": question.takes_proposals,
            "minutes": dict(question.minutes),
        },
        "phase": question.phase,
        "skipped": question.skipped,
        "rounds": [_round(vote) for vote in question.rounds],
        "themes": [_theme(theme) for theme in question.themes],
        "unclustered": [{"text": text} for text in question.unclustered],
        "waiting": question.waiting,
        "hidden": question.hidden,
    }


def _round(vote: ReportRound) -> dict[str, Any]:
    return {
        "number": vote.number,
        "budget": vote.budget,
        "limit_per_theme": vote.limit_per_theme,
        "closed": vote.closed,
        "ballots": vote.ballots,
        "themes": [
            {
                "theme": figure.theme,
                "letter": figure.letter,
                "name": figure.name,
                "points": figure.points,
                "givers": figure.givers,
            }
            for figure in vote.figures
        ],
    }


def _theme(theme: ReportTheme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "letter": theme.letter,
        "name": theme.name,
        "position": theme.position,
        "points": theme.points,
        "carried_from": theme.carried_from,
        "statements": [{"text": text} for text in theme.statements],
    }
