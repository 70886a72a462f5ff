"""Suggestions in the control room: what was found last and still fits the board as it is stored now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.events import SuggestionIgnored, SuggestionsFound
from app.domain.suggested import Likeness, LooseGroup, Suggested, still_open
from app.screens.board_pieces import Occasion, Piece
from app.screens.control_room_board_view import drawn_on
from app.screens.suggestion_source import source_sentence
from app.screens.suggestions_view import GroupSuggestion, SuggestedStatement, SuggestionsView, ThemeSuggestion
from app.store import statements, suggestions, themes
from app.suggestions.embeddings import Trouble
from app.suggestions.source import Source


async def suggestions_of(db: AsyncSession, question_id: int, suggested: Suggested | None) -> SuggestionsView | None:
    """What waits for a yes or a no; None where nothing was looked for yet."""
    if suggested is None or suggested.question_id != question_id:
        return None
    board = await themes.board(db, question_id)
    loose = frozenset(board.lists()[None])
    now = still_open(suggested, loose, board.themes, await suggestions.ignored(db, question_id))
    texts = {row.id: row.text for row in await statements.released_by_ids(db, now.statements)}
    by_theme = {
        theme: ThemeSuggestion(theme, board.themes[theme].name, board.themes[theme].letter, _lines(some, texts))
        for theme, some in now.by_theme.items()
    }
    trouble = Trouble(suggested.trouble) if suggested.trouble else None
    return SuggestionsView(
        by_theme,
        tuple(_group(group, texts) for group in now.groups),
        source_sentence(Source(suggested.source), trouble),
    )


async def load_places(db: AsyncSession, occasion: Occasion) -> list[Piece]:
    """The places that the events name, each as it is now: of a theme (its id) or (None) that of groups."""
    about = [event for event in occasion.events if isinstance(event, SuggestionIgnored | SuggestionsFound)]
    places = dict.fromkeys(place for event in about for place in event.places)
    found = await suggestions_of(db, int(occasion.question.id or 0), occasion.presence.suggested) or SuggestionsView()
    view = drawn_on(occasion)
    return [
        ("control_room/suggested_groups.html", {"view": view, "suggestions": found})
        if place is None
        else ("control_room/suggestion.html", {"view": view, "place": place, "suggestion": found.by_theme.get(place)})
        for place in places
    ]


def _lines(likenesses: Iterable[Likeness], texts: Mapping[str, str]) -> tuple[SuggestedStatement, ...]:
    return tuple(
        SuggestedStatement(one.statement, texts.get(one.statement, ""), one.words, one.nearest) for one in likenesses
    )


def _group(group: LooseGroup, texts: Mapping[str, str]) -> GroupSuggestion:
    return GroupSuggestion(
        group.name, group.words, tuple(SuggestedStatement(key, texts.get(key, "")) for key in group.statements)
    )
