"""The sheet to print: one tagged A4 that never shows a code the session hasn't got."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pypdf import PdfReader

from app.domain.joining import Joining
from app.exports import join_sheet
from app.screens import qr

READY = Joining(
    title="Quick scan wijkbeheer nieuwe stijl",
    group="wijkteam Buytenwegh de Leyens",
    held_on=date(2026, 11, 23),
    starts_at="19:30",
    language="nl",
    code="482915",
    link="http://192.168.1.20:8000/j/0123456789abcdef",
    address="192.168.1.20:8000",
    reaches_phones=True,
)
LONGEST_ADDRESS = "moderatie.een-heel-lange-naam-met-alles-erop-en-eraan.voorbeeldgemeente-noord.example.org:8443"


def read(joining: Joining, language: str = "nl") -> PdfReader:
    return PdfReader(io.BytesIO(join_sheet.write(joining, language)))


def text_of(joining: Joining, language: str = "nl") -> str:
    return " ".join(" ".join(page.extract_text() for page in read(joining, language).pages).split())


def test_it_is_one_a4_tagged_for_screen_readers() -> None:
    reader = read(READY)
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.root_object["/Lang"] == "nl"
    assert b"pdfuaid" in reader.root_object["/Metadata"].get_object().get_data()


def test_it_has_the_address_the_code_and_three_plain_sentences() -> None:
    found = text_of(READY)
    assert "192.168.1.20:8000" in found
    assert "482 915" in found
    assert "ma 23 november 2026 om 19:30 uur" in found
    assert "U doet anoniem mee: we vragen geen naam, e-mail of account." in found
    assert "U hoeft niets te installeren: een telefoon, tablet of computer met een browser is genoeg." in found
    assert "Scherm op slot? Geen probleem. U komt terug waar u was." in found


def test_it_can_be_made_in_english() -> None:
    found = text_of(READY, "en")
    assert "Join with your phone" in found
    assert "You take part anonymously" in found


def test_a_session_without_a_code_gets_no_digits_and_says_where_the_code_will_be() -> None:
    found = text_of(replace(READY, code=None))
    assert not re.search(r"\d{3} \d{3}", found)
    assert "De code staat op het grote scherm zodra de sessie begint." in found


def test_the_qr_code_is_of_the_link() -> None:
    assert join_sheet.content(READY, "nl")["qr"] == qr.picture(READY.link)
    assert join_sheet.content(READY, "nl")["qr_says"] == f"QR-code die naar {READY.link} leidt"


def test_an_address_that_phones_cant_reach_gets_a_warning_and_no_qr_code() -> None:
    here_only = replace(READY, reaches_phones=False, address="127.0.0.1:8000")
    assert join_sheet.content(here_only, "nl")["qr"] == ""
    found = text_of(here_only)
    assert "Dit adres werkt alleen op deze computer" in found
    assert "make run HOST=0.0.0.0" in found
    assert "QR-code ervan" in found and "Richt uw camera" not in found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("code", [None, "482915"])
def test_the_longest_name_and_address_still_fit_on_one_sheet(language: str, code: str | None) -> None:
    long = replace(READY, group="wijkaanpak" * 20, address=LONGEST_ADDRESS, code=code)
    long = replace(long, link=f"https://{LONGEST_ADDRESS}/j/0123456789abcdef")
    assert len(read(long, language).pages) == 1


@given(some.text(max_size=80))
@settings(max_examples=15)
def test_no_name_of_a_group_keeps_it_from_its_sheet(name: str) -> None:
    assert len(read(replace(READY, group=name, title=name or "x")).pages) == 1
