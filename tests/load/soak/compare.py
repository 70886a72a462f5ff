"""Compares the journals with what the server holds: what is lost, what is there twice, and what is stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.anonymity import FEW, hash_receipt
from tests.load.soak.journal import Divided, Journal, Written
from tests.load.soak.matching import uncovered
from tests.load.soak.stored import Count, Row, Stored


@dataclass
class Verdict:
    """Each finding is a sentence. `differing` are phones that show another text than the one that stands."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"lost / doubled / stuck: {len(self.lost)} / {len(self.doubled)} / {len(self.stuck)}"

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.stuck)


def compare(journals: Sequence[Journal], room: Sequence[str], stored: Stored, last_scene: str = "ended") -> Verdict:
    """`room` are the texts that the moderator wrote down for the room."""
    verdict = Verdict()
    rows = {row.receipt: row for row in stored.rows if row.receipt}
    for journal in journals:
        for receipt, written in journal.written.items():
            row = rows.pop(hash_receipt(receipt), None)
            _check_written(f"{journal.name}, {receipt[:8]}", written, row, verdict)
        verdict.stuck += _stuck(journal, last_scene)
    verdict.doubled += [f"stored, but written by nobody: {row.text}" for row in rows.values()]
    _check_texts(room, stored, verdict)
    for round_id, count in stored.counts.items():
        divided = {one.name: one.divided[round_id] for one in journals if round_id in one.divided}
        _check_vote(f"vote {round_id}", divided, count, verdict)
    if stored.archived_points != [sum(count.points.values()) for _, count in sorted(stored.counts.items())]:
        verdict.lost.append(f"the archive has other points than the database: {stored.archived_points}")
    return verdict


def _check_written(where: str, written: Written, row: Row | None, verdict: Verdict) -> None:
    stands = row.revision if row else 0
    text = row.text if row and not row.is_retracted else None
    latest = written.latest
    if stands and (stands not in written.forms or written.forms[stands] != text):
        verdict.lost.append(f"{where}: revision {stands} has another text than was written")
    elif written.is_waiting:
        # Counted as stuck; the phone still has it.
        return
    elif written.sentence:
        if stands < written.confirmed:
            verdict.lost.append(f"{where}: revision {stands} stands, {written.confirmed} was confirmed")
        # Refused, and yet there: a copy on a slow way came after the refusal. There once, but the phone says otherwise.
        _check_shown(where, written, text, verdict)
    elif written.forms[latest] is None and not stands:
        # Taken back before it had reached the server.
        return
    elif stands != latest:
        verdict.lost.append(f"{where}: revision {stands} stands, {latest} is the latest ({written.forms[latest]})")
    else:
        _check_shown(where, written, text, verdict)


def _check_shown(where: str, written: Written, text: str | None, verdict: Verdict) -> None:
    if written.shown != text:
        verdict.differing.append(f"{where}: the phone shows {written.shown!r}, {text!r} stands")


def _stuck(journal: Journal, last_scene: str) -> Iterator[str]:
    for receipt, written in journal.written.items():
        if written.is_waiting:
            yield f"{journal.name}, {receipt[:8]}: neither stored nor refused"
    for round_id, vote in journal.divided.items():
        if vote.is_waiting:
            yield f"{journal.name}, vote {round_id}: points neither stored nor refused"
    if journal.shows != last_scene:
        yield f"{journal.name} shows “{journal.shows}” at the end"


def _check_texts(room: Sequence[str], stored: Stored, verdict: Verdict) -> None:
    """Every text was written once, so it is stored once, and the archive has exactly what stands and is not hidden."""
    standing = Counter(row.text for row in stored.rows if not row.is_retracted)
    verdict.doubled += [f"stored {times} times: {text}" for text, times in standing.items() if times > 1]
    of_room = Counter(row.text for row in stored.rows if row.receipt is None)
    verdict.lost += [f"not stored, written for the room: {text}" for text in Counter(room) - of_room]
    verdict.doubled += [f"stored, but written by nobody: {text}" for text in of_room - Counter(room)]
    shown = Counter(row.text for row in stored.rows if not (row.is_retracted or row.is_hidden))
    verdict.lost += [f"stored, but not in the archive: {text}" for text in shown - stored.archived]
    verdict.doubled += [f"in the archive, but not in the database: {text}" for text in stored.archived - shown]


def _check_vote(where: str, divided: dict[str, Divided], count: Count, verdict: Verdict) -> None:
    """Ballots bear no names, so each must fit one person's allocation, and each person's allocation one ballot.

    Where the last answers were not heard, several allocations of one person fit; never more than one counts.
    """
    people = list(divided.values())
    if count.is_few:
        # Fewer than three with a point: by the promise of secrecy nothing of them is kept.
        voted = [name for name, vote in divided.items() if vote.confirmed and all(vote.may_stand)]
        verdict.lost += [f"{where}: {len(voted)} voted, and were taken for few"] if len(voted) >= FEW else []
        return
    fits = [[at for at, ballot in enumerate(count.ballots) if ballot in vote.may_stand] for vote in people]
    sure = [at for at, vote in enumerate(people) if vote.confirmed]
    missing = uncovered({at: fits[at] for at in sure})
    names = list(divided)
    verdict.lost += [f"{where}: the points of {names[at]} are in no ballot" for at in missing]
    voters = {at: [one for one, own in enumerate(fits) if at in own] for at in range(len(count.ballots))}
    verdict.doubled += [f"{where}: ballot {count.ballots[at]} is nobody's" for at in uncovered(voters)]
    total: Counter[str] = Counter()
    for ballot in count.ballots:
        total.update(ballot)
    if dict(+total) != count.points:
        verdict.lost.append(f"{where}: the ballots add up to {dict(total)}, the tally says {count.points}")
