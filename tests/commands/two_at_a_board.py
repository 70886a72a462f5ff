"""Two moderators at one board: any acts through the real writer, each looked at whether it kept its word."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from app.commands import actions, themes
from app.commands.pages import Page
from app.domain.actions import ActionFields
from app.domain.moves import Spot
from app.domain.ranks import evenly
from app.domain.refusals import ConfirmationNeeded, Refusal
from app.domain.themes import Board, Move, Place, ThemeState
from app.store import history
from tests.world import World, running

STATEMENTS = ["a", "b", "c", "d", "e", "f"]
UNDO, REDO, PASS_OVER, REST = "undo", "redo", "pass over", "rest"
MOVES = ["put", "put", "put", "accept", "create", "rename", "remove", "order", "order at", "merge", "hide", "show"]


@dataclass(frozen=True)
class Act:
    """What one of the two does; the numbers choose among what is on the board at that moment."""

    who: int
    kind: str
    one: int
    other: int
    many: int


acts = some.builds(
    Act,
    some.integers(0, 1),
    some.sampled_from([*MOVES, UNDO, UNDO, REDO]),
    some.integers(0, 11),
    some.integers(0, 11),
    some.integers(0, 63),
)


# Each makes a theme first, so that there is something to do with the others.
OPENING = [Act(0, "create", 1, 0, 0b000011), Act(1, "create", 2, 0, 0b001100)]
SERIES = some.lists(acts, min_size=5, max_size=10).map(lambda series: [*OPENING, *series])


class Step(NamedTuple):
    """A row of the histories."""

    id: int
    moderator: int
    seq: int
    undone: bool
    passed_over: bool
    move: Move


class TwoAtABoard:
    """A session in which two lead and six statements lie on the board; looks at the file as it is on the disk."""

    def __init__(self, world: World, both: Sequence[int], page: Page, living: AsyncExitStack) -> None:
        self.world = world
        self.living = living
        self.both = both
        # Nobody moves while another thinks here: each page is fresh.
        self.page = replace(page, seq=2**40)
        self._file = sqlite3.connect(world.parts.settings.data / "moderato.db")

    def begin_anew(self) -> None:
        """Everything back in the inbox, and nothing remembered."""
        with self._file:
            ranks = zip(evenly(len(STATEMENTS)), self._file.execute("select id from statement").fetchall(), strict=True)
            self._file.executemany(
                "update statement set theme_id = null, hidden = 0, rank = ? where id = ?",
                [(rank, key) for rank, (key,) in ranks],
            )
            for table in ("board_move", "action_item", "theme"):
                self._file.execute(f"delete from {table}")

    async def restart(self) -> None:
        """The server is stopped and started again on the same file."""
        await self.living.aclose()
        self.world.app = await self.living.enter_async_context(running(self.world.parts.settings.data))

    async def agree_on(self, theme: int) -> None:
        """An action item of a theme."""
        await self.world.run(actions.add, fields=ActionFields(text="bellen", theme_id=theme))

    def close(self) -> None:
        self._file.close()

    def board(self) -> Board:
        themes_now = self._file.execute(
            "select id, name, letter, rank, carried_from from theme where question_id = ?", [self.page.question_id]
        )
        places = self._file.execute(
            "select id, theme_id, rank, hidden from statement where question_id = ?", [self.page.question_id]
        )
        return Board(
            {key: ThemeState(*state) for key, *state in themes_now},
            {key: Place(theme, rank, bool(hidden)) for key, theme, rank, hidden in places},
        )

    def agreed(self) -> list[int | None]:
        """The themes that action items belong to, in the order in which they were agreed."""
        return [theme for (theme,) in self._file.execute("select theme_id from action_item order by id")]

    def steps(self) -> list[Step]:
        """Both histories, by when each step was done or undone last."""
        rows = self._file.execute(
            "select id, moderator_id, seq, undone, passed_over, move from board_move "
            "where question_id = ? order by seq",
            [self.page.question_id],
        )
        return [Step(*row, history.read_move(move)) for *row, move in rows]

    async def do(self, act: Act) -> bool:
        """Whether it was done; what was refused or asked about changed nothing, what was done kept the rules."""
        before, steps = self.board(), self.steps()
        done = await self._try(act)
        now = self.board()
        if not done:
            assert now == before and self.steps() == steps, f"{act} was refused and yet changed something"
        check_board(before, now)
        if now != before and act.kind in MOVES:
            own = [step for step in self.steps() if step.moderator == self.both[act.who]]
            assert all(step.passed_over for step in own if step.undone), "a new move ends what could be done again"
        return done

    async def step(self, who: int, command: Any, answer: tuple[str, str] = ("", "")) -> ConfirmationNeeded | bool:
        """One step back or again; the question that was asked, or whether something was done.

        Whatever comes of it, no later move of the other one is overwritten.
        """
        before, steps = self.board(), self.steps()
        try:
            await self._run(command, who, answer=answer)
        except ConfirmationNeeded as asked:
            return asked
        except Refusal:
            return False
        undone = {step.id: step.undone for step in self.steps()}
        mine = next((step for step in steps if undone[step.id] != step.undone), None)
        now = self.board()
        for step in steps if mine else ():
            if step.seq > mine.seq and step.moderator != mine.moderator and not step.undone:
                assert stands(now, step.move) or not stands(before, step.move), f"overwrote {step.move}"
        return True

    async def _try(self, act: Act) -> bool:
        if act.kind in (UNDO, REDO):
            return await self.step(act.who, themes.undo if act.kind == UNDO else themes.redo) is True
        chosen = _chosen(self.board(), act)
        try:
            await CHOICES[act.kind](self, act, *chosen)
        except Refusal:
            return False
        return True

    async def _run(self, command: Any, who: int, **arguments: Any) -> Any:
        return await self.world.run(command, page=await self.world.page(), moderator_id=self.both[who], **arguments)


Check = Callable[[TwoAtABoard, Any], Awaitable[None]]
Play = Callable[[Check, Any], None]


def play_any(play: Play, check: Check, drawing: Any, examples: int, phases: Sequence[Phase] = tuple(Phase)) -> None:
    """Play many drawn series, the same ones at every run."""
    chosen = settings(
        max_examples=examples, derandomize=True, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )

    @chosen
    @given(drawing)
    def one(drawn: Any) -> None:
        play(check, drawn)

    one()


def check_board(before: Board, now: Board) -> None:
    """Each statement lies in exactly one place that is there, and no two themes have one letter."""
    assert now.places.keys() == before.places.keys()
    assert {place.theme for place in now.places.values()} <= {None, *now.themes}
    letters = [state.letter for state in now.themes.values()]
    assert len(letters) == len(set(letters)), f"two themes with one letter: {letters}"


def stands(board: Board, move: Move) -> bool:
    """Whether what a move changed is as it left it; said here anew, and simply."""
    for theme, after in move.after.themes.items():
        now, before = board.themes.get(theme), move.before.themes[theme]
        if now is None or before is None or after is None:
            if (now is None) != (after is None):
                return False
        elif any(
            getattr(after, part) not in (getattr(before, part), getattr(now, part))
            for part in ("name", "letter", "rank")
        ):
            return False
    for statement, place in move.after.places.items():
        was, lies = move.before.places[statement], board.places[statement]
        if (place.theme, place.rank) not in ((was.theme, was.rank), (lies.theme, lies.rank)):
            return False
        if place.hidden not in (was.hidden, lies.hidden):
            return False
    return True


def _chosen(board: Board, act: Act) -> tuple[list[str], list[int]]:
    """Some statements, and the themes on the board in order."""
    keys = sorted(board.places)
    return [key for index, key in enumerate(keys) if act.many >> index & 1], board.in_order()


async def _put(two: TwoAtABoard, act: Act, chosen: list[str], there: list[int]) -> None:
    theme = [None, *there][act.one % (len(there) + 1)]
    inside = (two.board()).all_under(theme)
    anchor = inside[act.other % len(inside)] if inside else None
    spot: Spot[str] = [Spot(), Spot(before=anchor), Spot(behind=anchor)][(act.one + act.other) % 3]
    suggested = act.kind == "accept"
    await two._run(themes.put, act.who, chosen=chosen, theme_id=theme, spot=spot, suggested=suggested)


async def _create(two: TwoAtABoard, act: Act, chosen: list[str], there: list[int]) -> None:
    """Of what is chosen, or (every second time) of what is chosen under one theme: a split."""
    board = two.board()
    if act.other % 2 and there:
        chosen = [key for key in chosen if board.places[key].theme == there[act.one % len(there)]]
    await two._run(themes.create, act.who, name=f"thema {act.one}", chosen=chosen)


def _with_theme(command: Any, **more: Callable[[Act, list[int]], Any]) -> Any:
    async def choose(two: TwoAtABoard, act: Act, chosen: list[str], there: list[int]) -> None:
        if there:
            arguments = {name: value(act, there) for name, value in more.items()}
            await two._run(command, act.who, theme_id=there[act.one % len(there)], **arguments)

    return choose


def _hide(hidden: bool) -> Any:
    async def choose(two: TwoAtABoard, act: Act, chosen: list[str], there: list[int]) -> None:
        await two._run(themes.hide, act.who, chosen=chosen, hidden=hidden)

    return choose


def _other(act: Act, there: list[int]) -> int:
    return there[act.other % len(there)]


CHOICES: dict[str, Any] = {
    "put": _put,
    "accept": _put,
    "create": _create,
    "rename": _with_theme(themes.rename, name=lambda act, there: f"naam {act.other % 3}"),
    "remove": _with_theme(themes.remove),
    "order": _with_theme(themes.order, step=lambda act, there: 1 if act.other % 2 else -1),
    "order at": _with_theme(themes.order_at, spot=lambda act, there: Spot(before=_other(act, there))),
    "merge": _with_theme(themes.merge, into=_other),
    "hide": _hide(True),
    "show": _hide(False),
}
