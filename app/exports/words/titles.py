"""What a report is called, in all that is made of it."""

from __future__ import annotations

from app.domain.report import Report

NAMELESS = "Moderato"


def title_of(report: Report) -> str:
    """What a file says of itself: the session's title and its group."""
    return " · ".join(filter(None, (report.title, report.group))) or NAMELESS


def heading_of(report: Report) -> str:
    """What stands above it: whose report it is, or else what the session was called."""
    return report.group or report.title or NAMELESS
