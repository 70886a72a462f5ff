"""The server's end of the process that makes large files: started when one is wanted, kept warm for a while."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import sys

from app.exports.press_worker import FAILED, LENGTH, Work, framed

# Starting takes about a second, and 130 MB while it is there: so it stays for who wants another one soon.
WARM_SECONDS = 300.0
LONGEST_SECONDS = 60.0
# Enough for the largest file in one piece.
READ_AT_ONCE = 2**20
# Not with -m: all formats are read with their folder, this file among them, so it would be read twice.
PROGRAM = "from app.exports.press_worker import main; main()"
BROKEN = (ConnectionError, asyncio.IncompleteReadError)


class NotMade(Exception):
    """The file could not be made; what was written about it in the log holds no text of anybody."""


class TookTooLong(NotMade):
    """There is more in it than can be made in the time there is."""


class PressProcess:
    """One process, one file at a time: whoever calls `make` waits for the one before."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._turn = asyncio.Lock()
        self._cooling: asyncio.Task[None] | None = None

    async def make(self, wanted: Work) -> bytes:
        """The file's bytes. Raises NotMade."""
        asked = framed(pickle.dumps(wanted, pickle.HIGHEST_PROTOCOL))
        async with self._turn:
            self._keep()
            try:
                return await self._answer(asked)
            finally:
                self._cooling = asyncio.create_task(self._cool())

    async def close(self) -> None:
        """End the process at once; the next file starts another one."""
        self._keep()
        await self._end()

    def _keep(self) -> None:
        if self._cooling is not None:
            self._cooling.cancel()

    async def _cool(self) -> None:
        await asyncio.sleep(WARM_SECONDS)
        await self._end()

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            # Reads what is left and closes both pipes.
            with contextlib.suppress(ConnectionError):
                await process.communicate()

    async def _answer(self, asked: bytes) -> bytes:
        """Asked once more where it broke: the system may have ended the process meanwhile, where memory is short."""
        try:
            return await self._ask(asked)
        except BROKEN:
            pass
        try:
            return await self._ask(asked)
        except BROKEN as error:
            raise NotMade(type(error).__name__) from None

    async def _ask(self, asked: bytes) -> bytes:
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                kind, content = await self._exchange(asked)
        except BaseException as error:
            # What it may still answer would be taken for the answer to the next question.
            await self._end()
            if isinstance(error, TimeoutError):
                raise TookTooLong(f"took longer than {LONGEST_SECONDS:.0f} s") from None
            raise
        if kind == FAILED:
            raise NotMade(content.decode())
        return content

    async def _exchange(self, asked: bytes) -> tuple[bytes, bytes]:
        process = self._process = self._process or await _started()
        assert process.stdin and process.stdout
        process.stdin.write(asked)
        await process.stdin.drain()
        kind = await process.stdout.readexactly(1)
        length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
        return kind, await process.stdout.readexactly(length)


async def _started() -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        PROGRAM,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        # One thread, so that a machine of two processors has one left; apart, since Ctrl-C is not meant for it.
        env={**os.environ, "RAYON_NUM_THREADS": "1"},
        start_new_session=True,
        limit=READ_AT_ONCE,
    )
