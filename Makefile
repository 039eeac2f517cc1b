# The two commands are `make map` and `make test`. Windows: README.md has the equivalents.
.DEFAULT_GOAL := help
SHELL := bash

SEED ?= seeds/at-tanf-2017-06-08.md
OUT ?= out
FOLDER ?= seeds
# Names of files, whatever is in them: neither make nor the shell (which has them from the environment) expands them.
override export SEED := $(value SEED)
override export OUT := $(value OUT)
override export FOLDER := $(value FOLDER)
VENV ?= .venv
BIN := $(VENV)/bin
STANDOFF := $(BIN)/standoff
# One line that tells what pip is at, whichever version of pip it is; its errors come through.
PIP := set -o pipefail; $(BIN)/python -m pip install --disable-pip-version-check --no-input
SHOW := | { n=0; while read -r what name _; do case "$$what" in \
  Collecting) n=$$((n + 1)); printf '\r\033[K  %s: %s' "$$n" "$$name";; \
  Installing) printf '\r\033[K  unpacking (%s packages looked at)' "$$n";; esac; done; echo; }
SCHEMA := data/schema/reading.schema.json

# One stamp for what each target needs, made again when pyproject.toml changes: a second run is quick.
INSTALLED := $(VENV)/.installed
TESTING := $(VENV)/.installed-test
LINTING := $(VENV)/.installed-lint
NOTEBOOKS := $(VENV)/.installed-notebooks
GAZETTEER := $(VENV)/.gazetteer

.PHONY: help map test lint lab serve schema clean

help: ## List the targets
	@while IFS= read -r line; do case "$$line" in [a-z]*:*'## '*) \
	  printf '  make %-8s %s\n' "$${line%%:*}" "$${line##*## }";; esac; done < Makefile

map: $(GAZETTEER) ## Read SEED (a report), print what was found, write its map to out/
	@$(STANDOFF) map "$$SEED" --output "$$OUT" --summary

test: $(TESTING) ## Install what the tests need and run them
	$(BIN)/python -m pytest $(ARGS)

lint: $(LINTING) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lab: $(NOTEBOOKS) $(GAZETTEER) ## Open JupyterLab on notebooks/
	$(BIN)/jupyter lab --notebook-dir=. notebooks/1_report_to_map.ipynb

serve: $(NOTEBOOKS) $(GAZETTEER) ## Open the workbench for the reports in FOLDER, in a browser
	@$(STANDOFF) serve "$$FOLDER"

schema: $(INSTALLED) ## Write the JSON Schema of a reading again, after a change of the models
	$(STANDOFF) schema > $(SCHEMA).tmp && mv $(SCHEMA).tmp $(SCHEMA)

clean: ## Remove what make and the tools made, the installation too
	rm -rf $(VENV) out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The first Python that is new enough; PYTHON=/path/to/python chooses another.
$(BIN)/python:
	@set -e; new='import sys; sys.exit(sys.version_info < (3, 11))'; \
	for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python; do \
	  if command -v "$$python" >/dev/null 2>&1 && "$$python" -c "$$new" 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "standoff: it needs Python 3.11 or later; install one, or name it: make map PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version)"; \
	"$$found" -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "standoff: $$found cannot make a virtual environment; on Debian and Ubuntu install python3-venv" >&2; exit 1; }

$(INSTALLED): pyproject.toml | $(BIN)/python
	@echo "Installing standoff and what it needs (a few minutes, once)"
	@$(PIP) --editable . $(SHOW)
	@touch $@

$(TESTING): pyproject.toml | $(BIN)/python
	@echo "Installing standoff, its tests and its notebooks (a few minutes, once)"
	@$(PIP) --editable '.[test,notebooks]' $(SHOW)
	@touch $@ $(INSTALLED)

$(LINTING): pyproject.toml | $(BIN)/python
	@echo "Installing standoff and the tools that check it (a few minutes, once)"
	@$(PIP) --editable '.[lint,notebooks,pictures]' $(SHOW)
	@touch $@ $(INSTALLED)

$(NOTEBOOKS): pyproject.toml | $(BIN)/python
	@echo "Installing standoff and JupyterLab (a few minutes, once)"
	@$(PIP) --editable '.[notebooks]' $(SHOW)
	@touch $@ $(INSTALLED)

$(GAZETTEER): $(INSTALLED)
	@$(STANDOFF) gazetteer build
	@touch $@
