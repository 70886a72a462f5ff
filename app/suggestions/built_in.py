"""The built-in resemblance: character n-grams and related words, on this server, in words a person can check.

A statement's score for a theme is a weighted mean of its cosines with the theme's name and with its members, each a
tf-idf vector of character 3- to 5-grams within words (term weights: Manning, Raghavan, Schütze, *Introduction to
Information Retrieval*, 2008, §6.2–6.4; n-grams find the parts of Dutch compounds: McNamee, Mayfield 2004). The same
cosines over the subjects of related words are added with a smaller weight. docs/suggestions.md has the figures.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from app.domain.search import folded
from app.suggestions.grouping import LOWEST_TOGETHER, groups_of, in_order
from app.suggestions.hints import Group, KnownTheme, LooseStatement, Resemblance, Suggestion
from app.suggestions.linkage import Pair
from app.suggestions.reading import Reading, Readings, plain_grams, weighted, words_of
from app.suggestions.sharing import Vocabulary

Features = Callable[[Reading], Mapping[str, int]]
MOST_THEMES_SUGGESTED = 3
# Of a score: sums that differ in the last bit only are the same.
DIGITS = 9


@dataclass(frozen=True)
class Measure:
    """How resemblance is measured.

    `folds`: leave small words out and write doubled letters single. `in_one`: name and members as one profile.
    Otherwise `name_weight` is that of the name against the members together, and `nearest` the share of the most alike
    member in theirs, the rest being the mean. `related`: weight of related words against n-grams,
    which goes with folding.
    """

    folds: bool = True
    in_one: bool = False
    name_weight: float = 1.0
    nearest: float = 0.25
    related: float = 0.3


PLAIN = Measure(folds=False, in_one=True, related=0.0)
SHIPPED = Measure()
# On the real sessions four in five suggestions above it were right, and of those just below it one in six.
LOWEST_SHOWN = 0.1


def suggest(
    loose: Sequence[LooseStatement],
    themes: Sequence[KnownTheme],
    readings: Readings | None = None,
    background: Iterable[str] = (),
) -> tuple[Suggestion, ...]:
    """For each loose statement the themes it resembles, at most three, the best first; none without shared words.

    In the order of `loose`; who resembles nothing is left out. `readings` is the session's own, so that texts are read
    once. `background` are texts of the question that also say which words are common. Ties come in order of name.
    """
    known = readings if readings is not None else Readings()
    by_name = sorted(themes, key=lambda theme: (folded(theme.name), theme.name, theme.id))
    vocabularies = [vocabulary(theme, known) for theme in by_name]
    found = []
    for statement, row in zip(loose, scores([one.text for one in loose], by_name, known, background), strict=True):
        ranked = sorted(range(len(by_name)), key=lambda place: -row[place])
        candidates = [place for place in ranked if row[place] >= LOWEST_SHOWN]
        words = known.of(statement.text).words
        reasons = ((place, vocabularies[place].shared_with(words)) for place in candidates)
        themes_shown = [Resemblance(by_name[place].id, row[place], why) for place, why in reasons if why]
        if themes_shown:
            found.append(Suggestion(statement.id, tuple(themes_shown[:MOST_THEMES_SUGGESTED])))
    return tuple(found)


def vocabulary(theme: KnownTheme, readings: Readings) -> Vocabulary:
    """The words of a theme's name and members, the name's first, to say why a statement resembles it."""
    texts = [theme.name, *sorted(theme.members)]
    return Vocabulary(word for text in texts for word in readings.of(text).words)


def scores(
    texts: Sequence[str],
    themes: Sequence[KnownTheme],
    readings: Readings | None = None,
    background: Iterable[str] = (),
    measure: Measure = SHIPPED,
) -> list[list[float]]:
    """A row for each text with a score from 0 to 1 for each theme; equal where nothing tells two themes apart.

    Which n-grams are common is learned from the themes, their members and the background, never from `texts`.
    """
    board = Board(themes, readings if readings is not None else Readings(), tuple(background), measure)
    by_grams = board.cosines(texts, _folded_grams if measure.folds else _plain_grams)
    if not measure.folds:
        return by_grams
    by_subject = board.cosines(texts, _subjects)
    names = [_said(theme.name) for theme in themes]
    return [
        [
            # Who says a theme's very name, whatever its capitals, accents and punctuation, means that theme.
            1.0 if said and said == name else round((one + measure.related * other) / (1 + measure.related), DIGITS)
            for one, other, name in zip(grams, subjects, names, strict=True)
        ]
        for said, grams, subjects in zip(map(_said, texts), by_grams, by_subject, strict=True)
    ]


def _said(text: str) -> list[str]:
    return words_of(folded(text))


@dataclass(frozen=True)
class Board:
    """The themes of a question as they stand, from which is learned which features are common."""

    themes: Sequence[KnownTheme]
    readings: Readings
    background: Sequence[str]
    measure: Measure

    def cosines(self, texts: Sequence[str], features: Features) -> list[list[float]]:
        """For each text and theme the weighted mean of the cosines with its name and with its members, in [0, 1]."""
        rarity, unknown = self._rarity(features)
        profiles = [self._profiles(theme, features, rarity, unknown) for theme in self.themes]
        holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, profile in enumerate(chain.from_iterable(profiles)):
            for feature, weight in profile.items():
                holders[feature].append((place, weight))
        rows = []
        for text in texts:
            products = [0.0] * sum(len(own) for own in profiles)
            for feature, weight in weighted(features(self.readings.of(text)), rarity, unknown).items():
                for place, there in holders.get(feature, ()):
                    products[place] += weight * there
            each = iter(products)
            rows.append([self._score([*islice(each, len(own))]) for own in profiles])
        return rows

    def _score(self, cosines: list[float]) -> float:
        """Of the cosines with a theme's name and then with its members, or with all of it as one profile."""
        name, *members = cosines
        if self.measure.in_one:
            return round(name, DIGITS)
        # A theme without statements yet is known by its name alone; nothing pulls it down.
        members = members or [name]
        mean = math.fsum(members) / len(members)
        nearest = self.measure.nearest * max(members) + (1 - self.measure.nearest) * mean
        return round((self.measure.name_weight * name + nearest) / (self.measure.name_weight + 1), DIGITS)

    def _rarity(self, features: Features) -> tuple[dict[str, float], float]:
        return rarities([features(self.readings.of(text)) for text in self._texts()])

    def _texts(self) -> Iterator[str]:
        for theme in self.themes:
            yield theme.name
            yield from theme.members
        yield from self.background

    def _profiles(
        self, theme: KnownTheme, features: Features, rarity: Mapping[str, float], unknown: float
    ) -> list[dict[str, float]]:
        """The unit vectors of a theme: of its name and of each member; or of all together as one."""
        # Sorted, so that sums come out the same whatever the order in which statements were put there.
        texts = [theme.name, *sorted(theme.members)]
        vectors = [weighted(features(self.readings.of(text)), rarity, unknown) for text in texts]
        return [_unit_sum(vectors)] if self.measure.in_one else vectors


def _unit_sum(vectors: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, value in vector.items():
            total[feature] += value
    length = math.sqrt(sum(value * value for value in total.values())) or 1.0
    return {feature: value / length for feature, value in total.items()}


def group(
    loose: Sequence[LooseStatement], readings: Readings | None = None, lowest: float = LOWEST_TOGETHER
) -> tuple[Group, ...]:
    """Groups of loose statements whose mean likeness is at least `lowest`, the most alike first; often none.

    The order of `loose` does not matter. A statement is in one group at most, and a group shares words.
    """
    known = readings if readings is not None else Readings()
    ordered = in_order(loose)
    alike = likeness([statement.text for statement in ordered], known)
    return tuple(found for found in groups_of(ordered, alike, known, lowest) if found.why)


def likeness(texts: Sequence[str], readings: Readings, measure: Measure = SHIPPED) -> dict[Pair, float]:
    """The score of each pair (lower place, higher place) that is alike at all, in (0, 1]: cosines as for themes."""
    by_grams = _pairs(texts, readings, _folded_grams if measure.folds else _plain_grams)
    by_subject = _pairs(texts, readings, _subjects) if measure.related else {}
    return {
        pair: round((by_grams.get(pair, 0.0) + measure.related * by_subject.get(pair, 0.0)) / (1 + measure.related), 9)
        for pair in by_grams.keys() | by_subject.keys()
    }


def _pairs(texts: Sequence[str], readings: Readings, features: Features) -> dict[Pair, float]:
    counts = [features(readings.of(text)) for text in texts]
    rarity, unknown = rarities(counts)
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    found: dict[Pair, float] = {}
    for place, count in enumerate(counts):
        products: dict[int, float] = defaultdict(float)
        for feature, weight in weighted(count, rarity, unknown).items():
            for earlier, there in holders[feature]:
                products[earlier] += weight * there
            holders[feature].append((place, weight))
        found |= {(earlier, place): value for earlier, value in products.items()}
    return found


def rarities(counts: Sequence[Mapping[str, int]]) -> tuple[dict[str, float], float]:
    """Smoothed idf, ln((1 + N) / (1 + n)) + 1, of each feature over N texts, and of a feature that none has."""
    held = Counter(feature for count in counts for feature in count)
    texts = 1 + len(counts)
    return {feature: math.log(texts / (1 + n)) + 1 for feature, n in held.items()}, math.log(texts) + 1


def _plain_grams(reading: Reading) -> Mapping[str, int]:
    return plain_grams(reading.text)


def _folded_grams(reading: Reading) -> Mapping[str, int]:
    return reading.grams


def _subjects(reading: Reading) -> Mapping[str, int]:
    return reading.subjects
