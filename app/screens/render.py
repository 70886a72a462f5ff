"""Renders templates: one Jinja environment per language, the same for page, push and catch-up."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.domain.verification import FEWEST_TO_TELL
from app.languages import DIRECTORY, LANGUAGES
from app.screens import owner_texts, static_files
from app.store import owner_settings

TEMPLATES = Path(__file__).parents[1] / "templates"


def N_(message: str) -> str:
    """Mark a message for extraction where it is translated later, in the reader's language."""
    return message


@functools.cache
def translations(language: str) -> gettext.NullTranslations:
    """The catalogue of one of LANGUAGES; raises FileNotFoundError when it was not compiled (`make setup`)."""
    return gettext.translation("messages", DIRECTORY, [language])


@functools.cache
def environment(language: str) -> Environment:
    """The Jinja environment in which every template of one language is rendered."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        language=language,
        other_languages=[other for other in LANGUAGES if other != language],
        language_names=LANGUAGES,
        icon=icon,
        static=static_files.url,
        modules=static_files.modules,
        long_date=functools.partial(long_date, language),
        planned_date=functools.partial(planned_date, language),
        spaced_code=spaced_code,
        decimal=functools.partial(decimal, language),
        day_of_week=functools.partial(day_of_week, language),
        owner=owner_settings.current,
        own_part=_nobodys,
        fewest_ballots_to_tell=FEWEST_TO_TELL,
        owner_text=functools.partial(owner_texts.blocks, language),
    )
    made.filters["breakable"] = breakable
    return made


def render(template: str, language: str, **values: Any) -> str:
    """One template as text, in `language`; statement text is escaped, never interpreted."""
    return environment(language).get_template(template).render(**values)


def breakable(name: str) -> Markup:
    """A name for a narrow column: a line may end after a slash or a plus, where no browser breaks by itself."""
    escaped = str(escape(name))
    return Markup(re.sub(r"(?<=[^\s/+])([/+])(?=[^\s/+])", r"\1<wbr>", escaped))


def _nobodys(macro: Callable[..., str], *values: Any, **_: Any) -> str:
    """What everybody gets where on a page the asker's own would be; see one_for_all.py."""
    return macro(None, *values)


def translate(language: str, message: str, **values: Any) -> str:
    """A message marked with N_ in `language`, its %(name)s filled in."""
    text = translations(language).gettext(message)
    return text % values if values else text


def icon(name: str) -> Markup:
    """A decorative icon of the sprite; what it means must stand beside it in words."""
    return Markup('<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>').format(
        static_files.url("icons.svg"), name
    )


def long_date(language: str, day: date) -> str:
    """`23 november 2026` in `language`."""
    return format_date(day, format="long", locale=language)


def day_of_week(language: str, day: date, with_year: bool = True) -> str:
    """`wo 25 nov 2026` in `language`, short enough for a column."""
    return format_date(day, format="EEE d MMM y" if with_year else "EEE d MMM", locale=language)


def planned_date(language: str, day: date) -> str:
    """`wo 25 november 2026` in `language`: with the day of the week, by which people know an evening."""
    return format_date(day, format="EEE d MMMM y", locale=language)


def planned_moment(language: str, day: date, starts_at: str | None) -> str:
    """`wo 25 november 2026 om 19:30 uur` in `language`; the day alone when no time was set."""
    planned = planned_date(language, day)
    return translate(language, N_("%(day)s, %(time)s"), day=planned, time=starts_at) if starts_at else planned


def decimal(language: str, number: float) -> str:
    """`0,7` in `language`: one decimal, always shown."""
    return str(format_decimal(number, format="0.0", locale=language))


def spaced_code(code: str | None) -> str:
    """A code as people read it aloud: `482 915`; empty when the session has none."""
    return f"{code[:3]} {code[3:]}" if code else ""
