# Everything sets itself up: a virtual environment in .venv, and Debian's packages where we may install them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SYSTEM := $(VENV)/.system

LOCALES := grader/locales
# What is said in grader/, and what Click says by itself. No dates and lines: they would change with every run.
BABEL := PYTHONPATH=.ci $(BIN)/python -m babel.messages.frontend --quiet
SAY := --no-default-keywords --keywords='say:1 say_as:1c,2 say_many:1,2'

.PHONY: setup demo test unit coverage lint bench docs verify translations fuzz clean

# Sandbox, browser and virtual environment: the first thing to do in a checkout.
setup: $(SYSTEM) $(STAMP)

$(SYSTEM): .ci/system-packages
	@mkdir -p $(VENV)
	@sh .ci/system-packages
	@touch $@

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: setup
	$(BIN)/python tests/samples/demo.py

# One more than there are cores: many tests wait for a limit. A file's tests share what is slow to start.
AT_ONCE ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

test: setup
	$(BIN)/python -m pytest -n $(AT_ONCE) --dist loadfile --no-loadscope-reorder

# Which lines of grader/ the tests run, on both sides of the sandbox; tests/measured.py says how.
MEASURE := COVERAGE_FILE=$(CURDIR)/build/coverage/.data $(BIN)/python -m coverage

coverage: setup
	rm -rf build/coverage
	mkdir -p build/coverage
	$(MEASURE) run -m pytest -n $(AT_ONCE) --dist loadfile
	$(MEASURE) combine --quiet
	$(MEASURE) html --quiet --fail-under 0
	$(MEASURE) report
	@# Were nothing heard of processes inside any more, the whole might still be above the floor.
	$(MEASURE) report --format total --include 'grader/sandbox/inside/*'

# Quick enough for every save: no sandbox, no browser, no other process.
unit: $(STAMP)
	$(BIN)/python -m pytest -q -m 'not slow' -n $(AT_ONCE) --dist loadfile

verify: setup
	$(BIN)/grade verify

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(STAMP)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet --site-dir build/site
	@echo "Open build/site/index.html"

translations: $(STAMP)
	$(BABEL) extract -F pyproject.toml $(SAY) --add-location=file -w 120 -o $(VENV)/grader.pot .
	$(BABEL) extract --no-location -w 120 -o $(VENV)/click.pot \
		$$($(BIN)/python -c 'import click; print(click.__path__[0])')
	for domain in grader click; do \
		$(BABEL) update -D $$domain -i $(VENV)/$$domain.pot -d $(LOCALES) -l zh -w 120 \
			--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date && \
		$(BABEL) compile -D $$domain -d $(LOCALES) -l zh || exit 1; \
	done

bench: setup
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/class_bench.py

# How long to look for each kind of bytes.
SECONDS ?= 60

fuzz: setup
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/run.py --seconds $(SECONDS)

clean:
	rm -rf $(VENV) demo dist build .pytest_cache .mypy_cache .ruff_cache
