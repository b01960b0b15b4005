# Two commands are enough: `make serve` and `make test`. Each needs Python 3.11 or newer, make and a package registry.

DB ?= policies.db
PORT ?= 8001
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help install serve db test alpha lint types imports docs audit mutation benchmark bench large kill lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

serve: db ## install, ingest corpora/, check the database, serve it on 127.0.0.1:8001
	$(BIN)/extractor serve $(DB) --port $(PORT)

db: install ## install, ingest and compare corpora/ and check the database
	$(BIN)/extractor ingest corpora --db $(DB) --compare
	$(BIN)/extractor check $(DB)

test: $(VENV)/.tests lint types imports ## install what tests need and run all of them
	@sh .ci/programs
	$(BIN)/python -m pytest
	@echo 'Left out: tests/benchmarks measures time and is no test; run it with `make bench`.'
	@echo 'Left out: the site on an alpha of datasette, of which one lock file can hold no two versions; `make alpha` runs it.'
	@echo 'Left out besides: what pytest lists as SKIPPED above, each with its reason (none listed: none left out).'

alpha: $(VENV)-alpha/.tests ## run the tests of the site on the newest alpha of datasette
	@sh .ci/programs
	$(VENV)-alpha/bin/python -m pytest tests/site tests/test_site.py tests/test_serving.py

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tests
	$(BIN)/mypy

imports: $(VENV)/.tests
	$(BIN)/lint-imports

docs: $(VENV)-docs/.tools ## the pages of docs/ as a site of files, in build/docs
	$(VENV)-docs/bin/mkdocs build --strict --quiet -f .ci/mkdocs.yml
	@echo 'Open build/docs/tutorial.html.'

audit: $(VENV)/.tests $(VENV)-audit/.tools ## known vulnerabilities, licences, and a wheel that is the same twice (OFFLINE=1: nobody to ask)
	$(BIN)/python -m tests.audit --tools $(VENV)-audit/bin $(if $(OFFLINE),--offline)

mutation: $(VENV)/.tests ## which changes of a part of the program no test notices (PART=numerals)
	$(PIP) install 'mutmut>=3.3'
	$(BIN)/python -m tests.mutation $(PART)

PART := numerals

benchmark: install ## measure speed, memory and start-up on 10 MB of varied text
	$(BIN)/python -m tests.benchmarks

bench: $(VENV)/.tests $(VENV)-peers/.installed ## write docs/benchmarks.md anew, peers included (BENCH='growth --sizes 100 1000')
	$(BIN)/python -m tests.benchmarks.bench --peers $(VENV)-peers/bin/python $(BENCH)

large: $(VENV)/.tests ## 1,000, 10,000 and 100,000 notices: an hour and 10 GB of disk
	$(BIN)/python -m tests.benchmarks.bench growth --sizes 100 1000 10000 100000

kill: $(VENV)/.tests ## kill -9 an ingest at twenty random moments: one worker, two, a Dask cluster
	$(BIN)/python -m tests.benchmarks.killing
	$(BIN)/python -m tests.benchmarks.killing --seed 2 -- --jobs 2
	$(BIN)/python -m tests.benchmarks.killing --seed 3 -- --engine dask --jobs 2

lock: $(VENV)/.tests ## pin the newest versions that pyproject.toml allows
	$(PIP) install 'uv>=0.5'
	$(BIN)/uv pip compile $(UV_OPTIONS) pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile $(UV_OPTIONS) --extra test --extra ocr -c requirements.txt pyproject.toml -o .ci/requirements.txt
	$(BIN)/uv pip compile $(UV_OPTIONS) -c .ci/requirements.txt .ci/audit.in -o .ci/audit.txt
	$(BIN)/uv pip compile $(UV_OPTIONS) pyproject.toml .ci/alpha.in -o .ci/alpha.txt
	$(BIN)/uv pip compile $(UV_OPTIONS) .ci/docs.in -o .ci/docs.txt

UV_OPTIONS := --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --no-header --no-annotate

clean: ## remove the environment, caches and the database
	rm -rf $(VENV) $(VENV)-alpha $(VENV)-peers $(VENV)-audit $(VENV)-docs build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .masked $(DB)

install: $(VENV)/.project ## a virtual environment with the pinned libraries and the project

$(VENV)/.python:
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed and was not found; name it: make PYTHON=/path/to/python3.11'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.libraries: $(VENV)/.python requirements.txt
	$(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.project: $(VENV)/.libraries pyproject.toml
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.tests: $(VENV)/.project .ci/requirements.txt
	$(PIP) install --require-hashes -r .ci/requirements.txt
	@touch $@

$(VENV)-peers/.installed: tests/benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $(VENV)-peers
	$(VENV)-peers/bin/python -m pip --disable-pip-version-check --quiet install -r tests/benchmarks/peers/requirements.txt
	@touch $@

$(VENV)-audit/.tools: $(VENV)/.python .ci/audit.txt
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r .ci/audit.txt
	@touch $@

$(VENV)-docs/.tools: $(VENV)/.python .ci/docs.txt
	$(PYTHON) -m venv $(VENV)-docs
	$(VENV)-docs/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r .ci/docs.txt
	@touch $@

$(VENV)-alpha/.tests: $(VENV)/.python .ci/alpha.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)-alpha
	$(VENV)-alpha/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r .ci/alpha.txt
	$(VENV)-alpha/bin/python -m pip --disable-pip-version-check --quiet install --no-deps --editable .
	@touch $@
