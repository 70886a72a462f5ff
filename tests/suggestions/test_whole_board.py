"""All suggestions for one board, also for one that is fuller than can be compared."""

from __future__ import annotations

import pytest

from app.suggestions import source, whole_board
from app.suggestions.whole_board import Finder, TextsOnBoard
from tests.suggestions.boards import loose


def test_of_a_very_full_board_only_so_many_are_compared_and_the_next_when_these_went(monkeypatch: pytest.MonkeyPatch):
    compared: list[set[str]] = []
    real = source.group

    def watched(statements, *others):
        compared.append({one.text for one in statements})
        return real(statements, *others)

    monkeypatch.setattr(whole_board, "MOST_COMPARED", 3)
    monkeypatch.setattr(source, "group", watched)
    every = tuple(loose("bomen in de straat", "bomen bij de school", "bomen in het park", "zwembad", "zandbak"))
    finder = Finder()
    assert finder.find(TextsOnBoard(1, every, ())).groups
    finder.find(TextsOnBoard(1, tuple(one for one in every if not one.text.startswith("bomen")), ()))
    assert compared == [{one.text for one in every[:3]}, {"zwembad", "zandbak"}]
