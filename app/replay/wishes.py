"""What somebody may ask of a replay on the command line, checked before anything is done."""

import math
from urllib.parse import urlsplit

from app.replay.stops import ReplayStopped

MOST_PARTICIPANTS = 5000


def check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_web = False
    if not is_web:
        raise ReplayStopped(f"“{url}” is not the address of a server, such as http://127.0.0.1:8000.")


def check_pace(pace: float) -> None:
    if not math.isfinite(pace) or pace < 0:
        raise ReplayStopped("The pace is a number of seconds from 0.")


def check_participants(participants: int) -> None:
    if not 1 <= participants <= MOST_PARTICIPANTS:
        raise ReplayStopped(f"The number of participants is from 1 to {MOST_PARTICIPANTS}.")
