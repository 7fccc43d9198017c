# `make help` lists what can be done here. Everything is made inside this folder:
# .venv (the environment), var (databases and caches) and out (what the demo writes).

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# One locale for every tool, so that a machine with an odd one behaves the same.
export LC_ALL := C
export PYTHONUTF8 := 1

PY := .venv/bin/python
ARGS ?=
CODE := src tests $(wildcard bench) $(wildcard tools)
# Each test worker has a database of its own, so there can be one for every processor.
WORKERS ?= logical

.PHONY: help
help: ## List the targets
	@echo "Valinta: personal budgets and service vouchers. Targets:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: environment ## Play the demo month and serve it (make demo ARGS=--no-serve ends after the table)
	@$(PY) -m valinta demo $(ARGS)

.PHONY: test
test: environment-dev browser ## Run all the tests (make test ARGS="-k ledger" runs some of them)
	@$(PY) -m pytest -n $(WORKERS) --maxprocesses 8 --dist worksteal $(ARGS)

.PHONY: check
check: environment-dev ## Check form, types, layers, migrations, packs and translations
	@tools/check $(CODE)

.PHONY: bench
bench: environment ## Measure against bare SQL and print the ratios
	@$(PY) -m bench $(ARGS)

.PHONY: audit
audit: environment-dev browser ## Let outside judges look at the pages (Nu HTML checker, Lighthouse)
	@tools/audit/run $(ARGS)

.PHONY: schema
schema: environment-dev ## Write out the schema that empty databases start from, after new migrations
	@$(PY) -m tools.schema

.PHONY: pictures
pictures: environment-dev browser ## Take the pictures of docs/pictures anew from the demo
	@$(PY) -m tools.pictures

.PHONY: environment
environment: # what the demo needs
	@tools/environment base
	@$(PY) -m valinta.config.translations

.PHONY: environment-dev
environment-dev: # what the tests need as well
	@tools/environment dev
	@$(PY) -m valinta.config.translations

.PHONY: browser
browser: environment-dev
	@tools/browser

.PHONY: lock
lock: environment-dev ## Lock the requirements again after a change of requirements/*.in
	@tools/lock

.PHONY: clean
clean: ## Remove the environment, the databases and everything that was made
	@tools/clean
