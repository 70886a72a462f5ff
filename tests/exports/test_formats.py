"""A format is known by its file, and what it needs is read when it is first asked for."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from app.exports import FORMATS, Format, Purpose, all_formats

EXPORTS = Path(all_formats.__file__).parent
README = EXPORTS.parents[1] / "README.md"


def test_every_file_with_a_format_is_found() -> None:
    files = [*EXPORTS.glob("*.py"), *EXPORTS.glob("*/__init__.py")]
    holding = [path for path in files if "\nFORMAT = Format(" in path.read_text()]
    assert len(holding) == len(FORMATS) >= 13


def test_the_readme_names_every_format_and_no_other() -> None:
    (row,) = [line for line in README.read_text().splitlines() if "moderato export SESSION" in line]
    named = row.split("FORMAT is ")[1].split(";")[0].replace(" or ", ", ").split(", ")
    assert sorted(named) == sorted(FORMATS)


def test_a_menu_has_them_by_purpose() -> None:
    purposes = [list(Purpose).index(chosen.purpose) for chosen in FORMATS.values()]
    assert purposes == sorted(purposes)


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=lambda chosen: chosen.name)
def test_it_can_be_sent_to_the_process_that_makes_large_files(chosen: Format) -> None:
    assert pickle.loads(pickle.dumps(chosen)) == chosen


def test_a_server_reads_no_library_of_a_format_before_somebody_asks_for_one() -> None:
    asked = "import sys, app.main; print({'docx', 'lxml', 'xlsxwriter'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
