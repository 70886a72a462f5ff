"""What the log says of an error: where and of which kind, never its message, which may hold what people wrote."""

from __future__ import annotations

import copy
import logging
import traceback
from types import TracebackType

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Names the kind of an error and the lines it went through; leaves out its message and its causes' messages."""

    def format(self, record: logging.LogRecord) -> str:
        # A copy without the text that another formatter may have left there.
        own = copy.copy(record)
        own.exc_text = None
        return super().format(own)

    def formatException(self, ei: ExceptionInfo) -> str:
        return "\n".join(_lines(ei[1]))

    def formatMessage(self, record: logging.LogRecord) -> str:
        if record.name == "asyncio" and record.exc_info:
            # It writes the failed task with the error's message in it.
            record.message = "a task failed"
        return super().formatMessage(record)


def set_up() -> None:
    """Send all logging, the web server's too, through one discreet line on the standard error."""
    to_screen = logging.StreamHandler()
    to_screen.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[to_screen])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _lines(error: BaseException | None) -> list[str]:
    lines: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines.append(f"{type(error).__module__}.{type(error).__qualname__}")
        for frame in traceback.extract_tb(error.__traceback__):
            lines.append(f"  {frame.filename}:{frame.lineno} in {frame.name}")
        error = error.__cause__ or error.__context__
    return lines
