# The SQL hosts: the extensions for PostgreSQL, DuckDB and SQLite, each built against the
# library as it is installed, and tested in its host by its own `make check`.
. tools/check/lib.sh
environment=$BUILD/sql-environment
PYTHON=${PYTHON:-python3}
stage
PKG_CONFIG_PATH=$STAGE/lib/pkgconfig
export PKG_CONFIG_PATH

# What the tests use of PyPI; those of what cannot be installed skip themselves.
python=$PYTHON
if "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
    [ -x "$environment/bin/pip" ] || "$PYTHON" -m venv "$environment"
    python=$environment/bin/python
    for package in apsw pysqlite3-binary duckdb 'psycopg[binary]'; do
        "$environment/bin/pip" install -q --disable-pip-version-check "$package" >"$LOG" 2>&1 ||
            echo "not installed: $package"
    done
fi

# host NAME TARGET [VARIABLE]: makes the target of that folder, and counts its tests by
# their lines.
host() {
    host_name=$1
    status=0
    LIMIT=2400 limited "$MAKE" -s --no-print-directory -C "integrations/$1" "$2" ${3:+"$3"} \
        BUILD="$BUILD/sql/$1" PYTHON="$python" >"$LOG" 2>&1 </dev/null || status=$?
    while IFS= read -r line; do
        said="$host_name: ${line#*: }"
        case $line in
        "ok: "*) pass "$said" ;;
        "FAILED: "*) fail "$said" ;;
        "skipped: "*"("*")")
            why=${said#*(}
            skip "${said%% (*}" "${why%)}"
            ;;
        esac
    done <"$LOG"
    if [ $status -ne 0 ] && ! grep -q '^FAILED: ' "$LOG"; then
        fail "$host_name: make $2 (exit status $status)"
    fi
    if [ $status -ne 0 ]; then
        grep -v '^ok: ' "$LOG" | sed 's/^/    /'
    elif ! grep -Eq '^(ok|skipped): ' "$LOG"; then
        fail "$host_name: make $2 names no test" "$LOG"
    fi
}
host postgresql check
host duckdb check
# One before 2.0, and one that must be refused; its `make check-versions` has more.
host duckdb check-versions 'VERSIONS=1.3.2 1.4.4'
host sqlite check
