"""Reads a text once: its words as they were written, what each is known by, and its character n-grams."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from app.domain.alike import (
    SHORTEST_BEGINNING,
    SHORTEST_HEAD,
    SHORTEST_REST,
    SHORTEST_TAIL,
    SHORTEST_TYPO,
    SMALL_WORDS,
    single,
    stems,
)
from app.domain.search import folded
from app.suggestions.related_words import subjects_of

SHORTEST_GRAM, LONGEST_GRAM = 3, 5
# Two compounds that begin alike (probleemwijk, problematiek) are only then about the same.
SHORTEST_SHARED_BEGINNING = 7
# One word may be a whole pasted line; what it is known by grows with its length.
LONGEST_WORD = 60


@dataclass(frozen=True)
class Word:
    """A word as it was written, folded, and what it is known by.

    Two words are alike where their stems meet, a stem of one is a part of the other (a compound's beginning or tail),
    their beginnings of seven letters meet, or their misspellings do. They are related where their subjects meet.
    """

    written: str
    folded: str
    stems: frozenset[str]
    parts: frozenset[str]
    beginnings: frozenset[str]
    misspellings: frozenset[str]
    subjects: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """A text as the built-in sees it: its telling words, counts of their n-grams once folded, and of their subjects."""

    text: str
    words: tuple[Word, ...]
    grams: Mapping[str, int]
    subjects: Mapping[str, int]


class Readings:
    """Readings by text, for as long as its owner keeps it: one for each session, so that a text is read once.

    It holds what people wrote, so it goes when the session's room goes. Two threads that read at once both read right.
    """

    def __init__(self) -> None:
        self._texts: dict[str, Reading] = {}
        self._words: dict[str, Word] = {}

    def of(self, text: str) -> Reading:
        """A text's words and n-grams; never raises, whatever the script. A text of signs alone is one word."""
        known = self._texts.get(text)
        if known is None:
            known = self._texts[text] = self._read(text)
        return known

    def _read(self, text: str) -> Reading:
        all_words = tuple(self._word(written) for written in words_of(text))
        telling = tuple(word for word in all_words if word.folded not in SMALL_WORDS) or all_words
        return Reading(
            text=text,
            words=telling,
            grams=_grams([single(word.folded) for word in telling]),
            subjects=Counter(str(subject) for word in telling for subject in word.subjects),
        )

    def _word(self, written: str) -> Word:
        known = self._words.get(written)
        if known is None:
            known = self._words[written] = _read_word(written)
        return known


def plain_grams(text: str) -> Mapping[str, int]:
    """Counts of the n-grams of all words as they stand, but for capitals and accents."""
    return _grams([folded(written)[:LONGEST_WORD] for written in words_of(text)])


def words_of(text: str) -> list[str]:
    """The words as they were written, accents and vowel signs included; a text without letters is split at spaces."""
    composed = unicodedata.normalize("NFC", text)
    runs = ("".join(run) for is_word, run in groupby(composed, _belongs_to_a_word) if is_word)
    return [*runs] or composed.split()


def _belongs_to_a_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _read_word(written: str) -> Word:
    plain = folded(written)[:LONGEST_WORD] or written[:LONGEST_WORD]
    once = single(plain)
    beginnings = {once[:length] for length in range(SHORTEST_BEGINNING, len(once) - SHORTEST_REST + 1)}
    tails = {once[start:] for start in range(SHORTEST_HEAD, len(once) - SHORTEST_TAIL + 1)}
    return Word(
        written=written,
        folded=plain,
        stems=frozenset(stems(plain) | {once}),
        parts=frozenset(beginnings | tails),
        beginnings=frozenset(part for part in beginnings if len(part) >= SHORTEST_SHARED_BEGINNING),
        misspellings=_misspellings(once),
        subjects=subjects_of(plain),
    )


def _misspellings(word: str) -> frozenset[str]:
    """A long word with one inner letter left out: two that share one differ by a slip of the finger."""
    if len(word) < SHORTEST_TYPO:
        return frozenset()
    return frozenset({word, *(word[:at] + word[at + 1 :] for at in range(1, len(word) - 1))})


def _grams(words: list[str]) -> Mapping[str, int]:
    """Counts of the 3- to 5-grams within words, each word between two spaces."""
    counts: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for length in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
            counts.update(padded[at : at + length] for at in range(len(padded) - length + 1))
    return counts


def weighted(counts: Mapping[str, int], rarity: Mapping[str, float], unknown: float) -> dict[str, float]:
    """A unit vector (1 + ln tf) · idf over n-grams (sublinear tf-idf: Manning, Raghavan, Schütze 2008, §6.4.1)."""
    vector = {gram: (1 + math.log(count)) * rarity.get(gram, unknown) for gram, count in counts.items()}
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}
