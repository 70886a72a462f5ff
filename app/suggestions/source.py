"""Suggestions from the owner's embeddings endpoint where there is one and it answers, else from the built-in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.search import folded
from app.suggestions import built_in, vectors
from app.suggestions.embeddings import Embeddings, EndpointFailed, Trouble
from app.suggestions.grouping import groups_of, in_order
from app.suggestions.hints import Group, KnownTheme, LooseStatement, Resemblance, Suggestion
from app.suggestions.reading import Readings

# Cosines of different models lie high or low as a whole; a theme must stand out from the mean of all.
STANDS_OUT = 0.05
LOWEST_TOGETHER = 0.75
# Comparing all pairs in Python takes half a second for so many; more are grouped by the built-in.
MOST_GROUPED = 150


class Source(StrEnum):
    """Which of the two made the suggestions."""

    BUILT_IN = "built-in"
    EMBEDDINGS = "embeddings"


@dataclass(frozen=True)
class Suggested:
    """Suggestions, which source made them, and if the endpoint failed, why."""

    suggestions: tuple[Suggestion, ...]
    source: Source
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Grouped:
    """Groups, which source made them, and if the endpoint failed, why."""

    groups: tuple[Group, ...]
    source: Source
    trouble: Trouble | None = None


def suggest(
    loose: Sequence[LooseStatement],
    themes: Sequence[KnownTheme],
    readings: Readings,
    embeddings: Embeddings | None = None,
    background: Iterable[str] = (),
) -> Suggested:
    """For each loose statement the themes it resembles; blocks while the endpoint is asked, so call it in a thread."""
    trouble = None
    if embeddings is not None:
        try:
            return Suggested(_by_vectors(loose, themes, readings, embeddings), Source.EMBEDDINGS)
        except EndpointFailed as failed:
            trouble = failed.trouble
    return Suggested(built_in.suggest(loose, themes, readings, background), Source.BUILT_IN, trouble)


def group(loose: Sequence[LooseStatement], readings: Readings, embeddings: Embeddings | None = None) -> Grouped:
    """Groups of loose statements; blocks like `suggest`."""
    trouble = None
    if embeddings is not None and len(loose) <= MOST_GROUPED:
        ordered = in_order(loose)
        texts = [statement.text for statement in ordered]
        try:
            alike = vectors.likeness(texts, embeddings.vectors(texts))
            return Grouped(groups_of(ordered, alike, readings, LOWEST_TOGETHER), Source.EMBEDDINGS)
        except EndpointFailed as failed:
            trouble = failed.trouble
    return Grouped(built_in.group(loose, readings), Source.BUILT_IN, trouble)


def _by_vectors(
    loose: Sequence[LooseStatement], themes: Sequence[KnownTheme], readings: Readings, embeddings: Embeddings
) -> tuple[Suggestion, ...]:
    if not loose or not themes:
        return ()
    in_name_order = sorted(themes, key=lambda theme: (folded(theme.name), theme.name, theme.id))
    texts = [statement.text for statement in loose]
    found = embeddings.vectors([*texts, *(text for theme in themes for text in (theme.name, *theme.members))])
    rows = vectors.theme_scores(texts, in_name_order, found)
    vocabularies = [built_in.vocabulary(theme, readings) for theme in in_name_order]
    suggestions = []
    for statement, row in zip(loose, rows, strict=True):
        lowest = sum(row) / len(row) + STANDS_OUT
        best = sorted((place for place, score in enumerate(row) if score >= lowest), key=lambda place: -row[place])
        words = readings.of(statement.text).words
        resembled = tuple(
            Resemblance(
                in_name_order[place].id,
                min(1.0, max(0.0, row[place])),
                vocabularies[place].shared_with(words),
                vectors.nearest_text(statement.text, in_name_order[place], found),
            )
            for place in best[: built_in.MOST_THEMES_SUGGESTED]
        )
        if resembled:
            suggestions.append(Suggestion(statement.id, resembled))
    return tuple(suggestions)
