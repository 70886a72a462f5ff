"""What stands on the pages of the report, in the reader's language, as plain values for the template."""

from __future__ import annotations

from typing import Any

from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.exports.fonts import REPLACEMENT, Cleaner, isolated
from app.exports.tints import on_paper
from app.exports.visible import shown
from app.exports.words.annex import annex
from app.exports.words.figures import rounds_tables, theme_captions
from app.exports.words.method import method
from app.exports.words.sentences import action_table, attendance_table, question_notes, summary
from app.exports.words.titles import heading_of, title_of
from app.screens.render import N_, long_date, spaced_code, translate, translations
from app.store import owner_settings

MOST_DOTS_ON_PAPER = 20
MOST_SIGNS_NAMED = 20


def content(report: Report, language: str) -> dict[str, Any]:
    """All texts and figures of the report, cleaned of what the fonts can't show."""
    _ = translations(language).gettext
    pages = {
        **front(report, language),
        "goes_on": _("continued"),
        "questions": [_question(report, question, language) for question in report.asked],
        "tables": [
            table for table in (action_table(report, language), attendance_table(report, language)) if table["rows"]
        ],
        "method": {"title": _("About this report"), "sections": method(report, language)},
        "annex": annex(report, language),
    }
    return cleaned(pages, language)


def cleaned(pages: dict[str, Any], language: str) -> dict[str, Any]:
    """The same with every text one that the fonts can show, and in `signs` what had to be replaced."""
    cleaner = Cleaner()
    clean: dict[str, Any] = cleaner.clean(pages)
    return {**clean, "signs": _replaced(cleaner.replaced, language) if cleaner.replaced else ""}


def front(report: Report, language: str) -> dict[str, Any]:
    """What each report begins with: whose it is, of which day, how many took part, and the outcome in short."""
    _ = translations(language).gettext
    return {
        "lang": language,
        "session_lang": report.language,
        "document_title": title_of(report),
        "header": owner_settings.current().organisation or (report.title if report.group else ""),
        "footer": _footer(report, language),
        "page": _("page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "date_line": _("Report of the session of %(date)s") % {"date": long_date(language, report.held_on)},
        "heading": heading_of(report),
        "facts": _facts(report, language),
        "facts_note": [_("Sent in anonymously and copied unchanged."), _("In brackets: the number of points.")],
        "short": {"title": _("In short"), "paragraphs": summary(report, language)},
    }


def _footer(report: Report, language: str) -> str:
    code = translate(language, N_("session %(code)s"), code=spaced_code(report.code)) if report.code else ""
    return " · ".join(filter(None, (isolated(report.title), code)))


def _facts(report: Report, language: str) -> list[dict[str, str]]:
    ngettext = translations(language).ngettext
    facts = [
        (report.statement_count, ngettext("statement", "statements", report.statement_count)),
        (report.theme_count, ngettext("theme", "themes", report.theme_count)),
        (report.points, ngettext("point", "points", report.points)),
    ]
    told = [{"figure": str(figure), "label": label} for figure, label in facts if figure]
    return [*_people(report, language), *told]


def _people(report: Report, language: str) -> list[dict[str, str]]:
    """How many took part, where that can be told: those who voted, or else those on the attendance list."""
    _ = translations(language).gettext
    ngettext = translations(language).ngettext
    if report.voters:
        label = ngettext("participant", "participants", report.voters)
        return [{"figure": str(report.voters), "label": label}]
    if report.closed_rounds:
        return [{"figure": _("fewer than 3"), "label": ngettext("participant", "participants", 2)}]
    present = report.attendance.count
    return [{"figure": str(present), "label": ngettext("attendee", "attendees", present)}] if present else []


def _question(report: Report, question: ReportQuestion, language: str) -> dict[str, Any]:
    themes = [_theme(question, theme, language) for theme in question.themes]
    if question.unclustered:
        themes.append(_without_theme(question.unclustered, language))
    return {
        "number": question.number,
        "text": question.text,
        "notes": question_notes(report, question, language),
        "themes": themes,
        "rounds": rounds_tables(question, language),
    }


def _without_theme(texts: tuple[ReportStatement, ...], language: str) -> dict[str, Any]:
    """How many there are stands apart: a number in brackets is always points."""
    counted = translations(language).ngettext("%(n)s statement", "%(n)s statements", len(texts)) % {"n": len(texts)}
    return {
        "name": translate(language, N_("Without a theme")),
        "figure": None,
        "dots": 0,
        "tint": None,
        "count": counted,
        "captions": [],
        "statements": [shown(one, language) for one in texts],
    }


def _theme(question: ReportQuestion, theme: ReportTheme, language: str) -> dict[str, Any]:
    """A theme as it is drawn: `(7)` from one point up, so many dots up to twenty, and its tint."""
    return {
        "name": isolated(theme.name),
        "figure": theme.figure or None,
        "dots": theme.points if theme.points and theme.points <= MOST_DOTS_ON_PAPER else 0,
        **on_paper(theme.letter),
        "captions": theme_captions(question, theme, language),
        "statements": [shown(one, language) for one in theme.statements],
    }


def _replaced(signs: set[str], language: str) -> str:
    codes = [f"U+{ord(sign):04X}" for sign in sorted(signs)]
    named = ", ".join(codes[:MOST_SIGNS_NAMED]) + (" …" if len(codes) > MOST_SIGNS_NAMED else "")
    return translate(
        language,
        N_("The fonts of this report can't show some signs; %(square)s stands in their place: %(signs)s."),
        square=REPLACEMENT,
        signs=named,
    )
