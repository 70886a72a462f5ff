"""HTTP connections that many browsers share, so that thousands of participants fit into one process."""

import asyncio
import ssl
from functools import cache

import httpx

PLACES = 100
# Shorter than servers keep theirs, so that seldom one is used that has just been closed.
KEPT_SECONDS = 30.0


class SharedConnections(httpx.AsyncBaseTransport):
    """So many requests at once; the others wait for a place. Closing one browser closes none of the connections."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = asyncio.Semaphore(places)
        # Each is a transport of one connection: one of a hundred looks at all of them for every request and answer.
        self._made: list[httpx.AsyncHTTPTransport] = []
        self._free: list[httpx.AsyncHTTPTransport] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        async with self._places:
            transport = self._free.pop() if self._free else self._make()
            try:
                answer = await transport.handle_async_request(request)
                await answer.aread()
                return answer
            finally:
                self._free.append(transport)

    async def close(self) -> None:
        for transport in self._made:
            await transport.aclose()

    def _make(self) -> httpx.AsyncHTTPTransport:
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEPT_SECONDS)
        self._made.append(httpx.AsyncHTTPTransport(verify=certificates(), limits=limits))
        return self._made[-1]


@cache
def certificates() -> ssl.SSLContext:
    """Made once: reading the certificates for each of sixty participants would take seconds."""
    return httpx.create_ssl_context()
