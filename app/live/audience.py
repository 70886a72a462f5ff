"""Who is in a room, by screen and language: those who are sent the same bytes."""

from __future__ import annotations

from app.live.connection import Connection

# Phones first: there are thousands of them, and one of each of the others.
ORDER = ("phone", "big_screen", "control_room")


class Audience:
    """The connections of one room."""

    def __init__(self) -> None:
        self.everybody: set[Connection] = set()
        self._groups: dict[tuple[str, str], set[Connection]] = {}

    def add(self, connection: Connection) -> None:
        self.everybody.add(connection)
        self._groups.setdefault((connection.screen, connection.language), set()).add(connection)

    def discard(self, connection: Connection) -> None:
        self.everybody.discard(connection)
        key = (connection.screen, connection.language)
        group = self._groups.get(key, set())
        group.discard(connection)
        if not group:
            self._groups.pop(key, None)

    def of(self, screen: str, language: str) -> list[Connection]:
        """Who shows this screen in this language, at this moment."""
        return list(self._groups.get((screen, language), ()))

    def languages(self) -> dict[str, list[str]]:
        """The languages in which each screen is shown, in the order in which they are told."""
        spoken = {screen: sorted(language for where, language in self._groups if where == screen) for screen in ORDER}
        return {screen: languages for screen, languages in spoken.items() if languages}
