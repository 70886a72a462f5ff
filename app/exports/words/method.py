"""The page on method: what was asked, who took part, how points are counted, what anonymity means and its limits."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.agenda import Kind
from app.domain.phases import Phase
from app.domain.report import Report
from app.domain.report_questions import ReportQuestion
from app.exports.words.figures import people, points
from app.exports.words.tables import Cells, Section
from app.screens.render import translations


def method(report: Report, language: str) -> list[Section]:
    """The sections of the page: `title`, `paragraphs`, and `table` where there is one."""
    _ = translations(language).gettext
    sections = [
        _section(_("What was asked"), _asked(language), _questions_table(report, language)),
        _section(_("How many took part"), _took_part(report, language)),
        _section(_("How points are counted"), _counting(report, language)),
        _section(_("What anonymous means here, and its limits"), _anonymity(report, language)),
        _section(_("What is not in this report"), _left_out(report, language)),
    ]
    return [section for section in sections if section["paragraphs"] or section["table"]]


def _section(title: str, paragraphs: Iterator[str], table: Cells | None = None) -> Section:
    return {"title": title, "paragraphs": list(paragraphs), "table": table}


def _asked(language: str) -> Iterator[str]:
    yield translations(language).gettext(
        "Participants answered on their own devices, without a name or an account. Their statements stand here"
        " exactly as they wrote them; the moderator put them under themes."
    )


def _questions_table(report: Report, language: str) -> Cells | None:
    _ = translations(language).gettext
    if not report.asked:
        return None
    header = [_("No."), _("Question"), _("Themes"), _("Points each"), _("Took part in the vote")]
    rows = [
        [str(one.number), one.text, _kind(one, language), _each(one, language), _voters(one, language)]
        for one in report.asked
    ]
    return {"columns": [2, 8, 4, 3, 4], "header": header, "rows": rows}


def _kind(question: ReportQuestion, language: str) -> str:
    _ = translations(language).gettext
    return _("came from the answers") if question.kind == Kind.OPEN else _("were given")


def _each(question: ReportQuestion, language: str) -> str:
    _ = translations(language).gettext
    vote = question.last_round
    if vote is None:
        return "–"
    if vote.limit_per_theme:
        return _("%(budget)s, at most %(limit)s per theme") % {"budget": vote.budget, "limit": vote.limit_per_theme}
    return str(vote.budget)


def _voters(question: ReportQuestion, language: str) -> str:
    _ = translations(language).gettext
    vote = question.last_round
    if vote is None:
        return _("no vote") if Phase.VOTE not in question.phases else _("not voted on")
    return people(vote.ballots, language) if vote.ballots else _("fewer than 3")


def _took_part(report: Report, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    if report.voters:
        yield _("At most %(people)s voted on one question.") % {"people": people(report.voters, language)}
    elif report.closed_rounds:
        yield _("Fewer than 3 participants voted, so no tally is given.")
    present = report.attendance
    if present.count:
        yield attended(report, language)
    if present.count and not present.names and not present.roles:
        yield _("This report tells neither their names nor their roles.")


def attended(report: Report, language: str) -> str:
    """How many are on the attendance list."""
    count = report.attendance.count
    ngettext = translations(language).ngettext
    return ngettext("%(n)s attendee is on the list.", "%(n)s attendees are on the list.", count) % {"n": count}


def _counting(report: Report, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    if not report.closed_rounds:
        return
    yield _(
        "Everybody could divide a number of points over the themes. The figure behind a theme is the sum of"
        " its points. Themes with as many points keep the order of the board; without a figure a theme was"
        " given no points."
    )
    yield _(
        "Beside it stands how many participants gave points: much from a few is not the same as a little from many."
    )
    left = sum(vote.unspent or 0 for vote in report.closed_rounds)
    if left > 0:
        yield _("Whoever voted could leave points unspent: %(points)s in all.") % {"points": points(left, language)}
    if any(vote.by_hand for vote in report.closed_rounds):
        yield _(
            "Points counted on paper or by raised hands were entered by the moderator after the vote. They are no"
            " ballots, so they stand apart and are in no sum or share. They order the themes only where the ballots"
            " tell nothing: when nobody voted by phone, or too few to stay secret."
        )
    if any(vote.stable is not None for vote in report.closed_rounds):
        yield _(
            "Whether the order holds is tried by leaving out each ballot in turn and looking whether the first three"
            " themes stay in the same order."
        )
    if any(vote.each for question in report.asked for vote in question.rounds):
        yield _(
            "The tally of a vote whose ballots stand in the annex can be recounted by anyone: they stand there in"
            " random order, each with the code that its voter could see. Where one or two phones ran no scripts and"
            " so got no code, their ballots have one that was made up at the close and that nobody was told."
        )


def _anonymity(report: Report, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    yield _(
        "Nothing that is kept tells who wrote or chose what, and counts of fewer than 3 people are not given."
        " Style of writing can still give somebody away, and so can a group of fewer than 5."
    )
    if report.mixing:
        yield _("Statements were mixed before anybody saw them, so their order says nothing about who wrote when.")
    if any(vote.each for question in report.asked for vote in question.rounds):
        yield _(
            "In a vote that anyone can verify, whoever knows the code of a ballot sees in the annex how it was given."
            " So somebody can be asked to show a code, which in other votes is not possible."
        )
    yield _(
        "Who alters or taps the server while a session runs could see more, and people in one room can look at each"
        " other's screens. A name on the attendance list is tied to no statement and no point."
    )


def _left_out(report: Report, language: str) -> Iterator[str]:
    ngettext = translations(language).ngettext
    redacted = sum(question.redacted for question in report.asked)
    if redacted:
        yield ngettext(
            "%(n)s statement was left out on request; it is marked where it stood.",
            "%(n)s statements were left out on request; they are marked where they stood.",
            redacted,
        ) % {"n": redacted}
    hidden = sum(question.hidden for question in report.asked)
    if hidden:
        yield ngettext(
            "The moderator has hidden %(n)s statement.", "The moderator has hidden %(n)s statements.", hidden
        ) % {"n": hidden}
