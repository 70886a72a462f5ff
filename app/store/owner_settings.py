"""What the server's owner chose, on the settings page or in the environment, which wins; and what holds otherwise."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from app.domain.owner_settings import DEFAULT_RETENTION_DAYS, STATEMENTS, Logo, check_logo
from app.domain.refusals import Refusal
from app.languages import DEFAULT, LANGUAGES
from app.settings import settings
from app.store.tables import OwnerSetting

TEXTS = tuple(f"{name}_{language}" for name in STATEMENTS for language in LANGUAGES)


@dataclass(frozen=True)
class OwnerSettings:
    """The choices that hold now. `texts` are own ones by name and language, such as `privacy_nl`.

    `fixed` names the variable that decides a setting, which the page can then not change; `seq` counts changes.
    """

    organisation: str = ""
    logo: Logo | None = None
    language: str = DEFAULT
    retention_days: int = DEFAULT_RETENTION_DAYS
    texts: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    seq: int = 0


_current: list[OwnerSettings] = []


def current() -> OwnerSettings:
    """The settings as last read by `refresh`: at the start and after each change, never once for each page."""
    return _current[-1] if _current else _with_environment(OwnerSettings())


async def refresh(db: AsyncSession) -> OwnerSettings:
    """Read the settings anew; from now on `current` gives these."""
    _current[:] = [await load(db)]
    return _current[-1]


def hold(own: OwnerSettings) -> None:
    """Take these as the current ones, in a process that reads no database."""
    _current[:] = [own]


def forget() -> None:
    """Hold nothing for an application that has stopped."""
    _current.clear()


async def load(db: AsyncSession) -> OwnerSettings:
    """The settings as they are stored, and over them those of the environment."""
    rows = {row.name: row.value for row in (await db.exec(select(OwnerSetting))).all()}
    days, seq, language = rows.get("retention_days", ""), rows.get("seq", ""), rows.get("language", "")
    return _with_environment(
        OwnerSettings(
            organisation=rows.get("organisation", ""),
            logo=_logo_of(rows.get("logo", "")),
            language=language if language in LANGUAGES else DEFAULT,
            retention_days=int(days) if days.isdigit() else DEFAULT_RETENTION_DAYS,
            texts={name: rows[name] for name in TEXTS if name in rows},
            seq=int(seq) if seq.isdigit() else 0,
        )
    )


async def retention_days(db: AsyncSession) -> int:
    """How many days a session is kept before the server deletes it."""
    return (await load(db)).retention_days


async def save(db: AsyncSession, values: Mapping[str, str]) -> None:
    """Store these values; an empty one is forgotten, so that what holds without a choice holds again."""
    await db.exec(delete(OwnerSetting).where(col(OwnerSetting.name).in_(list(values))))
    db.add_all([OwnerSetting(name=name, value=value) for name, value in values.items() if value])


def stored_logo(logo: Logo | None) -> str:
    """A logo as `save` takes it."""
    return base64.b64encode(logo.content).decode() if logo else ""


def _logo_of(value: str) -> Logo | None:
    try:
        return check_logo(base64.b64decode(value)) if value else None
    except (ValueError, Refusal):
        return None


def _with_environment(stored: OwnerSettings) -> OwnerSettings:
    own = settings().owner
    return dataclasses.replace(stored, **own.chosen, texts={**stored.texts, **own.texts}, fixed=own.variables)
