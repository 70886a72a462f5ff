"""The figures of an evaluation as lines of text: the plain base line first, then the improved one, beside chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from app.suggestions import built_in, vectors
from app.suggestions.built_in import PLAIN, SHIPPED, Measure
from app.suggestions.evaluation import (
    LOWEST,
    LOWEST_OF_VECTORS,
    MEASURES,
    MEASURES_BY_SPELLING,
    Scorer,
    by_measure,
    by_vectors,
    chosen_elsewhere,
    grouped_with_lowest_chosen_elsewhere,
    largest_first,
    leave_one_out,
    pairs_of,
    shown,
    sum_of,
    texts_of,
)
from app.suggestions.labelled import LabelledQuestion
from app.suggestions.metrics import Hits, Pairs
from app.suggestions.reading import Readings
from app.suggestions.vectors import Vectors


@dataclass(frozen=True)
class Figures:
    """One way of suggesting, by question: hits, and pairs where it groups too."""

    title: str
    hits: Sequence[Hits]
    pairs: Sequence[Pairs] = ()


def evaluate(questions: Sequence[LabelledQuestion], found: Vectors | None = None) -> str:
    """All figures of these questions; `found` are an endpoint's vectors of all their texts."""
    readings = Readings()
    ways = [*_built_in(questions, readings), *(_by_endpoint(questions, found) if found is not None else ())]
    lines = [_about(questions), ""]
    for way in ways:
        lines += [*_lines(way, questions), ""]
    return "\n".join([*lines, _seen(questions, readings)])


def texts_to_embed(questions: Sequence[LabelledQuestion]) -> list[str]:
    """Every text that an endpoint must give a vector for."""
    return [text for one in questions for text in (*(theme.name for theme in one.themes), *texts_of(one))]


def _about(questions: Sequence[LabelledQuestion]) -> str:
    statements = sum(question.size for question in questions)
    return (
        f"{statements} statements, {len(questions)} questions. The statement tested is in no profile and in no idf;"
        " ties are misses, and so are themes that share nothing with it."
    )


def _built_in(questions: Sequence[LabelledQuestion], readings: Readings) -> Iterator[Figures]:
    def tested(scorer: Scorer) -> list[Hits]:
        return [leave_one_out(question, scorer) for question in questions]

    def together(measure: Measure) -> list[Pairs]:
        liker = partial(built_in.likeness, readings=readings, measure=measure)
        return grouped_with_lowest_chosen_elsewhere(questions, liker, LOWEST)

    def chosen(candidates: Sequence[Measure]) -> list[Hits]:
        return chosen_elsewhere([tested(by_measure(measure, readings)) for measure in candidates])

    yield Figures("base line: plain built-in", tested(by_measure(PLAIN, readings)), together(PLAIN))
    yield Figures("improved built-in, parameters chosen on the other questions", chosen(MEASURES), together(SHIPPED))
    yield Figures("the same without related words", chosen(MEASURES_BY_SPELLING), together(MEASURES_BY_SPELLING[0]))
    yield Figures("improved built-in, parameters as shipped", tested(by_measure(SHIPPED, readings)))
    yield Figures("for comparison: the largest theme first, nothing read", tested(largest_first))


def _by_endpoint(questions: Sequence[LabelledQuestion], found: Vectors) -> Iterator[Figures]:
    liker = partial(vectors.likeness, vectors=found)
    together = grouped_with_lowest_chosen_elsewhere(questions, liker, LOWEST_OF_VECTORS)
    yield Figures("embeddings endpoint", [leave_one_out(one, by_vectors(found)) for one in questions], together)


def _lines(way: Figures, questions: Sequence[LabelledQuestion]) -> Iterator[str]:
    yield way.title
    yield f"  in all       {_hits_line(sum_of(way.hits))}"
    if way.pairs:
        mean = sum(one.adjusted_rand for one in way.pairs) / len(way.pairs)
        yield f"               {_pairs_line(pairs_of(way.pairs))} · adjusted Rand {mean:.2f} (chance 0.00)"
    if len(questions) > 1:
        yield f"  spread       {_spread(way)}"
    for number, question in enumerate(questions):
        yield f"  {_name(question)}  {_hits_line(way.hits[number])}"
        if way.pairs:
            own = way.pairs[number]
            yield f"               {_pairs_line(own)} · adjusted Rand {own.adjusted_rand:.2f} (chance 0.00)"


def _name(question: LabelledQuestion) -> str:
    return f"{f'session {question.session}.{question.number}':<11}"


def _hits_line(found: Hits) -> str:
    first, three = found.first / found.statements, found.three / found.statements
    return (
        f"top-1 {_percent(first)} (chance {_percent(found.chance_first / found.statements)})"
        f" · top-3 {_percent(three)} (chance {_percent(found.chance_three / found.statements)})"
        f" · {found.statements} statements"
    )


def _pairs_line(found: Pairs) -> str:
    return (
        f"pair F1 {found.f1:.2f} (chance {found.chance_f1:.2f}):"
        f" {found.right} of {found.together} put together rightly, {found.belonging} belong together"
    )


def _spread(way: Figures) -> str:
    first = [one.first / one.statements for one in way.hits]
    three = [one.three / one.statements for one in way.hits]
    return (
        f"by question top-1 from {_percent(min(first))} to {_percent(max(first))},"
        f" top-3 from {_percent(min(three))} to {_percent(max(three))}"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _seen(questions: Sequence[LabelledQuestion], readings: Readings) -> str:
    seen = shown(questions, readings)
    return (
        f"As shipped, a moderator would have seen a suggestion for {seen.suggested} of {seen.statements} statements;"
        f" the right theme first for {seen.first_right} of them, among those shown for {seen.any_right}."
    )
