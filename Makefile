# Trường Số. `make run` and `make test` need only Python 3.11 or newer; they install the rest.
PYTHON3 ?= python3
BIN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: run test lint bench build lock clean help setup-test

run:  ## set up and run the product with the demo school
	@$(PYTHON3) -m scripts.bootstrap run
	@exec $(BIN)/truongso up --demo

test: lint  ## set up and pass every check
	@$(BIN)/python scripts/run_tests.py

lint: setup-test  ## the quick half of the checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd frontend && PATH="$(CURDIR)/.venv/node:$$PATH" npm run --silent check

bench: setup-test  ## measure: ratios and medians, never a verdict
	@$(BIN)/python -m tests.bench

build:  ## build the frontend and the message catalogues
	@$(PYTHON3) -m scripts.bootstrap run

setup-test:
	@$(PYTHON3) -m scripts.bootstrap test

lock:  ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile --universal --generate-hashes --no-header --no-annotate -q -p 3.11 pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate -q -p 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile --universal --generate-hashes --no-header --no-annotate -q -p 3.11 --group node -o requirements-node.lock

clean:  ## remove what was built here (never the school's data)
	rm -rf .venv .stamps frontend/node_modules frontend/dist frontend/icons.svg truongso/locale/*/LC_MESSAGES/*.mo

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'
