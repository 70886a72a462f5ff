"""Any text as one that a file for people can hold: what it can't is replaced by a sign one sees."""

from __future__ import annotations

import re

from app.domain.report_questions import ReportStatement
from app.exports.fonts import REPLACEMENT
from app.screens.render import N_, translate

_LINE_BREAKS = re.compile("[\t\n\r\x0b\x0c\x85\u2028\u2029]")
# XML knows no way to write these, escaped neither; the rest of the control characters nobody can see.
_UNSPEAKABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The same text, a line break as a space as statements have it, each sign that no XML can hold as a square."""
    return _UNSPEAKABLE.sub(REPLACEMENT, _LINE_BREAKS.sub(" ", text))


def shown(statement: ReportStatement, language: str) -> str:
    """What stands in the place of a statement: its words, or that it was left out on request."""
    return translate(language, N_("[left out on request]")) if statement.redacted else statement.text


def encoded(text: str) -> bytes:
    """UTF-8; half a surrogate pair, which has none, as the replacement sign."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
