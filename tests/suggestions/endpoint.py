"""A real HTTP server in a thread of its own that answers as an embeddings endpoint does, or as none should."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

# Two dimensions of meaning, and one that all texts have a little of.
GREEN, TRAFFIC = ("groen", "bomen", "natuur", "gras"), ("parkeren", "auto", "verkeer", "plek")


def meaning(text: str) -> list[float]:
    """A vector as a model would give it: texts about green lie together though they share no word."""
    plain = text.casefold()
    return [float(any(word in plain for word in GREEN)), float(any(word in plain for word in TRAFFIC)), 0.1]


class Answering:
    """What the server was asked, and how it answers: `answer(asked)` gives status and body, or None to hang up."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        self.url = ""
        self.answer: Callable[[dict[str, Any]], tuple[int, bytes] | None] = rightly
        self.stopped = threading.Event()

    @property
    def texts(self) -> list[str]:
        return [text for asked in self.asked for text in asked["input"]]


def rightly(asked: dict[str, Any]) -> tuple[int, bytes]:
    """In another order than asked, as the protocol allows."""
    found = [{"index": place, "embedding": meaning(text)} for place, text in enumerate(asked["input"])]
    return 200, json.dumps({"object": "list", "data": found[::-1], "model": asked["model"]}).encode()


def by_letters(asked: dict[str, Any]) -> tuple[int, bytes]:
    """Vectors in which hardly two texts are equally near: how often each letter occurs."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    vectors = [[1 + text.casefold().count(letter) for letter in letters] for text in asked["input"]]
    found = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors)]
    return 200, json.dumps({"data": found}).encode()


@contextmanager
def endpoint() -> Iterator[Answering]:
    """Serves on a free port of this machine until the block ends."""
    answering = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answering.paths.append(self.path)
            answering.keys.append(self.headers["Authorization"])
            answering.asked.append(asked)
            said = answering.answer(asked)
            if said is None:
                self.close_connection = True
                return
            status, body = said
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", body.decode())
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answering.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield answering
    finally:
        answering.stopped.set()
        server.shutdown()
        thread.join()
        server.server_close()
