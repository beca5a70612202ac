# make run      the office with its demo data on http://127.0.0.1:8000 (PORT changes it)
# make test     every test, with coverage
# make check    what needs no running: style, types, floors, house rules
# make trials   thousands of generated reports through the reader
# make bench    speed beside other libraries
# make lock     the locked requirements anew, after a change of pyproject.toml
.PHONY: run test check trials bench lock format
.DEFAULT_GOAL := run

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

bench:
	@scripts/bootstrap.sh bench
	.venv/bin/python -m bench

lock:
	scripts/lock.sh

format:
	.venv/bin/ruff format
	.venv/bin/ruff check --fix
