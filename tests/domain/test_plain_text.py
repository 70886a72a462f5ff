"""A text of the owner becomes headings, paragraphs, lists and links, and never markup."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.plain_text import Block, Piece, blocks_of, pieces_of

EVERYTHING = """Een alinea
over twee regels.

## Een kop
- een punt
- nog een punt
  dat doorloopt

Tot slot."""


def test_an_empty_line_a_heading_and_a_dash_make_blocks():
    assert [(block.kind, len(block.lines)) for block in blocks_of(EVERYTHING)] == [
        ("paragraph", 1),
        ("heading", 1),
        ("list", 2),
        ("paragraph", 1),
    ]
    assert blocks_of(EVERYTHING)[2].lines[1] == (Piece("nog een punt dat doorloopt"),)


def test_addresses_become_links_without_the_dot_behind_them():
    assert pieces_of("Zie https://voorbeeld.nl/a?b=c. Of schrijf fg@voorbeeld.nl.") == (
        Piece("Zie "),
        Piece("https://voorbeeld.nl/a?b=c", "https://voorbeeld.nl/a?b=c"),
        Piece(". Of schrijf "),
        Piece("fg@voorbeeld.nl", "mailto:fg@voorbeeld.nl"),
        Piece("."),
    )


def test_no_other_scheme_becomes_a_link():
    assert pieces_of("javascript:alert(1)") == (Piece("javascript:alert(1)"),)


@given(st.text(max_size=200))
def test_no_word_is_lost_and_a_line_keeps_every_sign(text):
    shown = "".join(piece.text for block in blocks_of(text) for line in block.lines for piece in line)
    assert set("".join(text.split())) - set("#- ") <= set("".join(shown.split())) | set("#-")
    assert "".join(piece.text for piece in pieces_of(text)) == text


def test_an_empty_text_has_no_blocks():
    assert blocks_of(" \n\n ") == ()
    assert blocks_of("a") == (Block("paragraph", ((Piece("a"),),)),)
