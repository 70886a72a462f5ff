"""What a rehearsal counts while it runs and says at its end: numbers and the server's sentences, never a text."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import httpx


@dataclass
class Count:
    """`waits`: seconds from sending to the acknowledgement of each statement and allocation, those left out that the
    server asked to wait; `asked_to_wait` tells for how many that was."""

    participants: int
    joined: int = 0
    sent: int = 0
    acknowledged: int = 0
    held: int = 0
    unfit: int = 0
    ballots_sent: int = 0
    ballots_acknowledged: int = 0
    points: int = 0
    asked_to_wait: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    not_joined: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)

    def refuse(self, answer: httpx.Response) -> None:
        self.refusals[sentence_of(answer)] += 1

    def line(self, connected: int) -> str:
        """One line for now."""
        refused = f"{self.refusals.total()} refused"
        if self.refusals:
            refused += f" (“{next(reversed(self.refusals))}”)"
        parts = (
            f"{connected} of {self.participants} connected",
            f"{self.sent} sent",
            f"{self.acknowledged} acknowledged",
            f"{self.points} points given",
            refused,
            *([f"{self.not_joined.total()} not let in"] if self.not_joined else []),
        )
        return " · ".join(parts)

    def summary(self) -> list[str]:
        """The lines for the end."""
        refused = self.refusals.total()
        lines = [
            f"participants: {self.joined} of {self.participants} took part",
            *(f"  {count} × {sentence}" for sentence, count in self.not_joined.most_common()),
            f"statements: {self.sent} sent, {self.acknowledged} acknowledged, of which {self.held} held as late",
            f"allocations: {self.ballots_sent} sent, {self.ballots_acknowledged} acknowledged; {self.points} points",
            f"refused: {refused}",
            *(f"  {count} × {sentence}" for sentence, count in self.refusals.most_common()),
        ]
        unanswered = self.sent + self.ballots_sent - self.acknowledged - self.ballots_acknowledged - refused
        if unanswered:
            lines.append(f"without an answer at the end: {unanswered}")
        if self.unfit:
            lines.append(f"not sent, longer than the question allows: {self.unfit}")
        if self.asked_to_wait:
            lines.append(f"asked to come back later: {self.asked_to_wait}")
        if self.waits:
            lines.append(f"acknowledged after: {_ms(median(self.waits))} in the middle, {_ms(max(self.waits))} slowest")
        return lines


def sentence_of(answer: httpx.Response) -> str:
    """What the application says of a refusal."""
    try:
        message = answer.json()["message"]
    except (ValueError, KeyError, TypeError):
        return f"The server answered {answer.status_code}."
    return str(message)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
