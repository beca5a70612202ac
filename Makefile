# make run      the office with its demo data on http://127.0.0.1:8000 (PORT changes it)
# make test     every test, with coverage
# make check    what needs no running: style, types, floors, house rules
# make trials   generated reports through the reader, random cases through the clock, notices through crashes,
#               labelled files and hidden data through screening, random histories through the gate
# make bench    speed beside other libraries; the desk with 100,000 cases (DATA keeps its database)
# make lock     the locked requirements anew, after a change of pyproject.toml
.PHONY: run test check trials bench lock format
.DEFAULT_GOAL := run
DATA ?= var/bench

run:
	@scripts/bootstrap.sh run
	@exec .venv/bin/python -m gongkai.manage run

test:
	@scripts/bootstrap.sh dev
	scripts/test.sh

check:
	@scripts/bootstrap.sh dev
	scripts/check.sh

trials:
	@scripts/bootstrap.sh dev
	.venv/bin/python scripts/trials.py
	.venv/bin/python scripts/clock_trials.py
	.venv/bin/python -m tests.notices.crash_trial 10000 200
	.venv/bin/python -m tests.screening.trial.trials --files 10000 --seeds 1 2
	.venv/bin/python -m tests.screening.trial.marks 2000
	.venv/bin/python -m tests.screening.hidden.trials 25 500
	.venv/bin/python -m tests.publishing.gate_trial 10000 --jobs 2
	.venv/bin/python -m tests.publishing.gate_trial 300 --hunt
	.venv/bin/python -m tests.trust.public_office 500

bench:
	@scripts/bootstrap.sh bench
	.venv/bin/python -m bench
	.venv/bin/python -m bench.portal --write
	.venv/bin/python -m bench.screening --write
	.venv/bin/python -m bench.casework --data $(DATA) --write

lock:
	scripts/lock.sh

format:
	.venv/bin/ruff format
	.venv/bin/ruff check --fix
