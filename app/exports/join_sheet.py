"""A sheet to print and hang up: one A4 with the QR code, the address, the code and how to take part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from app.domain.joining import Joining
from app.exports.fonts import Cleaner
from app.exports.pdf_report import document
from app.exports.words.titles import NAMELESS
from app.screens import qr
from app.screens.render import N_, planned_moment, spaced_code, translate, translations
from app.store import owner_settings
from app.store.owner_settings import OwnerSettings

TEMPLATE = document.ROOT / "join_sheet.typ"


@dataclass(frozen=True)
class Sheet:
    """A sheet for the press to make, under the name and the logo that the server goes by."""

    joining: Joining
    language: str
    own: OwnerSettings

    def made(self) -> bytes:
        """The pages."""
        owner_settings.hold(self.own)
        return write(self.joining, self.language)


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
