"""Measures suggestions on sessions whose themes are known: each statement as if it were the one loose statement left.

Honest by construction: the statement tested is in no profile and in no idf, ties are misses, a theme whose only
statement is tested can be found by its name alone, and parameters are those that did best on the *other* questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from app.suggestions import built_in, vectors
from app.suggestions.built_in import SHIPPED, Measure
from app.suggestions.grouping import LOWEST_TOGETHER
from app.suggestions.hints import KnownTheme, LooseStatement
from app.suggestions.labelled import LabelledQuestion
from app.suggestions.linkage import Pair, linked
from app.suggestions.metrics import Hits, Pairs, hits, pairs
from app.suggestions.reading import Readings
from app.suggestions.vectors import Vectors

Scorer = Callable[[str, Sequence[KnownTheme]], list[float]]
Liker = Callable[[Sequence[str]], Mapping[Pair, float]]
# The shipped one first: of equals the first is chosen, so that chance in few questions decides little.
MEASURES = (
    SHIPPED,
    *(
        Measure(name_weight=name_weight, nearest=nearest)
        for name_weight in (1.0, 2.0, 3.0)
        for nearest in (0.0, 0.25, 0.5)
        if (name_weight, nearest) != (SHIPPED.name_weight, SHIPPED.nearest)
    ),
)
MEASURES_BY_SPELLING = tuple(Measure(name_weight=one.name_weight, nearest=one.nearest, related=0.0) for one in MEASURES)
LOWEST = (LOWEST_TOGETHER, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.4)
LOWEST_OF_VECTORS = (0.75, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.85, 0.9)


@dataclass(frozen=True)
class Shown:
    """What a moderator would have seen: statements with a suggestion, with the right one first, with the right one."""

    statements: int
    suggested: int
    first_right: int
    any_right: int


def without(question: LabelledQuestion, theme: int, statement: int) -> list[KnownTheme]:
    """The board with one statement taken off; a theme's id is its place."""
    return [
        KnownTheme(
            place,
            one.name,
            tuple(text for at, text in enumerate(one.statements) if (place, at) != (theme, statement)),
        )
        for place, one in enumerate(question.themes)
    ]


def leave_one_out(question: LabelledQuestion, scorer: Scorer) -> Hits:
    """The hits of all statements of a question, each tested against the board without it."""
    return sum_of(
        hits(scorer(text, without(question, theme, place)), theme)
        for theme, one in enumerate(question.themes)
        for place, text in enumerate(one.statements)
    )


def sum_of(found: Iterable[Hits]) -> Hits:
    return reduce(add, found, Hits())


def by_measure(measure: Measure, readings: Readings) -> Scorer:
    """The built-in's scores, for one statement at a time."""
    return lambda text, themes: built_in.scores([text], themes, readings, measure=measure)[0]


def by_vectors(found: Vectors) -> Scorer:
    """The scores of an endpoint's vectors."""
    return lambda text, themes: vectors.theme_scores([text], themes, found)[0]


def largest_first(text: str, themes: Sequence[KnownTheme]) -> list[float]:
    """Not chance, and yet no reading: the theme with most statements first, whatever was said."""
    return [float(len(theme.members)) for theme in themes]


def chosen_elsewhere(by_candidate: Sequence[Sequence[Hits]]) -> list[Hits]:
    """For each question the hits of the candidate that did best on the others; of equals the first.

    `by_candidate` has for each candidate its hits by question. Best is most first and among-three hits together. Of a
    single question nothing can be chosen elsewhere: it gets the first candidate.
    """

    def worth(found: Hits) -> float:
        return found.first + found.three

    questions = range(len(by_candidate[0]))
    return [
        max(by_candidate, key=lambda row: sum(worth(row[other]) for other in questions if other != question))[question]
        for question in questions
    ]


def grouped(question: LabelledQuestion, likeness: Mapping[Pair, float], lowest: float) -> Pairs:
    """How the grouping of a question's statements, as if all were loose, compares with its themes.

    `likeness` is by places in `texts_of(question)`.
    """
    labels = [theme for _, theme in _unsorted(question)]
    found = [0] * len(labels)
    for number, part in enumerate(linked(len(labels), likeness, lowest)):
        for place in part:
            found[place] = number
    return pairs(found, labels)


def texts_of(question: LabelledQuestion) -> list[str]:
    """The statements in alphabetical order: in printed order a tie in likeness would fall to neighbours in a theme."""
    return [text for text, _ in _unsorted(question)]


def _unsorted(question: LabelledQuestion) -> list[tuple[str, int]]:
    return sorted((text, place) for place, theme in enumerate(question.themes) for text in theme.statements)


def grouped_with_lowest_chosen_elsewhere(
    questions: Sequence[LabelledQuestion], liker: Liker, candidates: Sequence[float]
) -> list[Pairs]:
    """For each question its grouping at the lowest likeness that gave the others the best pair F1 together."""
    alike = [liker(texts_of(question)) for question in questions]
    by_candidate = [
        [grouped(question, likeness, lowest) for question, likeness in zip(questions, alike, strict=True)]
        for lowest in candidates
    ]
    chosen = []
    for question in range(len(questions)):
        others = [pairs_of(row[:question] + row[question + 1 :]).f1 for row in by_candidate]
        chosen.append(by_candidate[others.index(max(others))][question])
    return chosen


def pairs_of(found: Iterable[Pairs]) -> Pairs:
    return reduce(add, found, Pairs())


def shown(questions: Sequence[LabelledQuestion], readings: Readings) -> Shown:
    """What the built-in as shipped would have suggested, statement by statement."""
    seen: list[tuple[int, tuple[int, ...]]] = []
    for question in questions:
        for theme, one in enumerate(question.themes):
            for place, text in enumerate(one.statements):
                loose = [LooseStatement("tested", text)]
                suggestions = built_in.suggest(loose, without(question, theme, place), readings)
                seen.append((theme, tuple(one.theme_id for each in suggestions for one in each.themes)))
    return Shown(
        statements=len(seen),
        suggested=sum(1 for _, themes in seen if themes),
        first_right=sum(1 for right, themes in seen if themes[:1] == (right,)),
        any_right=sum(1 for right, themes in seen if right in themes),
    )
