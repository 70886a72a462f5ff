"""(being written)"""

FRAGMENTS: dict[str, str] = {}
COUNTS: tuple[str, ...] = ()


async def load(db, session_id, presence):
    return None
