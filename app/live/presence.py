"""Who is here, has submitted and is ready: in memory only, given out as counts, told again by returning phones."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heappop, heappush
from time import monotonic

from app.domain.presence import Deed, ModeratorHere, Presence
from app.domain.suggested import Suggested
from app.domain.trouble import Trouble

SECONDS_A_POLL_COUNTS = 15


class PresenceBook:
    """The people of one session, by the hash of their seat's token."""

    def __init__(self) -> None:
        self._sockets: Counter[str] = Counter()
        self._control_rooms: Counter[ModeratorHere] = Counter()
        self._deeds: dict[int, Deed] = {}
        self._polled: dict[str, float] = {}
        self._polls_end: list[tuple[float, str]] = []
        self._without_socket: set[str] = set()
        self._submitted: defaultdict[int, set[str]] = defaultdict(set)
        self._ready: defaultdict[int, set[str]] = defaultdict(set)
        self._not_ready: defaultdict[int, set[str]] = defaultdict(set)
        self._begun_here: set[int] = set()
        self._typing: dict[str, int] = {}
        self.trouble: Trouble | None = None
        self.suggested: Suggested | None = None
        self.changed = True

    def arrived(self, participant: str) -> None:
        self._sockets[participant] += 1
        self._without_socket.discard(participant)
        self.changed = True

    def left(self, participant: str) -> None:
        self._sockets[participant] -= 1
        if self._sockets[participant] <= 0:
            del self._sockets[participant]
            self._typing.pop(participant, None)
            if participant in self._polled:
                self._without_socket.add(participant)
        self.changed = True

    def opened_control_room(self, moderator: ModeratorHere) -> None:
        self._control_rooms[moderator] += 1
        self.changed = True

    def closed_control_room(self, moderator: ModeratorHere) -> None:
        self._control_rooms[moderator] -= 1
        if self._control_rooms[moderator] <= 0:
            del self._control_rooms[moderator]
        self.changed = True

    def did(self, deed: Deed) -> None:
        """A moderator did something the others should hear of; only the last of each is kept."""
        self._deeds.pop(deed.by.id, None)
        self._deeds[deed.by.id] = deed
        self.changed = True

    def polled(self, participant: str, seconds: float = SECONDS_A_POLL_COUNTS) -> None:
        """A phone without a socket asked what is new, or sent something; it counts as here for so long."""
        until = max(self._polled.get(participant, 0), monotonic() + seconds)
        if participant not in self._polled:
            heappush(self._polls_end, (until, participant))
        self._polled[participant] = until
        if participant not in self._sockets:
            self._without_socket.add(participant)
        self.changed = True

    def began(self, question_id: int) -> None:
        """This process saw a phase of the question begin, so an empty set means nobody and not unknown."""
        self._begun_here.add(question_id)
        self.changed = True

    def submitted(self, question_id: int, participant: str) -> None:
        self._submitted[question_id].add(participant)
        self.changed = True

    def ready(self, round_id: int, participant: str, is_ready: bool) -> None:
        said, unsaid = (self._ready, self._not_ready) if is_ready else (self._not_ready, self._ready)
        said[round_id].add(participant)
        unsaid[round_id].discard(participant)
        self.changed = True

    def is_ready(self, round_id: int, participant: str) -> bool | None:
        """For this participant's own page and other device; None when it did not say so to this process."""
        if participant in self._ready.get(round_id, ()):
            return True
        return False if participant in self._not_ready.get(round_id, ()) else None

    def types(self, question_id: int, participant: str, is_typing: bool) -> None:
        """A phone began or stopped writing on a question. No screen shows it, so it makes nothing be sent."""
        if is_typing:
            self._typing[participant] = question_id
        else:
            self._typing.pop(participant, None)

    def typing_on(self, question_id: int | None) -> int:
        """How many of those who are here write on a question now."""
        self._forget_polls()
        here = self._sockets.keys() | self._without_socket
        return sum(1 for who, where in self._typing.items() if where == question_id and who in here)

    @property
    def connected(self) -> int:
        """How many participants are here; costs the same however many they are."""
        self._forget_polls()
        return len(self._sockets) + len(self._without_socket)

    def counts(self, question_id: int | None, round_id: int | None) -> Presence:
        """The counts for the current question and round."""
        knows = question_id is not None and question_id in self._begun_here
        return Presence(
            connected=self.connected,
            submitted=_known(self._submitted, question_id, knows),
            ready=_known(self._ready, round_id, knows),
            moderators=self._moderators(),
            deeds=tuple(reversed(self._deeds.values())),
            trouble=self.trouble,
            suggested=self.suggested if self.suggested and self.suggested.question_id == question_id else None,
        )

    def _forget_polls(self) -> None:
        """Those whose time is over; who asked again meanwhile is looked at when that time is over too."""
        now = monotonic()
        while self._polls_end and self._polls_end[0][0] <= now:
            _, who = heappop(self._polls_end)
            until = self._polled[who]
            if now < until:
                heappush(self._polls_end, (until, who))
                continue
            del self._polled[who]
            self._without_socket.discard(who)

    def _moderators(self) -> tuple[str, ...]:
        """The names in the control rooms: one person with a laptop and a tablet is one moderator."""
        names = {moderator.id: moderator.name for moderator in self._control_rooms}
        return tuple(sorted(names.values()))


def _known(people: dict[int, set[str]], key: int | None, knows: bool) -> int | None:
    count = len(people.get(key, ())) if key is not None else 0
    return count if count or knows else None
