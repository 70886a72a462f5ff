"""Which passwords may be chosen: one rule for the set-up page, the account page and the command line."""

from __future__ import annotations

from app.domain.refusals import Reason, Refusal

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000


def check_password(password: str) -> None:
    """Raises Refusal for a password that is too short, or longer than is ever hashed."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(Reason.PASSWORD_TOO_SHORT, limit=SHORTEST_PASSWORD)
    if len(password) > LONGEST_PASSWORD:
        raise Refusal(Reason.PASSWORD_TOO_LONG, limit=LONGEST_PASSWORD)
