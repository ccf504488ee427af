# make run    installs what is needed, and opens the app with the sample corpus
# make test   installs what tests need besides, then: lint, types, unit, contract and browser tests
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint types unit format constraints clean

run: .venv/.installed
	$(BIN)/streamlit run app.py

test: .venv/.installed-dev .venv/.chromium
	$(MAKE) --jobs=2 lint types unit

lint: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.installed-dev
	$(BIN)/mypy

unit: .venv/.installed-dev .venv/.chromium
	$(BIN)/python -m pytest

format: .venv/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name one: make PYTHON=python3.12 run" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv || (echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; rm -rf .venv; exit 1)

.venv/.installed: .venv/bin/python requirements.txt constraints.txt
	$(PIP) install -r requirements.txt
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(PIP) install -r requirements-dev.txt
	touch $@

# The browser tests drive the system's Chromium (or Chrome).
.venv/.chromium:
	command -v chromium || command -v chromium-browser || command -v google-chrome || \
	  ($$(command -v sudo) apt-get update -qq && $$(command -v sudo) apt-get install -y -qq chromium)
	touch $@

constraints: .venv/.installed-dev
	(head -1 constraints.txt; $(BIN)/pip freeze | sed 's/+cpu//') > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
