# Two commands matter to people: `make demo` tries it, `make test` checks everything; `make check` the most of it.
PYTHON ?= python3
PORT ?= 3978
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

PYTEST = $(BIN)/python -m pytest --quiet --numprocesses $(WORKERS) --dist worksteal
# Twice as many as there are cores: tests wait for a good part of their time.
WORKERS ?= $(shell expr 2 \* $$(nproc))

.PHONY: demo check test lint contracts types pyright bench breaks mutation lock chromium postgresql node playground \
	playground-pictures test-long long-faults long-kills long-chance long-reminders long-size long-office
.DELETE_ON_ERROR:

demo: .venv/ready-to-run
	@SEATWISE_PORT=$(PORT) exec $(BIN)/seatwise demo

# What one runs while working, in a minute.
check: lint tests/node/node_modules/ready
	$(PYTEST) tests/rules tests/questions tests/chat tests/sources tests/commandline/test_shown_commands.py

test: lint chromium postgresql tests/node/node_modules/ready
	$(PYTEST) -m "not alone"
	$(BIN)/python -m pytest --quiet -m alone

# The static checks, those that take longest side by side.
lint: .venv/ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	@$(MAKE) --no-print-directory --jobs=3 contracts types pyright

contracts types pyright: .venv/ready-to-test
contracts:
	$(BIN)/lint-imports
types:
	$(BIN)/mypy
pyright:
	$(BIN)/basedpyright --pythonpath $(BIN)/python

# What chance decides, with twenty seeds and one of the day instead of one (TESTS_LONG=20261130 is
# that day's again); a partner of 10,000 customers; breaks; mutations. Two hours at most, by the
# limits of its parts; each alone: make long-kills.
test-long: breaks long-faults long-kills long-chance long-reminders long-size long-office mutation

LONG := TESTS_LONG=$(or $(TESTS_LONG),day)
KILLS := $(addprefix tests/,syncing/test_kills.py store/test_killed_grants.py scheduler/test_killed_digests.py \
	warehouse/test_killed_builds.py warehouse/test_killed_imports.py)
FAULTS := $(addprefix tests/syncing/test_,faults.py insights_faults.py rows_under_faults.py thirty_days.py)
REMINDERS := tests/scheduler/test_reminders.py
CHANCE = $(filter-out $(FAULTS) $(KILLS) $(REMINDERS),$(shell grep -rlE 'from (tests.seeds|hypothesis)' --include='test_*.py' tests))
long-faults: .venv/ready-to-test
	$(LONG) timeout 35m $(PYTEST) $(FAULTS)
long-kills: .venv/ready-to-test postgresql
	$(LONG) timeout 20m $(PYTEST) --timeout 500 $(KILLS)
long-chance: .venv/ready-to-test postgresql
	$(LONG) timeout 10m $(PYTEST) --timeout 500 $(CHANCE)
# Two years of reminders to two people about 300 customers.
long-reminders: .venv/ready-to-test
	$(LONG) timeout 15m $(PYTEST) $(REMINDERS)
long-size: .venv/ready-to-test
	TESTS_CUSTOMERS=10000 timeout 5m $(PYTEST) tests/syncing/test_kills.py -k memory
# The files of /export, opened by LibreOffice.
long-office: .venv/ready-to-test
	@command -v soffice >/dev/null || $(call install,--no-install-recommends libreoffice-calc)
	timeout 3m $(PYTEST) --timeout 150 tests/spreadsheets/libreoffice.py

# The bot in Microsoft's Playground of Teams, on this machine; the second one keeps screenshots of it.
playground: .venv/ready-to-run tests/node/node_modules/ready
	@exec $(BIN)/python -m tests.playground

playground-pictures: .venv/ready-to-test chromium tests/node/node_modules/ready
	@$(BIN)/python -m tests.playground.pictures out/playground

bench: .venv/ready-to-test
	$(BIN)/python -m tests.bench

# Breaks the product in a copy, one spot at a time; each break must be noticed by the test named for it.
breaks: .venv/ready-to-test
	timeout 7m $(BIN)/python -m tests.breaks

# Changes the guards' code bit by bit: a test must notice. A quarter of an hour on two cores.
mutation: .venv/ready-to-mutate
	@timeout 25m $(BIN)/python -m tests.mutation

# Locks carry hashes and no address of an index; they hold for every Python from 3.11 on.
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	--no-emit-index-url --no-emit-find-links
PROGRAM := pyproject.toml requirements/build.in
lock: .venv/ready-to-test
	$(LOCK) $(PROGRAM) --output-file requirements/run.txt
	$(LOCK) $(PROGRAM) --extra test --constraint requirements/run.txt --output-file requirements/test.txt
	$(LOCK) requirements/mutation.in --constraint requirements/test.txt --output-file requirements/mutation.txt

.venv/ready-to-run: requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Seatwise needs Python 3.11 or newer; name one with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(call install,python3-venv)
	@echo "Installing into .venv, once; this takes a minute or two."
	@$(PYTHON) -m venv .venv
	@$(PIP) --requirement requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-to-test: .venv/ready-to-run requirements/test.txt
	@$(PIP) --requirement requirements/test.txt
	@touch $@

.venv/ready-to-mutate: .venv/ready-to-test requirements/mutation.txt
	@$(PIP) --requirement requirements/mutation.txt
	@touch $@

chromium:
	@command -v chromium >/dev/null || $(call install,chromium)

postgresql:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || $(call install,postgresql)

node:
	@command -v npm >/dev/null || $(call install,nodejs npm)

# What only npm has: Microsoft's schema of Teams packages, and the Playground. No package's own script is run.
tests/node/node_modules/ready: tests/node/package-lock.json | node
	@cd tests/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# A Debian package: installed as root, asked for otherwise.
install = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 $(1); \
	else \
		echo "The Debian package $(1) is missing. Install it with: sudo apt-get install $(1)" >&2; exit 1; \
	fi
