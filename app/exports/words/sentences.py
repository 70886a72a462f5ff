"""The sentences of the report: in short, what happened at a question, and the tables."""

from __future__ import annotations

from collections.abc import Iterator

from babel.lists import format_list

from app.domain.phases import Phase
from app.domain.report import Report
from app.domain.report_questions import ReportQuestion
from app.exports.fonts import isolated
from app.exports.words.action_items import status_words
from app.exports.words.figures import points, vote_notes
from app.exports.words.method import attended
from app.exports.words.tables import Table
from app.screens.render import long_date, translations

MOST_THEMES_NAMED = 4


def summary(report: Report, language: str) -> list[str]:
    """What weighs heaviest per question, on what a follow-up was asked, how many action items there are."""
    voted = [question for question in report.questions if question.weights]
    found = [_heaviest(question, language, numbered=len(voted) > 1) for question in voted]
    return [*found, *_followed_up(report, language), *_agreed(report, language)]


def _heaviest(question: ReportQuestion, language: str, numbered: bool) -> str:
    _, ngettext = translations(language).gettext, translations(language).ngettext
    named = question.heaviest()
    if question.is_by_hand_alone:
        found = _heaviest_by_hand(question, language)
    elif named:
        themes = format_list([f"{isolated(theme.name)} {theme.figure}" for theme in named], locale=language)
        found = ngettext(
            "%(themes)s weighs most: %(points)s of the %(total)s points.",
            "%(themes)s weigh most: together %(points)s of the %(total)s points.",
            len(named),
        ) % {"themes": themes, "points": sum(theme.points or 0 for theme in named), "total": question.points}
    else:
        equals, weight = question.equals_at_the_top
        found = _("%(n)s themes weigh equally, with %(points)s each.") % {
            "n": equals,
            "points": points(weight, language),
        }
    return _("Question %(number)s: %(found)s") % {"number": question.number, "found": found} if numbered else found


def _heaviest_by_hand(question: ReportQuestion, language: str) -> str:
    """No figure in brackets, which are the points of ballots: where nothing else is told, that is easily forgotten."""
    _, ngettext = translations(language).gettext, translations(language).ngettext
    weight, named = question.weights, question.heaviest()
    if not named:
        equals, most = question.equals_at_the_top
        return _("Counted by hand, %(n)s themes weigh equally, with %(points)s each.") % {
            "n": equals,
            "points": points(most, language),
        }
    told = [
        _("%(theme)s with %(points)s") % {"theme": isolated(theme.name), "points": points(weight[theme.id], language)}
        for theme in named
    ]
    return ngettext(
        "Counted by hand, this weighs most: %(themes)s.", "Counted by hand, these weigh most: %(themes)s.", len(named)
    ) % {"themes": format_list(told, locale=language)}


def _followed_up(report: Report, language: str) -> Iterator[str]:
    _, ngettext = translations(language).gettext, translations(language).ngettext
    names = report.names
    carried = [
        isolated(names[theme.carried_from])
        for question in report.questions
        for theme in question.themes
        if theme.carried_from in names and question.phase != Phase.WAITING
    ]
    if len(carried) > MOST_THEMES_NAMED:
        yield ngettext(
            "A follow-up question was asked on %(n)s theme.",
            "A follow-up question was asked on %(n)s themes.",
            len(carried),
        ) % {"n": len(carried)}
    elif carried:
        yield _("A follow-up question was asked on %(themes)s.") % {"themes": format_list(carried, locale=language)}


def _agreed(report: Report, language: str) -> Iterator[str]:
    ngettext = translations(language).ngettext
    if report.actions:
        owned = sum(1 for action in report.actions if action.owner)
        yield ngettext(
            "%(n)s action item was agreed, %(m)s with an owner.",
            "%(n)s action items were agreed, %(m)s with an owner.",
            len(report.actions),
        ) % {"n": len(report.actions), "m": owned}


def question_notes(report: Report, question: ReportQuestion, language: str) -> list[str]:
    """What has to be known to read the figures of a question."""
    return [
        *_origin(report, question, language),
        *vote_notes(question, language),
        *_unfinished(question, language),
    ]


def _origin(report: Report, question: ReportQuestion, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    carried = {theme.carried_from for theme in question.themes if theme.carried_from}
    sources = [str(one.number) for one in report.questions if any(theme.id in carried for theme in one.themes)]
    if sources:
        yield _("Follow-up to question %(number)s.") % {"number": format_list(sources, locale=language)}


def _unfinished(question: ReportQuestion, language: str) -> Iterator[str]:
    _, ngettext = translations(language).gettext, translations(language).ngettext
    if question.phase == Phase.WAITING:
        yield _("Not asked yet.")
    elif question.phase == Phase.VOTE:
        yield _("The vote is still open.")
    elif question.phase == Phase.RESULT and Phase.VOTE in question.phases and question.last_round is None:
        yield _("This was not voted on.")
    has_begun = question.phase not in (Phase.WAITING, Phase.VOTE)
    if has_begun and not (question.themes or question.statement_count or question.waiting or question.hidden):
        yield _("No statements.")
    if question.waiting:
        yield ngettext(
            "%(n)s statement is still being mixed and is not in this report yet.",
            "%(n)s statements are still being mixed and are not in this report yet.",
            question.waiting,
        ) % {"n": question.waiting}
    if question.hidden:
        yield ngettext(
            "The moderator has hidden %(n)s statement.",
            "The moderator has hidden %(n)s statements.",
            question.hidden,
        ) % {"n": question.hidden}
    if question.redacted:
        yield ngettext(
            "%(n)s statement was left out on request.",
            "%(n)s statements were left out on request.",
            question.redacted,
        ) % {"n": question.redacted}


def action_table(report: Report, language: str) -> Table:
    """The action list as a table; `columns` are shares of the width."""
    _ = translations(language).gettext
    names = report.names
    rows = [
        [
            action.text,
            names.get(action.theme or "", ""),
            action.owner,
            long_date(language, action.due) if action.due else "",
            status_words(action, language),
        ]
        for action in report.actions
    ]
    header = [_("Action"), _("Theme"), _("Who"), _("When"), _("Status")]
    return {"title": _("Action list"), "note": None, "columns": [7, 4, 3, 4, 3], "header": header, "rows": rows}


def attendance_table(report: Report, language: str) -> Table:
    """Who was there by name, or the roles with how many held them, as far as the moderator lets the report tell."""
    _ = translations(language).gettext
    present = report.attendance
    note = " ".join((attended(report, language), _("Nothing ties a name to a statement or a point.")))
    if present.roles:
        rows = [[role, str(count)] for role, count in present.roles]
        header, columns = [_("Role"), _("Number")], [3, 1]
    elif any(role for _name, role in present.names):
        rows, header, columns = [list(one) for one in present.names], [_("Name"), _("Role")], [1, 1]
    else:
        rows, header, columns = [[name] for name, _role in present.names], [_("Name")], [1]
    return {"title": _("Attendance"), "note": note, "columns": columns, "header": header, "rows": rows}
