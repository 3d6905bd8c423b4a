# Simpul: make run, make test. `make` alone lists everything.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
DEMO ?= 1
SIMPUL := .venv/bin/simpul

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test lint bench spark messages rights screens clean

help: ## list what make can do
	@echo "Simpul. What make can do:"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@echo
	@echo "  make run takes PORT=8000 HOST=127.0.0.1 DEMO=1; DEMO=0 begins an empty installation."
	@echo "  The operator's command is $(SIMPUL): $(SIMPUL) --help"

run: setup ## set everything up and serve it
	@SIMPUL_DEMO=$(DEMO) exec $(SIMPUL) serve --host $(HOST) --port $(PORT)

setup: ## install the application into .venv
	@$(PYTHON) scripts/setup.py

setup-dev: ## install the application and the tools for its tests
	@$(PYTHON) scripts/setup.py --dev

test: setup-dev ## check and test everything, as CI does
	@.venv/bin/python scripts/test.py

lint: setup-dev ## the quick checks only
	@.venv/bin/python scripts/test.py --only lint

bench: setup-dev ## measure; figures are kept in docs/performance.md
	@.venv/bin/python -m bench

spark: setup-dev ## install Spark into .venv-spark and run the specification of matching on it
	@.venv/bin/python scripts/spark.py

messages: setup-dev ## collect sentences for translation
	@.venv/bin/python scripts/messages.py

rights: setup-dev ## write docs/rights.md from the catalogue and the stories
	@.venv/bin/python scripts/rights.py

screens: setup-dev ## take the pictures of the README from the browser stories
	@SIMPUL_SCREENS=docs/screens .venv/bin/python -m pytest -q -m browser tests/browser tests/stories

clean: ## remove what was installed and compiled; the data in var/ stays
	rm -rf .venv .venv-spark .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .coverage
	find . -path ./var -prune -o -name __pycache__ -type d -print -o -name '*.mo' -type f -print | xargs -r rm -rf
