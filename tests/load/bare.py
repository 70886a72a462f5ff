"""The bare server beside ours: FastAPI and nothing else, that sends what it is given to every open socket."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI, Request, WebSocket
from starlette.websockets import WebSocketDisconnect

from app import garbage
from app.cli import CONNECTIONS
from app.process import allow_open_files
from tests.load import cores
from tests.server import answers, free_port

app = FastAPI()
sockets: set[WebSocket] = set()


@app.websocket("/socket")
async def listen(socket: WebSocket) -> None:
    await socket.accept()
    sockets.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        sockets.discard(socket)


@app.post("/push")
async def push(request: Request) -> int:
    """The body, as text, to everybody; answered when the last send returned."""
    text = (await request.body()).decode()
    for socket in list(sockets):
        await socket.send_text(text)
    return len(sockets)


@contextlib.contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """This server in a process of its own on the server's core: its address and its process."""
    port = free_port()
    with cores.of_the_server():
        process = subprocess.Popen([sys.executable, "-m", "tests.load.bare", str(port)])
    try:
        if not answers(f"http://127.0.0.1:{port}/docs"):
            raise RuntimeError("the bare server does not answer")
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    # As ours has them, so that the difference is what ours does.
    garbage.set_up()
    garbage.keep_what_is_here()
    allow_open_files()
    uvicorn.run(app, port=int(sys.argv[1]), access_log=False, log_level="warning", **CONNECTIONS)
