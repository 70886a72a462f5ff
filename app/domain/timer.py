"""A phase's timer: started, paused, lengthened; it never ends a phase by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

LONGEST_SECONDS = 6 * 3600
USUAL_SECONDS = 5 * 60


@dataclass(frozen=True)
class Timer:
    """`seconds` were left when it was started or paused; `started_at` (seconds since 1970) is None while paused."""

    seconds: int | None = None
    started_at: float | None = None

    @property
    def is_running(self) -> bool:
        return self.started_at is not None

    @property
    def is_set(self) -> bool:
        return self.seconds is not None

    def seconds_left(self, now: float) -> int | None:
        """Whole seconds left, 0 when the time is up; None when no timer was set."""
        if self.seconds is None:
            return None
        passed = now - self.started_at if self.started_at is not None else 0
        return max(0, round(self.seconds - passed))

    def start(self, now: float) -> Timer:
        """Run on from what is left, or from the usual five minutes."""
        left = self.seconds_left(now)
        return Timer(USUAL_SECONDS if left is None else left, now)

    def pause(self, now: float) -> Timer:
        return Timer(self.seconds_left(now), None)

    def add_minute(self, now: float) -> Timer:
        """One more minute than is left; keeps running, or paused. Where no timer was set it counts from here."""
        left = self.seconds_left(now) or 0
        runs = self.is_running or not self.is_set
        return replace(self, seconds=min(left + 60, LONGEST_SECONDS), started_at=now if runs else None)
