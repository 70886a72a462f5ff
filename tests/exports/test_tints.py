"""Twelve themes look different on paper as well, though it has eight colours."""

from __future__ import annotations

from app.exports.tints import on_paper


def test_twelve_letters_have_twelve_looks_and_the_thirteenth_begins_again() -> None:
    looks = [tuple(on_paper(letter).values()) for letter in "ABCDEFGHIJKLM"]
    assert looks[0] == ("a", False) and looks[8] == ("a", True)
    assert len(set(looks[:12])) == 12 and looks[12] == looks[0]
