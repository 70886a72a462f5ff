"""Asks an embeddings endpoint on the owner's own network for vectors: `POST {url}/v1/embeddings`, as OpenAI has it.

The address comes from the server's owner alone, and statement texts go there and nowhere else: no proxy from the
environment, no redirect is followed, nothing is logged. Vectors are kept in memory only, a bounded number of them, by
a hash of their text: they outlive the session, and the text does not.
"""

from __future__ import annotations

import hashlib
import json
import math
import ssl
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from time import monotonic
from typing import Any

import httpx

from app.suggestions.vectors import Vector

TEXTS_A_BATCH = 64
MOST_KEPT = 4096
LARGEST_ANSWER = 32 * 1024 * 1024
# Numbers in a vector, more than any model gives; as many are kept as there are texts.
LONGEST_VECTOR = 8192
# After a failure nobody waits again for so long.
REST_SECONDS = 30.0


class Trouble(StrEnum):
    """Why an endpoint gave no vectors."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class EndpointFailed(Exception):
    """No vectors, and why; it holds nothing of what was asked."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def _hash(text: str) -> bytes:
    # Half a surrogate pair may stand in a text too.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True)
class Endpoint:
    """Where and how to ask: `seconds` is for all texts of one question together."""

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 5.0


class Embeddings:
    """The vectors of an endpoint, kept by a hash of their text. May be used from several threads."""

    def __init__(self, endpoint: Endpoint, most_kept: int = MOST_KEPT, rest_seconds: float = REST_SECONDS) -> None:
        self._endpoint = endpoint
        # Read once, since that takes longer than most answers; the system's, where an owner's own authority is known.
        self._trusted = ssl.create_default_context()
        self._most_kept = most_kept
        self._rest_seconds = rest_seconds
        self._kept: OrderedDict[bytes, Vector] = OrderedDict()
        self._lock = Lock()
        self._resting: tuple[float, Trouble] | None = None

    def vectors(self, texts: Sequence[str]) -> dict[str, Vector]:
        """A unit vector for each text, all of one dimension. Raises EndpointFailed; then it rests for a while."""
        self._raise_while_resting()
        wanted = list(dict.fromkeys(texts))
        try:
            return self._vectors(wanted, monotonic() + self._endpoint.seconds)
        except EndpointFailed as failed:
            self._resting = (monotonic() + self._rest_seconds, failed.trouble)
            raise

    def _raise_while_resting(self) -> None:
        resting = self._resting
        if resting and monotonic() < resting[0]:
            raise EndpointFailed(resting[1])

    def _vectors(self, wanted: list[str], deadline: float) -> dict[str, Vector]:
        found = self._known(wanted)
        found |= self._asked([text for text in wanted if text not in found], deadline)
        if len({len(vector) for vector in found.values()}) > 1:
            # Another model answers now; what the former one said is of no use.
            with self._lock:
                self._kept.clear()
            found = self._asked(wanted, deadline)
        self._keep(found)
        return found

    def _known(self, texts: Sequence[str]) -> dict[str, Vector]:
        with self._lock:
            found = {text: self._kept.get(_hash(text)) for text in texts}
        return {text: vector for text, vector in found.items() if vector is not None}

    def _keep(self, found: dict[str, Vector]) -> None:
        with self._lock:
            for text, vector in found.items():
                self._kept[_hash(text)] = vector
                self._kept.move_to_end(_hash(text))
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)

    def _asked(self, texts: Sequence[str], deadline: float) -> dict[str, Vector]:
        found: dict[str, Vector] = {}
        if not texts:
            return found
        with httpx.Client(verify=self._trusted, trust_env=False, follow_redirects=False) as client:
            for start in range(0, len(texts), TEXTS_A_BATCH):
                batch = texts[start : start + TEXTS_A_BATCH]
                found |= zip(batch, _read(self._answer(client, batch, deadline), len(batch)), strict=True)
        if len({len(vector) for vector in found.values()}) > 1:
            raise EndpointFailed(Trouble.UNREADABLE)
        return found

    def _answer(self, client: httpx.Client, batch: Sequence[str], deadline: float) -> bytes:
        own = self._endpoint
        address = f"{own.url.rstrip('/')}/v1/embeddings"
        headers = {"Authorization": f"Bearer {own.key}"} if own.key else {}
        asked = {"model": own.model, "input": list(batch), "encoding_format": "float"}
        # The cause of each failure holds the request, and with it what people wrote: so it ends here.
        try:
            with client.stream("POST", address, json=asked, headers=headers, timeout=_left(deadline)) as response:
                if response.status_code != httpx.codes.OK:
                    raise EndpointFailed(Trouble.REFUSED)
                return _body(response, deadline)
        except httpx.TimeoutException:
            raise EndpointFailed(Trouble.SLOW) from None
        except httpx.TransportError:
            raise EndpointFailed(Trouble.UNREACHABLE) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise EndpointFailed(Trouble.UNREADABLE) from None


def _left(deadline: float) -> float:
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise EndpointFailed(Trouble.SLOW)
    return seconds


def _body(response: httpx.Response, deadline: float) -> bytes:
    """The whole answer. Raises EndpointFailed when it trickles in for too long or does not end."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise EndpointFailed(Trouble.UNREADABLE)
        _left(deadline)
    return bytes(body)


def _read(body: bytes, count: int) -> list[Vector]:
    """As many vectors as texts were asked, in their order. Raises EndpointFailed for anything else."""
    try:
        answers = json.loads(body)["data"]
        by_index = {answer["index"]: _unit(answer["embedding"]) for answer in answers}
        if len(answers) != count:
            raise ValueError
        return [by_index[index] for index in range(count)]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise EndpointFailed(Trouble.UNREADABLE) from None


def _unit(values: Any) -> Vector:
    """A vector of length 1. Raises ValueError or TypeError for what is none."""
    if not isinstance(values, list) or any(isinstance(value, bool) for value in values):
        raise TypeError
    if len(values) > LONGEST_VECTOR:
        raise ValueError
    length = math.hypot(*values)
    if not length or not math.isfinite(length):
        raise ValueError
    return array("f", (value / length for value in values))
