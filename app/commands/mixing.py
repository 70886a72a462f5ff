"""The open batches: who has a statement that is not shown yet; in memory only, so that no disk ever tells it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable

from app.domain.limits import Pens


class Batches:
    """Per question, which participant (seat's hash) gave what still waits with which statement.

    After a restart a batch is empty, and what waits in the database needs three new people or the phase's end.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, dict[str, str]] = defaultdict(dict)
        self._session_of: dict[int, int] = {}

    def add(self, session_id: int, question_id: int, statement_id: str, participant: str) -> None:
        self._session_of[question_id] = session_id
        self._waiting[question_id][statement_id] = participant

    def remove(self, question_id: int, statement_id: str) -> None:
        """A retracted statement leaves the batch, and its author with it."""
        self._waiting[question_id].pop(statement_id, None)

    def participants(self, question_id: int) -> dict[str, str]:
        """Statement id to participant, of the batch that is open now."""
        return dict(self._waiting.get(question_id, {}))

    def close(self, question_id: int) -> None:
        """The batch was released."""
        self._waiting.pop(question_id, None)
        self._session_of.pop(question_id, None)

    def forget(self, session_id: int) -> None:
        """After a rollback memory may know more than the database: mix anew, rather too long than too short."""
        for question_id in [known for known, owner in self._session_of.items() if owner == session_id]:
            self.close(question_id)


class OpenBatches(Batches):
    """The open batches of statements, and in `proposals` those of what is proposed for statements.

    `pens` are how much each participant wrote, as numbers, which after a restart begin anew.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self.proposals = Batches()
        self.pens = Pens()
        self.clock = clock

    def forget(self, session_id: int) -> None:
        """Both kinds of batches."""
        super().forget(session_id)
        self.proposals.forget(session_id)
