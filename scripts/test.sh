#!/bin/sh
# Every test on two cores, then the coverage each floor owes.
set -eu
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH

coverage erase
pytest -n 2 --dist worksteal --cov --cov-report= "$@"
echo "law:"
coverage report --include='src/gongkai/law/*' --fail-under=100
echo "documents:"
coverage report --include='src/gongkai/documents/*' --fail-under=95
