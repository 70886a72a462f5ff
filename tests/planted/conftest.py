"""Rooms that tick quickly, and files of two formats, so that a check need not wait."""

import pytest

from app.exports import FORMATS
from app.live import room, whole_screens
from tests.promises import watch


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(room, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(room, "COUNT_SECONDS", 0.03)
    monkeypatch.setattr(room, "COUNT_SECONDS_PHONE", 0.06)
    monkeypatch.setattr(whole_screens, "LASTS_WITH_CLOCK", 0.0)
    monkeypatch.setattr(whole_screens, "LASTS", 0.0)
    # The checks themselves look into every format; these two hold all that the others do.
    monkeypatch.setattr(watch, "FORMATS", {name: FORMATS[name] for name in ("csv", "json")})
