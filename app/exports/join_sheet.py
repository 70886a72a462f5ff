"""A sheet to print and hang up: one A4 with the QR code, the address, the code and how to take part."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import Any

import anyio.to_thread

from app.domain.joining import Joining
from app.exports.fonts import Cleaner
from app.exports.pdf_report import document
from app.exports.words.titles import NAMELESS
from app.screens import qr
from app.screens.render import N_, planned_moment, spaced_code, translate, translations
from app.store import owner_settings

TEMPLATE = document.ROOT / "join_sheet.typ"


async def made(joining: Joining, language: str) -> bytes:
    """The sheet, made in a thread so that nobody's statement waits for it."""
    return await anyio.to_thread.run_sync(write, joining, language)


def write(joining: Joining, language: str) -> bytes:
    """The sheet as a tagged PDF that meets PDF/UA-1, in a language."""
    words = json.dumps(Cleaner().clean(content(joining, language)))
    moment = datetime.combine(joining.held_on, time(12), UTC)
    return document.make(words, moment, language, TEMPLATE)


def content(joining: Joining, language: str) -> dict[str, Any]:
    """All that stands on the sheet. A code only once the session has one, a QR code only where phones can follow it."""
    _ = translations(language).gettext
    return {
        "lang": language,
        "session_lang": joining.language,
        "document_title": f"{_('Join with your phone')} · {joining.group or joining.title or NAMELESS}",
        "header": owner_settings.current().organisation,
        "kicker": joining.group or joining.title,
        "day": planned_moment(language, joining.held_on, joining.starts_at),
        "title": _("Join with your phone"),
        "qr": qr.picture(joining.link) if joining.reaches_phones else "",
        "qr_says": translate(language, N_("QR code that leads to %(link)s"), link=joining.link),
        "warning": ""
        if joining.reaches_phones
        else translate(
            language,
            N_(
                "This address works on this computer only, so phones can’t use a QR code of it. "
                "Stop the server and start it with %(command)s."
            ),
            command="make run HOST=0.0.0.0",
        ),
        "point": _("Point your camera at the QR code") if joining.reaches_phones else "",
        "go": _("or go to") if joining.reaches_phones else _("Go to"),
        "address": joining.address,
        "enter": _("Enter the code"),
        "code": spaced_code(joining.code),
        "no_code": _("The code is on the big screen when the session starts."),
        "sentences": [
            _("You take part anonymously: we ask for no name, email or account."),
            _("There is nothing to install: a phone, tablet or computer with a browser will do."),
            _("Screen locked? No problem. You’ll come back to where you were."),
        ],
    }
