# OK OCE: `make run` and `make test` are all one needs. Variables are described in README.md.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq install --require-hashes
PYTEST := $(BIN)/python -m pytest
DEBIAN_15 := /usr/lib/postgresql/15/bin
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help run test test-long check fix bench docs messages lock browser
.PHONY: lint types contracts templates tables texts reference

help:
	@echo 'make run        menjalankan semuanya (PORT, DEMO, DATABASE_URL, OKOCE_DATA)'
	@echo 'make test       semua pemeriksaan dan pengujian'
	@echo 'make check      lint, tipe, kontrak impor, templat, migrasi; make fix memperbaiki yang bisa'
	@echo 'make test-long  yang lama; make bench mengukur; make docs; make messages; make lock'

run: $(BIN)/okoce
	@OKOCE_FROM_MAKE=1 exec $(BIN)/okoce run

# -- the virtual environment: each stamp is younger than what it was made from ------------------------------

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo 'Perlu Python 3.11 atau lebih baru di PATH.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo 'Python ini tidak dapat membuat lingkungan virtual; di Debian: apt-get install python3-venv' >&2; exit 1; }

$(VENV)/.requirements: requirements.txt $(BIN)/python
	@echo 'Memasang paket…' >&2
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.requirements-dev: requirements-dev.txt $(VENV)/.requirements
	@$(PIP) -r requirements-dev.txt
	@touch $@

# The project itself needs no build: its folder on the path, and a command.
$(BIN)/okoce: $(VENV)/.requirements Makefile
	@$(BIN)/python -c 'import pathlib, sysconfig; \
	  pathlib.Path(sysconfig.get_path("purelib"), "okoce.pth").write_text(str(pathlib.Path.cwd()) + "\n")'
	@printf '%s\n' '#!/bin/sh' 'here=$$(CDPATH= cd -- "$$(dirname -- "$$0")" && pwd)' \
	  'exec "$$here/python" "$$here/../../manage.py" "$$@"' > $@
	@chmod +x $@
# Every command, the first one too, then starts twice as fast, also where Python may not write beside the sources.
	@$(BIN)/python -m compileall -q okoce || true

# -- checks -------------------------------------------------------------------------------------------------

check: $(VENV)/.requirements-dev $(BIN)/okoce
	@$(MAKE) -k -j 2 types lint contracts templates tables texts reference

lint:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { echo 'Ada berkas yang belum rapi; jalankan make fix.' >&2; exit 1; }

types:
	@$(BIN)/mypy --no-error-summary okoce

contracts:
	@$(BIN)/lint-imports --no-logo >$(VENV)/contracts.txt || { cat $(VENV)/contracts.txt; exit 1; }

templates:
	@$(BIN)/djlint --lint --quiet okoce

tables:
	@PYTHONWARNINGS=ignore $(BIN)/okoce makemigrations --check --dry-run >&2

texts:
	@$(BIN)/okoce messages --check

reference:
	@$(BIN)/okoce describe --check

fix: $(VENV)/.requirements-dev
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .
	@$(BIN)/djlint --reformat --quiet okoce || true

# To prepare the tests' own code takes each worker half a minute: it is kept for the next run, whatever the caller has set.
test: check browser
	@PYTHONDONTWRITEBYTECODE= $(PYTEST) -n 2 --dist loadgroup -m 'not long'

test-long: $(VENV)/.requirements-dev $(BIN)/okoce browser
	@$(PYTEST) -m long
	@if [ -x $(DEBIAN_15)/initdb ]; then PG_BIN=$(DEBIAN_15) $(PYTEST) -n 2 --dist loadgroup -m 'not long and not journey'; \
	  else echo 'PostgreSQL 15 tidak terpasang di $(DEBIAN_15): dilewati.' >&2; fi

# The journeys' browser. `make test` installs it where it may; conftest.py says what to do where it may not.
browser: $(VENV)/.requirements-dev
	@$(BIN)/python -c 'import sys, tests.browser as b; sys.exit(b.found() is None)' || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null || true; fi

# -- the rest -----------------------------------------------------------------------------------------------

bench: $(VENV)/.requirements-dev $(BIN)/okoce
	@$(BIN)/python -m bench

docs: $(VENV)/.requirements-dev $(BIN)/okoce
	@$(BIN)/okoce describe

messages: $(VENV)/.requirements-dev $(BIN)/okoce
	@$(BIN)/okoce messages

lock:
	@command -v uv >/dev/null || { echo 'make lock perlu uv: pip install uv' >&2; exit 1; }
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  pyproject.toml -o requirements.txt
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
