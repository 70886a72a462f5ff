"""What one person did and what their phone was told of it: written beside the phone, which never reads it."""

from __future__ import annotations

from dataclasses import dataclass, field

RETRACTED = None


@dataclass
class Written:
    """One statement. `forms` are its texts by revision, RETRACTED where it was taken back.

    `tried` are revisions that may have left the phone, `confirmed` the highest one of which it was told that it
    stands. The rest is how the phone was found at the end: still waiting, kept with a sentence, or shown as sent.
    """

    forms: dict[int, str | None]
    tried: set[int] = field(default_factory=set)
    confirmed: int = 0
    is_waiting: bool = False
    sentence: str = ""
    shown: str | None = None

    @property
    def latest(self) -> int:
        return max(self.forms)


@dataclass
class Divided:
    """The points of one person in one vote: whole allocations by revision."""

    forms: dict[int, dict[str, int]] = field(default_factory=dict)
    tried: set[int] = field(default_factory=set)
    confirmed: int = 0
    is_waiting: bool = False

    @property
    def may_stand(self) -> list[dict[str, int]]:
        """The last allocation that was confirmed, and newer ones of which no answer was heard."""
        return [self.forms[revision] for revision in self.tried if revision >= self.confirmed]


@dataclass
class Journal:
    """Of one phone; `shows` is the kind of scene it was found on at the end."""

    name: str
    written: dict[str, Written] = field(default_factory=dict)
    divided: dict[int, Divided] = field(default_factory=dict)
    shows: str = ""

    def write(self, receipt: str, revision: int, text: str | None) -> None:
        """A new statement, or another form of one."""
        if receipt in self.written:
            self.written[receipt].forms[revision] = text
        else:
            self.written[receipt] = Written({revision: text})

    def send(self, receipt: str, revision: int) -> None:
        self.written[receipt].tried.add(revision)

    def confirm(self, receipt: str, revision: int) -> None:
        written = self.written[receipt]
        written.confirmed = max(written.confirmed, revision)

    def divide(self, round_id: int, revision: int, points: dict[str, int]) -> None:
        vote = self.divided.setdefault(round_id, Divided())
        vote.forms[revision] = {theme: given for theme, given in points.items() if given}

    def send_points(self, round_id: int, revision: int) -> None:
        self.divided[round_id].tried.add(revision)

    def confirm_points(self, round_id: int, revision: int) -> None:
        vote = self.divided[round_id]
        vote.confirmed = max(vote.confirmed, revision)
