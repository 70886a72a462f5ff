"""Faults in a tally that anyone can verify: a check that does not notice its fault checks nothing."""

from __future__ import annotations

from typing import Any

from pytest import MonkeyPatch

from app.commands import ballots as giving
from app.commands import phases
from app.domain.verification import told_code
from app.screens import report_votes
from app.store import ballots
from app.web import phone, phone_page


def a_ballot_altered_after_the_close(plant: MonkeyPatch) -> None:
    real = phases._write_anew

    async def altering(db: Any, vote: Any, cast: Any) -> None:
        (points, secret_hash), *others = cast
        await real(db, vote, [({theme: 3 - given for theme, given in points.items()}, secret_hash), *others])

    plant.setattr(phases, "_write_anew", altering)


def one_code_for_two_ballots(plant: MonkeyPatch) -> None:
    """Two voters who gave the same would both find the one ballot, and a ballot of nobody's takes the place."""
    plant.setattr(giving, "_new", lambda secret_hash, vote: "ab" * 32)


def a_code_of_a_vote_that_nobody_can_verify(plant: MonkeyPatch) -> None:
    real = giving._answer
    plant.setattr(giving, "_answer", lambda *told: {**real(*told), "code": "ABCDEFGH"})


def a_code_for_every_device_of_the_seat(plant: MonkeyPatch) -> None:
    plant.setattr(giving, "code_for_holder", lambda secret_hash, sent: told_code(secret_hash))


def a_code_told_without_its_secret(plant: MonkeyPatch) -> None:
    real = phone.stored_ballots.own

    async def with_its_code(*asked: Any) -> Any:
        found = await real(*asked)
        if found is not None:
            found.points = {**found.points, "code": told_code(found.secret_hash)}
        return found

    plant.setattr(phone.stored_ballots, "own", with_its_code)


def a_secret_stored_unasked(plant: MonkeyPatch) -> None:
    real = giving._allocate_one

    def storing(item: Any, vote: Any) -> Any:
        done = real(item, vote)
        standing = vote.standing[item["voter_key"]]
        vote.standing[item["voter_key"]] = standing._replace(secret_hash=giving.hash_secret(item["secret"]))
        return done

    plant.setattr(giving, "_allocate_one", storing)


def codes_that_outlive_a_small_vote(plant: MonkeyPatch) -> None:
    plant.setattr(phases, "tells_ballots", lambda verifiable, ballots: verifiable)


def ballots_of_a_small_vote_told(plant: MonkeyPatch) -> None:
    plant.setattr(report_votes, "tells_ballots", lambda verifiable, ballots: verifiable)


def one_ballot_without_a_code(plant: MonkeyPatch) -> None:
    plant.setattr(phases, "hashes_to_tell", lambda cast: [secret_hash for _, secret_hash in cast])


def ballots_in_the_order_of_arrival(plant: MonkeyPatch) -> None:
    plant.setattr(report_votes, "in_no_order", tuple)


def a_code_on_the_page_of_all(plant: MonkeyPatch) -> None:
    given: list[str] = []
    real_put, real_page = ballots.put_all, phone_page._padding

    async def remembering(db: Any, rows: Any) -> None:
        given.extend(giving.code_of(row["secret_hash"]) for row in rows if row["secret_hash"])
        await real_put(db, rows)

    plant.setattr(ballots, "put_all", remembering)
    plant.setattr(phone_page, "_padding", lambda: f"<!-- {given} -->{real_page()}")
