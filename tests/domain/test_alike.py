"""Names of themes that look alike: warned of where they split points, silent where they don't."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.domain.alike import look_alikes
from tests.world import REAL_SESSIONS

ALIKE = (
    ("Samenwerking", "samenwerken"),
    ("Communicatie", "Communicatie met burgers"),
    ("Communicatie", "Communiceren"),
    ("Communicatie", "Comunicatie"),
    ("Parkeren", "Parkeeroverlast"),
    ("Overlast", "Parkeeroverlast"),
    ("Bewoners", "Wijkbewoners"),
    ("Burgers betrekken", "Betrokken burgers"),
    ("Problemen aanpakken", "Aanpak problemen"),
    ("Straten", "De straat"),
    ("Huis", "Huizen"),
    ("Regels", "Minder regels"),
    ("Café’s", "cafe"),
    ("Cooperation", "Cooperate"),
    ("Meeting", "Meetings"),
    ("🙂", "🙂"),
)
DIFFERENT = (
    ("Groen", "Wonen"),
    ("Acties", "Reactiesnelheid"),
    ("Handeling", "Behandeling"),
    ("Contact burgers", "Contact met ondernemers"),
    ("Werk", "Samenwerking"),
    ("Wijkteam", "Wijkmanager"),
    ("Vertrouwen", "Trouwen"),
    ("Park", "Parkeren"),
    ("Formatie", "Informatie"),
    ("Politie", "Politiek"),
    ("Jeugd", "Ouderen"),
    ("Goed", "Beter"),
    ("🙂", "🙃"),
)


@pytest.mark.parametrize("pair", ALIKE, ids=" / ".join)
def test_names_that_split_points_are_found(pair):
    assert look_alikes(pair) == (pair,)
    assert look_alikes(pair[::-1]) == (pair[::-1],)


@pytest.mark.parametrize("pair", DIFFERENT, ids=" / ".join)
def test_names_of_different_things_are_left_alone(pair):
    assert look_alikes(pair) == ()
    assert look_alikes(pair[::-1]) == ()


@pytest.mark.parametrize("session", REAL_SESSIONS, ids=lambda session: session["title"])
def test_the_real_sessions_get_no_false_alarm(session):
    for question in session["questions"]:
        assert look_alikes([theme["name"] for theme in question["themes"]]) == ()


def test_pairs_come_in_the_order_of_the_board():
    assert look_alikes(["Groen", "Parkeren", "Samenwerking", "Parkeeroverlast", "samenwerken"]) == (
        ("Parkeren", "Parkeeroverlast"),
        ("Samenwerking", "samenwerken"),
    )


@given(some.lists(some.text(max_size=60), max_size=6))
def test_any_name_at_all_can_be_compared(names):
    assert all({one, other} <= set(names) for one, other in look_alikes(names))
