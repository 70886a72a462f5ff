"""A hint says when an action item doesn't tell what will be done; it would rather miss one than nag."""

import pytest

from app.domain.verbs import says_what


@pytest.mark.parametrize(
    "text",
    [
        "Verslag van het overleg wijkteam maken en rondsturen",
        "Jongerenwerk sluit aan bij het wijkteamoverleg",
        "Jan belt de gemeente",
        "Call the council",
        "The chair reports back",
        "bespreken tijdens overleg",
        "نكتب إلى البلدية",
        "写信给市政府",
    ],
)
def test_what_can_be_done_and_ticked_off_gets_no_hint(text):
    assert says_what(text)


@pytest.mark.parametrize(
    "text", ["Bellen", "mandaat (financieel)", "groot onderhoud", "Better lighting", "inzet politie", "…", "7"]
)
def test_a_subject_alone_gets_a_hint(text):
    assert not says_what(text)
