"""Writing a move on the board and remembering it; checks that the page it was made on and the board still agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.commands.pages import Page
from app.domain.events import BoardMoved, Event, ThemesToChooseChanged
from app.domain.history import in_words
from app.domain.presence import Deed, DeedKind, ModeratorHere
from app.domain.refusals import Reason, Refusal
from app.domain.themes import Board, Move, Touched
from app.store import actions, history, people, statements, themes
from app.store.tables import BoardMove, ModerationSession, Question, Theme


async def make(
    db: AsyncSession,
    session: ModerationSession,
    question: Question,
    page: Page,
    moderator_id: int,
    board: Board,
    move: Move | None,
    named: Iterable[int] = (),
) -> Outcome:
    """Check that the page knew what it touches, write the move, remember it for undo; nothing for None.

    `named` are themes that the move leaves as they are but counts on. Raises Refusal when the page is stale.
    """
    if move is None:
        return Outcome()
    question_id = int(question.id or 0)
    for later in await history.moves_since(db, question_id, page.seq):
        since = history.read_move(later.move)
        if since.before.overlaps(move.before) or any(since.after.themes.get(theme, ...) is None for theme in named):
            raise Refusal(Reason.PAGE_IS_STALE)
    kept = replace(move, actions=await write(db, question_id, move, board.written_by(move)))
    await history.end_redo(db, question_id, moderator_id)
    db.add(
        BoardMove(question_id=question_id, moderator_id=moderator_id, seq=session.seq, move=history.write_move(kept))
    )
    await db.flush()
    await history.forget_oldest(db, question_id, moderator_id)
    return Outcome(
        [await moved(db, question_id, moderator_id, DeedKind.MOVED, board, move), *told_to_phones(question, move)]
    )


async def moved(
    db: AsyncSession, question_id: int, moderator_id: int, kind: DeedKind, board: Board, move: Move
) -> BoardMoved:
    """The event of a move: by whom, in words, and what it touched. `board` is the one before it or after it."""
    by = ModeratorHere(moderator_id, await people.name_of_moderator(db, moderator_id))
    names = {theme: state.name for theme, state in board.themes.items()}
    deed = Deed(by, kind, in_words(move, names))
    came_or_went = (place.theme for side in (move.before, move.after) for place in side.places.values())
    lists = dict.fromkeys([*came_or_went, *board.lists_of(move.after.places)])
    return BoardMoved(question_id, deed, tuple(move.after.places), tuple(move.after.themes), tuple(lists))


def told_to_phones(question: Question, move: Move) -> list[Event]:
    """Where participants propose themes, their phones hear of moves that make these others or call them otherwise."""
    is_told = question.takes_proposals and move.after.themes
    return [ThemesToChooseChanged(int(question.id or 0))] if is_told else []


async def write(db: AsyncSession, question_id: int, move: Move, written: Touched) -> dict[int, int]:
    """Themes that come first, then statements, then themes that go: no statement is ever without its theme.

    Gives the action items that lost their theme, and which; those that lost it to this move before get it back.
    """
    for theme_id, state in written.themes.items():
        if state is not None:
            await db.merge(Theme(id=theme_id, question_id=question_id, **asdict(state)))
    await db.flush()
    await statements.lay(db, written.places)
    back = {action: theme for action, theme in move.actions.items() if written.themes.get(theme) is not None}
    await actions.give_theme_back(db, back)
    gone = [theme_id for theme_id, state in written.themes.items() if state is None]
    lost = await actions.by_theme(db, gone) if gone else {}
    if gone:
        await themes.remove(db, gone)
    return lost
