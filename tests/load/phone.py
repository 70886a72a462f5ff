"""A participant's phone as the load knows it: a seat, a connection that stays open, a socket."""

from __future__ import annotations

import asyncio
import json
import random
import re
import secrets
from time import perf_counter
from typing import Any

from tests.load.load import Answer, Line, Socket

GIVE_UP = 90.0
ACKNOWLEDGED = (200, 201, 202)
NOT_JUST_NOW = (429, 503)


class Unanswered(Exception):
    """The server did not take it within the time an outbox was given here."""


class Phone:
    """Joins as people do; sends again what a busy server did not take, as the outbox does."""

    def __init__(self, url: str, code: str) -> None:
        self.path = f"/s/{code}"
        self.line, self.socket = Line(url), Socket()
        self.token = ""
        self._address = f"ws{url.removeprefix('http')}{self.path}/socket"

    async def join(self, join_key: str) -> None:
        """Take a seat, load the page, open the socket. Raises Unanswered when the server says no to one of these."""
        answer = await self._until_taken("POST", f"{self.path}/join/{join_key}")
        token = re.match(r"seat=([^;]+)", answer.header("set-cookie"))
        if answer.status != 303 or token is None:
            raise Unanswered(f"a seat was answered with {answer.status}")
        self.token = token[1]
        page = await self._until_taken("GET", self.path, Cookie=self._cookie)
        seq = re.search(rb'data-seq="(\d+)"', page.body)
        if page.status != 200 or seq is None:
            raise Unanswered(f"the page was answered with {page.status}")
        self.socket.seq = int(seq[1])
        await self.open()

    async def _until_taken(self, method: str, path: str, **headers: str) -> Answer:
        """The answer; a page of a server that is too busy asks again by itself after the seconds it was told."""
        began = perf_counter()
        while True:
            answer = await self.line.request(method, path, **headers)
            if answer.status != 503 or perf_counter() - began > GIVE_UP:
                return answer
            await asyncio.sleep(float(answer.header("retry-after")) * random.uniform(1, 3))

    async def open(self) -> None:
        """The socket, told which seq is on the screen."""
        await self.socket.open(self._address, self._cookie)

    async def get(self, path: str) -> Answer:
        return await self.line.request("GET", path, Cookie=self._cookie)

    async def send(self, path: str, body: dict[str, Any]) -> float:
        """Post until it is acknowledged; the seconds from now to the acknowledgement.

        That is what a person waits: also for an earlier request of the same phone, and for trying again. Raises
        Unanswered when it is refused for good, or not taken for too long.
        """
        text = json.dumps(body).encode()
        began = perf_counter()
        while True:
            pause = 1.0
            try:
                answer = await self.line.request(
                    "POST", f"{self.path}{path}", text, Cookie=self._cookie, **{"Content-Type": "application/json"}
                )
                if answer.status in (*ACKNOWLEDGED, 204):
                    return answer.got_at - began
                if answer.status not in NOT_JUST_NOW:
                    raise Unanswered(f"{path} was answered with {answer.status}")
                pause = float(answer.header("retry-after") or pause)
            except OSError:
                pass
            if perf_counter() - began > GIVE_UP:
                raise Unanswered(f"{path} was not taken")
            await asyncio.sleep(pause)

    async def write(self, question: int, text: str) -> float:
        """One statement; seconds as of `send`."""
        body = {"question": question, "receipt": secrets.token_hex(16), "revision": 1, "text": text}
        return await self.send("/statements", body)

    async def leave(self) -> None:
        self.socket.drop()
        self.line.close()

    @property
    def _cookie(self) -> str:
        return f"seat={self.token}"
