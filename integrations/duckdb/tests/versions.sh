#!/bin/sh
# Runs make check with each of some versions of DuckDB, from PyPI:
#     versions.sh VERSION ...
# An environment for each is kept in $BUILD/python-VERSION.
set -u

status=0
for version in "$@"; do
    environment=$BUILD/python-$version
    if ! [ -x "$environment/bin/python" ]; then
        if ! "$PYTHON" -m venv "$environment" ||
            ! "$environment/bin/pip" install -q "duckdb==$version"; then
            rm -rf "$environment"
            echo "skipped: DuckDB $version (cannot be installed from PyPI)"
            continue
        fi
    fi
    "$MAKE" --no-print-directory check BUILD="$BUILD" \
        PYTHON="$environment/bin/python" || status=1
done
exit $status
