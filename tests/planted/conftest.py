"""Rooms that tick quickly, so that a check need not wait."""

import pytest

from app.live import room, whole_screens


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(room, "COUNT_SECONDS", 0.03)
    monkeypatch.setattr(room, "COUNT_SECONDS_PHONE", 0.06)
    monkeypatch.setattr(whole_screens, "LASTS_WITH_CLOCK", 0.0)
    monkeypatch.setattr(whole_screens, "LASTS", 0.0)
