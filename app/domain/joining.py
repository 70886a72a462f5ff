"""How one gets into a session, as it stands on paper: the link, the address to type, and the code once there is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Joining:
    """`code` is None until the session opens; `link` and `address` exist from the start.

    `reaches_phones` is False for an address that works on the server's own computer only.
    """

    title: str
    group: str
    held_on: date
    starts_at: str | None
    language: str
    code: str | None
    link: str
    address: str
    reaches_phones: bool
