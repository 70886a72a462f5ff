"""A second account beside the moderator of the world."""

from __future__ import annotations

from app.commands import accounts
from tests.world import PASSWORD_HASH, World

OTHER_EMAIL = "ander@example.org"


async def another_moderator(world: World, email: str = OTHER_EMAIL, name: str = "Ander de Vries") -> int:
    """An account that has nothing to do with the session yet."""
    made: int = await world.parts.writer.run(accounts.create, email=email, name=name, password_hash=PASSWORD_HASH)
    return made
