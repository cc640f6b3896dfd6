# CCN GIS. Two commands do all the set-up: `make serve` shows the map, `make test` runs the tests.
# `make help` lists the others. Everything that is made stays in folders that git ignores.

PYTHON ?= python3
VENV ?= .venv
REGISTER ?= register.gpkg
HOST ?= 127.0.0.1
PORT ?= 8000
CCN_GIS_SAMPLES ?= ../shared/data

BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
COMPILE = $(VENV)-lock/bin/uv pip compile --quiet --universal --python-version 3.11 $(UPGRADE) \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve test check static format test-long samples bench wheel assets boundaries lock clean \
	python runtime development system system-long

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

serve: runtime assets ## show the map: everything that it needs is installed and made on the way
	@case "$(REGISTER)" in *://*) ;; *) test -e "$(REGISTER)" ;; esac || \
	  $(BIN)/ccn-gis init --example --register "$(REGISTER)"
	@exec $(BIN)/ccn-gis serve --register "$(REGISTER)" --host "$(HOST)" --port "$(PORT)"

test: system development assets ## run every test but the long ones
	$(PYTEST) -n 2 --cov --cov-report=term

check: static test ## format, lint, types, import contracts, tests, doctests, docs

static: development assets ## the part of check that runs no test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(PYTHON) -m tools.web_files tools/programs.lock tools/bin
	tools/bin/biome ci --colors=off --error-on-warnings --no-errors-on-unmatched maps/static

format: development ## put the code into the project's format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

test-long: system-long development assets ## the tests that need minutes
	$(BIN)/pip download --quiet --require-hashes --no-deps -r requirements.lock -d build/wheelhouse
	$(PYTEST) -m long --durations=12

samples: development assets ## the tests on data that is not ours to copy (CCN_GIS_SAMPLES=folder)
	CCN_GIS_SAMPLES="$(CCN_GIS_SAMPLES)" $(PYTEST) tests/samples

bench: development assets ## measure speed and memory
	$(BIN)/python -m tests.bench

wheel: development assets ## build the wheel and the source archive into dist/
	$(BIN)/python -m hatchling build

assets: python ## fetch the map's web files (npm packages, by the hashes of maps/assets.lock)
	@$(PYTHON) -m tools.web_files maps/assets.lock maps/static/vendor

boundaries: development ## write the example's boundary files and their rows in SOURCES.md
	$(BIN)/python -m gis.example.boundaries

lock: python ## write the locks anew, keeping versions where it can (UPGRADE=--upgrade: the newest)
	@$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	$(COMPILE) pyproject.toml --group build --group dev --group bench \
	  --constraints requirements.lock --output-file requirements-dev.lock
	$(COMPILE) --group npm --output-file requirements-npm.lock
	rm -rf $(VENV)-lock

clean: ## remove what was made, but no register
	rm -rf $(VENV) .venv-* build dist maps/static/vendor tools/bin
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	find . -name __pycache__ -prune -exec rm -rf {} +

python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Python 3.11 or newer is missing. On Debian: apt-get install -y python3 python3-venv" >&2; \
	  exit 1; }

runtime: python
	@$(PYTHON) -m tools.environment "$(VENV)" requirements.lock

development: python
	@$(PYTHON) -m tools.environment "$(VENV)" requirements-dev.lock

system: python
	@$(PYTHON) -m tools.system_packages

system-long: python
	@$(PYTHON) -m tools.system_packages long
