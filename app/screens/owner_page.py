"""The settings page: what holds now, what was typed, and what the environment decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.owner_settings import FEWEST_DAYS, LARGEST_LOGO, MOST_DAYS, STATEMENTS, Logo
from app.languages import LANGUAGES
from app.screens import owner_texts
from app.store import owner_settings
from app.store.tables import Moderator


@dataclass(frozen=True)
class TextField:
    """One of the texts; `is_own` unless it is the one that comes with its language."""

    name: str
    statement: str
    language: str
    text: str
    is_own: bool


@dataclass(frozen=True)
class SettingsView:
    """What stands in the fields; `fixed` names the variable that decides a setting."""

    moderator: str
    is_owner: bool
    seq: int
    organisation: str
    language: str
    retention_days: str
    logo: Logo | None
    texts: tuple[TextField, ...]
    fixed: Mapping[str, str]
    fewest_days: int = FEWEST_DAYS
    most_days: int = MOST_DAYS
    largest_logo: int = LARGEST_LOGO // 1024


def load(moderator: Moderator, typed: Mapping[str, str]) -> SettingsView:
    """The settings as they are, or as they were typed when that was refused."""
    own = owner_settings.current()

    def value(name: str, present: str) -> str:
        return present if name in own.fixed else typed.get(name, present)

    return SettingsView(
        moderator.name,
        moderator.is_owner,
        own.seq,
        value("organisation", own.organisation),
        value("language", own.language),
        value("retention_days", str(own.retention_days)),
        own.logo,
        tuple(
            TextField(name, statement, language, text, text.strip() != owner_texts.built_in(statement, language))
            for statement in STATEMENTS
            for language in LANGUAGES
            for name in [f"{statement}_{language}"]
            for text in [value(name, owner_texts.text(statement, language))]
        ),
        own.fixed,
    )


def own_texts(typed: Mapping[str, str], form: Mapping[str, object]) -> dict[str, str]:
    """The texts that are not the built-in ones; empty where the built-in one is to be shown."""
    return {
        name: "" if form.get(f"restore_{name}") == "1" or _is_built_in(name, text) else text
        for name, text in typed.items()
    }


def _is_built_in(name: str, text: str) -> bool:
    statement, language = name.rsplit("_", 1)
    return text.replace("\r\n", "\n").strip() == owner_texts.built_in(statement, language)
