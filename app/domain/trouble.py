"""What can keep a server from storing: kinds that people are told apart, since each has another remedy."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """The value is what a log, `/healthz` and the command line say of it."""

    FULL = "the disk is full"
    READ_ONLY = "the disk or the data folder may only be read"
    LOCKED = "another program keeps the database locked"
    BROKEN = "the disk gives errors"
