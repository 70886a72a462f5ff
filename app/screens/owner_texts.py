"""The texts at Privacy and Accessibility: the owner's own, or the one that comes with the language."""

from __future__ import annotations

import functools

from app.domain.plain_text import Block, blocks_of
from app.languages import DIRECTORY
from app.store import owner_settings


@functools.cache
def built_in(name: str, language: str) -> str:
    """The text that is there from the start: a file in the folder of its language."""
    return (DIRECTORY / language / f"{name}.txt").read_text().strip()


def text(name: str, language: str) -> str:
    """The text as its owner edits it, with its fields still in braces."""
    return owner_settings.current().texts.get(f"{name}_{language}") or built_in(name, language)


def blocks(language: str, name: str, nobody: str) -> tuple[Block, ...]:
    """The text as it is shown, its fields filled in; `nobody` stands for an organisation without a name."""
    own = owner_settings.current()
    filled = text(name, language).replace("{organisation}", own.organisation or nobody)
    return blocks_of(filled.replace("{days}", str(own.retention_days)))
