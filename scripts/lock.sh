#!/bin/sh
# Write the three locks: every version pinned with its hashes, no address in them. Extras stay in the names:
# without them an older pip takes the newest version for them and finds no hash.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)

lock() {
    output=$1
    shift
    "$uv" pip compile pyproject.toml --universal --generate-hashes --no-header --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --no-strip-extras --quiet --output-file "$output" "$@"
    if grep -n '://' "$output"; then
        echo "$output names an address" >&2
        exit 1
    fi
}

lock requirements.lock --extra build
lock requirements-dev.lock --extra build --extra dev --constraint requirements.lock
lock requirements-bench.lock --extra build --extra dev --extra bench --constraint requirements-dev.lock
