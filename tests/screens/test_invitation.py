"""The text to send along."""

from __future__ import annotations

from datetime import date

from app.screens.invitation import invitation, joining_of
from app.settings import Settings
from app.store.tables import ModerationSession

SERVER = Settings(public_url="https://moderato.example.org/")


def a_session(**values: object) -> ModerationSession:
    given = {"title": "Quick scan", "group_name": "wijkteam", "held_on": date(2026, 11, 23), "language": "nl"}
    return ModerationSession(**{"moderator_id": 1, "join_key": "0123456789abcdef", **given, **values})


def test_it_says_what_when_and_how_in_the_language_of_the_session() -> None:
    assert invitation(joining_of(a_session(code="482915", starts_at="19:30"), SERVER)) == (
        "U bent uitgenodigd om mee te doen aan:\n"
        "Quick scan · wijkteam\n"
        "ma 23 november 2026 om 19:30 uur\n"
        "\n"
        "Doe mee met uw telefoon, tablet of computer via deze link:\n"
        "https://moderato.example.org/j/0123456789abcdef\n"
        "Of ga naar moderato.example.org en vul de code 482 915 in.\n"
        "\n"
        "U doet anoniem mee. We vragen geen naam, e-mail of account. U hoeft niets te installeren."
    )


def test_an_english_session_invites_in_english() -> None:
    text = invitation(joining_of(a_session(code="482915", language="en"), SERVER))
    assert "You are invited to take part in:\nQuick scan · wijkteam\nMon 23 November 2026\n" in text
    assert "enter the code 482 915." in text


def test_before_there_is_a_code_it_names_none() -> None:
    text = invitation(joining_of(a_session(code=None), SERVER))
    assert "vul de code in die bij het begin wordt getoond" in text
    assert "None" not in text


def test_an_address_of_this_computer_alone_is_known_as_one() -> None:
    assert joining_of(a_session(), SERVER).reaches_phones
    assert not joining_of(a_session(), Settings()).reaches_phones
