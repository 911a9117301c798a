# The only door. `make` alone lists the targets.

PYTHON ?= python3
PY := .venv/bin/python
PLATFORM := $(PY) -m embedded
export PYTHONPATH := $(CURDIR)/plugins:$(CURDIR)

# Settings of this installation, if it has any of its own (.env.example lists them all).
ifneq (,$(wildcard .env))
include .env
export $(shell sed -n 's/^\([A-Z_]*\)=.*/\1/p' .env)
endif

.DEFAULT_GOAL := help
.PHONY: help setup run up stop status ui psql dsn rollback whatif verify-audit verify-release override reader revoke erase \
	backup restore export opendata explain-link test tools lint types layers unit dags dbt integration e2e celery chaos soak \
	bench scale second accuracy spark train-linkage sample templates docs lock clean

help: ## list the targets
	@echo "make <target>"
	@sed -n 's/^\([a-z0-9-]*\):[^#]*## \(.*\)/  \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 18

setup: .venv/.synced ## make .venv from the frozen lock (every target does it when needed)
	@:

.venv/.synced: requirements.lock embedded/bootstrap.py
	@$(PYTHON) embedded/bootstrap.py

run: .venv/.synced ## run a month: the sample, or DELIVERIES=<folder> REGENCY=64.02 PERIOD=2026-10
	@$(PLATFORM) run --deliveries "$(DELIVERIES)" --regency "$(REGENCY)" --period "$(PERIOD)"

up: .venv/.synced ## start PostgreSQL and Airflow and wait for files in the inbox
	@$(PLATFORM) up

stop: .venv/.synced ## stop every process of the platform
	@$(PLATFORM) stop

status: .venv/.synced ## show what runs
	@$(PLATFORM) status

ui: .venv/.synced ## print the address and login of the Airflow UI
	@$(PLATFORM) ui

psql: .venv/.synced ## open an SQL prompt as ROLE=bi_reader
	@$(PLATFORM) psql $(ROLE)

dsn: .venv/.synced ## print the connection URL of ROLE=bi_reader
	@$(PLATFORM) dsn $(ROLE)

rollback: .venv/.synced ## show readers a former release: REGENCY=64.02 [RELEASE=6402-202610-r1]
	@$(PLATFORM) rollback "$(REGENCY)" $(RELEASE)

verify-audit: .venv/.synced ## was any audit row changed, taken out or cut off?
	@$(PLATFORM) verify_audit

verify-release: .venv/.synced ## does a release still say what was published? [RELEASE=6402-202610-r1]
	@$(PLATFORM) verify_release $(RELEASE)

override: .venv/.synced ## publish a blocked release on a person's word: RELEASE= NAME= REASON= BA=
	@$(PLATFORM) override --release "$(RELEASE)" --name "$(NAME)" --reason "$(REASON)" --ba "$(BA)"

reader: .venv/.synced ## let a person read lists by name: LOGIN= ROLE=case_worker REGENCY= SCOPES=64.02.06 REASON= [UNTIL=]
	@$(PLATFORM) reader --role "$(ROLE)" --login "$(LOGIN)" --regency "$(REGENCY)" --scopes "$(SCOPES)" \
		--reason "$(REASON)" --until "$(UNTIL)"

revoke: .venv/.synced ## take a person's lists back: LOGIN=
	@$(PLATFORM) revoke "$(LOGIN)"

erase: .venv/.synced ## take one person out (asks for the NIK, unseen): NAME= REASON= BA= [PERSON=<id> REGENCY=64.02]
	@$(PLATFORM) erase --regency "$(REGENCY)" --person "$(PERSON)" --name "$(NAME)" --reason "$(REASON)" --ba "$(BA)"

backup: .venv/.synced ## copy databases, deliveries and secrets into an empty folder: OUT=<folder>
	@$(PLATFORM) backup --out "$(if $(filter file,$(origin OUT)),,$(OUT))"

restore: .venv/.synced ## make the platform anew from a backup: FROM=<folder> [OVERWRITE=yes]
	@$(PLATFORM) restore --from "$(FROM)" $(if $(filter yes,$(OVERWRITE)),--overwrite)

whatif: .venv/.synced ## ask what another policy would do: DESIL=3 CEILING=+500000000 [PROGRAMME=SEMBAKO_DAERAH REGENCY=64.02]
	@$(PLATFORM) whatif --regency "$(REGENCY)" --programme "$(or $(PROGRAMME),SEMBAKO_DAERAH)" --desil "$(DESIL)" --ceiling="$(CEILING)"

explain-link: .venv/.synced ## say why a row belongs to its person, without a value: RECORD=<record_id> [REGENCY=64.02]
	@$(PLATFORM) explain-link --record "$(RECORD)" --regency "$(REGENCY)"

export: .venv/.synced ## write the official tables as a workbook: OUT=<folder> [REGENCY=64.02] [PERIOD=2026-10]
	@$(PLATFORM) export --out "$(if $(filter file,$(origin OUT)),.rbpk/exports,$(OUT))" --regency "$(REGENCY)" --period "$(PERIOD)"

opendata: .venv/.synced ## write counts for the public, small cells hidden: OUT=<folder> [REGENCY=64.02] [PERIOD=2026-10]
	@$(PLATFORM) opendata --out "$(if $(filter file,$(origin OUT)),.rbpk/opendata,$(OUT))" --regency "$(REGENCY)" --period "$(PERIOD)"

# Both processors; the tests of one file share what they set up, so a file stays with one of them.
PARALLEL := -n 2 --dist loadfile

test: tools .venv/.synced ## everything CI runs
	@$(MAKE) --no-print-directory -j2 --output-sync=target lint types layers dags
	@# One after the other they would each wait for their last file, and start a server each.
	$(PY) -m pytest -q tests/unit tests/dbt tests/integration $(PARALLEL)
	@$(MAKE) --no-print-directory e2e

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
tools: ## install what only the tests need of the system: Chromium and a compose parser
	@for program in chromium chromedriver docker-compose; do \
		command -v $$program > /dev/null && continue; \
		$(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends \
			chromium chromium-driver docker-compose > /dev/null || exit 1; break; \
	done

lint: .venv/.synced ## style of Python and SQL
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m sqlfluff lint --disable-progress-bar dbt_project

types: .venv/.synced ## strict types
	$(PY) -m mypy

layers: .venv/.synced ## the layer contract
	.venv/bin/lint-imports

unit: .venv/.synced ## each function keeps its promise
	$(PY) -m pytest -q tests/unit -n 2 --dist worksteal

dags: .venv/.synced ## the DAGs load and keep their rules
	$(PY) -m pytest -q tests/dags

dbt: .venv/.synced ## dbt parses; contracts and sources agree
	$(PY) -m pytest -q tests/dbt $(PARALLEL)

integration: .venv/.synced ## the steps on a real PostgreSQL
	$(PY) -m pytest -q tests/integration $(PARALLEL)

e2e: .venv/.synced ## deliveries in, published marts out, through Airflow and its UI
	$(PY) -m pytest -q tests/e2e --timeout 1200

celery: .venv/.synced ## a month on two Celery workers and a broker, one killed at work (needs redis-server)
	$(PY) -m pytest -q tests/celery

seeds ?= 105
chaos: .venv/.synced ## fail every statement once; kill processes, server, connections at random moments: seeds=105
	RBPK_EVERY_STATEMENT=1 $(PY) -m pytest -q tests/integration/test_every_statement.py
	$(PY) -m tests.chaos --seeds $(seeds)

moves ?= 200
soak: .venv/.synced ## read without pause while releases are published and taken back: moves=200
	$(PY) -m tests.soak --moves $(moves)

households ?= 20000
bench: .venv/.synced ## time the month step by step beside the office baseline: households=20000
	$(PY) -m benchmarks --households $(households)

scale: .venv/.synced ## a month at growing sizes: households="10000 50000"; a province: regencies=10 households=5000 at_once=2
	$(if $(regencies),$(PY) -m benchmarks.province --regencies $(regencies) --at-once $(or $(at_once),2) --households \
		$(if $(filter file,$(origin households)),5000,$(households)),$(PY) -m benchmarks.scale --households \
		$(if $(filter file,$(origin households)),10000 50000,$(households)))

second: .venv/.synced ## what a month costs after the first one, when nothing or one list is new: households=50000
	$(PY) -m benchmarks.second --households $(if $(filter file,$(origin households)),50000,$(households))

accuracy: .venv/.synced ## how often linkage is right, beside plain Splink: households="20000 250000"
	@$(PY) -m benchmarks.accuracy --households $(households)

spark: .venv/.synced ## the model's comparisons on Splink's Spark backend beside DuckDB (needs Java; an environment of its own)
	@$(PY) -m benchmarks.accuracy.spark

train-linkage: .venv/.synced ## learn the weights of the linkage model from invented people
	@$(PY) -m benchmarks.accuracy.training

OUT ?= .rbpk/invented
sample: .venv/.synced ## write invented deliveries: OUT=<folder> PERIOD=2025-10 households=20000
	$(PY) -m sample --out "$(OUT)" --truth "$(OUT).truth.parquet" --period "$(or $(PERIOD),2025-10)" --households $(households)

templates: .venv/.synced ## write blank forms for offices, one a list: OUT=<folder>
	$(PY) -m rbpk.feeds.templates "$(if $(filter file,$(origin OUT)),.rbpk/templates,$(OUT))"

docs: .venv/.synced ## write docs/data-dictionary.md from the contracts and the models
	$(PY) docs/dictionary.py

lock: .venv/.synced ## resolve pyproject.toml anew into requirements.lock
	.venv/uv/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --quiet --output-file requirements.lock

clean: .venv/.synced ## delete the database, the kept deliveries and the logs (asks; CONFIRM=yes does not)
	@$(PLATFORM) clean $(if $(filter yes,$(CONFIRM)),--yes)
