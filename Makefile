# The two commands to know: `make serve` builds the graph and serves it, `make test` proves that it is right.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := $(VENV)/.dev
PEERS := $(VENV)/.bench
EDITOR := api/static/built/manifest.json

.DEFAULT_GOAL := help
.PHONY: help serve build test check fmt bench lock editor shots wheel clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

serve: $(READY) editor ## build the graph of the bundled corpus and serve it at http://127.0.0.1:$(PORT)/
	$(BIN)/baligraph build
	$(BIN)/baligraph serve --port $(PORT)

build: $(READY) ## build a release under build/releases
	$(BIN)/baligraph build

test: $(DEV) editor ## run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile --durations 25

check: $(DEV) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fmt: $(DEV) ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(PEERS) ## measure, and print ratios
	$(BIN)/python -m bench

lock: $(DEV) ## pin the dependencies anew
	$(BIN)/uv lock
	$(BIN)/uv export --quiet --frozen --no-dev --no-emit-project --format requirements.txt --output-file requirements.lock
	$(BIN)/uv export --quiet --frozen --extra dev --no-emit-project --format requirements.txt --output-file requirements-dev.lock
	$(BIN)/uv export --quiet --frozen --extra bench --no-emit-project --format requirements.txt --output-file requirements-bench.lock

editor: ## bundle the editor of the query page, where Node is there
	@if command -v npm >/dev/null && command -v node >/dev/null; then $(MAKE) --no-print-directory $(EDITOR); \
	else echo "NO EDITOR: Node and npm are not on this machine, so the query page keeps its plain text area; everything else is whole."; fi

$(EDITOR): $(wildcard api/editor/*.js api/editor/*.mjs) api/editor/package-lock.json
	cd api/editor && npm ci --ignore-scripts --loglevel=error && node build.mjs

shots: $(DEV) editor build ## screenshots of all types of pages into screenshots/, to be looked at
	$(BIN)/python tests/browser/shots.py

wheel: $(DEV) ## build the wheel, install it elsewhere, and run it from /
	$(BIN)/python tests/wheel.py

clean: ## remove what was built
	rm -rf build dist screenshots $(VENV) api/static/built api/editor/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(DEV): requirements-dev.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(PEERS): requirements-bench.lock $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@
