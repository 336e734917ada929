# `make` lists the commands. The first that needs it sets up .venv from requirements.lock; later ones find it ready.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
FIND_PYTHON := for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { python=$$candidate; break; }; done

.PHONY: help demo run test check bench fuzz lock clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## watch two years of a saved page change, without the internet
	@$(BIN)/leaderwatch demo

run: $(READY) ## check the live page once, into leaderwatch.db
	@$(BIN)/leaderwatch check

test: $(READY) ## run every test
	@$(BIN)/pytest --numprocesses auto --dist loadscope

check: $(READY) ## check format, lint and types, then run every test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest --numprocesses auto --dist loadscope

bench: $(READY) ## measure accuracy, time by size, what checks cost beside peers, and years of service (an hour)
	@for part in accuracy linear speed history service web alerts importing cluster; do $(BIN)/python -m bench.$$part || exit 1; done

fuzz: $(READY) ## look for pages that break the parser, for ten minutes (needs atheris)
	@$(BIN)/python -m bench.fuzz --seconds 600

lock: $(READY) ## refresh requirements.lock (needs uv)
	@printf 'hatchling\neditables\n' | uv pip compile pyproject.toml - --group dev --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --no-emit-index-url --no-annotate --no-header --output-file $(VENV)/lock
	@{ head -n 1 requirements.lock; cat $(VENV)/lock; } > $(VENV)/whole && mv $(VENV)/whole requirements.lock

clean: ## remove what these commands made, but no archive
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis demo-out dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@python=; $(FIND_PYTHON); \
	[ -n "$$python" ] || { echo "Leaderwatch needs Python 3.11 or newer: install it, or name one with make PYTHON=/path/to/python" >&2; exit 1; }; \
	echo "Setting up $(VENV) with $$("$$python" --version), once." >&2; \
	"$$python" -m venv --clear $(VENV) || { echo "Python's venv module is missing: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
