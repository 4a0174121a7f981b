# What a person runs before a commit; .ci/run runs the same.

lock := "uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet"

# Everything: formatting, lint, types, the layers, the locks, the tests.
check: lint test

# All checks but the tests.
lint: && locks
    uv run ruff format --check
    uv run ruff check
    uv run pyright
    uv run lint-imports

# The tests.
test *args:
    uv run pytest {{args}}

# Say whether requirements*.lock still follow from pyproject.toml.
locks:
    #!/usr/bin/env bash
    set -euo pipefail
    folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT
    cp requirements.lock requirements-dev.lock "$folder"
    {{lock}} -o "$folder/requirements.lock"
    {{lock}} --group dev -o "$folder/requirements-dev.lock"
    for name in requirements.lock requirements-dev.lock; do
        diff -q "$name" "$folder/$name" >/dev/null || { echo "$name is stale: run 'just relock'"; exit 1; }
    done
    echo "The locks are fresh."

# Write the locks anew after pyproject.toml has changed (pins stay where they still fit).
relock:
    {{lock}} -o requirements.lock
    {{lock}} --group dev -o requirements-dev.lock

# Take the newest versions that pyproject.toml allows.
upgrade:
    {{lock}} --upgrade -o requirements.lock
    {{lock}} --upgrade --group dev -o requirements-dev.lock
