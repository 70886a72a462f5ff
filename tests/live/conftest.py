"""What tests of a room share: one that finds nothing by itself, one that ticks at once, and what was drawn."""

import pytest

from app.live import room as live
from app.live import suggesting
from app.screens import refresh


@pytest.fixture(autouse=True)
def no_suggestions(monkeypatch):
    """Nothing is found meanwhile, which would be a push of its own; tests of suggestions look at once again."""
    monkeypatch.setattr(suggesting, "PAUSE_SECONDS", 3600.0)


@pytest.fixture
def quick(monkeypatch):
    """Nobody waits for a tick or a count."""
    monkeypatch.setattr(live, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(live, "COUNT_SECONDS", 0.05)
    monkeypatch.setattr(live, "COUNT_SECONDS_PHONE", 0.1)


@pytest.fixture
def drawings(monkeypatch):
    """The screens that were drawn, in order."""
    drawn = []
    real = refresh.draw_fragments

    async def counting(db, screen, session, languages, presence, names, seq=None):
        drawn.append((screen, tuple(languages), tuple(names)))
        return await real(db, screen, session, languages, presence, names, seq)

    monkeypatch.setattr(refresh, "draw_fragments", counting)
    return drawn
