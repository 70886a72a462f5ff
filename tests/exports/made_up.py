"""Sessions that could have been: every field drawn by chance, within what a session of ours can hold."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

from app.domain.report import (
    Report,
    ReportAction,
    ReportAttendee,
    ReportFigure,
    ReportQuestion,
    ReportRound,
    ReportTheme,
)
from app.domain.statements import check_line

SIGNS = "abc ABC éß→😀אبज़'\"\\<&;=%{}[]\u200d\u202e"
PHASES = {
    "open": [
        ("collect", "cluster", "vote", "result"),
        ("collect", "cluster", "result"),
        ("collect", "result"),
    ],
    "guided": [("vote", "result"), ("collect", "vote", "result"), ("cluster", "vote", "result")],
}


def a_text(chance: random.Random, longest: int = 40) -> str:
    """Odd, but as it is kept: with something to see, tidy at its ends, in composed form."""
    middle = "".join(chance.choice(SIGNS) for _ in range(chance.randrange(longest - 2)))
    return check_line(f"x{middle}y", 500)


def a_made_up_session(chance: random.Random) -> Report:
    """An ended session, its themes in result order."""
    questions: list[ReportQuestion] = []
    for place in range(1, chance.randrange(1, 5)):
        earlier = [theme.id for question in questions for theme in question.themes]
        if chance.random() < 0.2:
            questions.append(_pause(chance, place))
        else:
            number = sum(one.kind != "pause" for one in questions) + 1
            questions.append(_question(chance, place, number, earlier))
    present = [theme.id for question in questions for theme in question.themes if theme.position]
    return Report(
        session_id=17,
        code=None,
        title=a_text(chance),
        group=chance.choice(["", a_text(chance)]),
        held_on=date(2005, 8, chance.randrange(1, 29)),
        language=chance.choice(["nl", "en"]),
        status="ended",
        mixing=chance.random() < 0.8,
        shared=chance.random() < 0.5,
        questions=tuple(questions),
        actions=tuple(
            ReportAction(
                a_text(chance),
                chance.choice([None, *present]),
                chance.choice(["", a_text(chance)]),
                chance.choice([None, date(2005, 9, 1)]),
                chance.random() < 0.5,
            )
            for _ in range(chance.randrange(4))
        ),
        # The list is by name, of which SQLite lowers only these letters.
        attendees=tuple(
            ReportAttendee(name, chance.choice(["", a_text(chance)]))
            for name in sorted(chance.choices(["Jan", "jan k", "Piet", "Zoë"], k=chance.randrange(5)), key=str.lower)
        ),
        starts_at=chance.choice([None, "00:00", "19:30"]),
        names_in_report=chance.random() < 0.5,
        roles_in_report=chance.choice([None, False, True]),
    )


def _pause(chance: random.Random, place: int) -> ReportQuestion:
    minutes = chance.choice([{}, {"pause": 10}])
    phase = chance.choice(["waiting", "pause"])
    return ReportQuestion(
        f"q{place}", 0, a_text(chance), "pause", ("pause",), phase, 3, None, 140, 30, minutes=minutes, skipped=False
    )


def _question(chance: random.Random, place: int, number: int, earlier: list[str]) -> ReportQuestion:
    kind = chance.choice(["open", "guided"])
    phases = chance.choice(PHASES[kind])
    board = [
        ReportTheme("", letter, a_text(chance), at, None, chance.choice([None, *earlier]), _texts(chance))
        for at, letter in enumerate("ABCDE"[: chance.randrange(1, 6)], 1)
    ]
    # A theme that was on the board and is not any more.
    gone = [ReportTheme("", "F", a_text(chance))] if chance.random() < 0.3 else []
    votes = [_vote(chance, board + gone, "vote" in phases) for _ in range(chance.randrange(3))]
    votes = [vote for vote in votes if vote]
    last = votes[-1] if votes else {}
    figures = last.get("points", [None] * len(board + gone))
    keyed = list(zip(board + gone, figures, strict=True))
    kept = [(theme, points) for theme, points in keyed if theme.position or points]
    # Ties as on the board when the vote opened: there the removed one stood last.
    ordered = sorted(kept, key=lambda pair: -(pair[1] or 0))
    ids = {theme.letter: f"q{place}-t{at}" for at, (theme, _) in enumerate(ordered, 1)}
    # Of one that was removed, the name is as it was when voted on.
    themes = tuple(
        _with(theme, id=ids[theme.letter], points=points, name=theme.name if theme.position else f"{theme.name} toen")
        for theme, points in ordered
    )
    return ReportQuestion(
        id=f"q{place}",
        number=number,
        text=a_text(chance),
        kind=kind,
        phases=phases,
        phase=chance.choice(["waiting", "result"]) if not votes else "result",
        budget=chance.choice([None, 3, 100]),
        limit_per_theme=chance.choice([None, 2]),
        max_length=chance.choice([140, 280, 500]),
        most_statements=chance.choice([1, 30, 200]),
        rounds=tuple(_round(vote, at, board + gone, ids) for at, vote in enumerate(votes, 1)),
        themes=themes,
        unclustered=_texts(chance),
        hidden=chance.choice([0, 0, 2]),
        minutes=chance.choice([{}, {phases[0]: 5}]),
        skipped=chance.random() < 0.2,
        statements_on_phones=chance.random() < 0.2,
        takes_proposals=chance.random() < 0.2,
    )


def _texts(chance: random.Random) -> tuple[str, ...]:
    return tuple(chance.choice([" ", ""]) + a_text(chance) for _ in range(chance.randrange(4)))


def _vote(chance: random.Random, themes: list[ReportTheme], is_asked: bool) -> dict[str, Any]:
    """What people gave, counted as the server does; empty where the question has no vote."""
    if not is_asked:
        return {}
    ballots = chance.choice([None, 3, 4, 12])
    given = [[0] * len(themes) for _ in range(ballots or 0)]
    for ballot in given:
        for _ in range(chance.randrange(1, 4)):
            ballot[chance.randrange(len(themes))] += 1
    points = [sum(ballot[at] for ballot in given) or None for at in range(len(themes))]
    givers = [sum(1 for ballot in given if ballot[at]) for at in range(len(themes))]
    return {"ballots": ballots, "points": points, "givers": [one if one >= 3 else None for one in givers]}


def _round(vote: dict[str, Any], number: int, themes: list[ReportTheme], ids: dict[str, str]) -> ReportRound:
    figures = tuple(
        ReportFigure(ids.get(theme.letter), theme.letter, f"{theme.name} toen", points, givers)
        for theme, points, givers in zip(themes, vote["points"], vote["givers"], strict=True)
    )
    return ReportRound(number, 3, None, True, vote["ballots"], figures)


def _with(theme: ReportTheme, **changed: Any) -> ReportTheme:
    return ReportTheme(**{**vars(theme), **changed})
