# Everything a person does with this folder; the application itself is in app/.

HOST ?=
PORT ?=
DATA ?=
PUBLIC_URL ?=
export HOST PORT DATA PUBLIC_URL
unexport MAKEFLAGS

PYTHON ?= python3
BIN := .venv/bin
CATALOGUES := $(wildcard app/languages/*/LC_MESSAGES/messages.po)

.PHONY: run setup test lint model soak bench screenshots pictures slow-line evaluate-suggestions translations lock

run: setup
	@$(BIN)/moderato run

setup: .venv/run.stamp $(CATALOGUES:.po=.mo)

.venv/made.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "Moderato needs python3 (3.11 or newer): apt install python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Moderato needs python3 3.11 or newer; this is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Moderato needs python3-venv: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run.stamp: .venv/made.stamp requirements/run.txt pyproject.toml
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/test.stamp: .venv/run.stamp requirements/test.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

%.mo: %.po .venv/run.stamp
	@$(BIN)/pybabel -q compile -i $< -o $@

# Three at a time, one file on one worker, so that a file's browser and server start once. In the order of the folders,
# but for what takes long (tests/conftest.py): by themselves they would begin with the files of many tests.
test: setup .venv/test.stamp
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: setup .venv/test.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_architecture.py

# Any order of acts against the model of a session, other ones each time; `make test` plays a few. EXAMPLES=2000 is an hour.
EXAMPLES ?= 500
model: setup .venv/test.stamp
	@MODEL_EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest tests/model -k any_order

# Ten minutes, so not a part of `make test`; with ARGS=--plant it must fail.
soak: setup .venv/test.stamp
	@$(BIN)/python -m tests.load.soak $(ARGS)

screenshots: setup .venv/test.stamp
	@$(BIN)/python -m tests.browser.screenshots

# Under load: ARGS="--n 100,1000 --only push,storm --json FILE".
bench: setup .venv/test.stamp
	@$(BIN)/python -m tests.load.bench $(ARGS)

# The pictures of the README.
pictures: setup .venv/test.stamp
	@$(BIN)/python -m tests.browser.pictures

# A phone at 400 kbit/s and 400 ms: when its field can be used, when a statement is stored, how much came.
slow-line: setup .venv/test.stamp
	@$(BIN)/python -m tests.load.slow_line

# How good suggestions are on sessions whose themes are known: FILE=app/demo/sessions-2005.json
evaluate-suggestions: setup
	@$(if $(FILE),,$(error say which sessions: make evaluate-suggestions FILE=app/demo/sessions-2005.json))
	@$(BIN)/moderato evaluate "$(FILE)" $(ARGS)

# For who changes texts or dependencies.
translations: setup
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F babel.cfg -k _ -k ngettext:1,2 -k N_ --no-location --sort-output --omit-header -o build/messages.pot app
	@for language in nl en; do $(BIN)/pybabel -q update -l $$language -i build/messages.pot -o app/languages/$$language/LC_MESSAGES/messages.po --ignore-obsolete --no-fuzzy-matching --width 120; done
	@# The tool's placeholders and dates: nobody fills them in, and they would differ in every change.
	@sed -i -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By): /d; 1{/^$$/d}; s/^("Project-Id-Version:)  /\1 /' $(CATALOGUES)

lock:
	@uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-emit-index-url --no-emit-find-links --no-header --extra build pyproject.toml -o requirements/run.txt
	@uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate --no-emit-index-url --no-emit-find-links --no-header --extra build --extra test -c requirements/run.txt pyproject.toml -o requirements/test.txt
