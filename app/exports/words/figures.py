"""What is said about the figures of a vote: how many gave, what is equal, what was left, what moved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.lists import format_list

from app.domain.report_questions import ReportQuestion, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.domain.verification import FEWEST_TO_TELL
from app.exports.fonts import isolated
from app.screens.render import translations


def theme_captions(question: ReportQuestion, theme: ReportTheme, language: str) -> list[str]:
    """Under a theme's name: its points with how many gave them, and beside them what was counted by hand."""
    vote = question.last_round
    figure = next((one for one in vote.figures if one.theme == theme.id), None) if vote else None
    told = []
    if vote and vote.ballots and figure and figure.points:
        told.append(breadth(vote, figure, language))
    if theme.by_hand:
        _ = translations(language).gettext
        told.append(_("Counted by hand: %(points)s.") % {"points": points(theme.by_hand, language)})
    return told


def breadth(vote: ReportRound, figure: ReportFigure, language: str) -> str:
    """`7 points from 5 of the 12 participants.`; one or two givers are not told apart."""
    _ = translations(language).gettext
    return _("%(points)s from %(givers)s of the %(people)s.") % {
        "points": points(figure.points or 0, language),
        "givers": figure.givers or _("fewer than 3"),
        "people": people(vote.ballots or 0, language),
    }


def vote_notes(question: ReportQuestion, language: str) -> Iterator[str]:
    """What has to be known to read the figures of the last vote."""
    _ = translations(language).gettext
    vote = question.last_round
    if vote is None:
        return
    if vote.ballots is None:
        yield _("Too few ballots to stay secret.")
        yield from _standing(question, language)
    else:
        told = {"people": people(vote.ballots, language), "points": points(vote.points, language)}
        yield _("%(people)s divided %(points)s.") % told
        if vote.unspent and vote.unspent > 0:
            yield unspent(vote.unspent, language)
        yield from _equal(vote, language)
        yield from _stable(vote, language)
    if vote.by_hand:
        yield _("Counted by hand besides, and not added in: %(points)s.") % {"points": points(vote.by_hand, language)}
    yield from _untold(question, language)
    if vote.number > 1 and (vote.points or vote.by_hand):
        yield _("The figures are those of vote %(number)s.") % {"number": vote.number}


def _standing(question: ReportQuestion, language: str) -> Iterator[str]:
    """What the vote before told, where the last one was withheld."""
    if not question.counted:
        return
    _, vote = translations(language).gettext, question.counted[-1]
    weighed = sorted((one for one in vote.figures if one.points), key=lambda one: -(one.points or 0))
    yield _("Vote %(number)s still stands: %(people)s divided %(points)s over %(themes)s.") % {
        "number": vote.number,
        "people": people(vote.ballots or 0, language),
        "points": points(vote.points, language),
        "themes": format_list([f"{isolated(one.name)} ({one.points})" for one in weighed], locale=language),
    }


def _untold(question: ReportQuestion, language: str) -> Iterator[str]:
    """Of each vote that anyone could verify, that its ballots stay secret after all and no code leads anywhere."""
    _ = translations(language).gettext
    untold = [vote for vote in question.rounds if vote.verifiable and vote.closed and not vote.each]
    for vote in untold:
        if len(question.rounds) > 1:
            yield _(
                "Vote %(number)s was one that anyone can verify, but fewer than %(fewest)s gave points: their ballots"
                " stay secret, and codes are of no use."
            ) % {"number": vote.number, "fewest": FEWEST_TO_TELL}
        else:
            yield _(
                "This vote was one that anyone can verify, but fewer than %(fewest)s gave points: their ballots stay"
                " secret, and codes are of no use."
            ) % {"fewest": FEWEST_TO_TELL}


def _equal(vote: ReportRound, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    for tied in vote.ties:
        names = format_list([isolated(figure.name) for figure in tied], locale=language)
        yield _("Equal: %(themes)s, with %(points)s each.") % {
            "themes": names,
            "points": points(tied[0].points or 0, language),
        }


def _stable(vote: ReportRound, language: str) -> Iterator[str]:
    _ = translations(language).gettext
    if vote.stable is True:
        yield _("Firm: without any one of the participants, the first %(n)s would stand in the same order.") % {
            "n": vote.top
        }
    elif vote.stable is False:
        yield _("Close: one participant fewer or more could change the order of the first %(n)s.") % {"n": vote.top}


def rounds_table(question: ReportQuestion, language: str) -> dict[str, Any] | None:
    """The votes of a question side by side with what moved; None when it was voted on once."""
    _ = translations(language).gettext
    votes, themes = question.counted, question.moved
    if not themes:
        return None
    return {
        "title": _("From vote to vote"),
        "note": " ".join(_turnout(vote, language) for vote in votes),
        "columns": [6, *(2 for _vote in votes), 2],
        "header": [_("Theme"), *(_("Vote %(number)s") % {"number": vote.number} for vote in votes), _("Difference")],
        "rows": [
            [theme.name, *(_points(one) for one in theme.points), _difference(theme.change.points, language)]
            for theme in themes
        ],
    }


def _turnout(vote: ReportRound, language: str) -> str:
    return translations(language).gettext("Vote %(number)s: %(people)s, %(points)s.") % {
        "number": vote.number,
        "people": people(vote.ballots or 0, language),
        "points": points(vote.points, language),
    }


def _points(given: int | None) -> str:
    """A zero is never printed, and a theme that was not there yet looks like none."""
    return str(given) if given else "–"


def _difference(difference: int | None, language: str) -> str:
    if difference is None:
        return "–"
    if difference == 0:
        return translations(language).gettext("same")
    return f"+{difference}" if difference > 0 else f"−{-difference}"


def unspent(number: int, language: str) -> str:
    """`4 points were left unspent.`"""
    ngettext = translations(language).ngettext
    return ngettext("%(n)s point was left unspent.", "%(n)s points were left unspent.", number) % {"n": number}


def points(number: int, language: str) -> str:
    """`7 points`."""
    return translations(language).ngettext("%(n)s point", "%(n)s points", number) % {"n": number}


def people(number: int, language: str) -> str:
    """`12 participants`."""
    return translations(language).ngettext("%(n)s participant", "%(n)s participants", number) % {"n": number}
