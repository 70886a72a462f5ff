"""How a question will look on a participant's phone while it is still being written, drawn by the phone's templates."""

from __future__ import annotations

from app.domain.agenda import Kind, QuestionSettings, kind_of
from app.domain.ballots import automatic_budget
from app.domain.phases import Phase
from app.domain.themes import next_letter, tint
from app.screens.phone_view import PhoneView, ShownQuestion, ShownTheme, Timer, Vote

EMPTY_TEXT = "…"


def preview(settings: QuestionSettings, number: int, count: int) -> PhoneView:
    """What phones show first of a question with these settings; they need not be right or complete yet."""
    themes = _themes(settings.themes)
    kind = _kind(settings)
    question = ShownQuestion(
        id=0,
        number=number,
        text=settings.text.strip() or EMPTY_TEXT,
        max_length=settings.max_length,
        collects=Phase.COLLECT in settings.phases,
        themes=themes if kind == Phase.COLLECT else (),
        statements=() if settings.statements_on_phones and kind == Phase.COLLECT else None,
        verifiable=settings.verifiable and Phase.VOTE in settings.phases,
    )
    budget = settings.budget or automatic_budget(len(themes))
    vote = None
    if kind == Phase.VOTE:
        vote = Vote(0, budget, settings.limit_per_theme, themes, verifiable=settings.verifiable)
    pause = settings.minutes.get(Phase.PAUSE) if kind == Phase.PAUSE else None
    return PhoneView(
        code="",
        mark="",
        seq=0,
        title="",
        group="",
        kind=kind,
        scene="",
        connected=0,
        question_count=max(number, count),
        question=question,
        timer=Timer(pause * 60, is_running=False) if pause else None,
        vote=vote,
    )


def _kind(settings: QuestionSettings) -> str:
    if kind_of(settings) == Kind.PAUSE:
        return "pause"
    seen_first = (Phase.COLLECT, Phase.CLUSTER, Phase.VOTE)
    return next((str(phase) for phase in seen_first if phase in settings.phases), "collect")


def _themes(names: tuple[str, ...]) -> tuple[ShownTheme, ...]:
    letters: list[str] = []
    for _ in names:
        letters.append(next_letter(letters))
    return tuple(
        ShownTheme(number, name.strip(), letter, tint(letter))
        for number, (name, letter) in enumerate(zip(names, letters, strict=True))
    )
