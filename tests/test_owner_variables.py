"""The owner's settings as environment variables: they win, and a bad one stops the start with one sentence."""

import os
import subprocess
import sys

import pytest

from app.owner_variables import VARIABLES, read_owner_variables
from app.settings import read
from tests.domain.test_owner_settings import SVG, png


def test_every_variable_is_read(tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    (tmp_path / "privacy.txt").write_text("Van ons.")
    given = {
        "ORGANISATION_NAME": "Gemeente Zoetermeer",
        "ORGANISATION_LOGO": str(tmp_path / "logo.png"),
        "DEFAULT_LANGUAGE": "en",
        "RETENTION_DAYS": "90",
        "PRIVACY_STATEMENT_NL": f"@{tmp_path / 'privacy.txt'}",
        "PRIVACY_STATEMENT_EN": "Ours.",
        "ACCESSIBILITY_STATEMENT_NL": "Voor iedereen.",
        "ACCESSIBILITY_STATEMENT_EN": "For everybody.",
    }
    assert given.keys() == {variable for variable, *_ in VARIABLES}
    own = read(given).owner
    assert own.chosen["logo"].media_type == "image/png"
    assert {**own.chosen, "logo": None} == {
        "organisation": "Gemeente Zoetermeer",
        "logo": None,
        "language": "en",
        "retention_days": 90,
    }
    assert own.texts["privacy_nl"] == "Van ons." and own.texts["accessibility_en"] == "For everybody."
    assert set(own.variables.values()) == given.keys()


def test_an_empty_variable_counts_as_not_given():
    assert read_owner_variables({variable: " " for variable, *_ in VARIABLES}).variables == {}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ORGANISATION_NAME", "x" * 101),
        ("ORGANISATION_LOGO", "/er/is/niets.png"),
        ("ORGANISATION_LOGO", "{svg}"),
        ("DEFAULT_LANGUAGE", "fr"),
        ("RETENTION_DAYS", "7"),
        ("RETENTION_DAYS", "een jaar"),
        ("PRIVACY_STATEMENT_NL", "@/er/is/niets.txt"),
        ("ACCESSIBILITY_STATEMENT_EN", "x" * 20_001),
    ],
)
def test_a_bad_value_is_named_in_one_sentence(tmp_path, variable, value):
    (tmp_path / "logo.svg").write_bytes(SVG)
    with pytest.raises(ValueError, match=f"^{variable} is not "):
        read_owner_variables({variable: value.replace("{svg}", str(tmp_path / "logo.svg"))})


def test_a_bad_value_stops_the_start(tmp_path):
    environment = {**os.environ, "DATA": str(tmp_path), "RETENTION_DAYS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "run"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (
        1,
        "moderato: RETENTION_DAYS is not a number of days from 30 to 3650\n",
    )
