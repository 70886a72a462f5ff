"""What several tests of a room share: one that ticks at once, and what was drawn."""

import pytest

from app.live import room as live
from app.screens import refresh


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
