# Everything sets itself up: a virtual environment in .venv, and Debian's packages where we may install them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SYSTEM := $(VENV)/.system

.PHONY: demo test lint bench verify clean

$(SYSTEM): .ci/system-packages
	@mkdir -p $(VENV)
	@sh .ci/system-packages
	@touch $@

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(SYSTEM) $(STAMP)
	$(BIN)/python tests/samples/demo.py

test: $(SYSTEM) $(STAMP)
	$(BIN)/python -m pytest

verify: $(SYSTEM) $(STAMP)
	$(BIN)/grade verify

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(SYSTEM) $(STAMP)
	$(BIN)/python tests/bench/run.py
	$(BIN)/python tests/bench/class_bench.py

clean:
	rm -rf $(VENV) demo dist build .pytest_cache .mypy_cache .ruff_cache
