"""Finding by words, whatever their capitals and accents."""

from __future__ import annotations

import pytest

from app.domain.search import matches

TEXTS = ("Wijkaanpak nieuwe stijl", "Bewoners Één-Noord’s café", "wo 25 november 2026")


@pytest.mark.parametrize(
    "search", ["", "  ", "wijkaanpak", "CAFE", "een-noord's", "café bewoners", "25 nov", "2026 wijk"]
)
def test_each_word_is_found_wherever_it_stands(search: str) -> None:
    assert matches(search, TEXTS)


@pytest.mark.parametrize("search", ["wijkvisie", "cafe wijkvisie", "%", "_"])
def test_a_word_that_is_nowhere_finds_nothing(search: str) -> None:
    assert not matches(search, TEXTS)
