"""The votes on a question as a report tells them: figures, points counted by hand, ballots that anyone can verify."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.anonymity import is_few
from app.domain.report_rounds import ReportBallot, ReportFigure, ReportRound
from app.domain.tally import has_voted
from app.domain.verification import in_no_order, tells_ballots, told_code
from app.store import ballots, hand_counts, questions
from app.store.tables import Round, RoundTheme


@dataclass(frozen=True)
class Vote:
    """The rows of one round: `by_hand` by theme once it is closed, `each` its ballots where it tells them."""

    round: Round
    themes: Sequence[RoundTheme]
    by_hand: Mapping[int, int]
    each: tuple[ReportBallot, ...]

    def told(self, ids: Mapping[int, str]) -> ReportRound:
        """As the report tells it; `ids` are those of themes in the report."""
        # An open round has no figures in the store either; not reading them here keeps that true whatever is stored.
        closed = self.round.closed
        return ReportRound(
            self.round.number,
            self.round.budget,
            self.round.limit_per_theme,
            closed,
            self.round.ballots if closed else None,
            tuple(self._figure(theme, ids) for theme in self.themes),
            self.round.stable if closed else None,
            verifiable=self.round.verifiable,
            each=self.each,
        )

    def _figure(self, theme: RoundTheme, ids: Mapping[int, str]) -> ReportFigure:
        closed = self.round.closed
        return ReportFigure(
            ids.get(theme.theme_id),
            theme.letter,
            theme.name,
            (theme.points or None) if closed else None,
            theme.givers if closed and not is_few(theme.givers or 0) else None,
            self.by_hand.get(theme.theme_id),
            theme.spread if closed else None,
        )


async def votes_on(db: AsyncSession, question_id: int) -> list[Vote]:
    """All votes on a question, the first one first."""
    return [await _read(db, vote) for vote in await questions.rounds_of(db, question_id)]


async def _read(db: AsyncSession, vote: Round) -> Vote:
    round_id = int(vote.id or 0)
    voted = await questions.themes_of_round(db, round_id)
    by_hand = await hand_counts.of_round(db, round_id) if vote.closed else {}
    return Vote(vote, voted, by_hand, await _each(db, vote, voted))


async def _each(db: AsyncSession, vote: Round, voted: Sequence[RoundTheme]) -> tuple[ReportBallot, ...]:
    """Every ballot with a point, where anyone can verify the tally; else none is read."""
    if not vote.closed or not tells_ballots(vote.verifiable, vote.ballots):
        return ()
    given = [ballot for ballot in await ballots.of_round(db, int(vote.id or 0)) if has_voted(ballot.points)]
    themes_in_order = [str(theme.theme_id) for theme in voted]
    return in_no_order(
        ReportBallot(told_code(ballot.secret_hash), tuple(ballot.points.get(theme, 0) for theme in themes_in_order))
        for ballot in given
    )
