"""What the server's owner may also choose as environment variables, which win from the settings page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.owner_settings import (
    FEWEST_DAYS,
    LARGEST_LOGO,
    LONGEST_ORGANISATION,
    LONGEST_TEXT,
    MOST_DAYS,
    MOST_PIXELS_A_SIDE,
    STATEMENTS,
    check_logo,
    check_organisation,
    check_retention,
    check_text,
)
from app.domain.refusals import Refusal
from app.languages import LANGUAGES


@dataclass(frozen=True)
class OwnerVariables:
    """The settings that were given as variables, and the name of the variable of each."""

    chosen: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError
    return value


def _text(value: str) -> str:
    """The text itself, or after @ the path of a file that holds it."""
    return check_text(Path(value[1:]).read_text() if value.startswith("@") else value)


# Variable, setting, how it is read, and what it should have been.
VARIABLES: tuple[tuple[str, str, Callable[[str], Any], str], ...] = (
    ("ORGANISATION_NAME", "organisation", check_organisation, f"a name of at most {LONGEST_ORGANISATION} characters"),
    (
        "ORGANISATION_LOGO",
        "logo",
        lambda path: check_logo(Path(path).read_bytes()),
        f"the path of a PNG, JPEG or WebP picture of at most {LARGEST_LOGO // 1024} kB"
        f" and {MOST_PIXELS_A_SIDE} pixels a side",
    ),
    ("DEFAULT_LANGUAGE", "language", _language, f"one of {', '.join(LANGUAGES)}"),
    ("RETENTION_DAYS", "retention_days", check_retention, f"a number of days from {FEWEST_DAYS} to {MOST_DAYS}"),
    *(
        (
            f"{name}_STATEMENT_{language}".upper(),
            f"{name}_{language}",
            _text,
            f"a text of at most {LONGEST_TEXT} characters, or @ and the path of a file that holds it",
        )
        for name in STATEMENTS
        for language in LANGUAGES
    ),
)


def read_owner_variables(environment: Mapping[str, str]) -> OwnerVariables:
    """The owner's settings in the environment; an empty variable counts as not given.

    Raises ValueError with one sentence for a value that can't be.
    """
    chosen: dict[str, Any] = {}
    variables: dict[str, str] = {}
    for variable, name, reads, wanted in VARIABLES:
        value = environment.get(variable, "").strip()
        if not value:
            continue
        try:
            chosen[name] = reads(value)
        except (Refusal, ValueError, OSError):
            raise ValueError(f"{variable} is not {wanted}") from None
        variables[name] = variable
    texts = {name: chosen.pop(name) for name in [*chosen] if name.startswith(STATEMENTS)}
    return OwnerVariables(chosen, texts, variables)
