"""All suggestions for one board: what loose statements resemble, and which of them belong together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.search import folded
from app.domain.suggested import Likeness, LooseGroup, Suggested
from app.suggestions import source
from app.suggestions.embeddings import Embeddings
from app.suggestions.grouping import in_order
from app.suggestions.hints import KnownTheme, LooseStatement, SharedWord, Suggestion
from app.suggestions.reading import Readings
from app.suggestions.source import Grouped

# All pairs of them are compared: of a thousand that takes a second, of five thousand all the memory of a small server.
MOST_COMPARED = 600


@dataclass(frozen=True)
class TextsOnBoard:
    """The texts of a question's board, from which alone suggestions are made."""

    question_id: int
    loose: tuple[LooseStatement, ...]
    themes: tuple[KnownTheme, ...]


class Finder:
    """Finds suggestions for one session's board again and again, and remembers what it has read."""

    def __init__(self, embeddings: Embeddings | None = None) -> None:
        self._embeddings = embeddings
        self._readings = Readings()
        self._grouped: tuple[frozenset[LooseStatement], Grouped] | None = None

    def find(self, board: TextsOnBoard) -> Suggested:
        """What is suggested on this board; blocks while an endpoint is asked, and computes for up to a second."""
        background = [statement.text for statement in board.loose]
        found = source.suggest(board.loose, board.themes, self._readings, self._embeddings, background)
        grouped = self._groups(board)
        # Without themes the endpoint was asked for groups alone, and its trouble is known from there.
        made = found if board.themes else grouped
        return Suggested(
            board.question_id,
            tuple(_likenesses(found.suggestions)),
            tuple(LooseGroup(group.statement_ids, group.name, group.why) for group in grouped.groups),
            made.source,
            made.trouble or "",
        )

    def _groups(self, board: TextsOnBoard) -> Grouped:
        """Only when something came in: of what is left of them when statements go, the rest still belongs together.

        On a very full board the next ones get their turn as the first go.
        """
        compared = in_order(board.loose)[:MOST_COMPARED]
        loose = frozenset(compared)
        if self._grouped is None or not loose <= self._grouped[0]:
            self._grouped = loose, source.group(compared, self._readings, self._embeddings)
        return self._grouped[1]


def _likenesses(suggestions: tuple[Suggestion, ...]) -> Iterator[Likeness]:
    for suggestion in suggestions:
        for one in suggestion.themes:
            words = tuple(_readable(shared) for shared in one.why)
            yield Likeness(suggestion.statement_id, one.theme_id, one.score, words, one.nearest)


def _readable(shared: SharedWord) -> str:
    """The word of the statement, with that of the theme where the two are not the same."""
    if folded(shared.here) == folded(shared.there):
        return shared.here
    return f"{shared.here} – {shared.there}"
