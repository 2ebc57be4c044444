# What can be done here; `make help` lists it. Everything sets itself up in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
ISSUE ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup dry-run daily fetch extract clean-links summarize verify emit test check eval bench torture audit clean

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(READY) ## Make .venv with everything in it

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "maeil needs Python 3.11 or newer; set PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (once, about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q pipeline  # once, also where Python is told to keep no bytecode
	@touch $@

dry-run: $(READY) ## Every stage on the bundled newsletters, from recorded replies: no key, no network
	@MAEIL_MODEL__NAME=demo $(BIN)/maeil run --dry-run --source demo $(ARGS)

daily: $(READY) ## What cron runs: fetch what is new, finish what is unfinished
	@$(BIN)/maeil run $(ARGS)

fetch extract summarize verify emit: $(READY) ## One stage again: make extract ISSUE=20240504
	@$(BIN)/maeil $@ $(ISSUE) $(ARGS)

clean-links: $(READY) ## One stage again: cleaning the links
	@$(BIN)/maeil clean $(ISSUE) $(ARGS)

test: $(READY) ## The tests
	@$(BIN)/python -m pytest -q $(ARGS)

check: $(READY) ## Lint, format, types, layers; the floors of eval where ../shared is
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_layers.py
	@if test -d ../shared/newsletters; then $(BIN)/python -m evaluation && $(BIN)/python -m evaluation.checks; fi

eval: $(READY) ## How much of each newsletter arrives, and how much that is wrong is caught, beside the floors
	@$(BIN)/python -m evaluation $(ARGS)
	@$(BIN)/python -m evaluation.checks $(ARGS)

bench: $(READY) ## Speed and memory, each beside its limit
	@$(BIN)/python -m benchmarks

torture: $(READY) ## Faults, crashes, hostile newsletters: about 20 minutes; ARGS=--short, ARGS=--planted
	@$(BIN)/python -m torture $(ARGS)

audit: $(READY) ## The packages of the lock against the lists of known vulnerabilities, where the network allows
	@$(BIN)/python -m torture.packages

clean: ## Remove what can be made again: .venv, build, caches (never data/)
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
