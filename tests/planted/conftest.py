"""Rooms that tick quickly, so that a check need not wait."""

import pytest

from app.live import room


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(room, "COUNT_SECONDS", 0.03)
    monkeypatch.setattr(room, "COUNT_SECONDS_PHONE", 0.06)
    monkeypatch.setattr(room, "WHOLE_SCREEN_LASTS", 0.0)
