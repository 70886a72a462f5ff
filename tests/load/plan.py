"""How large and how long everything is; the quick test makes it small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Numbers of people, spans in seconds."""

    sizes: tuple[int, ...] = (100, 1000, 2000, 5000)
    apart: bool = True
    """Whether each size, and what has none, gets a server of its own, so that none carries what others left."""
    pushes: int = 5
    """So many next questions, of which the one in the middle is reported."""
    join_span: float = 5.0
    observers: int = 10
    """Participants who are there before the others join, and hear what that costs."""
    count_span: float = 6.0
    """Until the counts that follow the last join have been pushed."""
    storm_span: float = 5.0
    vote_span: float = 10.0
    allocations: int = 5
    return_span: float = 2.5
    """So that all can be current within 3 s of the first."""
    growth_levels: tuple[int, ...] = (0, 500, 1000, 2000)
    growth_people: int = 400
    """Enough that nobody writes more than ten a minute."""
    growth_sample: int = 50
    growth_pace: float = 20.0
    """Statements a second while a level is measured."""
    board_statements: int = 500
    board_people: int = 100
    """Five statements each, which nobody is too fast with."""
    board_themes: int = 10
    board_selected: int = 20
    board_moves: int = 11
    board_visits: int = 5
    people: int = 50
    statements_each: int = 4
    themes: int = 8


QUICK = Plan(
    sizes=(5,),
    apart=False,
    pushes=1,
    join_span=0.3,
    observers=2,
    count_span=0.5,
    storm_span=0.3,
    vote_span=0.5,
    return_span=0.3,
    growth_levels=(0, 10),
    growth_people=5,
    growth_sample=5,
    board_statements=30,
    board_people=5,
    board_themes=2,
    board_selected=5,
    board_moves=2,
    board_visits=1,
    people=5,
    statements_each=2,
    themes=3,
)
