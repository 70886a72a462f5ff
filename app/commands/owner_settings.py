"""The settings of the server, which its owner changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from app.commands.outcome import Outcome
from app.domain import retention
from app.domain.owner_settings import Logo, check_organisation, check_retention, check_text
from app.domain.refusals import Reason, Refusal
from app.languages import LANGUAGES
from app.store import owner_settings, sessions


@dataclass(frozen=True)
class OwnerFields:
    """What the form says; `logo` None leaves it as it is, `drops_logo` takes it away. Texts equal to the built-in one
    come empty."""

    organisation: str
    language: str
    retention_days: str
    texts: Mapping[str, str] = field(default_factory=dict)
    logo: Logo | None = None
    drops_logo: bool = False


async def change(db: AsyncSession, seq: int, fields: OwnerFields, may_delete: bool = False) -> Outcome:
    """New settings, but for those the environment decides. Refused when they changed since the form was drawn, and
    when a shorter term would delete sessions at once and nobody said so (`may_delete`)."""
    present = await owner_settings.load(db)
    if present.seq != seq:
        raise Refusal(Reason.SETTINGS_CHANGED)
    values = _checked(fields)
    days = int(values["retention_days"])
    if "retention_days" not in present.fixed and days < present.retention_days and not may_delete:
        await _check_deletes_nothing(db, days)
    if fields.logo or fields.drops_logo:
        values["logo"] = owner_settings.stored_logo(fields.logo)
    kept = {name: value for name, value in values.items() if name not in present.fixed}
    await owner_settings.save(db, {**kept, "seq": str(seq + 1)})
    return Outcome()


def _checked(fields: OwnerFields) -> dict[str, str]:
    """All values as they are stored. Raises Refusal with the name of the `field` that can't be."""
    if fields.language not in LANGUAGES:
        raise Refusal(Reason.INPUT_MALFORMED)
    values = {"language": fields.language}
    checks = [
        ("organisation", fields.organisation, check_organisation),
        ("retention_days", fields.retention_days, lambda text: str(check_retention(text))),
        *((name, text, check_text) for name, text in fields.texts.items() if name in owner_settings.TEXTS),
    ]
    for name, text, check in checks:
        try:
            values[name] = check(text)
        except Refusal as refusal:
            raise Refusal(refusal.reason, **{**refusal.values, "field": name}) from None
    return values


async def _check_deletes_nothing(db: AsyncSession, days: int) -> None:
    today = date.fromtimestamp(time.time())
    gone = sum(
        retention.is_past(retention.kept_until(session.held_on, session.kept_from, days), today)
        for session in await sessions.all_of_them(db)
        if session.deleted_at is None
    )
    if gone:
        raise Refusal(Reason.RETENTION_DELETES, field="retention_days", count=gone)
