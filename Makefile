# Casebook. `make report` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DESK := $(VENV)/.desk-ready
PYWB := .venv-pywb/.ready

# The lock names everything, so nothing is left to resolve (pip 23.2 fails on an extra it names twice).
# Three packages that newspaper3k needs are published as source only; they hold nothing to compile.
PIP_FLAGS := --disable-pip-version-check --quiet --no-deps --require-hashes --only-binary :all: \
	--no-binary tinysegmenter,feedfinder2,jieba3k

.PHONY: help report test test-desk check lab labextension docs clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(READY): requirements.txt pyproject.toml kit/desk/labextension/package.json
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements.txt
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

report: $(READY) ## write the public edition in every format to reports/public/
	$(BIN)/kit report

lab: $(READY)    ## open JupyterLab on notebook 00, with the case beside it
	$(BIN)/jupyter lab notebooks/00-start-here.ipynb

test: $(READY)   ## the tests, the notebooks included
	$(BIN)/python -m pytest -m "not desk and not long" -n 2 --dist worksteal
	$(BIN)/python -m pytest --nbval --nbval-cell-timeout 120 -n 2 --dist loadfile notebooks
	$(MAKE) check

test-desk: $(READY) $(DESK) $(PYWB) ## the tests that need minutes, a browser (chromium), LibreOffice or a web archive (pywb)
	$(BIN)/python -m pytest -m long -n 2 --dist worksteal
	$(BIN)/python -m pytest -m desk

$(DESK): requirements-desk.txt $(READY)
	$(BIN)/python -m pip install $(PIP_FLAGS) -r requirements-desk.txt
	@touch $(DESK)

$(PYWB): requirements-pywb.txt
	$(PYTHON) -m venv .venv-pywb
	.venv-pywb/bin/python -m pip install --disable-pip-version-check --quiet -r requirements-pywb.txt
	@touch $(PYWB)

check: $(READY)  ## lint, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

labextension: $(READY) $(DESK) ## build the JupyterLab extension anew from lab/
	$(BIN)/python lab/build.py

docs: $(READY)   ## write the generated pages again
	$(BIN)/kit docs

clean:           ## remove what was set up and built
	rm -rf $(VENV) .venv-* reports .kit-cache .mypy_cache .ruff_cache .hypothesis
