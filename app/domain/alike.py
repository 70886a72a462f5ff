"""Which names of themes look alike, so that they would split the points of people who mean the same.

A name is its meaning words (without capitals, accents, small words and comparatives), each word known by its stems:
Dutch and English endings off, doubled letters single (parkeer, parkeren → parker). Two words look alike when they share
a stem, when one begins a compound of the other or ends one, or when a letter differs in a long word. Two names
look alike when all words of the shorter one are found in the longer, or at least two words and half of all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations

_SMALL = """
aan al alle als beter betere bij binnen dan dat de der die dit door een en er goed goede het hoe in is je kan korter
kortere maar meer met mijn minder naar niet nieuw nieuwe nog of om ons onze ook op over te ten ter tot tussen uit u uw
van veel voor vanuit wat we wij wie zijn zo zonder
a about all an and are as at be better by for from good how if in into is it less more most my new no not of on or our
out that the their this to us we what who with without you your
"""
SMALL_WORDS = frozenset(re.findall(r"\w+", _SMALL))
# Longest first, and only where enough of the word is left.
ENDINGS = ("ingen", "heden", "heid", "ing", "en", "es", "ed", "e", "s")
# Nouns and verbs of one Latin root: communicatie, communiceren; cooperation, cooperate.
LATIN_ENDINGS = ("eringen", "ering", "atie", "aties", "eren", "ations", "ation", "ating", "ates", "ate", "ie", "ion")
SHORTEST_STEM, SHORTEST_ROOT = 4, 5
SHORTEST_BEGINNING, SHORTEST_REST = 5, 3
SHORTEST_TAIL, SHORTEST_HEAD = 6, 4
SHORTEST_TYPO, TYPO = 7, 0.87


def look_alikes(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The pairs of names that look alike, in the order in which they stand."""
    known = [(name, _words(name)) for name in names]
    return tuple((one, other) for (one, first), (other, second) in combinations(known, 2) if _alike(first, second))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name that carry meaning, each once; all of them when there are none but small ones."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign))
    found = dict.fromkeys(re.findall(r"[^\W_]+", plain))
    return tuple(word for word in found if word not in SMALL_WORDS) or tuple(found) or (plain.strip(),)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    shared = sum(1 for word in shorter if any(_same(word, another) for another in longer))
    return shared == len(shorter) or shared >= 2 and 2 * shared >= len(one) + len(other) - shared


def _same(one: str, other: str) -> bool:
    if one == other or stems(one) & stems(other):
        return True
    shorter, longer = sorted((single(one), single(other)), key=len)
    return _begins(shorter, longer) or _ends(shorter, longer) or _nearly(shorter, longer)


def _begins(shorter: str, longer: str) -> bool:
    """Parkeren, parkeeroverlast: the first part of a compound."""
    stem = _without(shorter, ENDINGS, SHORTEST_STEM)
    return len(stem) >= SHORTEST_BEGINNING and longer.startswith(stem) and len(longer) - len(stem) >= SHORTEST_REST


def _ends(shorter: str, longer: str) -> bool:
    """Overlast, parkeeroverlast: the last part; a mere prefix (handeling, behandeling) makes another word."""
    return len(shorter) >= SHORTEST_TAIL and longer.endswith(shorter) and len(longer) - len(shorter) >= SHORTEST_HEAD


def _nearly(shorter: str, longer: str) -> bool:
    """A slip of the finger: one letter inside a long word, neither its first nor its last."""
    is_framed = shorter[:1] == longer[:1] and shorter[-1:] == longer[-1:]
    if len(shorter) < SHORTEST_TYPO or not is_framed or len(longer) - len(shorter) > 1:
        return False
    return SequenceMatcher(None, shorter, longer, autojunk=False).ratio() >= TYPO


def single(word: str) -> str:
    """Doubled letters single, so that open and closed syllables are written alike."""
    return re.sub(r"(.)\1", r"\1", word)


def stems(word: str) -> set[str]:
    """What a word is known by: it without its ending, and the Latin root where it has one."""
    plain = single(word)
    found = {_without(plain, ENDINGS, SHORTEST_STEM)}
    root = _without(plain, LATIN_ENDINGS, SHORTEST_ROOT)
    return found | ({root} if root != plain else set())


def _without(word: str, endings: Sequence[str], shortest: int) -> str:
    """The word without the longest of these endings that leaves enough; final z and v as they sound."""
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            stem = word[: -len(ending)]
            return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1])
    return word
