"""What the control room shows of suggestions, as typed values for its templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.themes import tint


@dataclass(frozen=True)
class SuggestedStatement:
    """A statement in a suggestion, and why: words it shares, or else the text that is nearest to it."""

    id: str
    text: str
    words: tuple[str, ...] = ()
    nearest: str = ""


@dataclass(frozen=True)
class ThemeSuggestion:
    """The loose statements that resemble a theme."""

    theme: int
    name: str
    letter: str
    statements: tuple[SuggestedStatement, ...]

    @property
    def tint(self) -> str:
        return tint(self.letter)


@dataclass(frozen=True)
class GroupSuggestion:
    """Loose statements that belong together, a name for them and the words they share; `key` is of the first."""

    name: str
    words: tuple[str, ...]
    statements: tuple[SuggestedStatement, ...]

    @property
    def key(self) -> str:
        return self.statements[0].id


@dataclass(frozen=True)
class SuggestionsView:
    """What waits for a yes or a no, by theme and in groups; `source` is the sentence that says who suggests it."""

    by_theme: Mapping[int, ThemeSuggestion] = field(default_factory=dict)
    groups: tuple[GroupSuggestion, ...] = ()
    source: str = ""
