#!/bin/sh
# Everything that can be said without running the product. One failure does not hide the next.
set -u
cd "$(dirname "$0")/.."
PATH=$PWD/.venv/bin:$PATH
failed=0

try() {
    echo "== $*"
    "$@" || failed=1
}

try ruff check
try ruff format --check
try mypy
try lint-imports
try deptry src
try bandit -q -r src -c pyproject.toml
try pytest -p no:xdist --no-cov tests/house
exit $failed
