"""The report on one page: the facts, in short, per question what weighs most, and what was agreed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

from app.domain.report import Report, ReportAction
from app.domain.report_questions import ReportQuestion, ReportTheme
from app.exports.fonts import isolated
from app.exports.formats import Format, Purpose
from app.exports.pdf_report import document
from app.exports.pdf_report.content import cleaned, front
from app.exports.tints import on_paper
from app.exports.words.action_items import status_words
from app.exports.words.figures import points, vote_notes
from app.screens.render import N_, long_date, translate, translations

TEMPLATE = document.ROOT / "one_page.typ"


def write(report: Report, language: str) -> bytes:
    """One A4 that meets PDF/UA-1 and PDF/A-2a."""
    moment = datetime.combine(report.held_on, time(12), UTC)
    return document.make(json.dumps(content(report, language)), moment, language, TEMPLATE)


def content(report: Report, language: str) -> dict[str, Any]:
    """All texts and figures of the page; the template shows as many themes and questions as it has room for."""
    _ = translations(language).gettext
    page = {
        **front(report, language),
        "date_line": _("Summary of the session of %(date)s") % {"date": long_date(language, report.held_on)},
        "questions": [_question(question, language) for question in report.asked],
        "actions": {"title": _("Agreed"), "rows": [_action(action, language) for action in report.actions]},
        **_left_out(report, language),
        "method": _(
            "Everybody could divide a number of points over the themes; in brackets stands their sum. How it was"
            " counted, all statements as they were written and what anonymity means are in the complete report."
        ),
    }
    return cleaned(page, language)


def _left_out(report: Report, language: str) -> dict[str, list[str]]:
    """What to say of one, two, three … that the page has no room for; how many, only the template can measure."""
    ngettext = translations(language).ngettext
    themes = max((len(question.themes) for question in report.asked), default=0)
    return {
        "more_themes": [
            ngettext("and %(n)s more theme", "and %(n)s more themes", n) % {"n": n} for n in range(1, themes + 1)
        ],
        "more_questions": [
            ngettext("and %(n)s more question", "and %(n)s more questions", n) % {"n": n}
            for n in range(1, len(report.asked) + 1)
        ],
        "more_actions": [
            ngettext("and %(n)s more action item", "and %(n)s more action items", n) % {"n": n}
            for n in range(1, len(report.actions) + 1)
        ],
    }


def _question(question: ReportQuestion, language: str) -> dict[str, Any]:
    return {
        "number": question.number,
        "text": question.text,
        "note": " ".join(vote_notes(question, language)) if question.themes else _without_themes(question, language),
        "themes": [_theme(theme, question.most, language) for theme in question.themes],
    }


def _without_themes(question: ReportQuestion, language: str) -> str:
    """So that a question that came to no theme does not look forgotten."""
    count = question.statement_count
    said = translations(language).ngettext(
        "%(n)s statement, under no theme.", "%(n)s statements, under no theme.", count
    )
    return said % {"n": count}


def _theme(theme: ReportTheme, most: int, language: str) -> dict[str, Any]:
    """A bar: `share` of the longest one's length, and in `says` what it tells to who can't see it."""
    by_hand = (
        translate(language, N_("by hand: %(points)s"), points=points(theme.by_hand, language)) if theme.by_hand else ""
    )
    return {
        "name": isolated(theme.name),
        "figure": theme.figure or None,
        "share": (theme.points or 0) / most if most else 0,
        "by_hand": by_hand,
        **on_paper(theme.letter),
        "says": _said(theme, language),
    }


def _said(theme: ReportTheme, language: str) -> str:
    return f"{theme.name}: {points(theme.points, language)}" if theme.points else theme.name


def _action(action: ReportAction, language: str) -> str:
    """`Plan the consultation hour – Anna, 1 September 2005, Open`."""
    when = long_date(language, action.due) if action.due else ""
    told = ", ".join(filter(None, (isolated(action.owner), when, status_words(action, language))))
    return f"{isolated(action.text)} – {told}"


FORMAT = Format(
    "pdf-summary",
    "application/pdf",
    write,
    N_("Summary on one page (pdf)"),
    Purpose.READ,
    ending="summary.pdf",
    aside=True,
)
