"""Compiles the report's pages with typst."""

from __future__ import annotations

import json
import logging
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Literal

import typst

from app.domain.owner_settings import Logo
from app.domain.report import Report
from app.exports.pdf_report.content import content
from app.exports.typesetting import is_of_typst, our_fonts
from app.screens.render import N_, translate
from app.store import owner_settings

# Beside this code the root holds the templates and nothing else: typst can read no file outside it.
ROOT = Path(__file__).parent
TEMPLATE = ROOT / "template.typ"
Standard = Literal["ua-1", "a-2a"]
COMPILATIONS_KEPT = 11
# A large report takes 300 MB while it is made; those who ask for one together wait in their threads.
ONE_AT_A_TIME = threading.Lock()
# Readable by everybody, and in a hundred years.
STANDARDS: tuple[Standard, ...] = ("ua-1", "a-2a")
log = logging.getLogger(__name__)


def write(report: Report, language: str) -> bytes:
    """The report as a tagged PDF that meets PDF/UA-1 and PDF/A-2a."""
    return make(json.dumps(content(report, language)), datetime.combine(report.held_on, time(12), UTC), language)


def make(pages: str, moment: datetime, language: str, template: Path = TEMPLATE) -> bytes:
    """A template filled with JSON and the owner's logo, one at a time."""
    own = owner_settings.current()
    logo = _drawn(own.logo, own.organisation or translate(language, N_("Logo of the organisation")))
    with ONE_AT_A_TIME:
        made = compile_pages(pages, moment, logo, template)
        _forget()
    return made


@dataclass(frozen=True)
class LogoCheck:
    """For the press to find out whether a picture can stand on a page; its first bytes don't tell whether the rest is
    whole."""

    logo: Logo

    def made(self) -> bytes:
        """Something where it can, else nothing."""
        return b"drawn" if can_draw(self.logo) else b""


def can_draw(logo: Logo) -> bool:
    """Whether typst draws this picture."""
    try:
        typst.compile(b"#image(bytes(json(bytes(sys.inputs.logo)).bytes))", sys_inputs={"logo": _drawn(logo, "")})
    except BaseException as error:
        if not is_of_typst(error):
            raise
        return False
    return True


def _drawn(logo: Logo | None, name: str) -> str:
    return json.dumps({"bytes": list(logo.content), "name": name}) if logo else ""


def compile_pages(pages: str, moment: datetime, logo: str = "", template: Path = TEMPLATE) -> bytes:
    """The template filled with JSON. No text may keep a group from its report: what the standards refuse is written
    without them, still tagged, and what typst breaks on is written in plain letters; both are logged."""
    ways: list[tuple[tuple[Standard, ...], str]] = [(STANDARDS, ""), ((), "")]
    for standards, picture in [(STANDARDS, logo), *ways] if logo else ways:
        try:
            return _compiled(pages, moment, standards, picture, template)
        except BaseException as error:
            if not is_of_typst(error):
                raise
            # Not the error itself: it quotes what somebody wrote.
            log.warning("a report could not be written with standards %s, logo %s", standards, bool(picture))
    return _compiled(_in_plain_letters(pages), moment, (), "", template)


def _in_plain_letters(pages: str) -> str:
    """The same content with every sign outside the Latin alphabets replaced."""
    return re.sub(r"\\u(?!00[2-9a-f]|0[12]|20(?:13|14|18|19))[0-9a-f]{4}", "?", pages)


def _compiled(pages: str, moment: datetime, standards: tuple[Standard, ...], logo: str, template: Path) -> bytes:
    made = typst.compile(
        str(template),
        root=str(ROOT),
        font_paths=our_fonts(),
        sys_inputs={"content": pages, "logo": logo},
        pdf_standards=list(standards),
        timestamp=moment,
    )
    assert isinstance(made, bytes)
    return made


def _forget() -> None:
    """Empty typst's memory: it keeps all that its last ten compilations made, 270 MB for each large report. Compiling
    nothing as often makes it let go; that takes some milliseconds."""
    for _ in range(COMPILATIONS_KEPT):
        typst.compile(b"", font_paths=our_fonts())
