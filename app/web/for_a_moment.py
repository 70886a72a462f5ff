"""What many ask for at once is read once, and kept for a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
SECONDS = 0.5


class ForAMoment(Generic[Key, Value]):
    """Values by key. What was read half a second ago is gone, so this holds no more than that half second asked for."""

    def __init__(self) -> None:
        self._kept: dict[Key, Value] = {}
        self._being_read: dict[Key, asyncio.Task[Value | None]] = {}

    async def get(self, key: Key, read: Callable[[], Coroutine[Any, Any, Value | None]]) -> Value | None:
        """The value, read by the first of all who ask meanwhile; None is never kept. Raises what `read` raises."""
        if key in self._kept:
            return self._kept[key]
        reading = self._being_read.get(key) or self._begin(key, read)
        # Shielded: a client that hangs up must not end what others wait for.
        return await asyncio.shield(reading)

    def forget(self, key: Key) -> None:
        """This value has changed; if it is being read just now, that is not kept either."""
        self._being_read.pop(key, None)
        self._kept.pop(key, None)

    def forget_where(self, is_meant: Callable[[Value], bool]) -> None:
        """Those values have changed; whatever is being read just now may be one of them."""
        self._being_read.clear()
        self._kept = {key: value for key, value in self._kept.items() if not is_meant(value)}

    def _begin(self, key: Key, read: Callable[[], Coroutine[Any, Any, Value | None]]) -> asyncio.Task[Value | None]:
        task = asyncio.create_task(read())
        self._being_read[key] = task
        task.add_done_callback(lambda done: self._keep(key, done))
        return task

    def _keep(self, key: Key, done: asyncio.Task[Value | None]) -> None:
        if self._being_read.get(key) is not done:
            return
        del self._being_read[key]
        # Asked for here too, since all who waited may have hung up: an error nobody hears is logged as forgotten.
        if done.cancelled() or done.exception() is not None or (value := done.result()) is None:
            return
        self._kept[key] = value
        asyncio.get_running_loop().call_later(SECONDS, self._drop, key, value)

    def _drop(self, key: Key, value: Value) -> None:
        if self._kept.get(key) is value:
            del self._kept[key]
