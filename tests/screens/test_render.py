"""What templates are given to write with."""

import pytest

from app.screens.render import breakable


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Handelswijze/problemen", "Handelswijze/<wbr>problemen"),
        ("(proces+inhoud)", "(proces+<wbr>inhoud)"),
        ("en / of", "en / of"),
        ("C++", "C++"),
        ("a/<b>", "a/<wbr>&lt;b&gt;"),
        ("<b>/&amp;", "&lt;b&gt;/<wbr>&amp;amp;"),
    ],
)
def test_a_line_of_a_name_may_end_after_a_slash_or_a_plus_and_nothing_else_changes(name: str, written: str) -> None:
    assert breakable(name) == written
