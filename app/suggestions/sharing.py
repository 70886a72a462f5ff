"""Which whole words a statement shares with a theme: the reason a person reads, and can judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.suggestions.hints import SharedWord
from app.suggestions.reading import Word

MOST_REASONS = 3


class Vocabulary:
    """The words of one theme by all that they are known by; of words known by the same, the first stands."""

    def __init__(self, words: Iterable[Word]) -> None:
        self._by_stem: dict[str, Word] = {}
        self._by_part: dict[str, Word] = {}
        self._by_beginning: dict[str, Word] = {}
        self._by_misspelling: dict[str, Word] = {}
        self._by_subject: dict[int, Word] = {}
        for word in words:
            _put(self._by_stem, word.stems, word)
            _put(self._by_part, word.parts, word)
            _put(self._by_beginning, word.beginnings, word)
            _put(self._by_misspelling, word.misspellings, word)
            for subject in word.subjects:
                self._by_subject.setdefault(subject, word)

    def shared_with(self, words: Sequence[Word], most: int = MOST_REASONS) -> tuple[SharedWord, ...]:
        """The words of a statement that are alike or related to one here: alike first, then long first."""
        found: dict[str, SharedWord] = {}
        for word in words:
            shared = self._shared(word)
            if shared:
                found.setdefault(word.folded, shared)
        best_first = sorted(found.values(), key=lambda shared: (shared.is_related, -len(shared.here)))
        return tuple(best_first[:most])

    def _shared(self, word: Word) -> SharedWord | None:
        """The word here that this one is most alike, if any; ways in falling order of likeness."""
        ways = (
            (self._by_stem, word.stems),
            (self._by_part, word.stems),
            (self._by_stem, word.parts),
            (self._by_misspelling, word.misspellings),
            (self._by_beginning, word.beginnings),
        )
        for index, keys in ways:
            # The longest key in common is the best; sorted, so that never chance decides.
            for key in sorted(keys & index.keys(), key=lambda key: (-len(key), key)):
                return SharedWord(word.written, index[key].written)
        for subject in word.subjects:
            if subject in self._by_subject:
                return SharedWord(word.written, self._by_subject[subject].written, is_related=True)
        return None


def _put(index: dict[str, Word], keys: Iterable[str], word: Word) -> None:
    for key in keys:
        index.setdefault(key, word)
