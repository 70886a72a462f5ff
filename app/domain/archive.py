"""Whether an archive that was read can be a session of ours: its texts as typed, its figures as counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from app.domain.actions import LONGEST_ACTION, LONGEST_OWNER
from app.domain.agenda import LONGEST_NAME, LONGEST_QUESTION, MOST_MINUTES, Kind
from app.domain.anonymity import FEW
from app.domain.ballots import LARGEST_BUDGET
from app.domain.limits import LARGEST_MOST_STATEMENTS
from app.domain.phases import PAUSE_ONLY, Phase, Status, check_phases
from app.domain.recount import recount
from app.domain.refusals import Reason, Refusal
from app.domain.report import Report
from app.domain.report_questions import ReportQuestion, ReportStatement, ReportTheme
from app.domain.report_rounds import ReportFigure, ReportRound
from app.domain.statements import LENGTHS, check_line, check_statement
from app.domain.themes import LONGEST_THEME_NAME, MOST_THEMES

MOST_PEOPLE = 100_000
_LETTER = re.compile(r"A?[A-Z]")
_UID = re.compile(r"[0-9a-f]{0,32}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def damaged(place: str) -> Refusal:
    """That an archive can't be right, and where."""
    return Refusal(Reason.ARCHIVE_DAMAGED, place=place)


def check_archived(report: Report) -> Report:
    """The same report. Raises Refusal with the place of the first thing that no session of ours could hold."""
    _check_line(report.title, LONGEST_NAME, "session.title")
    _check_line_or_none(report.group, LONGEST_NAME, "session.group")
    _demand(report.starts_at is None or _TIME.fullmatch(report.starts_at), "session.starts_at")
    for index, person in enumerate(report.attendees):
        _check_line(person.name, LONGEST_NAME, f"attendees[{index}].name")
        _check_line_or_none(person.role, LONGEST_NAME, f"attendees[{index}].role")
    _demand(_are_different(question.id for question in report.questions), "questions")
    for index, question in enumerate(report.questions):
        _check_question(report, question, f"questions[{index}]")
    _check_references(report)
    return report


def _check_question(report: Report, question: ReportQuestion, place: str) -> None:
    _check_line(question.text, LONGEST_QUESTION, f"{place}.text")
    _check_settings(question, f"{place}.settings")
    _demand(question.phase in (Phase.WAITING, *question.phases), f"{place}.phase")
    _demand(0 <= question.waiting <= MOST_PEOPLE, f"{place}.waiting")
    _demand(0 <= question.hidden <= MOST_PEOPLE, f"{place}.hidden")
    has_begun = question.phase != Phase.WAITING or question.rounds or question.statement_count or question.waiting
    _demand(report.status != Status.DRAFT or not has_begun, f"{place}.phase")
    for index, one in enumerate(question.unclustered):
        _check_statement(one, question, f"{place}.unclustered[{index}].text")
    for index, theme in enumerate(question.themes):
        _check_theme(theme, question, f"{place}.themes[{index}]")
    places = sorted(theme.position for theme in question.themes if theme.position is not None)
    _demand(places == list(range(1, len(places) + 1)) and len(places) <= MOST_THEMES, f"{place}.themes")
    _demand(_rise(vote.number for vote in question.rounds), f"{place}.rounds")
    for index, vote in enumerate(question.rounds):
        is_last = index == len(question.rounds) - 1
        _demand(vote.closed or is_last, f"{place}.rounds[{index}].closed")
        _check_round(vote, question, f"{place}.rounds[{index}]")


def _check_settings(question: ReportQuestion, place: str) -> None:
    is_pause = question.kind == Kind.PAUSE
    holds = question.themes or question.rounds or question.statement_count
    _demand((tuple(question.phases) == PAUSE_ONLY) == is_pause and not (is_pause and holds), f"{place}.phases")
    with _placed(f"{place}.phases"):
        kept = check_phases(question.phases, question.kind == Kind.GUIDED or bool(question.themes))
    _demand(kept == tuple(question.phases), f"{place}.phases")
    _demand(question.budget is None or 1 <= question.budget <= LARGEST_BUDGET, f"{place}.budget")
    _check_limit(question.limit_per_theme, question.budget, place)
    _demand(question.max_length in LENGTHS, f"{place}.max_length")
    _demand(1 <= question.most_statements <= LARGEST_MOST_STATEMENTS, f"{place}.most_statements")
    minutes = question.minutes
    _demand(minutes.keys() <= set(question.phases), f"{place}.minutes")
    _demand(all(1 <= number <= MOST_MINUTES for number in minutes.values()), f"{place}.minutes")


def _check_theme(theme: ReportTheme, question: ReportQuestion, place: str) -> None:
    _demand(_LETTER.fullmatch(theme.letter), f"{place}.letter")
    _check_line(theme.name, LONGEST_THEME_NAME, f"{place}.name")
    figures = question.last_round.figures if question.last_round else ()
    counted = next((figure for figure in figures if figure.theme == theme.id), None)
    _demand(theme.points == (counted.points if counted else None), f"{place}.points")
    _demand(theme.by_hand == (counted.by_hand if counted else None), f"{place}.by_hand")
    if theme.position is None:
        # Known only from the vote it was in.
        was_given = counted and (counted.points or counted.by_hand)
        stands = counted and was_given and (counted.name, counted.letter) == (theme.name, theme.letter)
        _demand(stands and not theme.statements and theme.carried_from is None, f"{place}.position")
    for index, one in enumerate(theme.statements):
        _check_statement(one, question, f"{place}.statements[{index}].text")


def _check_round(vote: ReportRound, question: ReportQuestion, place: str) -> None:
    _demand(1 <= vote.budget <= LARGEST_BUDGET, f"{place}.budget")
    _check_limit(vote.limit_per_theme, vote.budget, place)
    ballots = vote.ballots
    _demand(ballots is None or (vote.closed and FEW <= ballots <= MOST_PEOPLE), f"{place}.ballots")
    _demand(vote.stable is None or ballots, f"{place}.stable")
    for index, figure in enumerate(vote.figures):
        _check_figure(figure, vote, f"{place}.themes[{index}]")
    own = {theme.id for theme in question.themes}
    named = [figure.theme for figure in vote.figures if figure.theme is not None]
    _demand(_are_different(named) and own.issuperset(named), f"{place}.themes")
    # Everybody who is counted gave a point, and nobody more than the budget.
    _demand((ballots or 0) <= vote.points <= (ballots or 0) * vote.budget, f"{place}.themes")
    _demand(not recount(vote).findings, f"{place}.ballot_list")


def _check_figure(figure: ReportFigure, vote: ReportRound, place: str) -> None:
    _demand(_LETTER.fullmatch(figure.letter), f"{place}.letter")
    _check_line(figure.name, LONGEST_THEME_NAME, f"{place}.name")
    _demand(figure.points is None or (vote.ballots and figure.points >= 1), f"{place}.points")
    givers = figure.givers
    _demand(givers is None or FEW <= givers <= min(vote.ballots or 0, figure.points or 0), f"{place}.givers")
    most = min(vote.limit_per_theme or vote.budget, vote.budget)
    # Too few to be told are one or two.
    _demand((figure.points or 0) <= most * (givers or FEW - 1), f"{place}.points")
    by_hand, spread = figure.by_hand, figure.spread
    _demand(by_hand is None or (vote.closed and 0 <= by_hand <= MOST_PEOPLE * LARGEST_BUDGET), f"{place}.by_hand")
    # No two ballots are further apart than the budget; this refuses infinity too, which JSON's 1e999 is read as.
    _demand(spread is None or (vote.ballots and 0 <= spread <= vote.budget), f"{place}.spread")


def _check_references(report: Report) -> None:
    """Whatever names a theme names one that is there."""
    themes = [theme for question in report.questions for theme in question.themes]
    _demand(_are_different(theme.id for theme in themes), "themes")
    on_board = {theme.id for theme in themes if theme.position is not None}
    known = {theme.id for theme in themes}
    for number, question in enumerate(report.questions):
        for index, theme in enumerate(question.themes):
            own = {one.id for one in question.themes}
            carried = theme.carried_from
            _demand(carried is None or carried in known - own, f"questions[{number}].themes[{index}].carried_from")
    for index, action in enumerate(report.actions):
        _check_line(action.text, LONGEST_ACTION, f"actions[{index}].text")
        _check_line_or_none(action.owner, LONGEST_OWNER, f"actions[{index}].owner")
        _demand(_UID.fullmatch(action.uid) is not None, f"actions[{index}].uid")
        _demand(action.theme is None or action.theme in on_board, f"actions[{index}].theme")


def _check_limit(limit: int | None, budget: int | None, place: str) -> None:
    _demand(limit is None or 1 <= limit <= (budget or LARGEST_BUDGET), f"{place}.limit_per_theme")


def _check_statement(one: ReportStatement, question: ReportQuestion, place: str) -> None:
    if one.redacted:
        # What was left out on request is nowhere any more, so an archive can't hold it either.
        return _demand(one.text == "", place)
    with _placed(place):
        _demand(check_statement(one.text, question.max_length) == one.text, place)


def _check_line(text: str, longest: int, place: str) -> None:
    with _placed(place):
        _demand(check_line(text, longest) == text, place)


def _check_line_or_none(text: str, longest: int, place: str) -> None:
    if text:
        _check_line(text, longest, place)


@contextmanager
def _placed(place: str) -> Iterator[None]:
    """What another rule refuses, told as damage at its place in the archive."""
    try:
        yield
    except Refusal:
        raise damaged(place) from None


def _demand(holds: object, place: str) -> None:
    if not holds:
        raise damaged(place)


def _are_different(keys: Iterable[str]) -> bool:
    return max(Counter(keys).values(), default=1) == 1


def _rise(numbers: Iterable[int]) -> bool:
    listed = [0, *numbers]
    return all(earlier < later <= MOST_PEOPLE for earlier, later in zip(listed, listed[1:], strict=False))
