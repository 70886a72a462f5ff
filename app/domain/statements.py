"""What a participant wrote: which text is kept, and which revision stands."""

from __future__ import annotations

import re
import unicodedata

from app.domain.refusals import Reason, Refusal

LENGTHS = (140, 280, 500)
_LINE_BREAK = re.compile("\r\n|\r|\n|\x85|\u2028|\u2029")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
# The category Cc, which Unicode has promised never to change.
_CONTROL_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f]")
LARGEST_REVISION = 2**31


def normalise(text: str) -> str:
    """The text as it is kept: NFC, a line break as one space, control characters (Cc) removed, nothing else changed.

    Raises Refusal(TEXT_NOT_READABLE) for half a surrogate pair, which no file format can hold.
    """
    if _HALF_A_PAIR.search(text):
        raise Refusal(Reason.TEXT_NOT_READABLE)
    spaced = _LINE_BREAK.sub(" ", text)
    return unicodedata.normalize("NFC", _CONTROL_CHARACTER.sub("", spaced))


def check_statement(text: object, max_length: int) -> str:
    """The normalised statement, its length counted in code points. Raises Refusal when empty, too long or no text."""
    if not isinstance(text, str):
        raise Refusal(Reason.TEXT_NOT_READABLE)
    kept = normalise(text)
    if not has_content(kept):
        raise Refusal(Reason.STATEMENT_EMPTY)
    if len(kept) > max_length:
        raise Refusal(Reason.STATEMENT_TOO_LONG, limit=max_length, length=len(kept))
    return kept


def check_line(text: str, max_length: int) -> str:
    """A moderator's line of text (question, theme, action item, name), trimmed. Raises Refusal for none or too long."""
    kept = normalise(text).strip()
    if not has_content(kept):
        raise Refusal(Reason.TEXT_MISSING)
    if len(kept) > max_length:
        raise Refusal(Reason.TEXT_TOO_LONG, limit=max_length, length=len(kept))
    return kept


def has_content(text: str) -> bool:
    """Whether anything can be seen of it: not only spaces and invisible format characters."""
    return any(unicodedata.category(sign) not in ("Zs", "Cf", "Zl", "Zp") for sign in text)


def check_revision(revision: object) -> int:
    """A revision is a whole number from 1, counted up by the device. Raises Refusal otherwise."""
    if not isinstance(revision, int) or isinstance(revision, bool) or not 1 <= revision <= LARGEST_REVISION:
        raise Refusal(Reason.REVISION_MALFORMED)
    return revision


def is_newer(revision: int, standing: int | None) -> bool:
    """Whether a revision replaces the one that stands; an equal or older one is a resend and changes nothing."""
    return standing is None or revision > standing


def is_another_text(sent: str, standing: str, standing_revision: int) -> bool:
    """Whether a form that was sent before holds a new text now, and is not only sent again.

    A revision above the first was made by the scripts, which took the form over: what the form sent is older.
    """
    return standing_revision == 1 and normalise(sent) != standing
