# Every target does all its own set-up: a fresh clone needs Python 3.11+, git and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.ok
HOME_DEMO ?= ./thuchu-data

.PHONY: help setup demo test test-long test-postgres lint format bench schema lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: $(SETUP) ## make .venv with everything but [semantic], and the development tools

$(SETUP): requirements/dev.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	touch $@

demo: setup ## a desk with sample content on http://127.0.0.1:8000
	$(BIN)/thuchu --home $(HOME_DEMO) demo

test: setup ## the whole suite (what .ci/run runs); installs Chromium for it where it may
	@bash tests/install_chromium.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not long" tests

test-long: setup test-postgres ## the long loops: kills, fuzzing, big collections; and test-postgres
	@bash tests/install_chromium.sh
	$(BIN)/pytest -m long tests

test-postgres: setup ## the whole suite on PostgreSQL, but for browsers and long loops
	$(BIN)/python tests/postgres/run_all.py

lint: setup ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## let ruff write the layout
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## the figures this machine can make; those over sets of messages with DATA=DIR
	bash bench/run.sh $(BIN)/python $(DATA)

schema: setup ## write down the tables of a new desk, after a migration was added
	$(BIN)/python -m thuchu.desk.schema

LOCK = uv pip compile --quiet --universal --generate-hashes --no-header pyproject.toml
lock: ## remake requirements/*.lock (needs uv)
	$(LOCK) --extra desk --extra fast --extra data --extra postgres --group dev -o requirements/dev.lock
	$(LOCK) --extra desk --extra fast -o requirements/run.lock
	$(LOCK) --extra semantic -o requirements/semantic.lock
	! grep -nE 'https?://' requirements/*.lock

clean: ## remove what the other targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .hypothesis
