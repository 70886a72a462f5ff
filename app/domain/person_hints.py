"""What in a statement may name or reveal a person: guesses by rules, of which a moderator makes what it is.

They miss names (typed without a capital, or in a script that has none) and point at words that are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

SHORTEST_NAME = 3
# A shorter one is a word too often ("wil", "roos", "mark") to point at wherever somebody types it without a capital.
SHORTEST_WITHOUT_CAPITAL = 5

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_NUMBER = re.compile(r"(?<![\w+])(?:\+|\(0|\(\+)?\d(?:(?: ?\(0\) ?|[ ).\-/\u2010-\u2013\xa0]{0,3})\d){6,17}(?!\w)")
_DIGITS = re.compile(r"\d+")
_POSTCODE = re.compile(r"(?<!\w)[1-9][0-9]{3}(?: ?[A-Z]{2}|[a-z]{2})(?!\w)")
_STREET = (
    "straat|laan|weg|plein|gracht|kade|hof|dijk|singel|steeg|pad|plantsoen|dreef|park|ring|markt|burg|erf|oord|akker"
    "|veld|wal|baan|brink|boulevard|straße|strasse|platz"
)
_DUTCH_HOUSE = re.compile(
    rf"(?<!\w)(?:[^\W\d_]{{0,30}}(?:{_STREET})) [1-9][0-9]{{0,3}}(?: ?-?[a-z])?(?!\w)", re.IGNORECASE
)
_ENGLISH_HOUSE = re.compile(
    r"(?<!\w)[1-9][0-9]{0,3}[a-z]? [A-Z][^\W\d_]{1,30}(?: [A-Z][^\W\d_]{1,30})?"
    r" (?:street|road|lane|avenue|drive|close|court|square|place|terrace)(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN_NAMES = re.compile(r"\.? |\.")
_ENDS_SENTENCE = re.compile(r"[.!?:;•\"“”„‘(\[-][ )]*$")

_TITLES = (
    "mevrouw mevr mw meneer mijnheer heer dhr juf juffrouw meester agent agente wijkagent dokter dr zuster broeder"
    " wethouder burgemeester dominee pastoor imam oom tante opa oma buurman buurvrouw directeur coach trainer"
    " mr mrs ms miss mister madam sir officer constable doctor nurse councillor mayor alderman aunt uncle neighbour"
)
_PARTICLES = "van de der den het ten ter te in op aan bij 't von zu la le du el al bin ben"
# How sentences begin: the capital tells nothing of these.
_BEGINNINGS = (
    "de het een in op bij van voor met als er ik wij we de dit dat die deze wat wie waar hoe meer minder geen niet te"
    " onze ons mijn je u uw the a an in on at of for with if there i we this that these what who where how more less"
    " no not too our my your"
)
TITLES, PARTICLES, BEGINNINGS = (frozenset(words.split()) for words in (_TITLES, _PARTICLES, _BEGINNINGS))


class HintKind(StrEnum):
    """Why a part of a text is pointed at: what it looks like, or of a name what speaks for it."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    LISTED = "listed"
    TITLED = "titled"
    CAPITALS = "capitals"


NAMES = frozenset({HintKind.LISTED, HintKind.TITLED, HintKind.CAPITALS})


@dataclass(frozen=True)
class Hint:
    """`text[start:end]` may name or reveal a person."""

    start: int
    end: int
    kind: HintKind


def words_of_names(names: Iterable[str]) -> frozenset[str]:
    """The words by which people on a list are called, for `hints_in`: no titles, no particles, nothing very short."""
    words = (word.casefold() for name in names for word in _WORD.findall(name))
    return frozenset(word for word in words if len(word) >= SHORTEST_NAME) - PARTICLES - TITLES


def hints_in(text: str, listed: Collection[str] = frozenset()) -> tuple[Hint, ...]:
    """What may name a person, in the order of the text, no two overlapping; of two guesses the surer one stands.

    `listed` are the words of the names on the session's attendance list.
    """
    ways: tuple[Callable[[], Iterator[Hint]], ...] = (
        lambda: _found(_EMAIL, text, HintKind.EMAIL),
        lambda: _phones(text),
        lambda: _found(_DUTCH_HOUSE, text, HintKind.ADDRESS),
        lambda: _found(_ENGLISH_HOUSE, text, HintKind.ADDRESS),
        lambda: _found(_POSTCODE, text, HintKind.POSTCODE),
    )
    chosen: list[Hint] = []
    claimed = bytearray(len(text))
    for way in ways:
        found = [hint for hint in way() if _is_free(claimed, hint.start, hint.end)]
        for hint in found:
            claimed[hint.start : hint.end] = b"\1" * (hint.end - hint.start)
        chosen += found
    chosen += _names(text, listed, claimed)
    return tuple(sorted(chosen, key=lambda hint: hint.start))


def _is_free(claimed: bytearray, start: int, end: int) -> bool:
    """Whether no surer guess has any of these signs; looked up, so that a long text costs no more than its length."""
    return claimed.find(1, start, end) < 0


def _found(pattern: re.Pattern[str], text: str, kind: HintKind) -> Iterator[Hint]:
    return (Hint(found.start(), found.end(), kind) for found in pattern.finditer(text))


def _phones(text: str) -> Iterator[Hint]:
    """Where several numbers stand in a row, each of them by itself."""
    at = 0
    while run := _NUMBER.search(text, at):
        groups = list(_DIGITS.finditer(text, run.start(), run.end()))
        end = _end_of_phone(groups, is_international="+" in run[0][:2])
        if end is not None:
            yield Hint(run.start(), end, HintKind.PHONE)
        at = groups[0].end() if end is None else end


def _end_of_phone(groups: list[re.Match[str]], is_international: bool) -> int | None:
    """Where the longest phone number ends that begins with the first of these groups of digits."""
    digits = "".join(str(unicodedata.decimal(sign)) for group in groups for sign in group[0])
    for group in reversed(groups):
        if _is_phone(digits, is_international):
            return group.end()
        digits = digits[: -len(group[0])]
    return None


def _is_phone(digits: str, is_international: bool) -> bool:
    """A Dutch number has ten digits and begins with 0, an international one begins with + or 00."""
    if is_international:
        return 8 <= len(digits) <= 15
    if digits.startswith("00"):
        return 10 <= len(digits) <= 17
    return digits.startswith("0") and len(digits) == 10


def _names(text: str, listed: Collection[str], claimed: bytearray) -> list[Hint]:
    """Names on the list, what follows a title, and capitals in a row: each word is pointed at once, none that is
    `claimed` by something else."""
    words = [word for word in _WORD.finditer(text) if _is_free(claimed, word.start(), word.end())]
    hints: list[Hint] = []
    taken: set[int] = set()
    for kind, spans in (
        (HintKind.TITLED, _after_titles(text, words)),
        (HintKind.CAPITALS, _capitals_in_a_row(text, words)),
        (HintKind.LISTED, ((place, place) for place, word in enumerate(words) if _is_listed(word[0], listed))),
    ):
        for first, last in spans:
            if taken.isdisjoint(range(first, last + 1)):
                taken.update(range(first, last + 1))
                is_listed = any(_is_listed(word[0], listed) for word in words[first : last + 1])
                hints.append(Hint(words[first].start(), words[last].end(), HintKind.LISTED if is_listed else kind))
    return hints


def _is_listed(word: str, listed: Collection[str]) -> bool:
    return word.casefold() in listed and (word[0].isupper() or len(word) >= SHORTEST_WITHOUT_CAPITAL)


def _after_titles(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """From a title to the last capital behind it: "mevrouw de Vries", "Dhr. J. van den Berg"."""
    place = 0
    while place < len(words):
        last = _name_from(text, words, place) if words[place][0].casefold() in TITLES else place
        if last > place:
            yield place, last
        # A title within it begins nothing new: "Dr. Dr. Dr. …" is read once.
        place = last + 1


def _capitals_in_a_row(text: str, words: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Two or more capitals that belong together, and not only the capital with which a sentence begins."""
    place = 0
    while place < len(words):
        last = _name_from(text, words, place) if _is_name_like(text, words[place]) else place
        if last > place:
            yield place, last
        place = last + 1


def _is_name_like(text: str, word: re.Match[str]) -> bool:
    begins = word.start() == 0 or _ENDS_SENTENCE.search(text[max(0, word.start() - 4) : word.start()]) is not None
    return _has_capital(word[0]) and not (begins and word[0].casefold() in BEGINNINGS)


def _name_from(text: str, words: list[re.Match[str]], place: int) -> int:
    """The place of the last capital in a row that begins at `place`; particles may stand between."""
    last = place
    for at in range(place + 1, len(words)):
        if not _BETWEEN_NAMES.fullmatch(text, words[at - 1].end(), words[at].start()):
            break
        if _has_capital(words[at][0]):
            # A full stop ends a sentence, unless it stands behind an initial or a title.
            if text[words[at - 1].end()] == "." and not _is_shortened(words[at - 1][0]):
                break
            last = at
        elif words[at][0].casefold() not in PARTICLES:
            break
    return last


def _is_shortened(word: str) -> bool:
    return len(word) == 1 or word.casefold() in TITLES


def _has_capital(word: str) -> bool:
    """A capital and then small letters, or an initial: who writes in capitals throughout names nobody by that."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())
