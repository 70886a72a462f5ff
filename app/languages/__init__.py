"""The languages of the screens: one folder each, with its catalogue."""

from pathlib import Path

DIRECTORY = Path(__file__).parent
LANGUAGES = {"nl": "Nederlands", "en": "English"}
DEFAULT = "nl"
