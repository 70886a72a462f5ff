"""The complete archive of a session, lossless; docs/archive-format.md describes it."""

from __future__ import annotations

import json

from app.domain.report import Report
from app.exports.formats import Format, Purpose
from app.screens.archive import archive
from app.screens.render import N_


def write(report: Report, _language: str) -> bytes:
    """UTF-8 text; the same in every language."""
    text = json.dumps(archive(report), ensure_ascii=False, indent=2)
    # Half a surrogate pair has no UTF-8; written as \ud800 it is an escape that JSON reads back exactly.
    return text.encode("utf-8", "backslashreplace") + b"\n"


FORMAT = Format("json", "application/json", write, N_("Archive (json)"), Purpose.KEEP, without_words=True)
